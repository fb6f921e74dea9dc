import { textHash } from './text-hash';

/** How often a thing is renewed, and by how much one time differs from the next. */
export interface Rhythm {
  readonly periodMs: number;
  /** Each renewal comes so much late at most. */
  readonly jitterMs: number;
}

/** A kubelet's Lease: a quarter of its 40 s, give or take (nodelease, JitterUntil with 0.04). */
export const NODE_LEASE: Rhythm = { periodMs: 10_000, jitterMs: 400 };
/** A node's status while nothing in it changes (nodeStatusReportFrequency). */
export const NODE_STATUS: Rhythm = { periodMs: 300_000, jitterMs: 0 };
/** The lease of a leader among controllers (RetryPeriod). */
export const LEADER_LEASE: Rhythm = { periodMs: 2_000, jitterMs: 30 };
/** The API server's lease of its identity (IdentityLeaseRenewIntervalPeriod). */
export const IDENTITY_LEASE: Rhythm = { periodMs: 10_000, jitterMs: 30 };

/** The last time at or before `at` that whoever is called `name` renewed, in ms; each has a beat of its own. */
export function lastBeat(rhythm: Rhythm, name: string, at: number): number {
  const phase = textHash(name) % rhythm.periodMs;
  const turn = Math.floor((at - phase) / rhythm.periodMs);
  const beat = beatOf(rhythm, name, phase, turn);
  return beat <= at ? beat : beatOf(rhythm, name, phase, turn - 1);
}

function beatOf({ periodMs, jitterMs }: Rhythm, name: string, phase: number, turn: number): number {
  const late = jitterMs === 0 ? 0 : textHash(`${name}/${turn}`) % jitterMs;
  return turn * periodMs + phase + late;
}

/** How long from `now` until the next round of `name` begins, in ms; 0 when it begins now. */
export function untilNextBeat({ periodMs }: Rhythm, name: string, now: number): number {
  const into = (now - (textHash(name) % periodMs)) % periodMs;
  return into === 0 ? 0 : periodMs - (into < 0 ? into + periodMs : into);
}
