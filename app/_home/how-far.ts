import type { ProgressView } from '../../lib/server';

/** How far somebody is with all labs of a chapter. */
export function howFar(
  labs: readonly string[],
  progress: readonly ProgressView[],
): 'open' | 'begun' | 'passed' {
  const own = progress.filter(({ track, slug }) => labs.includes(`${track}/${slug}`));
  if (own.length === 0) return 'open';
  return own.filter(({ status }) => status === 'passed').length === labs.length ? 'passed' : 'begun';
}
