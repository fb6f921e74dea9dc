import type { Manual } from '../manual';
import type { Command, ParsedArgs } from '../seams';
import { fail, openSession, type Session } from '../session';

/** A command that this kubectl knows and documents, but whose other end does not exist in a simulated cluster. */
export function unavailable(
  manual: Manual,
  message: string,
  subcommands: readonly Command<unknown>[] = [],
  /** What it asks the server before it finds that out. */
  ask?: (session: Session) => Promise<unknown>,
): Command<ParsedArgs> {
  return {
    ...manual,
    ...(subcommands.length === 0 ? {} : { subcommands }),
    options: (args) => args,
    async run(args, env) {
      await ask?.(openSession(args, env));
      throw fail(message);
    },
  };
}
