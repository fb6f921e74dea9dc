import type { PrismaClient } from '../generated/prisma/client';
import type { Classroom } from '../live';
import { lockOn, placedLab } from './assigned-place';
import type { LabContents } from './lab-contents';

/** What live workspaces learn of the cohort that they belong to. */
export function createClassroom(prisma: PrismaClient, contents: LabContents): Classroom {
  return {
    labFor: (row) => placedLab(prisma, contents, row),
    solutionLock: (row) => lockOn(prisma, row),
  };
}
