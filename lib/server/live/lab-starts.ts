import { assert } from '../../base';
import type { Lab } from '../../labs';
import {
  restoreWorkspace,
  type Workspace,
  type WorkspaceOptions,
  type WorkspaceSnapshot,
} from '../../workspace';
import type { PrismaClient } from '../generated/prisma/client';
import { labKey } from '../lab-library';
import { outsideRequests } from '../outside-requests';
import { labParts, SANDBOX_START, sandboxWorkspace } from '../portside/sandbox-workspace';
import { packSnapshot, snapshotHash, unpackSnapshot } from './snapshot-bytes';

/** A lab started and held, to be forked for each learner. */
export interface LabStart {
  readonly id: string;
  readonly seed: number;
  readonly startAt: number;
  readonly template: Workspace;
}

/** Finds the states in which learners meet labs. */
export interface LabStarts {
  /** The lab as it is now, with its seed's values. */
  current(lab: Lab): Promise<LabStart>;
  /** The state that a workspace once began with. */
  byId(id: string, options: WorkspaceOptions): Promise<Workspace>;
}

/** What a workspace of this lab is made from. */
export function labOptions(lab: Lab, seed: number, startAt: number): WorkspaceOptions {
  const { nodes, images } = lab.cluster;
  return { seed, startAt, nodes, images, ...labParts(lab) };
}

/** How many starts of older versions are held in memory. */
const HELD_LIMIT = 40;

/** Starts labs once, keeps them in memory to fork from, and in the database to replay from. */
export function createLabStarts(prisma: PrismaClient): LabStarts {
  const current = new Map<string, Promise<LabStart>>();
  const held = new Map<string, Promise<Workspace>>();

  const start = async (lab: Lab): Promise<LabStart> => {
    const template = await sandboxWorkspace({ seed: lab.seed, nodes: 3, images: 'catalogue', lab });
    const snapshot = template.snapshot();
    const id = snapshotHash(snapshot);
    await keepStart(prisma, lab, id, snapshot);
    held.set(id, Promise.resolve(template));
    return { id, seed: lab.seed, startAt: SANDBOX_START, template };
  };
  const restore = async (id: string, options: WorkspaceOptions): Promise<Workspace> => {
    const row = await prisma.labStart.findUnique({ where: { id } });
    assert(row, `the lab start ${id} is stored before any workspace begins with it`);
    return restoreWorkspace(await unpackSnapshot(row.bytes), options);
  };

  return {
    current: (lab) => remembered(current, `${labKey(lab)} ${lab.version} ${lab.seed}`, () => start(lab)),
    byId(id, options) {
      const [oldest] = held.keys();
      if (held.size > HELD_LIMIT && oldest !== undefined) held.delete(oldest);
      return remembered(held, id, () => restore(id, options));
    },
  };
}

async function keepStart(
  prisma: PrismaClient,
  lab: Lab,
  id: string,
  snapshot: WorkspaceSnapshot,
): Promise<void> {
  const facts = {
    labId: labKey(lab),
    labVersion: lab.version,
    seed: lab.seed,
    startAt: BigInt(SANDBOX_START),
  };
  const bytes = await packSnapshot(snapshot);
  await prisma.labStart.upsert({
    where: { id },
    create: { id, ...facts, format: snapshot.format, bytes },
    update: {},
    select: { id: true },
  });
}

/** One attempt for everybody who asks at the same time; a failed one is not remembered. */
function remembered<T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = outsideRequests(make);
  map.set(key, made);
  made.catch(() => map.delete(key));
  return made;
}
