import type { ProcessEnv } from '../../../seams';
import { type Document, newObjectId } from './bson';
import { readConfig } from './config';
import { MongoFailure } from './failure';
import { appended } from './oplog';
import { type Called, callPeer, findSelf } from './peers';
import {
  ELECTION_OFFSET_MS,
  ELECTION_TIMEOUT_MS,
  type MemberConfig,
  type MongodState,
  majorityOf,
  type ReplicaSetState,
  type SetConfig,
} from './state';

/** A changed state with the command's reply. */
export interface Changed {
  readonly state: MongodState;
  readonly reply: Document;
  readonly log: readonly (readonly [id: number, message: string, attributes: Document])[];
}

/** replSetInitiate: every member of the configuration must answer, and one of them must be this mongod. */
export function initiate(state: MongodState, env: ProcessEnv, given: Document): Changed {
  const { set, options } = state;
  if (set === null || options.replSet === undefined)
    throw new MongoFailure(76, 'This node was not started with replication enabled.');
  if (set.config !== null) throw new MongoFailure(23, 'already initialized');
  const me = `${env.hostname}:${options.port}`;
  const isDefault = Object.keys(given).length === 0;
  const asked: Document = isDefault
    ? { _id: options.replSet, version: 1, members: [{ _id: 0, host: me }] }
    : given;
  const config = readConfig(asked, options.replSet, 'initiate', newObjectId(env.now, env.random));
  const self = findSelf(state, env, config.members);
  if (self === null)
    throw new MongoFailure(
      93,
      `No host described in new configuration with {version: ${config.version}, term: ${config.term}} for replica set ${config._id} maps to this node`,
    );
  const member = config.members.find(({ _id }) => _id === self);
  if (member !== undefined && (member.priority === 0 || member.arbiterOnly))
    throw new MongoFailure(
      93,
      `This node, ${member.host}, with _id ${self} is not electable under the new configuration with {version: ${config.version}, term: ${config.term}} for replica set ${config._id}`,
    );
  const failures = config.members.flatMap((each) =>
    each._id === self ? [] : refusal(each, config, checked(env, each, config, state)),
  );
  if (failures.length > 0)
    throw new MongoFailure(
      74,
      `replSetInitiate quorum check failed because not all proposed set members responded affirmatively: ${failures.join(', ')}`,
    );
  const info: Document = isDefault
    ? { info2: 'no configuration specified. Using a default configuration for the set', me }
    : {};
  const installed = installConfig({ ...set, selfId: self }, config, env, 'SECONDARY');
  return {
    state: { ...state, set: appended(installed, env.now, []) },
    reply: { ...info, ok: 1 },
    log: [
      [21_356, 'replSetInitiate admin command received from client', {}],
      [21_357, 'replSetInitiate config object parses ok', { numMembers: config.members.length }],
      [
        21_392,
        'New replica set config in use',
        { config: { _id: config._id, version: config.version, term: config.term } },
      ],
      [21_358, 'Replica set state transition', { newState: 'SECONDARY', oldState: 'STARTUP' }],
    ],
  };
}

/** Asks a proposed member whether it would take part. */
function checked(env: ProcessEnv, member: MemberConfig, config: SetConfig, state: MongodState): Called {
  return callPeer(env, member.host, {
    replSetHeartbeat: config._id,
    checkEmpty: state.set?.config === null,
    configVersion: config.version,
    configTerm: config.term,
    term: state.set?.term ?? 0,
  });
}

/** Why a proposed member does not take part; empty when it does. */
function refusal(member: MemberConfig, config: SetConfig, called: Called): readonly string[] {
  if ('error' in called) return [`${member.host} failed with ${called.error}`];
  const { reply } = called;
  if (reply.ok !== 1) return [`${member.host} failed with ${String(reply.errmsg)}`];
  if (reply.hasData === true) return [`'${member.host}' has data already, cannot initiate set.`];
  if (typeof reply.set === 'string' && reply.set !== config._id)
    return [`Our set name did not match that of ${member.host}`];
  return [];
}

/** Takes a configuration into use. */
export function installConfig(
  set: ReplicaSetState,
  config: SetConfig,
  env: Pick<ProcessEnv, 'now' | 'random'>,
  state: ReplicaSetState['state'],
): ReplicaSetState {
  const alone = config.members.length === 1;
  return {
    ...set,
    config,
    state,
    heartbeatAt: env.now,
    lastMajorityAt: env.now,
    standsAt: alone
      ? env.now
      : env.now + ELECTION_TIMEOUT_MS + Math.floor(env.random.next() * ELECTION_OFFSET_MS),
    peers: Object.fromEntries(
      Object.entries(set.peers).filter(([id]) => config.members.some(({ _id }) => String(_id) === id)),
    ),
  };
}

/** replSetReconfig: only a primary does it, one voter at a time, and a majority must answer. */
export function reconfig(state: MongodState, env: ProcessEnv, given: Document, force: boolean): Changed {
  const { set, options } = state;
  if (set === null || options.replSet === undefined)
    throw new MongoFailure(76, 'This node was not started with replication enabled.');
  if (set.config === null)
    throw new MongoFailure(94, 'Node not yet initialized; use the replSetInitiate command');
  if (!force && set.state !== 'PRIMARY')
    throw new MongoFailure(
      10_107,
      `New config is rejected :: caused by :: replSetReconfig should only be run on a writable PRIMARY. Current state ${set.state};`,
    );
  const old = set.config;
  const read = readConfig(given, options.replSet, 'reconfig', old.replicaSetId);
  const config: SetConfig = {
    ...read,
    version: force ? Math.max(read.version, old.version + 1) : read.version,
    term: set.term,
  };
  if (!force && config.version <= old.version)
    throw new MongoFailure(
      103,
      `New replica set configuration version must be greater than old, but ${config.version} is not greater than ${old.version} for replica set ${config._id}`,
    );
  const voters = (each: SetConfig) =>
    new Set(each.members.filter(({ votes }) => votes > 0).map(({ _id }) => _id));
  const [before, after] = [voters(old), voters(config)];
  const changed =
    [...before].filter((id) => !after.has(id)).length + [...after].filter((id) => !before.has(id)).length;
  if (!force && changed > 1)
    throw new MongoFailure(
      103,
      'Non force replica set reconfig can only add or remove at most 1 voting member.',
    );
  const self = findSelf(state, env, config.members);
  if (self === null)
    throw new MongoFailure(
      74,
      `No host described in new configuration with {version: ${config.version}, term: ${config.term}} for replica set ${config._id} maps to this node`,
    );
  if (!force) checkQuorum(state, env, config, self);
  const installed = installConfig({ ...set, selfId: self }, config, env, set.state);
  return {
    state: { ...state, set: set.state === 'PRIMARY' ? appended(installed, env.now, []) : installed },
    reply: { ok: 1 },
    log: [
      [21_352, 'replSetReconfig admin command received from client', {}],
      [
        21_392,
        'New replica set config in use',
        { config: { _id: config._id, version: config.version, term: config.term } },
      ],
    ],
  };
}

function checkQuorum(state: MongodState, env: ProcessEnv, config: SetConfig, self: number): void {
  const answers = config.members
    .filter(({ _id }) => _id !== self)
    .map((member) => ({ member, failed: refusal(member, config, checked(env, member, config, state)) }));
  const responded = config.members.filter(
    ({ _id, votes }) =>
      votes > 0 &&
      (_id === self || answers.some(({ member, failed }) => member._id === _id && failed.length === 0)),
  );
  const failed = answers.flatMap((each) => each.failed);
  const needed = majorityOf(config);
  if (responded.length >= needed) return;
  const names = responded.map(({ host }) => host).join(', ');
  const why =
    failed.length === 0 ? '' : `; the following nodes did not respond affirmatively: ${failed.join(', ')}`;
  throw new MongoFailure(
    74,
    `Quorum check failed because not enough voting nodes responded; required ${needed} but only the following ${responded.length} voting nodes responded: ${names}${why}`,
  );
}
