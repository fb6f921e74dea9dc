import type { Json } from '../../../../api';
import type { ProcessEnv, Stop } from '../../../seams';
import { goText } from '../../http';
import { exits, type Program, type Served } from '../../program';
import type { Answer } from './answer';
import type { Document } from './bson';
import { MongoFailure } from './failure';
import { type LogEntry, logLines } from './log';
import { answerMember } from './member-commands';
import { type MongodOptions, mongodOptions, mongoVersion } from './options';
import { findSelf, MONGO_CALL } from './peers';
import { calledIn, runCommand, startupWarnings } from './server-commands';
import { nextTurn, takeSetTurn } from './set-turn';
import {
  ELECTION_OFFSET_MS,
  ELECTION_TIMEOUT_MS,
  MAX_OPLOG,
  type MongodState,
  type ReplicaSetState,
} from './state';
import { handOver } from './step-down';
import { changedFiles, readDatabases } from './storage';

const NATIVE_PORT = 'It looks like you are trying to access MongoDB over HTTP on the native driver port.\r\n';
/** What WiredTiger and the rest of a small mongod hold. */
const RESIDENT_BYTES = 160 * 1024 * 1024;

/** mongod: where it listens, its data in its directory, and its part in a replica set. */
export const mongodProgram: Program<MongodState> = {
  start(env) {
    const options = mongodOptions(env);
    if (typeof options === 'string') return { ...exits(2, ...options.split('\n')), state: NOTHING };
    if (options.auth && options.replSet !== undefined && options.keyFile === undefined)
      return {
        ...exits(
          2,
          'BadValue: security.keyFile is required when authorization is enabled with replica sets',
          "try 'mongod --help' for more information",
        ),
        state: NOTHING,
      };
    const state = opened(options, env);
    const files = state.users.length > 0 ? { [usersPath(options)]: JSON.stringify(state.users) } : {};
    return {
      state,
      log: logLines(env, startEntries(state, env), 'initandlisten'),
      files,
      memoryBytes: RESIDENT_BYTES,
      ...wake(state),
    };
  },
  turn(state, env) {
    const turn = takeSetTurn(state, env);
    return {
      state: turn.state,
      log: logLines(env, turn.log),
      files: filesOf(state, turn.state),
      ...(turn.wakeAt === undefined ? {} : { wakeAt: turn.wakeAt }),
    };
  },
  listens: ({ options }) =>
    options.bindIp.map((address) => ({ address, port: options.port, protocol: 'TCP' })),
  serve(state, { request }, env) {
    if (request.kind === 'connect') return { state, reply: { kind: 'connected' } };
    if (request.kind === 'http') return { state, reply: goText(env.now, 200, NATIVE_PORT) };
    const called =
      request.kind === 'call' && request.name === MONGO_CALL ? calledIn(request.body) : undefined;
    if (called === undefined) return { state, reply: { kind: 'closed', why: 'empty-reply' } };
    const internal = called.internal ? answerMember(state, env, called.command) : undefined;
    return served(
      state,
      internal ??
        guarded(state, () =>
          runCommand(called.internal ? state : counted(state, called.command), env, called),
        ),
      env,
    );
  },
  stop: leave,
};

/** A primary hands over before it goes; members of a set then wait for their clients to have gone (since 5.0). */
function leave(state: MongodState, env: ProcessEnv): Stop {
  const { set } = state;
  const down = set?.state === 'PRIMARY' ? handOver(state, set, env, 2 * QUIESCE_MS) : { state, log: [] };
  const quiesces =
    (set?.state === 'PRIMARY' || set?.state === 'SECONDARY') &&
    Number.parseInt(mongoVersion(env.image), 10) >= 5;
  const log: LogEntry[] = [
    [23_377, 'Received signal', { signal: 15, error: 'Terminated' }],
    ...down.log,
    ...(quiesces
      ? ([
          [4_695_102, 'Entering quiesce mode for mongod shutdown', { quiesceTimeMillis: QUIESCE_MS }],
        ] as const)
      : []),
    [23_138, 'Shutting down', { exitCode: 0 }],
  ];
  const takesMs = (quiesces ? QUIESCE_MS : 0) + 300 + Math.floor(env.random.next() * 400);
  return {
    exitCode: 0,
    takesMs,
    log: logLines(env, log, 'SignalHandler'),
    state: down.state as unknown as Json,
  };
}

const QUIESCE_MS = 15_000;
const NOTHING = {} as unknown as MongodState;
const usersPath = ({ dbPath }: MongodOptions): string => `${dbPath}/collection-admin.system.users.wt`;
const setPath = ({ dbPath }: MongodOptions): string => `${dbPath}/collection-local.system.replset.wt`;

const counted = (state: MongodState, command: Document): MongodState =>
  'hello' in command || 'ismaster' in command ? { ...state, connections: state.connections + 1 } : state;

function guarded(state: MongodState, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof MongoFailure) return { state, reply: error.reply };
    throw error;
  }
}

function served(before: MongodState, answer: Answer, env: ProcessEnv): Served<MongodState> {
  const { state, reply, log = [], latencyMs = 1, exitCode, wakeAt } = answer;
  const files = filesOf(before, state);
  return {
    state,
    reply: { kind: 'call', body: reply as unknown as Json },
    latencyMs,
    ...(log.length === 0 ? {} : { log: logLines(env, log, `conn${state.connections}`) }),
    ...(Object.keys(files).length === 0 ? {} : { files }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(wakeAt === undefined ? {} : { wakeAt }),
  };
}

/** What a crash must not lose: data, and what the member has promised the set. */
function filesOf(before: MongodState, after: MongodState) {
  const files: Record<string, string | null> = {
    ...changedFiles(after.options.dbPath, before.databases, after.databases),
  };
  if (!isSameHistory(before.set, after.set) && lasting(before.set) !== lasting(after.set))
    files[setPath(after.options)] = lasting(after.set);
  if (before.users !== after.users) files[usersPath(after.options)] = JSON.stringify(after.users);
  return files;
}

/** Most turns and replies leave what lasts as it was, to the very objects: nothing has to be written out then. */
const isSameHistory = (before: ReplicaSetState | null, after: ReplicaSetState | null): boolean =>
  before === after ||
  (before?.config === after?.config &&
    before?.oplog === after?.oplog &&
    before?.term === after?.term &&
    before?.votedTerm === after?.votedTerm);

function lasting(set: ReplicaSetState | null): string {
  if (set === null || set.config === null) return '';
  const { config, term, votedTerm, oplog } = set;
  return JSON.stringify({ config, term, votedTerm, oplog: oplog.slice(-MAX_OPLOG) });
}

function opened(options: MongodOptions, env: ProcessEnv): MongodState {
  const { local: _, admin: __, ...databases } = readDatabases(env, options.dbPath);
  const kept = env.readFile(usersPath(options));
  const user = env.env.MONGO_INITDB_ROOT_USERNAME ?? '';
  const pwd = env.env.MONGO_INITDB_ROOT_PASSWORD ?? '';
  // The entrypoint makes the root user in an empty data directory only.
  const users =
    kept !== undefined
      ? (JSON.parse(kept) as MongodState['users'])
      : options.auth && user !== '' && pwd !== ''
        ? [{ user, pwd }]
        : [];
  const state: MongodState = {
    options,
    startedAt: env.now,
    databases,
    set: options.replSet === undefined ? null : FRESH_SET,
    connections: 0,
    users,
  };
  const text = env.readFile(setPath(options));
  if (state.set === null || text === undefined || text === '') return state;
  const { config, term, votedTerm, oplog } = JSON.parse(text) as Pick<
    ReplicaSetState,
    'config' | 'term' | 'votedTerm' | 'oplog'
  >;
  const known = { ...state, set: { ...FRESH_SET, config, term, votedTerm, oplog } };
  const selfId = findSelf(known, env, config?.members ?? []);
  const arbiter = config?.members.find(({ _id }) => _id === selfId)?.arbiterOnly === true;
  return {
    ...known,
    set: {
      ...known.set,
      selfId,
      state: selfId === null ? 'REMOVED' : arbiter ? 'ARBITER' : 'SECONDARY',
      heartbeatAt: env.now + 10,
      lastMajorityAt: env.now,
      standsAt:
        env.now +
        (config?.members.length === 1
          ? 10
          : ELECTION_TIMEOUT_MS + Math.floor(env.random.next() * ELECTION_OFFSET_MS)),
    },
  };
}

const FRESH_SET: ReplicaSetState = {
  config: null,
  selfId: null,
  state: 'STARTUP',
  term: 0,
  votedTerm: 0,
  electedAt: null,
  standsAt: null,
  restsUntil: 0,
  takesOverAt: null,
  lastMajorityAt: 0,
  heartbeatAt: null,
  peers: {},
  oplog: [],
  syncSource: '',
  syncedAt: null,
};

function wake({ set }: MongodState): { readonly wakeAt?: number } {
  return set === null || set.config === null ? {} : { wakeAt: nextTurn(set) };
}

function startEntries(state: MongodState, env: ProcessEnv): readonly LogEntry[] {
  const { options, set } = state;
  const warnings = startupWarnings(state).map((text): LogEntry => [22_120, text, {}]);
  const restored = Object.keys(state.databases).length > 0;
  return [
    [
      4_615_611,
      'MongoDB starting',
      { pid: 1, port: options.port, dbPath: options.dbPath, architecture: '64-bit', host: env.hostname },
    ],
    [
      23_403,
      'Build Info',
      {
        buildInfo: {
          version: mongoVersion(env.image),
          gitVersion: '2b5a1b3d0e3f3c8b6d2b5f5d3b6a5d1e0f9c8b7a',
          modules: [],
          allocator: 'tcmalloc-google',
        },
      },
    ],
    [
      21_951,
      'Options set by command line',
      {
        options: {
          net: { bindIp: options.bindIp.join(','), port: options.port },
          ...(options.replSet === undefined ? {} : { replication: { replSet: options.replSet } }),
        },
      },
    ],
    ...(restored
      ? ([
          [
            22_270,
            'Storage engine to use detected by data files',
            { dbpath: options.dbPath, storageEngine: 'wiredTiger' },
          ],
        ] as const)
      : []),
    [22_315, 'Opening WiredTiger', { config: 'create,cache_size=1458M' }],
    ...warnings,
    ...(set !== null && set.config === null
      ? ([
          [21_311, 'Did not find local initialized voted for document at startup', {}],
          [
            21_405,
            'Did not find local replica set configuration document at startup',
            {
              error: {
                code: 47,
                codeName: 'NoMatchingDocument',
                errmsg: 'Did not find replica set configuration document in local.system.replset',
              },
            },
          ],
        ] as const)
      : []),
    [23_015, 'Listening on', { address: options.bindIp.join(',') }],
    [23_016, 'Waiting for connections', { port: options.port, ssl: 'off' }],
  ];
}
