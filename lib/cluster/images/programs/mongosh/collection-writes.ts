import type { Json } from '../../../../api';
import { type Document, documentsIn, isDocument, newObjectId } from '../mongo/bson';
import { documentOf } from './arguments';
import { MongoError } from './connection';
import { ScriptError } from './native-members';
import { type Session, warnOnce } from './session';
import { type Callable, fromWire, isPlain, toWire } from './values';
import { checkWrite, sendWrite, writeResult } from './write-results';

/** A collection as its writes need it. */
export interface Place {
  readonly session: Session;
  readonly db: string;
  readonly name: string;
}

const missing = (method: string, position = 0): never => {
  throw new ScriptError(
    'MongoshInvalidInputError',
    `[COMMON-10001] Missing required argument at position ${position} (Collection.${method})`,
  );
};

/** A document with an _id, made by the driver. */
function whole(place: Place, value: unknown): Document {
  const document = documentOf(value);
  if ('_id' in document) return document;
  const { connection } = place.session;
  const id = connection.once(() => newObjectId(connection.now, connection.random));
  return { ...document, _id: id };
}

function concernOf(options: unknown): Document {
  const found = documentOf(options).writeConcern;
  return isDocument(found) ? { writeConcern: found } : {};
}

function insertOne(place: Place, value: unknown, options: unknown): unknown {
  if (value === undefined) missing('insertOne');
  if (!isPlain(value))
    throw new ScriptError('MongoInvalidArgumentError', 'Document must be a valid JavaScript object');
  const document = whole(place, value);
  const reply = sendWrite(place.session, place.db, {
    insert: place.name,
    documents: [document],
    ...concernOf(options),
  });
  checkWrite(reply);
  return { acknowledged: true, insertedId: fromWire(document._id ?? null) };
}

function insertMany(place: Place, value: unknown, options: unknown): unknown {
  if (value === undefined) missing('insertMany');
  if (!Array.isArray(value))
    throw new ScriptError('MongoInvalidArgumentError', 'Argument "docs" must be an array of documents');
  if (value.length === 0)
    throw new ScriptError('MongoInvalidArgumentError', 'Invalid BulkOperation, Batch cannot be empty');
  const documents = value.map((each) => whole(place, each));
  const ids = documents.map(({ _id }) => fromWire(_id ?? null));
  const { ordered } = documentOf(options);
  const reply = sendWrite(place.session, place.db, {
    insert: place.name,
    documents,
    ...(ordered === undefined ? {} : { ordered }),
    ...concernOf(options),
  });
  const insertedIds = Object.fromEntries(ids.map((id, index) => [String(index), id]));
  checkWrite(reply, true, {
    insertedCount: reply.n,
    matchedCount: 0,
    modifiedCount: 0,
    deletedCount: 0,
    upsertedCount: 0,
    upsertedIds: {},
    insertedIds: Object.fromEntries(Object.entries(insertedIds).slice(0, Number(reply.n ?? 0))),
  });
  return { acknowledged: true, insertedIds: place.session.legacy ? ids : insertedIds };
}

const isReplacement = (change: unknown): boolean =>
  isPlain(change) && !Object.keys(change).some((key) => key.startsWith('$'));

function sendUpdate(place: Place, update: Document, options: unknown): Document {
  return sendWrite(place.session, place.db, { update: place.name, updates: [update], ...concernOf(options) });
}

function updateWith(method: string, multi: boolean, replaces: boolean) {
  return (place: Place, filter: unknown, change: unknown, options: unknown): unknown => {
    if (filter === undefined) missing(method);
    if (!replaces && change === undefined) missing(method, 1);
    if (!replaces && isReplacement(change))
      throw new ScriptError('MongoInvalidArgumentError', 'Update document requires atomic operators');
    if (replaces && !isReplacement(change))
      throw new ScriptError(
        'MongoInvalidArgumentError',
        'Replacement document must not contain atomic operators',
      );
    const { upsert = false } = documentOf(options);
    const update: Document = { q: documentOf(filter), u: toWire(change), upsert, multi };
    const reply = sendUpdate(place, update, options);
    checkWrite(reply);
    const upserted = documentsIn(reply, 'upserted');
    const [first] = upserted;
    const matchedCount = Number(reply.n ?? 0) - upserted.length;
    if (place.session.legacy)
      return {
        acknowledged: true,
        matchedCount,
        modifiedCount: reply.nModified,
        ...(first === undefined ? {} : { upsertedId: fromWire(first._id ?? null) }),
      };
    return {
      acknowledged: true,
      insertedId: first === undefined ? null : fromWire(first._id ?? null),
      matchedCount,
      modifiedCount: reply.nModified,
      upsertedCount: upserted.length,
    };
  };
}

function deleteWith(method: string, limit: 0 | 1) {
  return (place: Place, filter: unknown, options: unknown): unknown => {
    if (filter === undefined) missing(method);
    const reply = sendWrite(place.session, place.db, {
      delete: place.name,
      deletes: [{ q: documentOf(filter), limit }],
      ...concernOf(options),
    });
    checkWrite(reply);
    return { acknowledged: true, deletedCount: reply.n };
  };
}

function findAndModify(place: Place, command: Document): unknown {
  const reply = place.session.connection.run(place.db, { findAndModify: place.name, ...command }, 'write');
  return fromWire(reply.value ?? null);
}

function findOneAnd(change: (value: unknown) => Document) {
  return (place: Place, filter: unknown, second: unknown, third: unknown): unknown => {
    const part = change(second);
    const options = documentOf('remove' in part ? second : third);
    return findAndModify(place, {
      query: documentOf(filter),
      ...part,
      ...(options.sort === undefined ? {} : { sort: options.sort }),
      ...(options.upsert === undefined ? {} : { upsert: options.upsert }),
      ...(options.returnDocument === 'after' ||
      options.returnNewDocument === true ||
      options.returnOriginal === false
        ? { new: true }
        : {}),
    });
  };
}

function insert(place: Place, value: unknown): unknown {
  warnOnce(place.session, 'Collection.insert() is deprecated. Use insertOne, insertMany, or bulkWrite.');
  const documents = (Array.isArray(value) ? value : [value]).map((each) => whole(place, each));
  const reply = sendWrite(place.session, place.db, { insert: place.name, documents });
  if (place.session.legacy)
    return Array.isArray(value) ? bulkResult(reply) : writeResult(reply, { nInserted: reply.n });
  checkWrite(reply);
  const ids = documents.map(({ _id }, index) => [String(index), fromWire(_id ?? null)]);
  return { acknowledged: true, insertedIds: Object.fromEntries(ids) };
}

const bulkResult = (reply: Document) => ({
  ...writeResult(reply, {
    writeErrors: [],
    writeConcernErrors: [],
    nInserted: reply.n,
    nUpserted: 0,
    nMatched: 0,
    nModified: 0,
    nRemoved: 0,
    upserted: [],
  }),
  '\u0001class': 'BulkWriteResult',
});

function update(place: Place, filter: unknown, change: unknown, options: unknown): unknown {
  warnOnce(place.session, 'Collection.update() is deprecated. Use updateOne, updateMany, or bulkWrite.');
  const { multi = false, upsert = false } = documentOf(options);
  if (!place.session.legacy)
    return updateWith(multi === true ? 'updateMany' : 'updateOne', multi === true, false)(
      place,
      filter,
      change,
      options,
    );
  const reply = sendUpdate(place, { q: documentOf(filter), u: toWire(change), upsert, multi }, options);
  const count = documentsIn(reply, 'upserted').length;
  return writeResult(reply, {
    nMatched: Number(reply.n ?? 0) - count,
    nUpserted: count,
    nModified: reply.nModified,
  });
}

function remove(place: Place, filter: unknown, options: unknown): unknown {
  warnOnce(
    place.session,
    'Collection.remove() is deprecated. Use deleteOne, deleteMany, findOneAndDelete, or bulkWrite.',
  );
  if (filter === undefined) missing('remove');
  const justOne = options === true || documentOf(options).justOne === true;
  if (!place.session.legacy)
    return deleteWith('remove', justOne ? 1 : 0)(place, filter, justOne ? {} : options);
  const reply = sendWrite(place.session, place.db, {
    delete: place.name,
    deletes: [{ q: documentOf(filter), limit: justOne ? 1 : 0 }],
  });
  return writeResult(reply, { nRemoved: reply.n });
}

function bulkWrite(place: Place, operations: unknown): unknown {
  if (!Array.isArray(operations))
    throw new ScriptError('MongoInvalidArgumentError', 'Argument "operations" must be an array of documents');
  const sums: Record<string, number> = {
    insertedCount: 0,
    matchedCount: 0,
    modifiedCount: 0,
    deletedCount: 0,
  };
  const insertedIds: Record<string, unknown> = {};
  for (const [index, operation] of operations.entries()) {
    const [verb = ''] = isPlain(operation) ? Object.keys(operation) : [];
    const body = isPlain(operation) && isPlain(operation[verb]) ? operation[verb] : {};
    const done = applyOne(place, verb, body);
    for (const key of Object.keys(sums)) sums[key] = (sums[key] ?? 0) + Number(done[key] ?? 0);
    if ('insertedId' in done && verb === 'insertOne') {
      insertedIds[String(index)] = done.insertedId;
      sums.insertedCount = (sums.insertedCount ?? 0) + 1;
    }
  }
  return { acknowledged: true, ...sums, upsertedCount: 0, upsertedIds: {}, insertedIds };
}

function applyOne(place: Place, verb: string, body: Record<string, unknown>): Record<string, unknown> {
  const run: Callable | undefined =
    verb === 'insertOne'
      ? () => insertOne(place, body.document, {})
      : verb in BULK
        ? () =>
            BULK[verb]?.(place, body.filter, body.update ?? body.replacement, {
              upsert: body.upsert ?? false,
            })
        : undefined;
  if (run === undefined)
    throw new MongoError(
      'MongoInvalidArgumentError',
      'bulkWrite only supports insertOne, updateOne, updateMany, deleteOne, deleteMany',
    );
  const done = run();
  return isPlain(done) ? done : {};
}

const BULK: Readonly<Record<string, (place: Place, ...args: readonly unknown[]) => unknown>> = {
  updateOne: updateWith('updateOne', false, false),
  updateMany: updateWith('updateMany', true, false),
  replaceOne: updateWith('replaceOne', false, true),
  deleteOne: (place, filter) => deleteWith('deleteOne', 1)(place, filter, {}),
  deleteMany: (place, filter) => deleteWith('deleteMany', 0)(place, filter, {}),
};

/** Methods of a collection that write. */
export const COLLECTION_WRITES: Readonly<
  Record<string, (place: Place, ...args: readonly unknown[]) => unknown>
> = {
  insertOne,
  insertMany,
  insert,
  update,
  remove,
  save: (place, value) => {
    const document = documentOf(value);
    if (!('_id' in document)) return insert(place, value);
    return update(place, { _id: fromWire(document._id ?? null) }, value, { upsert: true });
  },
  updateOne: updateWith('updateOne', false, false),
  updateMany: updateWith('updateMany', true, false),
  replaceOne: updateWith('replaceOne', false, true),
  deleteOne: deleteWith('deleteOne', 1),
  deleteMany: deleteWith('deleteMany', 0),
  bulkWrite,
  findOneAndUpdate: findOneAnd((change) => ({ update: toWire(change) })),
  findOneAndReplace: findOneAnd((change) => ({ update: toWire(change) })),
  findOneAndDelete: findOneAnd(() => ({ remove: true })),
  findAndModify: (place, options) => {
    const { query = {}, update: change, remove: removes, new: fresh, sort, upsert } = documentOf(options);
    const given: Record<string, Json | undefined> = {
      query,
      update: change,
      remove: removes,
      new: fresh,
      sort,
      upsert,
    };
    return findAndModify(
      place,
      Object.fromEntries(
        Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
      ),
    );
  },
};
