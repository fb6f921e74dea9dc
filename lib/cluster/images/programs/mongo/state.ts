import type { Document } from './bson';
import type { MongodOptions } from './options';
import type { Databases } from './storage';

/** Where a member of a replica set stands, as rs.status() names it. */
export type MemberState =
  | 'STARTUP'
  | 'STARTUP2'
  | 'SECONDARY'
  | 'PRIMARY'
  | 'RECOVERING'
  | 'ARBITER'
  | 'REMOVED'
  | 'UNKNOWN'
  | 'DOWN';

/** The numbers of those states. */
export const STATE_NUMBERS: Readonly<Record<MemberState, number>> = {
  STARTUP: 0,
  PRIMARY: 1,
  SECONDARY: 2,
  RECOVERING: 3,
  STARTUP2: 5,
  UNKNOWN: 6,
  ARBITER: 7,
  DOWN: 8,
  REMOVED: 10,
};

/** A position in the oplog: term, seconds, and the number within the second. */
export type OpTime = { readonly t: number; readonly s: number; readonly i: number };

export const NO_OP_TIME: OpTime = { t: -1, s: 0, i: 0 };

/** Which of two positions is further on. */
export function compareOpTimes(a: OpTime, b: OpTime): number {
  return a.t - b.t || a.s - b.s || a.i - b.i;
}

/** What one write did to one collection. */
export type CollectionChange = {
  readonly database: string;
  readonly collection: string;
  /** It was dropped. */
  readonly gone?: true;
  /** Its indexes as they are now, when they changed. */
  readonly indexes?: readonly Document[];
  /** Documents as they were left. */
  readonly set: readonly Document[];
  /** _ids of those that went, as JSON. */
  readonly removed: readonly string[];
};

/** One entry of the oplog; without changes it only marks a new term. */
export type OplogEntry = {
  readonly at: OpTime;
  readonly wall: number;
  readonly changes: readonly CollectionChange[];
};

/** A member of the configuration. */
export type MemberConfig = {
  readonly _id: number;
  readonly host: string;
  readonly arbiterOnly: boolean;
  readonly priority: number;
  readonly votes: number;
  readonly hidden: boolean;
};

export type SetConfig = {
  readonly _id: string;
  readonly version: number;
  readonly term: number;
  readonly members: readonly MemberConfig[];
  readonly settings: Document;
  readonly replicaSetId: string;
};

/** What a member knows of another one. */
export type Peer = {
  readonly up: boolean;
  readonly state: MemberState;
  readonly opTime: OpTime;
  readonly wall: number;
  readonly heardAt: number;
  readonly heardFromAt: number;
  readonly message: string;
  readonly electionAt: number | null;
  readonly configVersion: number;
  readonly configTerm: number;
  readonly uptimeSince: number;
  readonly syncSource: string;
  /** Where the connection to it leads that heartbeats keep open; absent before the first answer. */
  readonly ip?: string;
};

/** A member of a replica set, as it sees the set. */
export type ReplicaSetState = {
  readonly config: SetConfig | null;
  readonly selfId: number | null;
  readonly state: MemberState;
  readonly term: number;
  readonly votedTerm: number;
  readonly electedAt: number | null;
  /** When a secondary that hears of no primary will stand for election. */
  readonly standsAt: number | null;
  /** Stepped down: it does not stand before this. */
  readonly restsUntil: number;
  /** When it will take over from a primary of lower priority. */
  readonly takesOverAt: number | null;
  readonly lastMajorityAt: number;
  readonly heartbeatAt: number | null;
  readonly peers: Readonly<Record<string, Peer>>;
  readonly oplog: readonly OplogEntry[];
  readonly syncSource: string;
  /** When the initial sync of a new member is done. */
  readonly syncedAt: number | null;
};

/** All that a mongod holds; JSON. */
export type MongodState = {
  readonly options: MongodOptions;
  readonly startedAt: number;
  readonly databases: Databases;
  readonly set: ReplicaSetState | null;
  readonly connections: number;
  readonly users: readonly { readonly user: string; readonly pwd: string }[];
};

/** Entries of the oplog that are kept: a member that lags further syncs from scratch. */
export const MAX_OPLOG = 200;
export const ELECTION_TIMEOUT_MS = 10_000;
export const HEARTBEAT_MS = 2000;
/** A candidate waits up to this much longer than the time-out, so that two do not stand together. */
export const ELECTION_OFFSET_MS = 1500;

/** The last position that a member has. */
export function lastOpTime(set: ReplicaSetState): OpTime {
  return set.oplog.at(-1)?.at ?? NO_OP_TIME;
}

/** The member that this mongod is. */
export function selfOf({ config, selfId }: ReplicaSetState): MemberConfig | undefined {
  return config?.members.find(({ _id }) => _id === selfId);
}

/** As many votes as an election, or a majority write, needs. */
export function majorityOf(config: SetConfig): number {
  return Math.floor(config.members.filter(({ votes }) => votes > 0).length / 2) + 1;
}
