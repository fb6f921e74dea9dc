import { accountView } from './accounts';
import type { FrontCluster } from './front-cluster';
import { labCard } from './lab-view';
import { openAssignedFor, openForkFor, openLabFor, progressOf } from './learner';
import { attemptsOf, countOwnData, deleteOwnData, exportOwnData, importOwnData } from './own-data';
import { runInSandbox } from './run-in-sandbox';
import { provideServices, type Services } from './services';
import type { PeopleParts } from './start-people';
import type { WorkspaceParts } from './start-workspaces';
import { tellingBusy } from './web/busy';

/** Lends pages what the running server has. */
export function lendServices(
  { pagePeople: people, keptMails }: PeopleParts,
  { registry, learning, cohorts }: WorkspaceParts,
  frontCluster: FrontCluster,
): void {
  const { prisma, library } = learning;
  const lent: Services = {
    frontCluster,
    ownData: {
      attempts: (guest) => attemptsOf(prisma, guest),
      count: (guest) => countOwnData(prisma, guest),
      export: (guest) => exportOwnData(prisma, registry, guest),
      import: (guest, text) => importOwnData(learning, guest, text),
      delete: (guest) => deleteOwnData(prisma, registry, guest),
    },
    findPerson: (cookies) => people.find(cookies),
    async account(cookies) {
      const { person, session } = await people.identify(cookies);
      return session && person && accountView(prisma, person.id, session.id);
    },
    keptMails,
    openLab: (guest, track, slug) => openLabFor(learning, guest, track, slug),
    openAssigned: (guest, assignmentId) => openAssignedFor(learning, guest, assignmentId),
    openFork: (guest, workspaceId) => openForkFor(learning, guest, workspaceId),
    cohorts,
    catalogue: async () => (await library()).labs.map(labCard),
    course: async () => (await library()).course,
    progressOf: (guest) => progressOf(prisma, guest),
    runInSandbox: (guest, chapter, block) => runInSandbox(learning, guest, chapter, block),
  };
  provideServices(tellingBusy(lent));
}
