import type { ProcessEnv } from '../../../seams';
import type { Answer } from './answer';
import type { Document } from './bson';
import { MongoFailure } from './failure';
import { steppedDown } from './heartbeat';
import type { LogEntry } from './log';
import { callPeer, others } from './peers';
import {
  compareOpTimes,
  lastOpTime,
  type MemberConfig,
  type MongodState,
  type ReplicaSetState,
} from './state';

/** replSetStepDown: the primary gives its place up, to a secondary that has caught up and is asked to stand at once. */
export function stepDown(state: MongodState, env: ProcessEnv, command: Document): Answer {
  const { set } = state;
  if (set === null || set.state !== 'PRIMARY')
    throw new MongoFailure(10_107, "not primary so can't step down");
  const seconds = typeof command.replSetStepDown === 'number' ? command.replSetStepDown : 60;
  const heir = heirOf(set);
  if (heir === undefined && command.force !== true)
    throw new MongoFailure(
      262,
      'No electable secondaries caught up as of ' +
        'the time of this command. Please use the replSetStepDown command with the argument {force: true} to force node to step down.',
    );
  const down = handOver(state, set, env, seconds * 1000);
  return { ...down, reply: { ok: 1 }, wakeAt: env.now + 10 };
}

/** A secondary that could be the primary at once. */
function heirOf(set: ReplicaSetState): MemberConfig | undefined {
  return others(set).find(({ _id, priority }) => {
    const peer = set.peers[String(_id)];
    return (
      priority > 0 &&
      peer?.up === true &&
      peer.state === 'SECONDARY' &&
      compareOpTimes(peer.opTime, lastOpTime(set)) >= 0
    );
  });
}

/** The primary becomes a secondary that does not stand for a while; its heir, if there is one, is asked to stand. */
export function handOver(
  state: MongodState,
  set: ReplicaSetState,
  env: ProcessEnv,
  restMs: number,
): { readonly state: MongodState; readonly log: readonly LogEntry[] } {
  const heir = heirOf(set);
  const down = steppedDown(set, env);
  if (heir !== undefined)
    callPeer(env, heir.host, { replSetStepUp: 1, setName: state.options.replSet ?? '' });
  return { state: { ...state, set: { ...down.set, restsUntil: env.now + restMs } }, log: down.log };
}
