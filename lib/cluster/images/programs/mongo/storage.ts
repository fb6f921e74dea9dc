import type { FileChanges, Json } from '../../../../api';
import type { ProcessEnv } from '../../../seams';
import type { Document } from './bson';

/** One collection as it is kept. */
export type Collection = {
  readonly documents: readonly Document[];
  readonly indexes: readonly Document[];
};

/** All databases: collections by database and name. */
export type Databases = Readonly<Record<string, Readonly<Record<string, Collection>>>>;

export const EMPTY_COLLECTION: Collection = {
  documents: [],
  indexes: [{ v: 2, key: { _id: 1 }, name: '_id_' }],
};

/** Where a collection's documents lie in the data directory. */
function pathOf(dbPath: string, database: string, collection: string): string {
  return `${dbPath}/collection-${database}.${collection}.wt`;
}

const SHAPE = /\/collection-([^./]+)\.(.+)\.wt$/;

/** Reads what an earlier mongod left in the data directory. */
export function readDatabases(env: Pick<ProcessEnv, 'readFile' | 'listFiles'>, dbPath: string): Databases {
  const databases: Record<string, Record<string, Collection>> = {};
  for (const path of env.listFiles(dbPath)) {
    const match = SHAPE.exec(path);
    const text = match === null ? undefined : env.readFile(path);
    if (match === null || text === undefined) continue;
    const [, database = '', name = ''] = match;
    databases[database] = { ...databases[database], [name]: JSON.parse(text) as Collection };
  }
  return databases;
}

/** The files that differ between two states of the data: a crash loses nothing that was acknowledged. */
export function changedFiles(dbPath: string, before: Databases, after: Databases): FileChanges {
  const changes: Record<string, string | null> = {};
  if (before === after) return changes;
  for (const database of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[database] ?? {}, after[database] ?? {}];
    if (old === now) continue;
    for (const name of new Set([...Object.keys(old), ...Object.keys(now)])) {
      const collection = now[name];
      if (collection === old[name]) continue;
      changes[pathOf(dbPath, database, name)] =
        collection === undefined ? null : JSON.stringify(collection as unknown as Json);
    }
  }
  return changes;
}

/** A database with one collection changed, or removed. */
export function withCollection(
  databases: Databases,
  database: string,
  name: string,
  collection: Collection | undefined,
): Databases {
  const { [name]: _, ...others } = databases[database] ?? {};
  const collections = collection === undefined ? others : { ...databases[database], [name]: collection };
  if (Object.keys(collections).length > 0) return { ...databases, [database]: collections };
  const { [database]: __, ...rest } = databases;
  return rest;
}

/** About as many bytes as a collection takes on disk. */
export function sizeOf(collection: Collection): number {
  const blocks = Math.max(1, Math.ceil(JSON.stringify(collection.documents).length / 16_384));
  return collection.documents.length === 0 ? 4096 : 20_480 * blocks + 20_480 * collection.indexes.length;
}
