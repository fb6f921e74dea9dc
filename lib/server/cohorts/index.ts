import type { PrismaClient } from '../generated/prisma/client';
import type { LabLibrary } from '../lab-library';
import { loadUpTo, type Registry } from '../live';
import type { Asker } from './access';
import { assignLab, assignmentFields, editAssignment, removeAssignment } from './assignments/assignments';
import type { LabContents } from './assignments/lab-contents';
import { auditLog } from './audit';
import { createBoardFeed } from './board/board-feed';
import { withdrawGroupHint, writeGroupHint } from './board/group-hints';
import type { Bus } from './bus';
import {
  archiveCohort,
  cohortSettings,
  copyCohort,
  createCohort,
  editCohort,
  listCohorts,
  listOthersCohorts,
  renewCode,
} from './cohort-book';
import { cohortPage } from './cohort-page';
import { gradebook } from './grades/gradebook';
import { gradebookCsv } from './grades/gradebook-csv';
import { commentOn, extendDeadline, overridePoints } from './grades/grading';
import { cohortStatistics } from './grades/statistics';
import { askToFollow, type FollowNews, followTerminal, stopFollowing } from './help/follow-terminal';
import { forkWorkspace } from './help/fork-workspace';
import { claimHand, helpQueue, resolveHand } from './help/help-queue';
import { forkDiff, type ReplyFields, sendReply } from './help/help-replies';
import { createTerminalRelay } from './help/terminal-relay';
import {
  changeRole,
  expectedIn,
  findInvite,
  importRoster,
  joinCohort,
  listPeople,
  removePerson,
} from './people/people';
import {
  cohortRemoval,
  deleteCohort,
  deletePerson,
  exportCohort,
  exportPerson,
  personRemoval,
} from './people/personal-data';
import { applyRegrade, forgetChangedLabs, listRegrades, startRegrade } from './regrade/regrade';
import { learnerWork } from './replay/learner-work';
import { learnersRecording, ownRecording } from './replay/recording';
import { createHistory } from './replay/workspace-history';

export { assignedView, forkedView, openAssignment } from './assignments/assigned-place';
export { createLabContents, type LabContents } from './assignments/lab-contents';
export { type HintPolicy, type SolutionPolicy, underPolicies } from './assignments/policies';
export { createSharedBus } from './bus';
export { createClassroom } from './help/classroom';

/** What cohorts are kept in and made from. */
export interface Teaching {
  readonly prisma: PrismaClient;
  readonly contents: LabContents;
  readonly registry: Registry;
  readonly bus: Bus;
  library(): Promise<LabLibrary>;
}

/** Everything that people do with cohorts, each asked by somebody and refused when they may not. */
export function createCohorts(teaching: Teaching) {
  const { prisma, contents, registry, bus } = teaching;
  const history = createHistory(registry, loadUpTo);
  const regrading = { ...teaching, history };
  const relay = createTerminalRelay(bus, registry);
  forgetChangedLabs(teaching);
  const boards = createBoardFeed(prisma, contents, bus);
  /** The same for what tells others. */
  const telling =
    <A extends readonly unknown[], T>(
      work: (prisma: PrismaClient, bus: Bus, asker: Asker, ...rest: A) => Promise<T>,
    ) =>
    (asker: Asker, ...rest: A) =>
      work(prisma, bus, asker, ...rest);
  /** Binds what needs only the database. */
  const on =
    <A extends readonly unknown[], T>(work: (prisma: PrismaClient, asker: Asker, ...rest: A) => Promise<T>) =>
    (asker: Asker, ...rest: A) =>
      work(prisma, asker, ...rest);
  return {
    list: on(listCohorts),
    listOthers: on(listOthersCohorts),
    expected: on(expectedIn),
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
    board: boards.look,
    followBoard: boards.follow,
    writeHint: telling(writeGroupHint),
    withdrawHint: telling(withdrawGroupHint),
    queue: on(helpQueue),
    claim: telling(claimHand),
    resolve: telling(resolveHand),
    work: on(learnerWork),
    fork: (asker: Asker, cohortId: string, workspaceId: string, seq?: number) =>
      forkWorkspace(prisma, history, asker, cohortId, workspaceId, seq),
    forkDiff: (asker: Asker, cohortId: string, forkId: string) =>
      forkDiff(prisma, registry, asker, cohortId, forkId),
    reply: (asker: Asker, cohortId: string, workspaceId: string, fields: ReplyFields) =>
      sendReply(prisma, registry, bus, asker, cohortId, workspaceId, fields),
    ownRecording: (asker: Asker, attemptId: string) => ownRecording(prisma, history, asker, attemptId),
    recording: (asker: Asker, cohortId: string, attemptId: string) =>
      learnersRecording(prisma, history, asker, cohortId, attemptId),
    startRegrade: (asker: Asker, ...rest: Rest<typeof startRegrade>) =>
      startRegrade(regrading, asker, ...rest),
    regrades: (asker: Asker, ...rest: Rest<typeof listRegrades>) => listRegrades(regrading, asker, ...rest),
    applyRegrade: (asker: Asker, ...rest: Rest<typeof applyRegrade>) =>
      applyRegrade(regrading, asker, ...rest),
    gradebook: (asker: Asker, cohortId: string) => gradebook(prisma, contents, asker, cohortId),
    gradebookCsv: async (asker: Asker, cohortId: string) =>
      gradebookCsv(await gradebook(prisma, contents, asker, cohortId)),
    statistics: (asker: Asker, cohortId: string) => cohortStatistics(prisma, contents, asker, cohortId),
    overridePoints: on(overridePoints),
    extendDeadline: on(extendDeadline),
    comment: on(commentOn),
    exportPerson: on(exportPerson),
    exportCohort: (asker: Asker, cohortId: string) => exportCohort(prisma, contents, asker, cohortId),
    personRemoval: on(personRemoval),
    deletePerson: on(deletePerson),
    cohortRemoval: on(cohortRemoval),
    deleteCohort: on(deleteCohort),
    askToFollow: telling(askToFollow),
    stopFollowing: telling(stopFollowing),
    follow: (asker: Asker, cohortId: string, workspaceId: string, listener: (news: FollowNews) => void) =>
      followTerminal(prisma, relay, bus, asker, cohortId, workspaceId, listener),
  };
}

type Rest<F> = F extends (first: never, asker: Asker, ...rest: infer R) => unknown ? R : never;

/** Everything that people do with cohorts. */
export type Cohorts = ReturnType<typeof createCohorts>;
