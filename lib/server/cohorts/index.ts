import type { PrismaClient } from '../generated/prisma/client';
import type { LabLibrary } from '../lab-library';
import type { Asker } from './access';
import { assignLab, assignmentFields, editAssignment, removeAssignment } from './assignments';
import { auditLog } from './audit';
import {
  archiveCohort,
  cohortSettings,
  copyCohort,
  createCohort,
  editCohort,
  listCohorts,
  renewCode,
} from './cohort-book';
import { cohortPage } from './cohort-page';
import type { LabContents } from './lab-contents';
import { changeRole, findInvite, importRoster, joinCohort, listPeople, removePerson } from './people';

export { assignedView, openAssignment } from './assigned-place';
export { createClassroom } from './classroom';
export { createLabContents, type LabContents } from './lab-contents';
export { type HintPolicy, type SolutionPolicy, underPolicies } from './policies';

/** What cohorts are kept in and made from. */
export interface Teaching {
  readonly prisma: PrismaClient;
  readonly contents: LabContents;
  library(): Promise<LabLibrary>;
}

/** Everything that people do with cohorts, each asked by somebody and refused when they may not. */
export function createCohorts(teaching: Teaching) {
  const { prisma, contents } = teaching;
  /** Binds what needs only the database. */
  const on =
    <A extends readonly unknown[], T>(work: (prisma: PrismaClient, asker: Asker, ...rest: A) => Promise<T>) =>
    (asker: Asker, ...rest: A) =>
      work(prisma, asker, ...rest);
  return {
    list: on(listCohorts),
    create: on(createCohort),
    settings: on(cohortSettings),
    edit: on(editCohort),
    archive: on(archiveCohort),
    renewCode: on(renewCode),
    copy: on(copyCohort),
    page: (asker: Asker, cohortId: string) => cohortPage(prisma, contents, asker, cohortId),
    people: on(listPeople),
    importRoster: on(importRoster),
    invite: (asker: Asker | undefined, code: string) => findInvite(prisma, asker, code),
    join: on(joinCohort),
    changeRole: on(changeRole),
    removePerson: on(removePerson),
    assign: (asker: Asker, ...rest: Rest<typeof assignLab>) => assignLab(teaching, asker, ...rest),
    assignment: on(assignmentFields),
    editAssignment: on(editAssignment),
    removeAssignment: on(removeAssignment),
    audit: on(auditLog),
  };
}

type Rest<F> = F extends (first: never, asker: Asker, ...rest: infer R) => unknown ? R : never;

/** Everything that people do with cohorts. */
export type Cohorts = ReturnType<typeof createCohorts>;
