/** Where a program of a definition stands; JSON. */
export type DefinedState = {
  /** It tries its first calls until then they succeed, serves, or is done. */
  readonly phase: 'starting' | 'serving';
  /** When it looks again, while it starts; when it ends, for one that ends by itself. */
  readonly at: number | null;
  /** Whether the time that starting takes has been waited for. */
  readonly waited: boolean;
  /** Requests so far, by listener and route. */
  readonly counts: Readonly<Record<string, number>>;
  readonly memoryBytes: number;
};
