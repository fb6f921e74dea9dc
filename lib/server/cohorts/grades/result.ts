import { type LateRule, lateFactor } from '../assignments/late-rule';

/** An attempt as points see it. `score` is the share of the lab that was done, 0 to 1. */
export interface ScoredAttempt {
  readonly id: string;
  readonly at: number;
  readonly score: number;
  readonly passed: boolean;
}

/** By what an assignment's work is counted for one learner. */
export interface Counting {
  readonly points: number;
  readonly dueAt: number | undefined;
  readonly lateRule: LateRule;
  /** Points that a person gave instead. */
  readonly override?: number | undefined;
}

/** What an assignment came to for one learner. */
export interface Result {
  /** Undefined when there is nothing to count: no attempt, no override. */
  readonly points: number | undefined;
  /** What the grader alone would give. */
  readonly earned: number | undefined;
  /** The attempt that counts. */
  readonly attempt: ScoredAttempt | undefined;
  /** The share that lateness left of it. */
  readonly factor: number;
  readonly late: boolean;
}

/** The best attempt counts, after lateness; of equal ones the earliest. */
export function resultOf(attempts: readonly ScoredAttempt[], counting: Counting): Result {
  const { points, dueAt, lateRule, override } = counting;
  const worth = attempts
    .map((attempt) => ({ attempt, factor: lateFactor(lateRule, dueAt, attempt.at) }))
    .sort(
      (a, b) => b.attempt.score * b.factor - a.attempt.score * a.factor || a.attempt.at - b.attempt.at,
    )[0];
  if (worth === undefined)
    return { points: override, earned: undefined, attempt: undefined, factor: 1, late: false };
  const { attempt, factor } = worth;
  const earned = rounded(points * attempt.score * factor);
  const late = dueAt !== undefined && attempt.at > dueAt;
  return { points: override ?? earned, earned, attempt, factor, late };
}

/** Points are told with two decimals, and kept as they are told. */
const rounded = (points: number): number => Math.round(points * 100) / 100;
