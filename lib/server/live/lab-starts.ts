import { assert } from '../../base';
import type { Lab } from '../../labs';
import { restoreWorkspace, type Workspace, type WorkspaceOptions } from '../../workspace';
import type { PrismaClient } from '../generated/prisma/client';
import { labKey } from '../lab-library';
import { outsideRequests } from '../outside-requests';
import { labParts, SANDBOX_START, sandboxWorkspace } from '../portside/sandbox-workspace';
import { packNamed, unpackSnapshot } from './snapshot-bytes';

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
  /** Those of `current`, by their ids: a class has as many as its lab has variants. */
  const templates = new Map<string, Workspace>();
  const held = new Map<string, Promise<Workspace>>();

  const start = async (lab: Lab): Promise<LabStart> => {
    const template = await sandboxWorkspace({ seed: lab.seed, nodes: 3, images: 'catalogue', lab });
    const snapshot = template.snapshot();
    const { id, bytes } = packNamed(snapshot);
    await keepStart(prisma, lab, { id, format: snapshot.format, bytes: await bytes });
    templates.set(id, template);
    return { id, seed: lab.seed, startAt: SANDBOX_START, template };
  };
  const restore = async (id: string, options: WorkspaceOptions): Promise<Workspace> => {
    const row = await prisma.labStart.findUnique({ where: { id } });
    assert(row, `the lab start ${id} is stored before any workspace begins with it`);
    return restoreWorkspace(await unpackSnapshot(row.bytes), options);
  };

  return {
    current: (lab) => remembered(current, `${labKey(lab)} ${lab.version} ${lab.seed}`, () => start(lab)),
    async byId(id, options) {
      const template = templates.get(id);
      if (template !== undefined) return template;
      const [oldest] = held.keys();
      if (held.size >= HELD_LIMIT && !held.has(id) && oldest !== undefined) held.delete(oldest);
      return remembered(held, id, () => restore(id, options));
    },
  };
}

async function keepStart(
  prisma: PrismaClient,
  lab: Lab,
  kept: { readonly id: string; readonly format: number; readonly bytes: Uint8Array<ArrayBuffer> },
): Promise<void> {
  const facts = {
    labId: labKey(lab),
    labVersion: lab.version,
    seed: lab.seed,
    startAt: BigInt(SANDBOX_START),
  };
  await prisma.labStart.upsert({
    where: { id: kept.id },
    create: { ...facts, ...kept },
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
