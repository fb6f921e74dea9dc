import type { Json } from '../../../../api';
import { isRecord } from '../../../../base';
import type { ProcessEnv } from '../../../seams';
import type { RedisDatabases } from './keyspace';
import { redisLine } from './log';
import type { RedisState } from './state';

/** Name under which Redis servers and their clients call each other. */
export const REDIS_CALL = 'redis';
/** How long a replica waits before it tries its master again, and how often it looks while the link is up. */
const RETRY_MS = 1000;
const LOOK_MS = 10_000;

/** A server after its turn, or after a word from another. */
export interface Synced {
  readonly state: RedisState;
  readonly log: readonly string[];
}

/** A replica looks at its master: it connects, takes all the data when it lacks some, or finds it gone. */
export function lookAtMaster(state: RedisState, env: ProcessEnv): Synced {
  const { master, config } = state;
  if (master === null || master.lookAt > env.now) return { state, log: [] };
  const line = (mark: '*' | '#', text: string) => redisLine(env, 'S', mark, text);
  const body: Json = {
    psync: { replId: state.replId, offset: master.up ? state.offset : -1, port: Number(config.port) },
    pass: config.masterauth ?? '',
  };
  const found = env.lookup(master.host).outcome;
  const [ip] = found.addresses;
  const begun = master.up ? [] : [line('*', `Connecting to MASTER ${master.host}:${master.port}`)];
  const again = (why: readonly string[]): Synced => ({
    state: {
      ...state,
      master: {
        ...master,
        up: false,
        lookAt: env.now + RETRY_MS,
        downSince: master.up ? env.now : master.downSince,
      },
    },
    log: master.up ? [line('*', 'Connection with master lost.'), ...why] : [...begun, ...why],
  });
  if (ip === undefined) return again([line('#', 'Unable to connect to MASTER: Invalid argument')]);
  const { outcome } = env.send(ip, master.port, { kind: 'call', name: REDIS_CALL, body });
  if (outcome.kind === 'refused')
    return again([line('#', 'Error condition on socket for SYNC: Connection refused')]);
  if (outcome.kind !== 'delivered' || outcome.reply.kind !== 'call')
    return again([line('#', 'Timeout connecting to the MASTER...')]);
  const reply = outcome.reply.body;
  if (!isRecord(reply)) return again([]);
  if (typeof reply.error === 'string')
    return again([
      line('*', 'MASTER <-> REPLICA sync started'),
      line('*', 'Non blocking connect for SYNC fired the event.'),
      line('#', `(Non critical) Master does not understand REPLCONF listening-port: -${reply.error}`),
      line('#', `Unexpected reply to PSYNC from master: -${reply.error}`),
    ]);
  const looked = { ...master, up: true, lookAt: env.now + LOOK_MS };
  if (reply.continues === true) return { state: { ...state, master: looked }, log: [] };
  const databases = (reply.databases ?? {}) as RedisDatabases;
  const offset = Number(reply.offset ?? 0);
  const replId = String(reply.replId ?? '');
  return {
    state: { ...state, databases, offset, replId, master: looked, dirty: 0 },
    log: [
      ...(master.up
        ? [
            line('*', 'Connection with master lost.'),
            line('*', `Connecting to MASTER ${master.host}:${master.port}`),
          ]
        : begun),
      line('*', 'MASTER <-> REPLICA sync started'),
      line('*', 'Non blocking connect for SYNC fired the event.'),
      line('*', 'Master replied to PING, replication can continue...'),
      line('*', 'Partial resynchronization not possible (no cached master)'),
      line('*', `Full resync from master: ${replId}:${offset}`),
      line('*', 'MASTER <-> REPLICA sync: Flushing old data'),
      line('*', 'MASTER <-> REPLICA sync: Loading DB in memory'),
      line('*', 'MASTER <-> REPLICA sync: Finished with success'),
    ],
  };
}

/** A master answers a replica that asks to be kept in step. */
export function answerReplica(
  state: RedisState,
  env: ProcessEnv,
  asked: Readonly<Record<string, unknown>>,
  ip: string,
): Synced & { readonly reply: Json } {
  const port = Number(asked.port ?? 6379);
  const known = state.replicas.some((each) => each.ip === ip && each.port === port);
  const replicas = [
    ...state.replicas.filter((each) => each.ip !== ip || each.port !== port),
    { ip, port, offset: state.offset },
  ];
  const next = { ...state, replicas };
  if (known && asked.replId === state.replId && asked.offset === state.offset)
    return { state: next, log: [], reply: { continues: true } };
  const line = (text: string) => redisLine(env, 'M', '*', text);
  return {
    state: next,
    log: [
      line(`Replica ${ip}:${port} asks for synchronization`),
      line(`Full resync requested by replica ${ip}:${port}`),
      line(`Synchronization with replica ${ip}:${port} succeeded`),
    ],
    reply: { replId: state.replId, offset: state.offset, databases: state.databases as unknown as Json },
  };
}

/** A master hands its replicas what it changed; those that do not answer are forgotten until they ask again. */
export function handOn(before: RedisState, after: RedisState, env: ProcessEnv, bytes: number): Synced {
  if (after.replicas.length === 0) return { state: after, log: [] };
  const offset = after.offset + bytes;
  const body: Json = {
    replicate: {
      replId: after.replId,
      from: before.offset,
      offset,
      databases: changed(before.databases, after.databases) as unknown as Json,
    },
  };
  const replicas = after.replicas.flatMap((replica) => {
    const { outcome } = env.send(replica.ip, replica.port, { kind: 'call', name: REDIS_CALL, body });
    const taken =
      outcome.kind === 'delivered' && outcome.reply.kind === 'call' && isRecord(outcome.reply.body);
    return taken ? [{ ...replica, offset }] : [];
  });
  const lost = after.replicas.filter(
    ({ ip, port }) => !replicas.some((each) => each.ip === ip && each.port === port),
  );
  return {
    state: { ...after, replicas, offset },
    log: lost.map(({ ip, port }) => redisLine(env, 'M', '*', `Connection with replica ${ip}:${port} lost.`)),
  };
}

/** Whole databases that are no longer the same. */
function changed(before: RedisDatabases, after: RedisDatabases): RedisDatabases {
  return Object.fromEntries(Object.entries(after).filter(([number, keys]) => before[number] !== keys));
}

/** A replica takes what its master changed; when it missed something it asks for all of it. */
export function takeChanges(
  state: RedisState,
  env: ProcessEnv,
  handed: Readonly<Record<string, unknown>>,
): { readonly state: RedisState; readonly reply: Json } {
  const { master } = state;
  if (master === null) return { state, reply: null };
  if (handed.replId !== state.replId || handed.from !== state.offset)
    return { state: { ...state, master: { ...master, lookAt: env.now } }, reply: {} };
  const databases = { ...state.databases, ...(handed.databases as RedisDatabases) };
  return { state: { ...state, databases, offset: Number(handed.offset) }, reply: {} };
}
