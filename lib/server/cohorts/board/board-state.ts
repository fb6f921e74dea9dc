import { type Meaning, meaningKey } from './meaning';

/** An attempt as the board remembers it. */
export interface BoardAttempt {
  readonly at: number;
  readonly passed: boolean;
  /** Tasks that were met. */
  readonly met: readonly string[];
  /** Of each task that was judged and not met, what it lacked. */
  readonly lacks: readonly (Meaning & { readonly reason: string })[];
}

/** What is known of a learner at one assignment; undefined times are things that never happened. */
export interface Trail {
  /** Oldest first. */
  readonly attempts: readonly BoardAttempt[];
  readonly begun: boolean;
  readonly lastInputAt: number | undefined;
  /** Since the last attempt that met more tasks than those before it. */
  readonly resets: number;
  readonly hand: boolean;
}

/** How a learner stands: at one glance. */
export type BoardState = 'not begun' | 'working' | 'stuck' | 'away' | 'done';

/** One learner's line on the board. */
export interface Stand {
  readonly state: BoardState;
  /** By task: met, not met, or not asked yet. */
  readonly tasks: Readonly<Record<string, 'met' | 'not-met'>>;
  readonly met: number;
  /** 0 when nothing calls for somebody; higher is more urgent. */
  readonly needs: number;
  /** Why somebody should look. */
  readonly why: readonly string[];
  /** What each task lacks that is not met. */
  readonly lacks: BoardAttempt['lacks'];
}

const MINUTE_MS = 60_000;
/** Somebody who reads or thinks types nothing for a while; after this it is long. */
export const SILENT_AFTER_MS = 5 * MINUTE_MS;
/** After this they are elsewhere. */
export const AWAY_AFTER_MS = 20 * MINUTE_MS;
/** The same verdict so often in a row is no trying any more. */
const REPEATED = 3;
/** Beginning anew so often. */
const MANY_RESETS = 3;
/** A raised hand comes before whatever was only noticed. */
const HAND_NEEDS = 10;

/** Judges one learner's trail at a moment. */
export function standOf({ attempts, begun, lastInputAt, resets, hand }: Trail, now: number): Stand {
  const last = attempts.at(-1);
  const met = last?.met ?? [];
  const lacks = last?.lacks ?? [];
  const tasks = Object.fromEntries([
    ...lacks.map(({ task }) => [task, 'not-met'] as const),
    ...met.map((task) => [task, 'met'] as const),
  ]);
  const facts = { tasks, met: met.length, lacks };
  if (attempts.some(({ passed }) => passed))
    return {
      ...facts,
      state: 'done',
      lacks: [],
      needs: hand ? HAND_NEEDS : 0,
      why: hand ? ['hand raised'] : [],
    };
  if (!begun) return { ...facts, state: 'not begun', needs: 0, why: [] };
  const silentMs = now - (lastInputAt ?? now);
  const away = silentMs >= AWAY_AFTER_MS;
  const same = repeatedVerdict(attempts);
  const silent = !away && silentMs >= SILENT_AFTER_MS;
  const why = [
    ...(hand ? ['hand raised'] : []),
    ...(same >= REPEATED ? [`same verdict ${same} times`] : []),
    ...(silent ? [`silent for ${Math.floor(silentMs / MINUTE_MS)} min`] : []),
    ...(resets >= MANY_RESETS ? [`${resets} resets`] : []),
  ];
  const needs =
    (hand ? HAND_NEEDS : 0) +
    (same >= REPEATED ? same : 0) +
    (silent ? silentMs / SILENT_AFTER_MS : 0) +
    (resets >= MANY_RESETS ? resets : 0);
  if (hand) return { ...facts, state: 'stuck', needs, why };
  if (away) return { ...facts, state: 'away', needs: 0, why };
  return { ...facts, state: why.length > 0 ? 'stuck' : 'working', needs, why };
}

/** How many of the newest attempts in a row failed first for one and the same reason. */
function repeatedVerdict(attempts: readonly BoardAttempt[]): number {
  const first = attempts.at(-1)?.lacks[0];
  if (first === undefined) return 0;
  const key = meaningKey(first);
  const other = attempts.findLastIndex(({ lacks }) => lacks[0] === undefined || meaningKey(lacks[0]) !== key);
  return attempts.length - 1 - other;
}

/** Those who stand at one place for one reason. */
export interface BoardGroup extends Meaning {
  /** One of their reasons as it was told. */
  readonly example: string;
  readonly learners: readonly string[];
}

/** Everybody who is not done, by what their tasks lack: the largest group of each task first. */
export function groupsOf(
  stands: readonly { readonly id: string; readonly stand: Stand }[],
): readonly BoardGroup[] {
  const groups = new Map<string, BoardGroup>();
  for (const { id, stand } of stands) {
    for (const { reason, ...meaning } of stand.lacks) {
      const key = meaningKey(meaning);
      const known = groups.get(key) ?? { ...meaning, example: reason, learners: [] };
      groups.set(key, { ...known, learners: [...known.learners, id] });
    }
  }
  return [...groups.values()].sort((a, b) => b.learners.length - a.learners.length);
}
