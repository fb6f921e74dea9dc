-- A learner may have several places in a lab: their own, one for each assignment, and forks made to help others.
ALTER TABLE "workspace" ADD COLUMN "place" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "assignmentId" TEXT,
    ADD COLUMN "forkedFromId" TEXT,
    ADD COLUMN "forkedSeq" INTEGER;
DROP INDEX "workspace_userId_labId_key";
CREATE UNIQUE INDEX "workspace_userId_labId_place_key" ON "workspace"("userId", "labId", "place");
CREATE INDEX "workspace_assignmentId_idx" ON "workspace"("assignmentId");

CREATE TYPE "CohortRole" AS ENUM ('LEARNER', 'ASSISTANT', 'INSTRUCTOR');

CREATE TABLE "cohort" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3),
    "endsAt" TIMESTAMPTZ(3),
    "timeZone" TEXT NOT NULL,
    "hints" TEXT NOT NULL DEFAULT 'all',
    "solutions" TEXT NOT NULL DEFAULT 'lab',
    "archivedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cohort_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "membership" (
    "cohortId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "role" "CohortRole" NOT NULL,
    "name" TEXT NOT NULL,
    "joinedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("cohortId", "userId")
);

CREATE TABLE "roster_entry" (
    "id" TEXT NOT NULL,
    "cohortId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL DEFAULT '',
    "reference" TEXT NOT NULL DEFAULT '',
    "role" "CohortRole" NOT NULL DEFAULT 'LEARNER',
    "token" TEXT NOT NULL,
    "userId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "roster_entry_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "lab_content" (
    "labId" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "source" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lab_content_pkey" PRIMARY KEY ("labId", "version")
);

CREATE TABLE "assignment" (
    "id" TEXT NOT NULL,
    "cohortId" TEXT NOT NULL,
    "labId" TEXT NOT NULL,
    "labVersion" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "opensAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "points" INTEGER NOT NULL,
    "lateRule" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "extension" (
    "assignmentId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "extension_pkey" PRIMARY KEY ("assignmentId", "userId")
);

CREATE TABLE "grade_override" (
    "assignmentId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "points" DOUBLE PRECISION NOT NULL,
    "reason" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "grade_override_pkey" PRIMARY KEY ("assignmentId", "userId")
);

CREATE TABLE "grade_comment" (
    "id" TEXT NOT NULL,
    "assignmentId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "grade_comment_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "cohortId" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subjectName" TEXT NOT NULL DEFAULT '',
    "details" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "group_hint" (
    "id" TEXT NOT NULL,
    "assignmentId" TEXT NOT NULL,
    "task" TEXT NOT NULL,
    "check" TEXT NOT NULL,
    "meaning" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawnAt" TIMESTAMPTZ(3),

    CONSTRAINT "group_hint_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "help_request" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "raisedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "claimedById" TEXT,
    "claimedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "endedBy" TEXT,

    CONSTRAINT "help_request_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "help_reply" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "trace" JSONB,
    "patch" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "appliedAt" TIMESTAMPTZ(3),
    "dismissedAt" TIMESTAMPTZ(3),

    CONSTRAINT "help_reply_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "follow_consent" (
    "workspaceId" TEXT NOT NULL,
    "askedById" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "agreedAt" TIMESTAMPTZ(3),

    CONSTRAINT "follow_consent_pkey" PRIMARY KEY ("workspaceId")
);

CREATE TABLE "regrade" (
    "id" TEXT NOT NULL,
    "assignmentId" TEXT NOT NULL,
    "fromVersion" TEXT NOT NULL,
    "toVersion" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "rows" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "appliedAt" TIMESTAMPTZ(3),
    "applied" TEXT,

    CONSTRAINT "regrade_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "cohort_code_key" ON "cohort"("code");
CREATE INDEX "membership_userId_idx" ON "membership"("userId");
CREATE UNIQUE INDEX "roster_entry_token_key" ON "roster_entry"("token");
CREATE INDEX "roster_entry_cohortId_idx" ON "roster_entry"("cohortId");
CREATE INDEX "assignment_cohortId_idx" ON "assignment"("cohortId");
CREATE INDEX "grade_comment_assignmentId_userId_idx" ON "grade_comment"("assignmentId", "userId");
CREATE INDEX "audit_entry_cohortId_id_idx" ON "audit_entry"("cohortId", "id");
CREATE INDEX "group_hint_assignmentId_idx" ON "group_hint"("assignmentId");
CREATE INDEX "help_request_workspaceId_idx" ON "help_request"("workspaceId");
CREATE INDEX "help_reply_workspaceId_idx" ON "help_reply"("workspaceId");
CREATE INDEX "regrade_assignmentId_idx" ON "regrade"("assignmentId");

ALTER TABLE "workspace" ADD CONSTRAINT "workspace_assignmentId_fkey" FOREIGN KEY ("assignmentId") REFERENCES "assignment"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "membership" ADD CONSTRAINT "membership_cohortId_fkey" FOREIGN KEY ("cohortId") REFERENCES "cohort"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "membership" ADD CONSTRAINT "membership_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "roster_entry" ADD CONSTRAINT "roster_entry_cohortId_fkey" FOREIGN KEY ("cohortId") REFERENCES "cohort"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "roster_entry" ADD CONSTRAINT "roster_entry_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "lab_content" ADD CONSTRAINT "lab_content_labId_fkey" FOREIGN KEY ("labId") REFERENCES "lab"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_cohortId_fkey" FOREIGN KEY ("cohortId") REFERENCES "cohort"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_labId_fkey" FOREIGN KEY ("labId") REFERENCES "lab"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "extension" ADD CONSTRAINT "extension_assignmentId_fkey" FOREIGN KEY ("assignmentId") REFERENCES "assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "extension" ADD CONSTRAINT "extension_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "grade_override" ADD CONSTRAINT "grade_override_assignmentId_fkey" FOREIGN KEY ("assignmentId") REFERENCES "assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "grade_override" ADD CONSTRAINT "grade_override_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "grade_comment" ADD CONSTRAINT "grade_comment_assignmentId_fkey" FOREIGN KEY ("assignmentId") REFERENCES "assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "grade_comment" ADD CONSTRAINT "grade_comment_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_cohortId_fkey" FOREIGN KEY ("cohortId") REFERENCES "cohort"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "group_hint" ADD CONSTRAINT "group_hint_assignmentId_fkey" FOREIGN KEY ("assignmentId") REFERENCES "assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "help_request" ADD CONSTRAINT "help_request_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "help_request" ADD CONSTRAINT "help_request_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "help_reply" ADD CONSTRAINT "help_reply_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "follow_consent" ADD CONSTRAINT "follow_consent_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "regrade" ADD CONSTRAINT "regrade_assignmentId_fkey" FOREIGN KEY ("assignmentId") REFERENCES "assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
