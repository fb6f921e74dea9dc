import type { Json } from '../../../../api';
import { type Document, documentIn, documentsIn } from '../mongo/bson';
import { documentOf, numberOf } from './arguments';
import { COLLECTION_WRITES, type Place } from './collection-writes';
import { Cursor } from './cursor';
import { type Session, warnOnce } from './session';
import { fromWire, Host, isPlain, toWire } from './values';

/** A collection of the shell: db.name, and db.name.more. */
export class Collection extends Host {
  readonly #place: Place;

  constructor(session: Session, db: string, name: string) {
    super();
    this.#place = { session, db, name };
  }

  get shown(): string {
    return `${this.#place.db}.${this.#place.name}`;
  }

  member(name: string): unknown {
    // A collection is no function.
    if (name === '()') return undefined;
    const write = Object.hasOwn(COLLECTION_WRITES, name) ? COLLECTION_WRITES[name] : undefined;
    if (write !== undefined) return (...args: readonly unknown[]) => write(this.#place, ...args);
    const read = Object.hasOwn(READS, name) ? READS[name] : undefined;
    if (read !== undefined) return (...args: readonly unknown[]) => read(this.#place, ...args);
    const { session, db, name: own } = this.#place;
    return new Collection(session, db, `${own}.${name}`);
  }
}

type Method = (place: Place, ...args: readonly unknown[]) => unknown;

const run = (place: Place, command: Document, kind: 'read' | 'write' | 'any') =>
  place.session.connection.run(place.db, command, kind);

function find({ session, db, name }: Place, filter: unknown, projection: unknown, options: unknown): Cursor {
  const { sort, limit, skip, projection: fields } = documentOf(options);
  const command: Record<string, Json> = { find: name, filter: documentOf(filter) };
  if (projection !== undefined) command.projection = documentOf(projection);
  else if (fields !== undefined) command.projection = fields;
  if (sort !== undefined) command.sort = sort;
  if (limit !== undefined) command.limit = limit;
  if (skip !== undefined) command.skip = skip;
  return new Cursor(session, { db, command, position: 0 });
}

function findOne(place: Place, filter: unknown, projection: unknown): unknown {
  const command: Document = {
    find: place.name,
    filter: documentOf(filter),
    limit: 1,
    ...(projection === undefined ? {} : { projection: documentOf(projection) }),
  };
  const [first] = documentsIn(documentIn(run(place, command, 'read'), 'cursor'), 'firstBatch');
  return first === undefined ? null : fromWire(first);
}

function aggregate({ session, db, name }: Place, ...stages: readonly unknown[]): Cursor {
  const pipeline = Array.isArray(stages[0]) ? stages[0] : stages;
  const command: Document = { aggregate: name, pipeline: toWire(pipeline), cursor: {} };
  return new Cursor(session, { db, command, position: 0 });
}

/** Counts are aggregations nowadays. */
function countDocuments(place: Place, filter: unknown): unknown {
  return run(place, { count: place.name, query: documentOf(filter) }, 'read').n;
}

function createIndex(place: Place, keys: unknown, options: unknown): unknown {
  const key = documentOf(keys);
  const given = documentOf(options);
  const name =
    given.name ??
    Object.entries(key)
      .map(([field, order]) => `${field}_${String(order)}`)
      .join('_');
  const reply = run(place, { createIndexes: place.name, indexes: [{ ...given, key, name }] }, 'write');
  return place.session.legacy ? fromWire(reply) : name;
}

const READS: Readonly<Record<string, Method>> = {
  find,
  findOne,
  aggregate,
  countDocuments,
  estimatedDocumentCount: (place) => countDocuments(place, {}),
  count: (place, filter) => {
    warnOnce(
      place.session,
      'Collection.count() is deprecated. Use countDocuments or estimatedDocumentCount.',
    );
    return countDocuments(place, filter);
  },
  distinct: (place, key, filter) =>
    fromWire(
      run(place, { distinct: place.name, key: String(key), query: documentOf(filter) }, 'read').values ?? [],
    ),
  createIndex,
  ensureIndex: createIndex,
  createIndexes: (place, list) =>
    Array.isArray(list) ? list.map((keys) => createIndex(place, keys, {})) : [],
  getIndexes: (place) =>
    documentsIn(documentIn(run(place, { listIndexes: place.name }, 'read'), 'cursor'), 'firstBatch').map(
      fromWire,
    ),
  dropIndex: (place, index) =>
    fromWire(
      run(
        place,
        { dropIndexes: place.name, index: toWire(isPlain(index) ? indexName(index) : index) },
        'write',
      ),
    ),
  dropIndexes: (place) => fromWire(run(place, { dropIndexes: place.name, index: '*' }, 'write')),
  drop: (place) => {
    const reply = run(place, { drop: place.name }, 'write');
    // mongosh says true whether it was there or not; the old shell does not.
    return place.session.legacy ? 'ns' in reply : true;
  },
  stats: (place) => fromWire(run(place, { collStats: place.name }, 'read')),
  getName: ({ name }) => name,
  getFullName: ({ db, name }) => `${db}.${name}`,
  dataSize: (place) => run(place, { collStats: place.name }, 'read').size,
  storageSize: (place) => run(place, { collStats: place.name }, 'read').storageSize,
  isCapped: () => false,
};

const indexName = (keys: Record<string, unknown>): string =>
  Object.entries(keys)
    .map(([field, order]) => `${field}_${String(numberOf(order) ?? order)}`)
    .join('_');
