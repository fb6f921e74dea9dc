import type { Json } from '../../../../api';
import type { ProcessEnv } from '../../../seams';
import type { Answer, Called } from './answer';
import { type Document, documentIn, isDocument, isoDate, long } from './bson';
import { CATALOG_READS, CATALOG_WRITES } from './catalog-commands';
import { shownConfig } from './config';
import { READS, WRITES } from './crud';
import { MongoFailure } from './failure';
import { initiate, reconfig } from './initiate';
import { isoTime } from './log';
import { appended, changesBetween } from './oplog';
import { mongoVersion } from './options';
import { pushEntries } from './replicate';
import { clusterTime, helloOfSet, setStatus } from './set-status';
import { ELECTION_TIMEOUT_MS, type MongodState, majorityOf } from './state';
import { stepDown } from './step-down';

type Run = (state: MongodState, env: ProcessEnv, called: Called) => Answer;

const plain =
  (make: (state: MongodState, env: ProcessEnv, called: Called) => Document): Run =>
  (state, env, called) => ({ state, reply: { ...make(state, env, called), ok: 1 } });

const hello = plain((state, env, { command }) => {
  const of = state.set === null ? { isWritablePrimary: true } : helloOfSet(state.set);
  const { isWritablePrimary, ...rest } = of as Document;
  const role: Document =
    'hello' in command
      ? { isWritablePrimary: isWritablePrimary ?? false }
      : { ismaster: isWritablePrimary ?? false };
  return {
    ...role,
    ...rest,
    maxBsonObjectSize: 16_777_216,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: isoDate(env.now),
    logicalSessionTimeoutMinutes: 30,
    connectionId: state.connections,
    minWireVersion: 0,
    maxWireVersion: 27,
    readOnly: false,
  };
});

const STATIC: Readonly<Record<string, Run>> = {
  ping: plain(() => ({})),
  hello,
  ismaster: hello,
  isMaster: hello,
  buildInfo: plain((_, env) => ({
    version: mongoVersion(env.image),
    gitVersion: '2b5a1b3d0e3f3c8b6d2b5f5d3b6a5d1e0f9c8b7a',
    modules: [],
    allocator: 'tcmalloc-google',
    javascriptEngine: 'mozjs',
    sysInfo: 'deprecated',
    bits: 64,
    debug: false,
    maxBsonObjectSize: 16_777_216,
    storageEngines: ['devnull', 'wiredTiger'],
  })),
  hostInfo: plain((_, env) => ({
    system: { hostname: env.hostname, cpuAddrSize: 64, memSizeMB: 3924, numCores: 2, cpuArch: 'x86_64' },
    os: { type: 'Linux', name: 'Ubuntu', version: '24.04' },
  })),
  getCmdLineOpts: plain((state, env) => ({
    argv: env.argv.slice(env.argv[0]?.endsWith('docker-entrypoint.sh') === true ? 1 : 0),
    parsed: {
      net: { bindIp: state.options.bindIp.join(','), port: state.options.port },
      ...(state.options.replSet === undefined ? {} : { replication: { replSet: state.options.replSet } }),
    },
  })),
  serverStatus: plain((state, env) => ({
    host: env.hostname,
    version: mongoVersion(env.image),
    process: 'mongod',
    pid: long('1'),
    uptime: Math.floor((env.now - state.startedAt) / 1000),
    connections: { current: 2, available: 838_858, totalCreated: state.connections },
    ...(state.set === null ? {} : { repl: helloOfSet(state.set) }),
  })),
  connectionStatus: plain((_, __, { auth }) => ({
    authInfo: {
      authenticatedUsers: auth === undefined ? [] : [{ user: auth.user ?? '', db: auth.source ?? 'admin' }],
      authenticatedUserRoles: auth === undefined ? [] : [{ role: 'root', db: 'admin' }],
    },
  })),
  whatsmyuri: plain((_, env) => ({ you: `${env.podIP}:${32_768 + Math.floor(env.random.next() * 28_232)}` })),
  getLog: plain((state) => ({
    totalLinesWritten: 2,
    log: startupWarnings(state).map((text) =>
      JSON.stringify({
        t: { $date: `${isoTime(state.startedAt).slice(0, -1)}+00:00` },
        s: 'W',
        c: 'CONTROL',
        id: 22_120,
        ctx: 'initandlisten',
        msg: text,
      }),
    ),
  })),
  getParameter: plain((_, env, { command }) =>
    'featureCompatibilityVersion' in command
      ? { featureCompatibilityVersion: { version: mongoVersion(env.image).split('.').slice(0, 2).join('.') } }
      : {},
  ),
  setParameter: plain(() => ({ was: null })),
  endSessions: plain(() => ({})),
  logRotate: plain(() => ({})),
  fsync: plain(() => ({ numFiles: 1 })),
  setDefaultRWConcern: plain(() => ({})),
  listCommands: plain(() => ({ commands: {} })),
  currentOp: plain(() => ({ inprog: [] })),
  usersInfo: plain((state) => ({
    users: state.users.map(
      ({ user }): Document => ({
        _id: `admin.${user}`,
        user,
        db: 'admin',
        roles: [{ role: 'root', db: 'admin' }],
        mechanisms: ['SCRAM-SHA-1', 'SCRAM-SHA-256'],
      }),
    ),
  })),
};

/** What a new server warns of. */
export function startupWarnings({ options }: Pick<MongodState, 'options'>): readonly string[] {
  return [
    'Using the XFS filesystem is strongly recommended with the WiredTiger storage engine. See http://dochub.mongodb.org/core/prodnotes-filesystem',
    ...(options.auth
      ? []
      : [
          'Access control is not enabled for the database. Read and write access to data and configuration is unrestricted',
        ]),
    ...(options.bindIp.every((address) => address === '127.0.0.1')
      ? [
          'This server is bound to localhost. Remote systems will be unable to connect to this server. Start the server with --bind_ip <address> to specify which IP addresses it should serve responses from, or with --bind_ip_all to bind to all interfaces. If this behavior is desired, start the server with --bind_ip 127.0.0.1 to disable this warning',
        ]
      : []),
    'For customers running the current memory allocator, we suggest changing the contents of the following sysfsFile',
    'We suggest setting the contents of sysfsFile to 0.',
    'vm.max_map_count is too low',
    'We suggest setting swappiness to 0 or 1, as swapping can cause performance problems.',
  ];
}

const SET: Readonly<Record<string, Run>> = {
  replSetInitiate(state, env, { command }) {
    const before = state.set?.config ?? null;
    const changed = initiate(state, env, documentIn(command, 'replSetInitiate'));
    return { ...changed, ...(before === null ? { wakeAt: env.now + 10 } : {}) };
  },
  replSetReconfig: (state, env, { command }) => ({
    ...reconfig(state, env, documentIn(command, 'replSetReconfig'), command.force === true),
    wakeAt: env.now + 10,
  }),
  replSetGetStatus(state, env) {
    needSet(state);
    if (state.set === null || state.set.config === null)
      throw new MongoFailure(94, 'no replset config has been received');
    return { state, reply: setStatus(state, state.set, env.now) };
  },
  replSetGetConfig(state) {
    needSet(state);
    if (state.set === null || state.set.config === null)
      throw new MongoFailure(94, 'no replset config has been received');
    return { state, reply: { config: shownConfig(state.set.config), ok: 1, ...clusterTime(state.set) } };
  },
  replSetStepDown: (state, env, { command }) => {
    needSet(state);
    return stepDown(state, env, command);
  },
  replSetFreeze(state, env, { command }) {
    needSet(state);
    const { set } = state;
    if (set === null) return { state, reply: { ok: 1 } };
    if (set.state === 'PRIMARY')
      throw new MongoFailure(95, 'cannot freeze node when primary or running for election. state: Primary');
    const seconds = typeof command.replSetFreeze === 'number' ? command.replSetFreeze : 0;
    return { state: { ...state, set: { ...set, restsUntil: env.now + seconds * 1000 } }, reply: { ok: 1 } };
  },
  replSetSyncFrom: (state) => {
    needSet(state);
    return { state, reply: { ok: 1 } };
  },
};

function needSet(state: MongodState): void {
  if (state.set === null) throw new MongoFailure(76, 'not running with --replSet');
}

/** Runs one command of a client; a refusal is thrown as `MongoFailure`. */
export function runCommand(state: MongodState, env: ProcessEnv, called: Called): Answer {
  const verb = Object.keys(called.command)[0] ?? '';
  checkUser(state, called, verb);
  const fixed = STATIC[verb] ?? (called.db === 'admin' || !(verb in SET) ? SET[verb] : undefined);
  if (fixed !== undefined) return fixed(state, env, called);
  if (verb in SET) throw new MongoFailure(13, `${verb} may only be run against the admin database.`);
  if (verb === 'shutdown')
    return {
      state,
      reply: { ok: 1 },
      exitCode: 0,
      log: [[4_784_900, 'Stepping down the ReplicationCoordinator for shutdown', {}]],
    };
  if (verb === 'createUser') return createUser(state, called);
  const crud = { databases: state.databases, database: called.db, now: env.now, random: env.random };
  const read = READS[verb] ?? CATALOG_READS[verb];
  if (read !== undefined) {
    mayRead(state, called);
    return { state, reply: withTime(state, read(crud, called.command).reply) };
  }
  const write = WRITES[verb] ?? CATALOG_WRITES[verb];
  if (write === undefined) throw new MongoFailure(59, `no such command: '${verb}'`);
  if (state.set !== null && state.set.state !== 'PRIMARY') throw new MongoFailure(10_107, 'not primary');
  const done = write(crud, called.command);
  return replicated({ ...state, databases: done.databases }, state, env, called, done.reply);
}

function withTime(state: MongodState, reply: Document): Document {
  return state.set === null || state.set.config === null ? reply : { ...reply, ...clusterTime(state.set) };
}

function mayRead({ set }: MongodState, { secondaryOk, db }: Called): void {
  if (set === null || set.state === 'PRIMARY' || db === 'local') return;
  if (set.state !== 'SECONDARY') throw new MongoFailure(13_436, 'node is not in primary or recovering state');
  if (!secondaryOk) throw new MongoFailure(13_435, 'not primary and secondaryOk=false');
}

/** A write in a replica set waits for as many members as its write concern asks for: a majority unless it says otherwise. */
function replicated(
  state: MongodState,
  before: MongodState,
  env: ProcessEnv,
  { command }: Called,
  reply: Document,
): Answer {
  const { set } = state;
  if (set === null || set.config === null) return { state, reply };
  const changes = changesBetween(before.databases, state.databases);
  if (changes.length === 0) return { state, reply: withTime(state, reply) };
  const written = appended(set, env.now, changes);
  const pushed = pushEntries(state, written, env);
  const after: MongodState = { ...state, set: written };
  const concern = documentIn(command, 'writeConcern');
  const wanted = typeof concern.w === 'number' ? concern.w : majorityOf(set.config);
  const answered = withTime(after, reply);
  if (pushed.acknowledged >= wanted)
    return { state: after, reply: answered, latencyMs: 1 + pushed.slowestMs };
  const timeout = concern.wtimeout;
  if (typeof timeout === 'number' && timeout > 0) {
    const writeConcernError: Document = {
      code: 64,
      codeName: 'WriteConcernTimeout',
      errmsg: 'waiting for replication timed out',
      errInfo: {
        wtimeout: true,
        writeConcern: { w: concern.w ?? 'majority', wtimeout: timeout, provenance: 'clientSupplied' },
      },
    };
    return { state: after, reply: { ...answered, writeConcernError }, latencyMs: timeout };
  }
  // It waits until the primary gives up being one, for want of a majority.
  const patience = Math.max(1, set.lastMajorityAt + ELECTION_TIMEOUT_MS - env.now);
  return {
    state: after,
    reply: new MongoFailure(11_602, 'operation was interrupted').reply,
    latencyMs: patience,
  };
}

/** Commands that need no user: how a client gets to know the server. */
const OPEN: readonly string[] = [
  'hello',
  'ismaster',
  'isMaster',
  'ping',
  'buildInfo',
  'whatsmyuri',
  'connectionStatus',
  'endSessions',
  'getParameter',
];

function checkUser(state: MongodState, { auth, db }: Called, verb: string): void {
  if (auth !== undefined) {
    const known = state.users.some(({ user, pwd }) => user === auth.user && pwd === auth.pwd);
    if (!known || (auth.source ?? 'admin') !== 'admin') throw new MongoFailure(18, 'Authentication failed.');
    return;
  }
  if (!state.options.auth || state.users.length === 0 || OPEN.includes(verb)) return;
  throw new MongoFailure(13, `Command ${verb} requires authentication${db === '' ? '' : ''}`);
}

function createUser(state: MongodState, { command, db }: Called): Answer {
  const user = command.createUser;
  if (typeof user !== 'string')
    throw new MongoFailure(14, "BSON field 'createUser.createUser' is the wrong type");
  if (state.users.some((each) => each.user === user))
    throw new MongoFailure(51_003, `User "${user}@${db}" already exists`);
  return {
    state: { ...state, users: [...state.users, { user, pwd: String(command.pwd ?? '') }] },
    reply: { ok: 1 },
  };
}

/** Whether a body is a client's command. */
export function calledIn(body: Json): (Called & { readonly internal: boolean }) | undefined {
  if (!isDocument(body) || typeof body.db !== 'string' || !isDocument(body.command)) return undefined;
  return {
    db: body.db,
    command: body.command,
    secondaryOk: body.secondaryOk === true,
    auth: isDocument(body.auth) ? body.auth : undefined,
    internal: body.internal === true,
  };
}
