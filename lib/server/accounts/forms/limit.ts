import type { Limited, RateLimits } from '../rate-limits';
import { FormProblem } from './form';

/** Counts one try against every limit given, and refuses when one is exceeded. */
export async function takeAll(
  limits: RateLimits,
  tries: readonly (readonly [what: Limited, key: string])[],
): Promise<void> {
  for (const [what, key] of tries) {
    const seconds = await limits.take(what, key);
    if (seconds !== undefined)
      throw new FormProblem(`That was tried too often. Try again ${inWords(seconds)}.`);
  }
}

function inWords(seconds: number): string {
  if (seconds <= 60) return 'in a minute';
  return `in ${Math.ceil(seconds / 60)} minutes`;
}
