import type { Json } from '../../../../api';
import type { ProcessEnv } from '../../../seams';
import { type Document, isDocument } from './bson';
import { configIn } from './config';
import { installConfig } from './initiate';
import type { LogEntry } from './log';
import { type Called, callAgain, findSelf, others } from './peers';
import {
  ELECTION_OFFSET_MS,
  ELECTION_TIMEOUT_MS,
  HEARTBEAT_MS,
  lastOpTime,
  type MemberConfig,
  type MongodState,
  majorityOf,
  NO_OP_TIME,
  type OpTime,
  type Peer,
  type ReplicaSetState,
  selfOf,
} from './state';

/** A member's set after a step, and what it logged. */
export interface Stepped {
  readonly set: ReplicaSetState;
  readonly log: readonly LogEntry[];
}

/** Longer than an election's time-out: what a secondary waits after it last heard of a primary. */
export function nextStand(env: Pick<ProcessEnv, 'now' | 'random'>): number {
  return env.now + ELECTION_TIMEOUT_MS + Math.floor(env.random.next() * ELECTION_OFFSET_MS);
}

/** Sends a heartbeat to every other member, and takes in what they answer. */
export function sendHeartbeats(state: MongodState, start: ReplicaSetState, env: ProcessEnv): Stepped {
  let set: ReplicaSetState = { ...start, heartbeatAt: env.now + HEARTBEAT_MS };
  const log: LogEntry[] = [];
  for (const member of others(set)) {
    const before = set.peers[String(member._id)];
    const called = callAgain(
      env,
      member.host,
      before?.up === true ? before.ip : undefined,
      heartbeatOf(state, set),
    );
    if ('error' in called) {
      set = withPeer(set, member, missed(before, called.error, env));
      if (before?.up !== false)
        log.push([
          23_974,
          'Heartbeat failed after max retries',
          { target: member.host, error: { code: 6, codeName: 'HostUnreachable', errmsg: called.error } },
        ]);
    } else if (called.reply.ok !== 1) {
      set = withPeer(set, member, missed(before, String(called.reply.errmsg ?? ''), env));
    } else {
      const heard = heardFrom(set, member, called, before, env);
      set = heard.set;
      log.push(...heard.log);
    }
  }
  return { set: { ...set, lastMajorityAt: seesMajority(set) ? env.now : set.lastMajorityAt }, log };
}

function heartbeatOf(state: MongodState, set: ReplicaSetState): Document {
  const self = selfOf(set);
  return {
    replSetHeartbeat: state.options.replSet ?? '',
    configVersion: set.config?.version ?? 0,
    configTerm: set.config?.term ?? 0,
    term: set.term,
    fromId: set.selfId,
    from: self?.host ?? '',
    state: set.state,
    opTime: lastOpTime(set),
    config: set.config as unknown as Json,
  };
}

function withPeer(set: ReplicaSetState, member: MemberConfig, peer: Peer): ReplicaSetState {
  return { ...set, peers: { ...set.peers, [String(member._id)]: peer } };
}

const FRESH_PEER: Peer = {
  up: false,
  state: 'UNKNOWN',
  opTime: NO_OP_TIME,
  wall: 0,
  heardAt: 0,
  heardFromAt: 0,
  message: '',
  electionAt: null,
  configVersion: -2,
  configTerm: -1,
  uptimeSince: 0,
  syncSource: '',
};

function missed(before: Peer | undefined, message: string, env: ProcessEnv): Peer {
  return {
    ...(before ?? FRESH_PEER),
    up: false,
    state: 'DOWN',
    opTime: NO_OP_TIME,
    wall: 0,
    heardAt: env.now,
    message,
    electionAt: null,
    syncSource: '',
  };
}

/** An optime from a reply. */
export function opTimeIn(value: Json | undefined): OpTime {
  if (!isDocument(value)) return NO_OP_TIME;
  const { t, s, i } = value;
  return typeof t === 'number' && typeof s === 'number' && typeof i === 'number' ? { t, s, i } : NO_OP_TIME;
}

function heardFrom(
  start: ReplicaSetState,
  member: MemberConfig,
  { reply, ip }: Extract<Called, { readonly reply: Document }>,
  before: Peer | undefined,
  env: ProcessEnv,
): Stepped {
  const log: LogEntry[] = [];
  const stateName = String(reply.state ?? 'UNKNOWN') as Peer['state'];
  if (before?.state !== stateName)
    log.push([21_215, 'Member is in new state', { hostAndPort: member.host, newState: stateName }]);
  const peer: Peer = {
    up: true,
    state: stateName,
    opTime: opTimeIn(reply.opTime),
    wall: typeof reply.wall === 'number' ? reply.wall : 0,
    heardAt: env.now,
    heardFromAt: before?.heardFromAt ?? 0,
    message: '',
    electionAt: typeof reply.electedAt === 'number' ? reply.electedAt : null,
    configVersion: typeof reply.configVersion === 'number' ? reply.configVersion : -1,
    configTerm: typeof reply.configTerm === 'number' ? reply.configTerm : -1,
    uptimeSince: before?.up === true ? before.uptimeSince : env.now,
    syncSource: String(reply.syncSource ?? ''),
    ip,
  };
  let set = withPeer(start, member, peer);
  const term = typeof reply.term === 'number' ? reply.term : 0;
  if (term > set.term) {
    const later = inLaterTerm(set, term, env);
    set = later.set;
    log.push(...later.log);
  }
  const newer = adoptConfig(set, reply.config, env);
  if (newer !== undefined) {
    set = newer.set;
    log.push(...newer.log);
  }
  return { set: afterPrimary(set, member, peer, term, env), log };
}

/** A secondary that hears of a primary puts off its own candidature, or takes over where it has the higher priority. */
function afterPrimary(
  set: ReplicaSetState,
  member: MemberConfig,
  peer: Peer,
  term: number,
  env: ProcessEnv,
): ReplicaSetState {
  if (peer.state !== 'PRIMARY' || set.state === 'PRIMARY' || term < set.term) return set;
  const self = selfOf(set);
  const outranks = (self?.priority ?? 0) > member.priority && env.now >= set.restsUntil;
  const takesOverAt = outranks ? (set.takesOverAt ?? env.now + ELECTION_TIMEOUT_MS) : null;
  return { ...set, standsAt: nextStand(env), takesOverAt };
}

/** Somebody knows of a later term: whoever thought to be primary is not any more. */
export function inLaterTerm(set: ReplicaSetState, term: number, env: ProcessEnv): Stepped {
  const next = { ...set, term };
  return set.state === 'PRIMARY' ? steppedDown(next, env) : { set: next, log: [] };
}

/** A primary becomes a secondary again. */
export function steppedDown(set: ReplicaSetState, env: ProcessEnv): Stepped {
  return {
    set: { ...set, state: 'SECONDARY', electedAt: null, standsAt: nextStand(env), takesOverAt: null },
    log: [
      [21_402, 'Stepping down from primary in response to heartbeat', {}],
      [21_358, 'Replica set state transition', { newState: 'SECONDARY', oldState: 'PRIMARY' }],
    ],
  };
}

/** Takes a newer configuration into use, when somebody has one. */
export function adoptConfig(
  set: ReplicaSetState,
  body: Json | undefined,
  env: ProcessEnv,
  mongod?: MongodState,
): Stepped | undefined {
  const config = configIn(body);
  if (config === undefined) return undefined;
  const known = set.config;
  const newer =
    known === null ||
    config.term > known.term ||
    (config.term === known.term && config.version > known.version);
  if (!newer) return undefined;
  const selfId = mongod === undefined ? set.selfId : findSelf(mongod, env, config.members);
  const fresh = known === null;
  const kept = config.members.some(({ _id }) => _id === selfId);
  const arbiter = config.members.find(({ _id }) => _id === selfId)?.arbiterOnly === true;
  const state = !kept
    ? 'REMOVED'
    : arbiter
      ? 'ARBITER'
      : fresh
        ? 'STARTUP2'
        : set.state === 'REMOVED'
          ? 'SECONDARY'
          : set.state;
  const installed = installConfig({ ...set, selfId: kept ? selfId : null }, config, env, state);
  const entry: LogEntry = [
    21_392,
    'New replica set config in use',
    { config: { _id: config._id, version: config.version, term: config.term } },
  ];
  const change: readonly LogEntry[] =
    state === set.state
      ? []
      : [[21_358, 'Replica set state transition', { newState: state, oldState: set.state }]];
  return {
    set: {
      ...installed,
      syncedAt: fresh && state === 'STARTUP2' ? env.now + INITIAL_SYNC_MS : installed.syncedAt,
    },
    log: [entry, ...change],
  };
}

/** How long a new member needs to copy the data. */
const INITIAL_SYNC_MS = 1500;

/** Whether this member hears from enough others to be, or stay, primary. */
export function seesMajority(set: ReplicaSetState): boolean {
  if (set.config === null) return false;
  const up = set.config.members.filter(
    ({ _id, votes }) => votes > 0 && (_id === set.selfId || set.peers[String(_id)]?.up === true),
  );
  return up.length >= majorityOf(set.config);
}
