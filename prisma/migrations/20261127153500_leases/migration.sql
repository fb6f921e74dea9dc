-- CreateTable
CREATE TABLE "server_process" (
    "id" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "server_process_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspace_lease" (
    "workspaceId" TEXT NOT NULL,
    "holder" TEXT,
    "fence" BIGINT NOT NULL,

    CONSTRAINT "workspace_lease_pkey" PRIMARY KEY ("workspaceId")
);

-- CreateIndex
CREATE INDEX "workspace_lease_holder_idx" ON "workspace_lease"("holder");

-- AddForeignKey
ALTER TABLE "workspace_lease" ADD CONSTRAINT "workspace_lease_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
