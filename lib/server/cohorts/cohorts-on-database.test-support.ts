import { vi } from 'vitest';
import { createBus } from '../bus';
import { connectOnce } from '../database';
import { createGuests, type Guest } from '../guests';
import { createWorkspaceKeys } from '../kube-api';
import { openAssignedFor } from '../learner';
import { createRegistry, createWorkspaceStore, type Registry } from '../live';
import { type LabsOnDatabase, startLabsOnDatabase } from '../live/labs-on-database.test-support';
import type { ClientMessage, ServerMessage } from '../protocol';
import type { OpenLab } from '../views';
import { createClassroom, createCohorts, createLabContents } from '.';
import { createSharedBus } from './bus';

/** Cohorts, labs and live workspaces over a database of a test's own. */
export async function startCohorts() {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const labs: LabsOnDatabase = await startLabsOnDatabase();
  const { prisma } = labs.database;
  const library = async () => labs.library;
  const shared = createBus(prisma, () => connectOnce(labs.url));
  await shared.ready;
  const bus = createSharedBus(shared);
  const contents = createLabContents(prisma);
  const classroom = createClassroom(prisma, contents, bus);
  const registry: Registry = createRegistry(
    createWorkspaceStore(prisma),
    () => labs.library,
    labs.starts,
    createWorkspaceKeys(prisma),
    classroom,
  );
  const cohorts = createCohorts({ prisma, contents, registry, bus, library });
  const learning = { prisma, starts: labs.starts, registry, contents, library };
  const guests = createGuests(prisma);
  return {
    prisma,
    labs,
    contents,
    cohorts,
    /** Cohorts as another process on the same database has them; it has no workspaces in memory. */
    async elsewhere() {
      const line = createBus(prisma, () => connectOnce(labs.url));
      await line.ready;
      const theirs = createCohorts({ prisma, contents, registry, bus: createSharedBus(line), library });
      return { cohorts: theirs, close: () => line.close() };
    },
    registry,
    person: async (): Promise<Guest> => (await guests.create()).guest,
    open: async (guest: Guest, assignmentId: string): Promise<OpenLab> => {
      const opened = await openAssignedFor(learning, guest, assignmentId);
      if (opened === undefined) throw new Error('the assigned lab is kept');
      return opened;
    },
    async dispose() {
      await registry.closeAll();
      await shared.close();
      await labs.dispose();
    },
  };
}

/** What `startCohorts` gives. */
export type CohortsOnDatabase = Awaited<ReturnType<typeof startCohorts>>;

/** A tab at a lab page, by itself. */
export async function openTab(registry: Registry, id: string) {
  const heard: ServerMessage[] = [];
  const socket = { send: (text: string) => heard.push(JSON.parse(text)), backlog: 0, close: () => {} };
  const workspace = await registry.open(id);
  const say = (message: ClientMessage) => workspace.receive(socket, message);
  const hear = <T extends ServerMessage['type']>(
    type: T,
    fits: (message: Extract<ServerMessage, { type: T }>) => boolean = () => true,
  ) =>
    vi.waitFor(
      () => {
        const found = heard
          .filter((message): message is Extract<ServerMessage, { type: T }> => message.type === type)
          .findLast(fits);
        if (found === undefined)
          throw new Error(`no ${type} yet: ${heard.map(({ type: each }) => each).join(' ')}`);
        return found;
      },
      { timeout: 20_000, interval: 10 },
    );
  say({ type: 'hello', size: { columns: 100, rows: 30 } });
  await hear('welcome');
  const screen = () =>
    heard
      .map((message) =>
        message.type === 'welcome' ? message.output : message.type === 'output' ? message.text : '',
      )
      .join('');
  return { heard, say, hear, screen, leave: () => workspace.detach(socket) };
}
