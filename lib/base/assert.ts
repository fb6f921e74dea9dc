/** A broken promise of our own code; never caused by what a person typed. */
export class AssertionError extends Error {
  override name = 'AssertionError';
}

/** Throws when `condition` does not hold: a bug, to be let crash. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}
