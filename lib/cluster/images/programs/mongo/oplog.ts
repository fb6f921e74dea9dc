import type { Document } from './bson';
import {
  type CollectionChange,
  compareOpTimes,
  lastOpTime,
  MAX_OPLOG,
  type OplogEntry,
  type OpTime,
  type ReplicaSetState,
} from './state';
import { type Collection, type Databases, EMPTY_COLLECTION, withCollection } from './storage';

/** What a write did, as a secondary will repeat it. */
export function changesBetween(before: Databases, after: Databases): readonly CollectionChange[] {
  const databases = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...databases].flatMap((database) => {
    const [old, now] = [before[database] ?? {}, after[database] ?? {}];
    if (old === now) return [];
    const names = new Set([...Object.keys(old), ...Object.keys(now)]);
    return [...names].flatMap((collection) =>
      changeOf(database, collection, old[collection], now[collection]),
    );
  });
}

const idOf = (document: Document): string => JSON.stringify(document._id ?? null);

function changeOf(
  database: string,
  collection: string,
  before: Collection | undefined,
  after: Collection | undefined,
): readonly CollectionChange[] {
  if (before === after) return [];
  if (after === undefined) return [{ database, collection, gone: true, set: [], removed: [] }];
  const known = new Map((before?.documents ?? []).map((document) => [idOf(document), document]));
  const set = after.documents.filter((document) => known.get(idOf(document)) !== document);
  const left = new Set(after.documents.map(idOf));
  const removed = [...known.keys()].filter((id) => !left.has(id));
  const indexes = before?.indexes === after.indexes ? {} : { indexes: after.indexes };
  return [{ database, collection, ...indexes, set, removed }];
}

/** The data with an entry repeated. */
export function applyEntry(databases: Databases, { changes }: OplogEntry): Databases {
  return changes.reduce((all, change) => {
    const { database, collection, gone, indexes, set, removed } = change;
    if (gone === true) return withCollection(all, database, collection, undefined);
    const before = all[database]?.[collection] ?? EMPTY_COLLECTION;
    const fresh = new Map(set.map((document) => [idOf(document), document]));
    const kept = before.documents
      .filter((document) => !removed.includes(idOf(document)))
      .map((document) => {
        const next = fresh.get(idOf(document));
        fresh.delete(idOf(document));
        return next ?? document;
      });
    const documents = [...kept, ...fresh.values()];
    return withCollection(all, database, collection, { documents, indexes: indexes ?? before.indexes });
  }, databases);
}

/** The oplog with one more entry by its primary. */
export function appended(set: ReplicaSetState, now: number, changes: OplogEntry['changes']): ReplicaSetState {
  const last = lastOpTime(set);
  const seconds = Math.max(Math.floor(now / 1000), last.s);
  const at: OpTime = { t: set.term, s: seconds, i: last.s === seconds ? last.i + 1 : 1 };
  return { ...set, oplog: [...set.oplog, { at, wall: now, changes }].slice(-MAX_OPLOG) };
}

/** Entries after a position; undefined when the oplog no longer, or never, had it. */
export function entriesAfter(
  oplog: readonly OplogEntry[],
  position: OpTime,
): readonly OplogEntry[] | undefined {
  const index = oplog.findIndex(({ at }) => compareOpTimes(at, position) === 0);
  return index < 0 ? undefined : oplog.slice(index + 1);
}
