import type { Json } from '../../../../api';
import type { ProcessEnv } from '../../../seams';
import { type Document, isDocument } from './bson';
import { opTimeIn } from './heartbeat';
import type { LogEntry } from './log';
import { applyEntry, entriesAfter } from './oplog';
import { callPeer, others } from './peers';
import {
  compareOpTimes,
  lastOpTime,
  type MemberConfig,
  type MongodState,
  type OplogEntry,
  type ReplicaSetState,
} from './state';
import type { Databases } from './storage';

/** Sends new entries to the members that can be reached; how many votes have them now, this member's own included. */
export function pushEntries(
  state: MongodState,
  set: ReplicaSetState,
  env: ProcessEnv,
): { readonly acknowledged: number; readonly slowestMs: number } {
  const entries = set.oplog.slice(-1);
  const before = set.oplog.at(-2)?.at;
  let acknowledged = (set.config?.members.find(({ _id }) => _id === set.selfId)?.votes ?? 1) > 0 ? 1 : 0;
  let slowestMs = 0;
  for (const member of others(set)) {
    if (member.arbiterOnly || set.peers[String(member._id)]?.up !== true) continue;
    const called = callPeer(env, member.host, {
      replSetPush: state.options.replSet ?? '',
      term: set.term,
      from: set.selfId,
      after: (before ?? null) as unknown as Json,
      entries: entries as unknown as Json,
    });
    if (!('reply' in called) || called.reply.ok !== 1) continue;
    slowestMs = Math.max(slowestMs, called.latencyMs);
    if (member.votes > 0) acknowledged += 1;
  }
  return { acknowledged, slowestMs };
}

/** Data and oplog after a step of replication. */
export interface Replicated {
  readonly databases: Databases;
  readonly set: ReplicaSetState;
  readonly log: readonly LogEntry[];
}

/** Takes entries in that follow on what this member has; undefined when they do not. */
export function takeEntries(
  databases: Databases,
  set: ReplicaSetState,
  after: Json | undefined,
  entries: readonly OplogEntry[],
): Replicated | undefined {
  const follows = isDocument(after)
    ? compareOpTimes(opTimeIn(after), lastOpTime(set)) === 0
    : set.oplog.length === 0;
  if (!follows) return undefined;
  return {
    databases: entries.reduce(applyEntry, databases),
    set: { ...set, oplog: [...set.oplog, ...entries] },
    log: [],
  };
}

/** A secondary that is behind asks a member that is ahead; what it has beyond the set's own history it gives up. */
export function catchUp(state: MongodState, set: ReplicaSetState, env: ProcessEnv): Replicated {
  const nothing: Replicated = { databases: state.databases, set, log: [] };
  const source = sourceFor(set);
  if (source === undefined) return nothing;
  const ahead = set.peers[String(source._id)]?.opTime;
  const own = lastOpTime(set);
  if (ahead === undefined || compareOpTimes(ahead, own) === 0)
    return { ...nothing, set: { ...set, syncSource: source.host } };
  const called = callPeer(env, source.host, {
    replSetFetch: state.options.replSet ?? '',
    after: own as unknown as Json,
  });
  if (!('reply' in called) || called.reply.ok !== 1) return nothing;
  const { entries, databases, oplog } = called.reply;
  if (Array.isArray(entries)) {
    const fresh = entries as unknown as readonly OplogEntry[];
    return {
      databases: fresh.reduce(applyEntry, state.databases),
      set: { ...set, oplog: [...set.oplog, ...fresh], syncSource: source.host },
      log: [],
    };
  }
  const rolledBack = compareOpTimes(own, ahead) > 0 || own.t >= 0;
  const log: readonly LogEntry[] =
    rolledBack && set.state === 'SECONDARY'
      ? [
          [
            21_607,
            'Rollback using the recoverTimestamp method: the sync source does not have my last entry',
            { syncSource: source.host },
          ],
        ]
      : [];
  return {
    databases: databases as unknown as Databases,
    set: { ...set, oplog: oplog as unknown as readonly OplogEntry[], syncSource: source.host },
    log,
  };
}

/** The primary where there is one, else whoever is further on. */
function sourceFor(set: ReplicaSetState): MemberConfig | undefined {
  const usable = others(set).filter(({ _id, arbiterOnly }) => {
    const peer = set.peers[String(_id)];
    return !arbiterOnly && peer?.up === true && (peer.state === 'PRIMARY' || peer.state === 'SECONDARY');
  });
  const primary = usable.find(({ _id }) => set.peers[String(_id)]?.state === 'PRIMARY');
  if (primary !== undefined) return primary;
  return usable.find(
    ({ _id }) => compareOpTimes(set.peers[String(_id)]?.opTime ?? lastOpTime(set), lastOpTime(set)) > 0,
  );
}

/** What a member that asks gets: the entries that it lacks, or everything when it went another way. */
export function answerFetch(state: MongodState, set: ReplicaSetState, after: Json | undefined): Document {
  const entries = entriesAfter(set.oplog, opTimeIn(after));
  if (entries !== undefined) return { entries: entries as unknown as Json, ok: 1 };
  return { databases: state.databases as unknown as Json, oplog: set.oplog as unknown as Json, ok: 1 };
}
