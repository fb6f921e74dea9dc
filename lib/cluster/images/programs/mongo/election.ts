import type { Json } from '../../../../api';
import type { ProcessEnv } from '../../../seams';
import type { Document } from './bson';
import { nextStand, opTimeIn, type Stepped, steppedDown } from './heartbeat';
import type { LogEntry } from './log';
import { appended } from './oplog';
import { callPeer, others } from './peers';
import {
  compareOpTimes,
  lastOpTime,
  type MongodState,
  majorityOf,
  type ReplicaSetState,
  selfOf,
} from './state';

/** Whether a member may stand for election now. */
function mayStand(set: ReplicaSetState, env: ProcessEnv): boolean {
  const self = selfOf(set);
  return (
    set.state === 'SECONDARY' &&
    self !== undefined &&
    self.priority > 0 &&
    !self.arbiterOnly &&
    env.now >= set.restsUntil
  );
}

/** Stands for election: a trial first, then the votes; a majority makes it the primary. */
export function standForElection(state: MongodState, start: ReplicaSetState, env: ProcessEnv): Stepped {
  const takeover = start.takesOverAt !== null && start.takesOverAt <= env.now;
  const set = { ...start, standsAt: nextStand(env), takesOverAt: null };
  const { config } = set;
  if (!mayStand(set, env) || config === null) return { set, log: [] };
  const why = takeover
    ? 'Starting an election for a priority takeover'
    : "Starting an election, since we've seen no PRIMARY in election timeout period";
  const begun: LogEntry = [takeover ? 4_615_660 : 4_615_652, why, { electionTimeoutPeriodMillis: 10_000 }];
  const trial: LogEntry = [
    21_436,
    'Conducting a dry run election to see if we could be elected',
    { currentTerm: set.term },
  ];
  const needed = majorityOf(config);
  if (votesFor(state, set, env, true) < needed)
    return {
      set,
      log: [begun, trial, [21_439, 'Not running for primary, we received insufficient votes', {}]],
    };
  const term = set.term + 1;
  const standing = { ...set, term, votedTerm: term };
  const running: LogEntry = [21_444, 'Dry election run succeeded, running for election', { newTerm: term }];
  if (votesFor(state, standing, env, false) < needed)
    return {
      set: standing,
      log: [
        begun,
        trial,
        running,
        [21_452, 'Not becoming primary, we received insufficient votes', { electionTerm: term }],
      ],
    };
  const elected = appended(
    {
      ...standing,
      state: 'PRIMARY',
      electedAt: env.now,
      standsAt: null,
      lastMajorityAt: env.now,
      heartbeatAt: env.now,
      syncSource: '',
    },
    env.now,
    [],
  );
  return {
    set: { ...elected, config: { ...config, term } },
    log: [
      begun,
      trial,
      running,
      [21_450, 'Election succeeded, assuming primary role', { term }],
      [21_358, 'Replica set state transition', { newState: 'PRIMARY', oldState: 'SECONDARY' }],
      [21_331, 'Transition to primary complete; database writes are now permitted', {}],
    ],
  };
}

function votesFor(state: MongodState, set: ReplicaSetState, env: ProcessEnv, dryRun: boolean): number {
  const own = selfOf(set)?.votes ?? 0;
  const asked: Document = {
    replSetRequestVotes: 1,
    setName: state.options.replSet ?? '',
    dryRun,
    term: dryRun ? set.term + 1 : set.term,
    candidateId: set.selfId,
    configVersion: set.config?.version ?? 0,
    lastOpTime: lastOpTime(set) as unknown as Json,
  };
  const granted = others(set).filter(({ votes, host }) => {
    const called = votes > 0 ? callPeer(env, host, asked) : undefined;
    return called !== undefined && 'reply' in called && called.reply.voteGranted === true;
  });
  return own + granted.length;
}

/** Answers a candidate: a later term, and nothing that it lacks, is worth the vote; one vote a term. */
export function answerVote(
  set: ReplicaSetState,
  command: Document,
  env: ProcessEnv,
): Stepped & { readonly reply: Document } {
  const term = typeof command.term === 'number' ? command.term : 0;
  const refuse = (reason: string) => ({
    set,
    log: [],
    reply: { term: set.term, voteGranted: false, reason, ok: 1 },
  });
  if (set.config === null || set.config._id !== command.setName)
    return refuse("candidate's set name differs from mine");
  if (term < set.term) return refuse(`candidate's term (${term}) is lower than mine (${set.term})`);
  if (compareOpTimes(opTimeIn(command.lastOpTime), lastOpTime(set)) < 0)
    return refuse("candidate's data is staler than mine");
  if (command.dryRun === true)
    return { set, log: [], reply: { term: set.term, voteGranted: true, reason: '', ok: 1 } };
  if (set.votedTerm >= term) return refuse(`already voted for another candidate this term (${term})`);
  const voted = { ...set, term, votedTerm: term };
  const down =
    set.state === 'PRIMARY'
      ? steppedDown(voted, env)
      : { set: { ...voted, standsAt: nextStand(env) }, log: [] };
  return { ...down, reply: { term, voteGranted: true, reason: '', ok: 1 } };
}
