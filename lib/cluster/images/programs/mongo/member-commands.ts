import type { Json } from '../../../../api';
import type { ProcessEnv } from '../../../seams';
import type { Answer } from './answer';
import type { Document } from './bson';
import { answerVote } from './election';
import { adoptConfig, inLaterTerm, nextStand } from './heartbeat';
import { instanceId } from './peers';
import { answerFetch, takeEntries } from './replicate';
import { nextTurn } from './set-turn';
import { lastOpTime, type MongodState, type OplogEntry, type ReplicaSetState } from './state';

/** Answers another member; undefined for what members do not ask of each other. */
export function answerMember(state: MongodState, env: ProcessEnv, command: Document): Answer | undefined {
  if ('_isSelf' in command) return { state, reply: { id: instanceId(env, state), ok: 1 } };
  const { set } = state;
  if (set === null) {
    const asks = Object.keys(command)[0]?.startsWith('replSet') === true;
    return asks
      ? {
          state,
          reply: { ok: 0, code: 76, codeName: 'NoReplicationEnabled', errmsg: 'not running with --replSet' },
        }
      : undefined;
  }
  if ('replSetHeartbeat' in command) return heartbeat(state, set, env, command);
  if ('replSetRequestVotes' in command) {
    const { set: after, log, reply } = answerVote(set, command, env);
    return { state: { ...state, set: after }, reply, log };
  }
  if ('replSetPush' in command) return push(state, set, env, command);
  if ('replSetFetch' in command) return { state, reply: answerFetch(state, set, command.after) };
  if ('replSetStepUp' in command) {
    if (set.state !== 'SECONDARY') return { state, reply: { ok: 1 } };
    // An election at once, as far as the network lets it.
    const standsAt = env.now + 50;
    return { state: { ...state, set: { ...set, standsAt } }, reply: { ok: 1 }, wakeAt: standsAt };
  }
  return undefined;
}

function heartbeat(state: MongodState, start: ReplicaSetState, env: ProcessEnv, command: Document): Answer {
  const name = state.options.replSet ?? '';
  if (command.replSetHeartbeat !== name)
    return {
      state,
      reply: {
        ok: 0,
        code: 93,
        codeName: 'InvalidReplicaSetConfig',
        errmsg: `replica set names do not match, ours: ${name}; remote node's: ${String(command.replSetHeartbeat)}`,
      },
    };
  let set = start;
  const log: NonNullable<Answer['log']>[number][] = [];
  const adopted = command.checkEmpty === undefined ? adoptConfig(set, command.config, env, state) : undefined;
  if (adopted !== undefined) {
    set = adopted.set;
    log.push(...adopted.log);
  }
  const term = typeof command.term === 'number' ? command.term : 0;
  if (set.config !== null && term > set.term) {
    const later = inLaterTerm(set, term, env);
    set = later.set;
    log.push(...later.log);
  }
  const from = String(command.fromId ?? '');
  const peer = set.peers[from];
  if (peer !== undefined)
    set = { ...set, peers: { ...set.peers, [from]: { ...peer, heardFromAt: env.now } } };
  // A live primary's heartbeat puts the next election off.
  if (command.state === 'PRIMARY' && term >= set.term && set.state === 'SECONDARY')
    set = { ...set, standsAt: nextStand(env) };
  const last = lastOpTime(set);
  const reply: Document = {
    ok: 1,
    set: set.config?._id ?? name,
    state: set.state,
    term: set.term,
    opTime: last as unknown as Json,
    wall: set.oplog.at(-1)?.wall ?? 0,
    electedAt: set.electedAt,
    configVersion: set.config?.version ?? -2,
    configTerm: set.config?.term ?? -1,
    syncSource: set.state === 'PRIMARY' ? '' : set.syncSource,
    hasData: command.checkEmpty === true && (set.config !== null || Object.keys(state.databases).length > 0),
    ...(isNewer(set, command) ? { config: set.config as unknown as Json } : {}),
  };
  const wakeAt = adopted === undefined ? undefined : env.now + 10;
  return {
    state: set === start ? state : { ...state, set },
    reply,
    log,
    ...(wakeAt === undefined ? {} : { wakeAt }),
  };
}

function isNewer({ config }: ReplicaSetState, { configTerm, configVersion }: Document): boolean {
  if (config === null) return false;
  const [term, version] = [Number(configTerm ?? -1), Number(configVersion ?? -1)];
  return config.term > term || (config.term === term && config.version > version);
}

function push(state: MongodState, set: ReplicaSetState, env: ProcessEnv, command: Document): Answer {
  const term = typeof command.term === 'number' ? command.term : 0;
  const behind = { state, reply: { ok: 0, code: 91, errmsg: 'not caught up' } };
  if (set.state !== 'SECONDARY' || term < set.term) return behind;
  const entries = command.entries;
  if (!Array.isArray(entries)) return behind;
  const taken = takeEntries(state.databases, set, command.after, entries as unknown as readonly OplogEntry[]);
  if (taken === undefined) return { ...behind, wakeAt: env.now + 10 };
  const primary = set.config?.members.find(({ _id }) => _id === command.from);
  const next = { ...taken.set, standsAt: nextStand(env), syncSource: primary?.host ?? set.syncSource };
  return {
    state: { ...state, databases: taken.databases, set: next },
    reply: { ok: 1 },
    wakeAt: nextTurn(next),
  };
}
