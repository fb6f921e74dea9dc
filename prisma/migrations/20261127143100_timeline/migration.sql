-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "paused" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "workspace_event" ADD COLUMN     "begins" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "changed" BOOLEAN NOT NULL DEFAULT false;
