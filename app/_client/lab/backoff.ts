const FIRST_MS = 400;
const LONGEST_MS = 15_000;
const SPREAD = 0.3;

/** How long to wait before attempt number `attempt` (from 0), spread by `chance` in [0, 1) so that tabs do not return in step. */
export function retryDelayMs(attempt: number, chance: number): number {
  const plain = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return Math.round(plain * (1 - SPREAD / 2 + SPREAD * chance));
}
