/** Whoever was refused at the same moment comes back at different ones: after this many seconds, and up to so many more. */
const RETRY_SECONDS = { least: 3, more: 5 } as const;

/** What a program is told to wait. */
export const BUSY_RETRY_SECONDS = RETRY_SECONDS.least;

/** What a page waits before it asks again. */
export function busyPageSeconds(): number {
  return RETRY_SECONDS.least + Math.floor(Math.random() * (RETRY_SECONDS.more + 1));
}
