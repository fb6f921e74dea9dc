import 'mingo/init/system';
import { aggregate, Query, update as updateWith } from 'mingo';
import type { Json } from '../../../../api';
import type { Random } from '../../../../base';
import { type Document, documentIn, documentsIn, isDocument, isoDate, newObjectId } from './bson';
import { MongoFailure } from './failure';
import { type Collection, type Databases, EMPTY_COLLECTION, withCollection } from './storage';

/** What reading and writing documents needs. */
export interface Crud {
  readonly databases: Databases;
  readonly database: string;
  readonly now: number;
  readonly random: Random;
}

/** A reply, with the data as it is after the command. */
export interface Done {
  readonly reply: Document;
  readonly databases: Databases;
}

type Run = (crud: Crud, command: Document) => Done;

const named = (command: Document, verb: string): string => {
  const name = command[verb];
  if (typeof name !== 'string' || name === '')
    throw new MongoFailure(73, `Invalid namespace specified '${String(name)}'`);
  return name;
};

const collectionOf = ({ databases, database }: Crud, name: string): Collection =>
  databases[database]?.[name] ?? EMPTY_COLLECTION;

/** mingo's complaints in mongod's words. */
function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof MongoFailure || !(error instanceof Error)) throw error;
    const unknown = /unknown (?:query|top level)? ?operator:? '?(\$\w+)/i.exec(error.message)?.[1];
    const stage = /unregistered pipeline operator:? '?(\$\w+)/i.exec(error.message)?.[1];
    if (stage !== undefined) throw new MongoFailure(40324, `Unrecognized pipeline stage name: '${stage}'`);
    throw new MongoFailure(
      unknown === undefined ? 9 : 2,
      unknown === undefined ? error.message : `unknown operator: ${unknown}`,
    );
  }
}

const TOP_LEVEL = ['$and', '$or', '$nor', '$expr', '$where', '$text', '$comment', '$jsonSchema'];

function matching(collection: Collection, filter: Document): readonly Document[] {
  if (Object.keys(filter).length === 0) return collection.documents;
  const unknown = Object.keys(filter).find((key) => key.startsWith('$') && !TOP_LEVEL.includes(key));
  if (unknown !== undefined)
    throw new MongoFailure(
      2,
      `unknown top level operator: ${unknown}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
    );
  return guarded(() => {
    const query = new Query(filter as object as Record<string, unknown>);
    return collection.documents.filter((document) =>
      query.test(document as object as Record<string, unknown>),
    );
  });
}

/** The aggregation pipeline; chance is the cluster's own. */
function piped(
  documents: readonly Document[],
  pipeline: readonly Document[],
  random: Random,
): readonly Document[] {
  return pipeline.reduce<readonly Document[]>((before, stage) => {
    const sample = documentIn(stage, '$sample').size;
    if (typeof sample === 'number') return drawn(before, sample, random);
    return guarded(
      () =>
        aggregate(before as unknown as Record<string, unknown>[], [
          stage as object as Record<string, unknown>,
        ]) as unknown as Document[],
    );
  }, documents);
}

function drawn(documents: readonly Document[], count: number, random: Random): readonly Document[] {
  const left = [...documents];
  const taken: Document[] = [];
  while (taken.length < count && left.length > 0)
    taken.push(...left.splice(Math.floor(random.next() * left.length), 1));
  return taken;
}

const find: Run = (crud, command) => {
  const name = named(command, 'find');
  let documents = matching(collectionOf(crud, name), documentIn(command, 'filter'));
  const stages: Document[] = [];
  const sort = documentIn(command, 'sort');
  if (Object.keys(sort).length > 0) stages.push({ $sort: sort });
  if (typeof command.skip === 'number' && command.skip > 0) stages.push({ $skip: command.skip });
  if (typeof command.limit === 'number' && command.limit !== 0)
    stages.push({ $limit: Math.abs(command.limit) });
  const projection = documentIn(command, 'projection');
  if (stages.length > 0) documents = piped(documents, stages, crud.random);
  return cursor(
    crud,
    name,
    Object.keys(projection).length === 0
      ? documents
      : documents.map((document) => projected(document, projection, crud.random)),
  );
};

/** A document's wanted fields, in the order that it has them. */
function projected(document: Document, projection: Document, random: Random): Document {
  const [found = {}] = piped([document], [{ $project: projection }], random);
  const order = ['_id', ...Object.keys(document), ...Object.keys(found)];
  return Object.fromEntries(
    [...new Set(order)].flatMap((field) => (field in found ? [[field, found[field] ?? null] as const] : [])),
  );
}

function cursor({ databases, database }: Crud, name: string, documents: readonly Document[]): Done {
  return { databases, reply: { cursor: { firstBatch: documents, id: 0, ns: `${database}.${name}` }, ok: 1 } };
}

const insert: Run = (crud, command) => {
  const name = named(command, 'insert');
  if (name.includes('$') || name.startsWith('.'))
    throw new MongoFailure(73, `Invalid collection name: ${name}`);
  let collection = collectionOf(crud, name);
  const writeErrors: Document[] = [];
  let count = 0;
  for (const [index, document] of documentsIn(command, 'documents').entries()) {
    // The _id comes first, wherever it was given.
    const { _id = newObjectId(crud.now, crud.random), ...fields } = document;
    const whole: Document = { _id, ...fields };
    const clash = duplicateIn(collection, whole, `${crud.database}.${name}`);
    if (clash !== undefined) {
      writeErrors.push({ index, code: 11000, errmsg: clash });
      if (command.ordered !== false) break;
      continue;
    }
    collection = { ...collection, documents: [...collection.documents, whole] };
    count += 1;
  }
  const reply: Document = writeErrors.length === 0 ? { n: count, ok: 1 } : { n: count, writeErrors, ok: 1 };
  return { reply, databases: withCollection(crud.databases, crud.database, name, collection) };
};

/** What a unique index says against a document, itself not counted. */
function duplicateIn(
  collection: Collection,
  document: Document,
  namespace: string,
  self?: Document,
): string | undefined {
  for (const index of collection.indexes) {
    const key = documentIn(index, 'key');
    if (index.name !== '_id_' && index.unique !== true) continue;
    const fields = Object.keys(key);
    const keyOf = (each: Document) => JSON.stringify(fields.map((field) => each[field] ?? null));
    if (!collection.documents.some((each) => each !== self && keyOf(each) === keyOf(document))) continue;
    const shown = fields.map((field) => `${field}: ${shownKey(document[field] ?? null)}`).join(', ');
    return `E11000 duplicate key error collection: ${namespace} index: ${String(index.name)} dup key: { ${shown} }`;
  }
  return undefined;
}

function shownKey(value: Json): string {
  const text = typeof value === 'string' ? /^\u0001oid:(.*)$/.exec(value)?.[1] : undefined;
  return text === undefined ? JSON.stringify(value) : `ObjectId('${text}')`;
}

/** A document after an update: operators, or a replacement that keeps the _id. */
function updated(document: Document, change: Json | undefined, crud: Crud, inserting: boolean): Document {
  if (Array.isArray(change)) return piped([document], change.filter(isDocument), crud.random)[0] ?? document;
  if (!isDocument(change)) throw new MongoFailure(9, 'Update argument must be either an object or an array');
  const operators = Object.keys(change).filter((key) => key.startsWith('$'));
  if (operators.length === 0) return '_id' in document ? { _id: document._id ?? null, ...change } : change;
  const copy = JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
  const { $currentDate, $setOnInsert, ...rest } = change;
  const dates = isDocument($currentDate)
    ? Object.fromEntries(Object.keys($currentDate).map((field) => [field, isoDate(crud.now)]))
    : {};
  const set = {
    ...documentIn(rest, '$set'),
    ...dates,
    ...(inserting && isDocument($setOnInsert) ? $setOnInsert : {}),
  };
  const expressions: Document = Object.keys(set).length === 0 ? rest : { ...rest, $set: set };
  for (const [operator, fields] of Object.entries(expressions)) {
    if (!isDocument(fields))
      throw new MongoFailure(
        9,
        `Modifiers operate on fields but we found type ${typeof fields} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${JSON.stringify(fields)}}`,
      );
    if (!UPDATE_OPERATORS.includes(operator))
      throw new MongoFailure(
        9,
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    guarded(() => updateWith(copy, { [operator]: fields } as never));
  }
  return copy as unknown as Document;
}

const UPDATE_OPERATORS: readonly string[] = [
  '$set',
  '$unset',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$rename',
  '$push',
  '$pull',
  '$pullAll',
  '$pop',
  '$addToSet',
  '$bit',
];

/** What an upsert starts from: the equalities of its filter. */
function seedOf(filter: Document): Document {
  return Object.fromEntries(
    Object.entries(filter).flatMap(([field, value]) => {
      if (field.startsWith('$')) return [];
      if (isDocument(value) && '$eq' in value) return [[field, value.$eq ?? null]];
      return isDocument(value) && Object.keys(value).some((key) => key.startsWith('$'))
        ? []
        : [[field, value]];
    }),
  );
}

const update: Run = (crud, command) => {
  const name = named(command, 'update');
  let collection = collectionOf(crud, name);
  let [matched, modified] = [0, 0];
  const upserted: Document[] = [];
  const writeErrors: Document[] = [];
  for (const [index, each] of documentsIn(command, 'updates').entries()) {
    const filter = documentIn(each, 'q');
    const found = matching(collection, filter);
    const targets = each.multi === true ? found : found.slice(0, 1);
    if (targets.length === 0 && each.upsert === true) {
      const fresh = updated(seedOf(filter), each.u, crud, true);
      const whole: Document = '_id' in fresh ? fresh : { _id: newObjectId(crud.now, crud.random), ...fresh };
      collection = { ...collection, documents: [...collection.documents, whole] };
      upserted.push({ index, _id: whole._id ?? null });
      continue;
    }
    matched += targets.length;
    for (const target of targets) {
      const next = updated(target, each.u, crud, false);
      if (JSON.stringify(next) === JSON.stringify(target)) continue;
      const clash = duplicateIn(collection, next, `${crud.database}.${name}`, target);
      if (clash !== undefined) {
        writeErrors.push({ index, code: 11000, errmsg: clash });
        break;
      }
      modified += 1;
      collection = {
        ...collection,
        documents: collection.documents.map((document) => (document === target ? next : document)),
      };
    }
  }
  const reply: Document = {
    n: matched + upserted.length,
    nModified: modified,
    ...(upserted.length === 0 ? {} : { upserted }),
    ...(writeErrors.length === 0 ? {} : { writeErrors }),
    ok: 1,
  };
  const touched = modified + upserted.length > 0;
  return {
    reply,
    databases: touched ? withCollection(crud.databases, crud.database, name, collection) : crud.databases,
  };
};

const remove: Run = (crud, command) => {
  const name = named(command, 'delete');
  let collection = collectionOf(crud, name);
  let count = 0;
  for (const each of documentsIn(command, 'deletes')) {
    const found = matching(collection, documentIn(each, 'q'));
    const gone = new Set(each.limit === 1 ? found.slice(0, 1) : found);
    count += gone.size;
    collection = { ...collection, documents: collection.documents.filter((document) => !gone.has(document)) };
  }
  return {
    reply: { n: count, ok: 1 },
    databases: count === 0 ? crud.databases : withCollection(crud.databases, crud.database, name, collection),
  };
};

const count: Run = (crud, command) => {
  const found = matching(collectionOf(crud, named(command, 'count')), documentIn(command, 'query'));
  return { reply: { n: found.length, ok: 1 }, databases: crud.databases };
};

const distinct: Run = (crud, command) => {
  const found = matching(collectionOf(crud, named(command, 'distinct')), documentIn(command, 'query'));
  const key = String(command.key ?? '');
  const values = found.flatMap((document) => {
    const value = key
      .split('.')
      .reduce<Json | undefined>((at, field) => (isDocument(at) ? at[field] : undefined), document);
    return value === undefined ? [] : Array.isArray(value) ? value : [value];
  });
  const unique = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
  return { reply: { values: unique, ok: 1 }, databases: crud.databases };
};

const runAggregate: Run = (crud, command) => {
  const name = named(command, 'aggregate');
  const pipeline = documentsIn(command, 'pipeline').map((stage) => withLookup(stage, crud));
  return cursor(crud, name, piped(collectionOf(crud, name).documents, pipeline, crud.random));
};

/** $lookup names another collection: its documents stand in for the name. */
function withLookup(stage: Document, crud: Crud): Document {
  const lookup = stage.$lookup;
  if (!isDocument(lookup) || typeof lookup.from !== 'string') return stage;
  return { $lookup: { ...lookup, from: [...collectionOf(crud, lookup.from).documents] } };
}

const findAndModify: Run = (crud, command) => {
  const name = named(command, 'findAndModify');
  const collection = collectionOf(crud, name);
  const filter = documentIn(command, 'query');
  const sort = documentIn(command, 'sort');
  const matched = matching(collection, filter);
  const [target] = Object.keys(sort).length === 0 ? matched : piped(matched, [{ $sort: sort }], crud.random);
  const original =
    target === undefined
      ? undefined
      : collection.documents.find((each) => JSON.stringify(each._id) === JSON.stringify(target._id));
  if (original === undefined && command.upsert !== true)
    return {
      reply: { lastErrorObject: { n: 0, updatedExisting: false }, value: null, ok: 1 },
      databases: crud.databases,
    };
  const fresh =
    original === undefined
      ? updated({ _id: newObjectId(crud.now, crud.random), ...seedOf(filter) }, command.update, crud, true)
      : command.remove === true
        ? undefined
        : updated(original, command.update, crud, false);
  const others = collection.documents.flatMap((document) =>
    document !== original ? [document] : fresh === undefined ? [] : [fresh],
  );
  const documents = original === undefined && fresh !== undefined ? [...others, fresh] : others;
  return {
    reply: {
      lastErrorObject: { n: 1, updatedExisting: original !== undefined },
      value: (command.new === true ? fresh : original) ?? null,
      ok: 1,
    },
    databases: withCollection(crud.databases, crud.database, name, { ...collection, documents }),
  };
};

/** Commands that read documents. */
export const READS: Readonly<Record<string, Run>> = { find, count, distinct, aggregate: runAggregate };
/** Commands that change them. */
export const WRITES: Readonly<Record<string, Run>> = { insert, update, delete: remove, findAndModify };
