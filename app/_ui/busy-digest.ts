/** By this the server marks what failed only because too many people are here at once, with when to ask again. */
const BUSY_DIGEST = /^portside-busy:(\d+)$/;

/** After how many seconds a page that failed is asked for again; undefined when it failed for another reason. */
export function busySeconds(digest: string | undefined): number | undefined {
  const seconds = BUSY_DIGEST.exec(digest ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
