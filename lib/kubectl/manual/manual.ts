import type { Command } from '../seams';

/** The words of a command: all that its help shows, and the flags it knows. */
export type Manual = Pick<
  Command<unknown>,
  'name' | 'aliases' | 'summary' | 'long' | 'usage' | 'examples' | 'flags'
>;
