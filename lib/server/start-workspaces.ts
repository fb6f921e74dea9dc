import { type Bus, PROCESS_ID } from './bus';
import { type Cohorts, createClassroom, createCohorts, createLabContents, createSharedBus } from './cohorts';
import type { Database } from './database';
import type { Environment } from './environment';
import { createWorkspaceKeys, type WorkspaceKeys } from './kube-api';
import { type LabLibrary, readLabLibrary } from './lab-library';
import type { Learning } from './learner';
import { joinProcesses, type Leases } from './lease';
import { createLabStarts, createRegistry, createWorkspaceStore, type Registry } from './live';
import type { Stops } from './stops';

/** Labs and the workspaces in them, as this process among others has them. */
export interface WorkspaceParts {
  readonly keys: WorkspaceKeys;
  readonly leases: Leases;
  readonly registry: Registry;
  readonly learning: Learning;
  readonly cohorts: Cohorts;
}

/** Joins the processes that serve the database, with no workspace in memory yet. */
export async function startWorkspaces(
  { prisma }: Database,
  bus: Bus,
  environment: Environment,
  library: ReadableLibrary,
  stops: Stops,
): Promise<WorkspaceParts> {
  const starts = createLabStarts(prisma);
  const keys = createWorkspaceKeys(prisma);
  const news = createSharedBus(bus);
  const leases = await joinProcesses({
    prisma,
    bus,
    processId: PROCESS_ID,
    address: environment.processAddress,
    only: environment.databaseUrl === undefined,
  });
  stops.push(() => leases.close());
  const contents = createLabContents(prisma);
  const classroom = createClassroom(prisma, contents, news);
  const store = createWorkspaceStore(prisma, leases);
  const registry = createRegistry(store, () => library.known, starts, keys, classroom, leases);
  const learning = { prisma, starts, registry, contents, library: library.read };
  const cohorts = createCohorts({ prisma, contents, registry, bus: news, library: library.read });
  stops.push(() => registry.closeAll());
  return { keys, leases, registry, learning, cohorts };
}

/** The labs as they were read last, and as they are. */
export interface ReadableLibrary {
  readonly known: LabLibrary;
  read(): Promise<LabLibrary>;
}

/** A library that is read anew each time while somebody writes labs. */
export function readableLibrary(
  first: LabLibrary,
  folder: string | undefined,
  dev: boolean,
): ReadableLibrary {
  let known = first;
  return {
    get known() {
      return known;
    },
    async read() {
      if (dev) known = await readLabLibrary(folder);
      return known;
    },
  };
}
