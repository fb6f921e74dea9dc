/** A tick this late finds a process that was held up: it lets those go first who wait for an answer. */
const LATE_MS = 40;
/** Late ticks are spread over so many times the delay. */
const SPREAD = 3;
/** The longest that a tick is put off. */
const LONGEST_MS = 2_000;

/**
 * How many ms more a tick waits that comes `lateMs` after its time; `chance` is from 0 to 1. All workspaces are late at once
 * when something held the process up, and what they would do at once would hold it up again.
 */
export function putOffMs(lateMs: number, chance: number): number {
  return lateMs < LATE_MS ? 0 : Math.min(LONGEST_MS, chance * SPREAD * lateMs);
}
