import { binary, type Document, isoDate, long, objectId, timestamp } from './bson';
import {
  compareOpTimes,
  lastOpTime,
  type MemberConfig,
  type MongodState,
  majorityOf,
  NO_OP_TIME,
  type OpTime,
  type ReplicaSetState,
  STATE_NUMBERS,
  selfOf,
} from './state';

const shownOpTime = ({ t, s, i }: OpTime): Document => ({ ts: timestamp(s, i), t: long(String(t)) });
const wallOf = (at: OpTime): string => isoDate(at.s * 1000);
const LABELS: Readonly<Record<string, string>> = { DOWN: '(not reachable/healthy)' };

/** The position that a majority of the set has. */
function committed(set: ReplicaSetState): OpTime {
  const { config } = set;
  if (config === null) return NO_OP_TIME;
  const positions = config.members
    .filter(({ votes, arbiterOnly }) => votes > 0 && !arbiterOnly)
    .map(({ _id }) => (_id === set.selfId ? lastOpTime(set) : (set.peers[String(_id)]?.opTime ?? NO_OP_TIME)))
    .toSorted((a, b) => compareOpTimes(b, a));
  return positions[majorityOf(config) - 1] ?? NO_OP_TIME;
}

/** What every command's reply ends with in a replica set. */
export function clusterTime(set: ReplicaSetState): Document {
  const { s, i } = lastOpTime(set);
  const at = timestamp(s, i);
  return {
    $clusterTime: {
      clusterTime: at,
      signature: { hash: binary('AAAAAAAAAAAAAAAAAAAAAAAAAAA='), keyId: long('0') },
    },
    operationTime: at,
  };
}

/** replSetGetStatus. */
export function setStatus(state: MongodState, set: ReplicaSetState, now: number): Document {
  const { config } = set;
  if (config === null) return {};
  const own = lastOpTime(set);
  const majority = committed(set);
  const voters = config.members.filter(({ votes }) => votes > 0);
  return {
    set: config._id,
    date: isoDate(now),
    myState: STATE_NUMBERS[set.state],
    term: long(String(set.term)),
    syncSourceHost: set.state === 'PRIMARY' ? '' : set.syncSource,
    syncSourceId:
      set.state === 'PRIMARY' ? -1 : (config.members.find(({ host }) => host === set.syncSource)?._id ?? -1),
    heartbeatIntervalMillis: long('2000'),
    majorityVoteCount: majorityOf(config),
    writeMajorityCount: Math.min(majorityOf(config), voters.filter(({ arbiterOnly }) => !arbiterOnly).length),
    votingMembersCount: voters.length,
    writableVotingMembersCount: voters.filter(({ arbiterOnly }) => !arbiterOnly).length,
    optimes: {
      lastCommittedOpTime: shownOpTime(majority),
      lastCommittedWallTime: wallOf(majority),
      readConcernMajorityOpTime: shownOpTime(majority),
      appliedOpTime: shownOpTime(own),
      durableOpTime: shownOpTime(own),
      writtenOpTime: shownOpTime(own),
      lastAppliedWallTime: wallOf(own),
      lastDurableWallTime: wallOf(own),
      lastWrittenWallTime: wallOf(own),
    },
    lastStableRecoveryTimestamp: timestamp(majority.s, majority.i),
    ...(set.electedAt === null ? {} : { electionCandidateMetrics: candidacy(set, set.electedAt) }),
    members: config.members.map((member) => memberStatus(state, set, member, now)),
    ok: 1,
    ...clusterTime(set),
  };
}

function candidacy(set: ReplicaSetState, electedAt: number): Document {
  const { config } = set;
  return {
    lastElectionReason: 'electionTimeout',
    lastElectionDate: isoDate(electedAt),
    electionTerm: long(String(set.term)),
    numVotesNeeded: config === null ? 1 : majorityOf(config),
    priorityAtElection: selfOf(set)?.priority ?? 1,
    electionTimeoutMillis: long('10000'),
    numCatchUpOps: long('0'),
    newTermStartDate: isoDate(electedAt),
    wMajorityWriteAvailabilityDate: isoDate(electedAt),
  };
}

function memberStatus(state: MongodState, set: ReplicaSetState, member: MemberConfig, now: number): Document {
  const { _id, host: name } = member;
  const { config } = set;
  const versions: Document = { configVersion: config?.version ?? 0, configTerm: config?.term ?? 0 };
  const elected = (at: number | null): Document =>
    at === null
      ? {}
      : {
          electionTime: timestamp(Math.floor(at / 1000), 1),
          electionDate: isoDate(Math.floor(at / 1000) * 1000),
        };
  if (_id === set.selfId) {
    const own = lastOpTime(set);
    const source = set.state === 'PRIMARY' ? '' : set.syncSource;
    return {
      _id,
      name,
      health: 1,
      state: STATE_NUMBERS[set.state],
      stateStr: set.state,
      uptime: Math.floor((now - state.startedAt) / 1000),
      optime: shownOpTime(own),
      optimeDate: wallOf(own),
      optimeWritten: shownOpTime(own),
      optimeWrittenDate: wallOf(own),
      lastAppliedWallTime: wallOf(own),
      lastDurableWallTime: wallOf(own),
      lastWrittenWallTime: wallOf(own),
      syncSourceHost: source,
      syncSourceId: source === '' ? -1 : (config?.members.find(({ host }) => host === source)?._id ?? -1),
      infoMessage: '',
      ...elected(set.electedAt),
      ...versions,
      self: true,
      lastHeartbeatMessage: '',
    };
  }
  const peer = set.peers[String(_id)];
  const at = peer?.opTime ?? NO_OP_TIME;
  const stateName = peer?.state ?? 'STARTUP';
  return {
    _id,
    name,
    health: peer === undefined || peer.up ? 1 : 0,
    state: STATE_NUMBERS[stateName],
    stateStr: LABELS[stateName] ?? stateName,
    uptime: peer?.up === true ? Math.floor((now - peer.uptimeSince) / 1000) : 0,
    optime: shownOpTime(at),
    optimeDurable: shownOpTime(at),
    optimeWritten: shownOpTime(at),
    optimeDate: wallOf(at),
    optimeDurableDate: wallOf(at),
    optimeWrittenDate: wallOf(at),
    lastAppliedWallTime: wallOf(at),
    lastDurableWallTime: wallOf(at),
    lastWrittenWallTime: wallOf(at),
    lastHeartbeat: isoDate(peer?.heardAt ?? 0),
    lastHeartbeatRecv: isoDate(peer?.heardFromAt ?? 0),
    pingMs: long('0'),
    lastHeartbeatMessage: peer?.message ?? '',
    syncSourceHost: peer?.syncSource ?? '',
    syncSourceId: config?.members.find(({ host }) => host === peer?.syncSource)?._id ?? -1,
    infoMessage: '',
    ...elected(peer?.electionAt ?? null),
    ...(peer?.up === true
      ? { configVersion: peer.configVersion, configTerm: peer.configTerm }
      : { configVersion: config?.version ?? -1, configTerm: config?.term ?? -1 }),
  };
}

/** The primary as this member knows it. */
export function knownPrimary(set: ReplicaSetState): MemberConfig | undefined {
  return set.config?.members.find(({ _id }) =>
    _id === set.selfId ? set.state === 'PRIMARY' : set.peers[String(_id)]?.state === 'PRIMARY',
  );
}

/** What `hello` tells of the set. */
export function helloOfSet(set: ReplicaSetState): Document {
  const { config } = set;
  if (config === null)
    return {
      isWritablePrimary: false,
      secondary: false,
      info: 'Does not have a valid replica set config',
      isreplicaset: true,
    };
  const self = selfOf(set);
  if (self === undefined || set.state === 'REMOVED')
    return {
      isWritablePrimary: false,
      secondary: false,
      info: 'Does not have a valid replica set config',
      isreplicaset: true,
    };
  const primary = knownPrimary(set);
  const shown = config.members.filter(
    ({ arbiterOnly, hidden, priority }) => !arbiterOnly && !hidden && priority > 0,
  );
  const passives = config.members.filter(
    ({ arbiterOnly, hidden, priority }) => !arbiterOnly && !hidden && priority === 0,
  );
  const arbiters = config.members.filter(({ arbiterOnly }) => arbiterOnly);
  const own = lastOpTime(set);
  return {
    hosts: shown.map(({ host }) => host),
    ...(passives.length === 0 ? {} : { passives: passives.map(({ host }) => host) }),
    ...(arbiters.length === 0 ? {} : { arbiters: arbiters.map(({ host }) => host) }),
    setName: config._id,
    setVersion: config.version,
    isWritablePrimary: set.state === 'PRIMARY',
    secondary: set.state === 'SECONDARY',
    ...(set.state === 'ARBITER' ? { arbiterOnly: true } : {}),
    ...(primary === undefined ? {} : { primary: primary.host }),
    me: self.host,
    ...(set.state === 'PRIMARY'
      ? { electionId: objectId(`7fffffff${set.term.toString(16).padStart(16, '0')}`) }
      : {}),
    lastWrite: {
      opTime: shownOpTime(own),
      lastWriteDate: wallOf(own),
      majorityOpTime: shownOpTime(committed(set)),
      majorityWriteDate: wallOf(committed(set)),
    },
  };
}
