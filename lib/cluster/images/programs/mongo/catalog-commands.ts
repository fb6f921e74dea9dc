import { type Document, documentIn, documentsIn } from './bson';
import type { Crud, Done } from './crud';
import { MongoFailure } from './failure';
import { type Collection, EMPTY_COLLECTION, sizeOf, withCollection } from './storage';

type Run = (crud: Crud, command: Document) => Done;

const nameIn = (command: Document, verb: string): string => String(command[verb] ?? '');
const collectionsOf = ({ databases, database }: Crud): Readonly<Record<string, Collection>> =>
  databases[database] ?? {};

const create: Run = (crud, command) => {
  const name = nameIn(command, 'create');
  if (collectionsOf(crud)[name] !== undefined)
    throw new MongoFailure(48, `Collection ${crud.database}.${name} already exists.`);
  return {
    reply: { ok: 1 },
    databases: withCollection(crud.databases, crud.database, name, EMPTY_COLLECTION),
  };
};

const drop: Run = (crud, command) => {
  const name = nameIn(command, 'drop');
  const collection = collectionsOf(crud)[name];
  if (collection === undefined) return { reply: { ok: 1 }, databases: crud.databases };
  return {
    reply: { nIndexesWas: collection.indexes.length, ns: `${crud.database}.${name}`, ok: 1 },
    databases: withCollection(crud.databases, crud.database, name, undefined),
  };
};

const dropDatabase: Run = (crud) => {
  if (crud.databases[crud.database] === undefined) return { reply: { ok: 1 }, databases: crud.databases };
  const { [crud.database]: _, ...rest } = crud.databases;
  return { reply: { dropped: crud.database, ok: 1 }, databases: rest };
};

const createIndexes: Run = (crud, command) => {
  const name = nameIn(command, 'createIndexes');
  const existed = collectionsOf(crud)[name] !== undefined;
  const collection = collectionsOf(crud)[name] ?? EMPTY_COLLECTION;
  const fresh = documentsIn(command, 'indexes')
    .map((index): Document => {
      const key = documentIn(index, 'key');
      return {
        v: 2,
        key,
        name:
          index.name ??
          Object.entries(key)
            .map(([field, order]) => `${field}_${String(order)}`)
            .join('_'),
        ...(index.unique === true ? { unique: true } : {}),
      };
    })
    .filter((index) => !collection.indexes.some((known) => known.name === index.name));
  const indexes = [...collection.indexes, ...fresh];
  const note: Document = fresh.length === 0 ? { note: 'all indexes already exist' } : {};
  return {
    reply: {
      numIndexesBefore: collection.indexes.length,
      numIndexesAfter: indexes.length,
      createdCollectionAutomatically: !existed,
      ...note,
      ok: 1,
    },
    databases: withCollection(crud.databases, crud.database, name, { ...collection, indexes }),
  };
};

const dropIndexes: Run = (crud, command) => {
  const name = nameIn(command, 'dropIndexes');
  const collection = collectionsOf(crud)[name];
  if (collection === undefined) throw new MongoFailure(26, `ns not found ${crud.database}.${name}`);
  const gone = command.index;
  const indexes = collection.indexes.filter(
    ({ name: each }) => each === '_id_' || (gone !== '*' && each !== gone),
  );
  if (indexes.length === collection.indexes.length && gone !== '*')
    throw new MongoFailure(27, `index not found with name [${String(gone)}]`);
  return {
    reply: { nIndexesWas: collection.indexes.length, ok: 1 },
    databases: withCollection(crud.databases, crud.database, name, { ...collection, indexes }),
  };
};

const reads =
  (make: (crud: Crud, command: Document) => Document): Run =>
  (crud, command) => ({ reply: make(crud, command), databases: crud.databases });

const listCollections = reads((crud, command) => {
  const wanted = documentIn(command, 'filter').name;
  const batch = Object.keys(collectionsOf(crud))
    .filter((name) => wanted === undefined || wanted === name)
    .sort()
    .map((name): Document => ({ name, type: 'collection', options: {}, info: { readOnly: false } }));
  return { cursor: { id: 0, ns: `${crud.database}.$cmd.listCollections`, firstBatch: batch }, ok: 1 };
});

const listIndexes = reads((crud, command) => {
  const name = nameIn(command, 'listIndexes');
  const collection = collectionsOf(crud)[name];
  if (collection === undefined) throw new MongoFailure(26, `ns does not exist: ${crud.database}.${name}`);
  return { cursor: { id: 0, ns: `${crud.database}.${name}`, firstBatch: collection.indexes }, ok: 1 };
});

const SYSTEM: Readonly<Record<string, number>> = { admin: 40_960, config: 12_288, local: 73_728 };

const listDatabases = reads(({ databases }) => {
  const names = [...new Set([...Object.keys(SYSTEM), ...Object.keys(databases)])].sort();
  const list = names.map((name): Document => {
    const bytes = Object.values(databases[name] ?? {}).reduce(
      (sum, each) => sum + sizeOf(each),
      SYSTEM[name] ?? 0,
    );
    return { name, sizeOnDisk: bytes, empty: false };
  });
  const total = list.reduce((sum, { sizeOnDisk }) => sum + Number(sizeOnDisk), 0);
  return { databases: list, totalSize: total, totalSizeMb: Math.floor(total / 1024 / 1024), ok: 1 };
});

const dbStats = reads((crud) => {
  const all = Object.values(collectionsOf(crud));
  return {
    db: crud.database,
    collections: all.length,
    views: 0,
    objects: all.reduce((sum, { documents }) => sum + documents.length, 0),
    dataSize: all.reduce((sum, { documents }) => sum + JSON.stringify(documents).length, 0),
    storageSize: all.reduce((sum, each) => sum + sizeOf(each), 0),
    indexes: all.reduce((sum, { indexes }) => sum + indexes.length, 0),
    ok: 1,
  };
});

const collStats = reads((crud, command) => {
  const name = nameIn(command, 'collStats');
  const collection = collectionsOf(crud)[name] ?? EMPTY_COLLECTION;
  return {
    ns: `${crud.database}.${name}`,
    count: collection.documents.length,
    size: JSON.stringify(collection.documents).length,
    storageSize: sizeOf(collection),
    nindexes: collection.indexes.length,
    ok: 1,
  };
});

/** Commands that look at what there is. */
export const CATALOG_READS: Readonly<Record<string, Run>> = {
  listCollections,
  listIndexes,
  listDatabases,
  dbStats,
  collStats,
};
/** Commands that make and drop databases, collections and indexes. */
export const CATALOG_WRITES: Readonly<Record<string, Run>> = {
  create,
  drop,
  dropDatabase,
  createIndexes,
  dropIndexes,
};
