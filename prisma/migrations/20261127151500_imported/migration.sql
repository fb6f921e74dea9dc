-- Attempts that a learner brought along in a file.
ALTER TABLE "attempt" ADD COLUMN "imported" BOOLEAN NOT NULL DEFAULT false;
