import type { ProgressView } from '../../lib/server';

/** Where a learner goes on, and what to call it. */
export interface NextLab {
  /** "track/slug". */
  readonly key: string;
  readonly begun: boolean;
}

/**
 * Where to go on: the lab that was touched last and is not passed, or else the first of the course that is not. Undefined for
 * somebody who has begun nothing, and when all is passed.
 */
export function nextLab(order: readonly string[], progress: readonly ProgressView[]): NextLab | undefined {
  const own = progress.filter(({ track, slug }) => order.includes(`${track}/${slug}`));
  if (own.length === 0) return undefined;
  const [newest] = own
    .filter(({ status }) => status === 'started')
    .sort((a, b) => (a.touchedAt < b.touchedAt ? 1 : -1));
  if (newest !== undefined) return { key: `${newest.track}/${newest.slug}`, begun: true };
  const passed = new Set(own.map(({ track, slug }) => `${track}/${slug}`));
  const next = order.find((key) => !passed.has(key));
  return next === undefined ? undefined : { key: next, begun: false };
}
