import type { Protocol } from '../../../api';

/** How far a connection has come, as conntrack names it; UDP has no states but whether it was answered. */
export type ConnectionState = 'TIME_WAIT' | 'SYN_SENT' | 'CLOSE' | 'REPLIED' | 'UNREPLIED';

/** A connection that a node's kernel remembers: requests are answered at once, so it has mostly ended. */
export interface Connection {
  readonly node: string;
  readonly protocol: Protocol;
  /** As the client sent it. */
  readonly source: string;
  readonly sourcePort: number;
  readonly ip: string;
  readonly port: number;
  /** Where answers come from, and whom they are for: what the rules made of it. */
  readonly replySource: string;
  readonly replySourcePort: number;
  readonly replyTo: string;
  readonly replyToPort: number;
  readonly state: ConnectionState;
  readonly at: number;
  /** The virtual server that it came by ("TCP 10.96.0.1:443"), when IPVS chose. */
  readonly server?: string | undefined;
}

/** How long the kernel remembers, in seconds (nf_conntrack_*_timeout). */
const LIFETIME_SECONDS: Readonly<Record<ConnectionState, number>> = {
  TIME_WAIT: 120,
  SYN_SENT: 120,
  CLOSE: 10,
  REPLIED: 30,
  UNREPLIED: 30,
};
/** IPVS keeps UDP longer. */
const IPVS_UDP_SECONDS = 300;

/** Connections remembered in all: the newest. A kernel keeps 262144 of them; nobody reads so many. */
const MAX_CONNECTIONS = 128;

/** Seconds that conntrack still keeps a connection; 0 when it is forgotten. */
export function secondsLeft({ state, at }: Connection, now: number): number {
  return Math.max(0, LIFETIME_SECONDS[state] - Math.floor((now - at) / 1000));
}

/** Seconds that IPVS still keeps a connection that it carries. */
export function ipvsSecondsLeft(connection: Connection, now: number): number {
  if (connection.server === undefined) return 0;
  if (connection.protocol !== 'UDP') return secondsLeft(connection, now);
  return Math.max(0, IPVS_UDP_SECONDS - Math.floor((now - connection.at) / 1000));
}

const isForgotten = (connection: Connection, now: number) =>
  secondsLeft(connection, now) === 0 && ipvsSecondsLeft(connection, now) === 0;

/** Most of a list is: they are asked for each packet. */
const isYoung = (connection: Connection, now: number) => now < youngUntil(connection);
const youngUntil = ({ state, at }: Connection): number => at + LIFETIME_SECONDS[state] * 1000;

/** Until when certainly nothing of a list is forgotten. */
const keptUntil = new WeakMap<readonly Connection[], number>();

/** The list with new connections, without those that are forgotten. */
export function withConnections(
  list: readonly Connection[],
  fresh: readonly Connection[],
  now: number,
): readonly Connection[] {
  if (fresh.length === 0) return list;
  const known = keptUntil.get(list) ?? Math.min(Number.POSITIVE_INFINITY, ...list.map(youngUntil));
  const old = now < known ? list : list.filter((each) => isYoung(each, now) || !isForgotten(each, now));
  const all = old.concat(fresh);
  const kept = all.length > MAX_CONNECTIONS ? all.slice(-MAX_CONNECTIONS) : all;
  if (old === list) keptUntil.set(kept, Math.min(known, ...fresh.map(youngUntil)));
  return kept;
}

const FIRST_PORT = 32_768;
const LAST_PORT = 60_999;

/** The ephemeral port that the n-th connection is sent from. */
export function ephemeralPort(count: number): number {
  return FIRST_PORT + ((count * 2) % (LAST_PORT - FIRST_PORT + 1));
}

/** The port that `--random-fully` gives to the n-th connection when it is masqueraded. */
export function masqueradePort(count: number): number {
  const FIRST_UNPRIVILEGED = 1024;
  const SPREAD = 7919;
  return FIRST_UNPRIVILEGED + ((count * SPREAD) % (65_536 - FIRST_UNPRIVILEGED));
}
