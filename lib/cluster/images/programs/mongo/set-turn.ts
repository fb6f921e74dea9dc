import type { ProcessEnv } from '../../../seams';
import { standForElection } from './election';
import { nextStand, seesMajority, sendHeartbeats, steppedDown } from './heartbeat';
import type { LogEntry } from './log';
import { findSelf } from './peers';
import { catchUp } from './replicate';
import { ELECTION_TIMEOUT_MS, type MongodState, type ReplicaSetState } from './state';

/** A mongod after its turn as a member of a replica set. */
export interface SetTurn {
  readonly state: MongodState;
  readonly log: readonly LogEntry[];
  /** When it wants its next turn; a member without a configuration waits to be called. */
  readonly wakeAt?: number;
}

/** What a member does when its time comes: heartbeats, catching up, standing for election, stepping down. */
export function takeSetTurn(start: MongodState, env: ProcessEnv): SetTurn {
  if (start.set === null || start.set.config === null) return { state: start, log: [] };
  const log: LogEntry[] = [];
  let state: MongodState = start;
  let set = again(start, start.set, env, log);
  if (set.selfId !== null) {
    if ((set.heartbeatAt ?? 0) <= env.now) {
      const beat = sendHeartbeats(state, set, env);
      set = beat.set;
      log.push(...beat.log);
      if (set.state === 'SECONDARY' || set.state === 'STARTUP2') {
        const replicated = catchUp(state, set, env);
        state = { ...state, databases: replicated.databases };
        set = finishSync(replicated.set, env, log);
        log.push(...replicated.log);
      }
    }
    if (
      set.state === 'PRIMARY' &&
      !seesMajority(set) &&
      env.now - set.lastMajorityAt >= ELECTION_TIMEOUT_MS
    ) {
      log.push([21_809, "Can't see a majority of the set, relinquishing primary", {}]);
      const down = steppedDown(set, env);
      set = down.set;
      log.push(...down.log);
    }
    const stands =
      (set.standsAt !== null && set.standsAt <= env.now) ||
      (set.takesOverAt !== null && set.takesOverAt <= env.now);
    if (set.state === 'SECONDARY' && stands) {
      const election = standForElection(state, set, env);
      set = election.set;
      log.push(...election.log);
      // The others hear of it at once.
      if (set.state === 'PRIMARY') {
        const beat = sendHeartbeats(state, set, env);
        set = beat.set;
        log.push(...beat.log);
      }
    }
  }
  return { state: { ...state, set }, log, wakeAt: nextTurn(set) };
}

/** When a member has something to do by itself. */
export function nextTurn(set: ReplicaSetState): number {
  const stands = set.state === 'SECONDARY' ? [set.standsAt, set.takesOverAt] : [];
  const moments = [set.heartbeatAt, ...stands].filter((at) => at !== null);
  return Math.min(...moments);
}

/** A member that its configuration did not name by a host that leads here looks again: names may resolve by now. */
function again(state: MongodState, set: ReplicaSetState, env: ProcessEnv, log: LogEntry[]): ReplicaSetState {
  if (set.selfId !== null || set.config === null) return set;
  const selfId = findSelf(state, env, set.config.members);
  if (selfId === null) return { ...set, heartbeatAt: env.now + 2000, standsAt: null };
  log.push([21_358, 'Replica set state transition', { newState: 'SECONDARY', oldState: set.state }]);
  const arbiter = set.config.members.find(({ _id }) => _id === selfId)?.arbiterOnly === true;
  return {
    ...set,
    selfId,
    state: arbiter ? 'ARBITER' : 'SECONDARY',
    heartbeatAt: env.now,
    standsAt: env.now + ELECTION_TIMEOUT_MS,
  };
}

function finishSync(set: ReplicaSetState, env: ProcessEnv, log: LogEntry[]): ReplicaSetState {
  if (set.state !== 'STARTUP2' || set.syncSource === '' || (set.syncedAt ?? 0) > env.now) return set;
  log.push([21_192, 'Initial sync done', { durationSeconds: 1 }]);
  log.push([21_358, 'Replica set state transition', { newState: 'SECONDARY', oldState: 'STARTUP2' }]);
  // The time until it stands for election begins now: whoever began the set is ahead.
  return { ...set, state: 'SECONDARY', syncedAt: null, standsAt: nextStand(env) };
}
