import type { Json } from '../../../../api';
import { type Document, documentIn, documentsIn } from '../mongo/bson';
import { documentOf } from './arguments';
import { Built } from './built';
import { Collection } from './collection';
import { Cursor } from './cursor';
import { ScriptError } from './native-members';
import { secondaryInfo, secondaryOk } from './replica-set';
import type { Session } from './session';
import { fromWire, Host, isPlain, toWire } from './values';

/** db, and db.getSiblingDB(name). */
export class Database extends Host {
  readonly #session: Session;
  /** Fixed for a sibling; the current one otherwise. */
  readonly #fixed: string | undefined;

  constructor(session: Session, name?: string) {
    super();
    this.#session = session;
    this.#fixed = name;
  }

  get name(): string {
    return this.#fixed ?? this.#session.db;
  }

  get shown(): string {
    return this.name;
  }

  member(name: string): unknown {
    if (name === '()') return undefined;
    const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    if (method !== undefined)
      return (...args: readonly unknown[]) => method({ session: this.#session, db: this.name }, ...args);
    return new Collection(this.#session, this.name, name);
  }
}

interface Here {
  readonly session: Session;
  readonly db: string;
}
type Method = (here: Here, ...args: readonly unknown[]) => unknown;

function command(value: unknown): Document {
  return typeof value === 'string' ? { [value]: 1 } : documentOf(value);
}

function runIn(db: string, { session }: Here, value: unknown): unknown {
  if (value === undefined)
    throw new ScriptError(
      'MongoshInvalidInputError',
      '[COMMON-10001] Missing required argument at position 0 (Database.runCommand)',
    );
  const { connection, legacy } = session;
  return fromWire(legacy ? connection.runRaw(db, command(value)) : connection.run(db, command(value)));
}

const simple =
  (body: Document, db?: string): Method =>
  (here) =>
    fromWire(here.session.connection.run(db ?? here.db, body, 'read'));

/** Names of a database's collections, in order. */
export function collectionNames({ session, db }: Here): readonly string[] {
  const reply = session.connection.run(db, { listCollections: 1, nameOnly: true }, 'read');
  return documentsIn(documentIn(reply, 'cursor'), 'firstBatch').map(({ name }) => String(name));
}

function createUser({ session, db }: Here, user: unknown): unknown {
  if (!isPlain(user) || user.user === undefined || user.roles === undefined)
    throw new ScriptError(
      'MongoshInvalidInputError',
      `[COMMON-10001] Missing required property: "${isPlain(user) && user.user !== undefined ? 'roles' : 'user'}"`,
    );
  const { user: name, ...rest } = documentOf(user);
  const reply = session.connection.run(db, { createUser: name ?? '', ...rest }, 'write');
  if (!session.legacy) return fromWire(reply);
  session.print(
    `Successfully added user: ${JSON.stringify({ user: name, roles: rest.roles })
      .replace(/([{,:])/g, '$1 ')
      .replace('}', ' }')}`,
  );
  return undefined;
}

function dropDatabase({ session, db }: Here): unknown {
  const {
    $clusterTime: _,
    operationTime: __,
    ...reply
  } = session.connection.run(db, { dropDatabase: 1 }, 'write');
  return fromWire('dropped' in reply ? { ok: 1, dropped: reply.dropped as Json } : { ok: 1 });
}

function auth({ session }: Here): unknown {
  throw new ScriptError(
    'MongoshUnimplementedError',
    `[COMMON-90002] db.auth is not offered here; connect again with --username (${session.connection.options.hosts.join(',')})`,
  );
}

const METHODS: Readonly<Record<string, Method>> = {
  getName: ({ db }) => db,
  getSiblingDB: ({ session }, name) => new Database(session, String(name)),
  getSisterDB: ({ session }, name) => new Database(session, String(name)),
  getCollection: ({ session, db }, name) => {
    if (typeof name !== 'string' || name === '')
      throw new ScriptError('MongoshInvalidInputError', '[COMMON-10001] Invalid collection name: ');
    return new Collection(session, db, name);
  },
  getCollectionNames: (here) => [...collectionNames(here)],
  getCollectionInfos: ({ session, db }) =>
    documentsIn(
      documentIn(session.connection.run(db, { listCollections: 1 }, 'read'), 'cursor'),
      'firstBatch',
    ).map(fromWire),
  createCollection: ({ session, db }, name, options) => {
    const reply = session.connection.run(db, { create: String(name), ...documentOf(options) }, 'write');
    return session.legacy ? fromWire(reply) : { ok: 1 };
  },
  dropDatabase,
  createUser,
  auth,
  getUsers: simple({ usersInfo: 1 }),
  runCommand: (here, value) => runIn(here.db, here, value),
  adminCommand: (here, value) => runIn('admin', here, value),
  aggregate: ({ session, db }, pipeline) =>
    new Cursor(session, {
      db,
      command: { aggregate: 1, pipeline: toWire(pipeline ?? []), cursor: {} },
      position: 0,
    }),
  hello: simple({ hello: 1 }),
  isMaster: simple({ isMaster: 1 }),
  serverStatus: simple({ serverStatus: 1 }, 'admin'),
  stats: simple({ dbStats: 1 }),
  hostInfo: simple({ hostInfo: 1 }, 'admin'),
  serverBuildInfo: simple({ buildInfo: 1 }, 'admin'),
  serverCmdLineOpts: simple({ getCmdLineOpts: 1 }, 'admin'),
  currentOp: simple({ currentOp: 1 }, 'admin'),
  version: ({ session }) => session.connection.run('admin', { buildInfo: 1 }).version,
  shutdownServer: ({ session }) => {
    session.connection.run('admin', { shutdown: 1 });
    return undefined;
  },
  printSecondaryReplicationInfo: ({ session }) => secondaryInfo(session),
  printSlaveReplicationInfo: ({ session }) => secondaryInfo(session),
  setSecondaryOk: ({ session }) => secondaryOk(session),
  getMongo: ({ session }) => mongo(session),
  getLastError: () => null,
  setProfilingLevel: () => ({ was: 0, slowms: 100, sampleRate: 1, ok: 1 }),
  getProfilingStatus: () => ({ was: 0, slowms: 100, sampleRate: 1, ok: 1 }),
  logout: () => ({ ok: 1 }),
};

const PREFERENCES = ['primary', 'primaryPreferred', 'secondary', 'secondaryPreferred', 'nearest'];

/** db.getMongo(). */
export function mongo(session: Session): Host {
  const { connection } = session;
  const setReadPref = (mode: unknown): void => {
    if (typeof mode !== 'string' || !PREFERENCES.includes(mode))
      throw new ScriptError(
        'MongoInvalidArgumentError',
        `Invalid read preference mode ${JSON.stringify(mode)}`,
      );
    connection.readPreference = mode;
  };
  return new Built(connection.options.shown, undefined, {
    setReadPref,
    getReadPrefMode: () => connection.readPreference,
    getReadPref: () => ({ mode: connection.readPreference }),
    setSecondaryOk: () => secondaryOk(session),
    setSlaveOk: () => {
      connection.readPreference = 'secondaryPreferred';
    },
    getDB: (name: unknown) => new Database(session, String(name)),
    getDBNames: () => databases(session).map(({ name }) => String(name)),
    getDBs: () => fromWire(session.connection.run('admin', { listDatabases: 1 }, 'read')),
    toString: () => connection.options.shown,
  });
}

/** The databases with their sizes. */
export function databases(session: Session): readonly Document[] {
  return documentsIn(session.connection.run('admin', { listDatabases: 1 }, 'read'), 'databases');
}
