import { type Lab, type LabSource, readLab } from '../../../labs';
import type { Prisma, PrismaClient } from '../../generated/prisma/client';

/** A lab's files as the database keeps them, with those of the base that they build on. */
interface StoredSource {
  readonly files: Readonly<Record<string, string>>;
  readonly bases: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Labs as they were at a version, from the database. */
export interface LabContents {
  /** Keeps a version for good; again changes nothing. */
  keep(labId: string, version: string, source: LabSource): Promise<void>;
  /** The lab of that version with a seed's values; undefined when it was never kept. */
  read(labId: string, version: string, seed?: number): Promise<Lab | undefined>;
}

/** Sources held in memory, and labs read from them: a few classes' worth. */
const HELD_LIMIT = 400;

/** Contents over Prisma. A version never changes, so what was read once is right for ever. */
export function createLabContents(prisma: PrismaClient): LabContents {
  const held = new Map<string, Promise<LabSource | undefined>>();
  const labs = new Map<string, Lab>();
  const sourceOf = (labId: string, version: string): Promise<LabSource | undefined> => {
    const key = `${labId} ${version}`;
    const known = held.get(key) ?? load(prisma, labId, version);
    held.set(key, known);
    known.then(
      (found) => found ?? held.delete(key),
      () => held.delete(key),
    );
    return known;
  };
  const read: LabContents['read'] = async (labId, version, seed) => {
    const key = `${labId} ${version} ${seed ?? ''}`;
    const known = labs.get(key);
    if (known !== undefined) return known;
    const source = await sourceOf(labId, version);
    if (source === undefined) return undefined;
    // Without variables it is one lab, and begins in one state, whoever asks.
    const plain = seed === undefined ? undefined : await read(labId, version);
    const lab = plain?.varies === false ? plain : readLab(source, seed);
    if (labs.size >= HELD_LIMIT) labs.clear();
    labs.set(key, lab);
    return lab;
  };
  return {
    async keep(labId, version, source) {
      const stored = toStored(source) as unknown as Prisma.InputJsonValue;
      await prisma.labContent.createMany({
        data: [{ labId, version, source: stored }],
        skipDuplicates: true,
      });
    },
    read,
  };
}

async function load(prisma: PrismaClient, labId: string, version: string): Promise<LabSource | undefined> {
  const row = await prisma.labContent.findUnique({ where: { labId_version: { labId, version } } });
  if (row === null) return undefined;
  const { files, bases } = row.source as unknown as StoredSource;
  const [track = '', slug = ''] = labId.split('/');
  return { track, slug, files: toFiles(files), base: (name) => bases[name] && toFiles(bases[name]) };
}

function toStored(source: LabSource): StoredSource {
  const used = /^extends:\s*["']?([\w-]+)/m.exec(source.files.get('lab.yaml') ?? '')?.[1];
  const base = used === undefined ? undefined : source.base?.(used);
  return {
    files: Object.fromEntries(source.files),
    bases: used === undefined || base === undefined ? {} : { [used]: Object.fromEntries(base) },
  };
}

const toFiles = (files: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
