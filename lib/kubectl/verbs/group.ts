import type { Manual } from '../manual';
import { helpPage } from '../root/help';
import type { Command, CommandEnv, ParsedArgs } from '../seams';
import { ExitError, usageFailure } from '../session';

/** A command that only holds others: alone it shows its help (on stderr for some) and fails. */
export function commandGroup(
  manual: Manual,
  path: string,
  subcommands: readonly Command<unknown>[],
  where: 'stdout' | 'stderr' = 'stdout',
): Command<ParsedArgs> {
  const command: Command<ParsedArgs> = {
    ...manual,
    subcommands,
    options: (args) =>
      args.positional.length > 0
        ? usageFailure(path, `unknown command "${args.positional.join(' ')}"`)
        : args,
    async run(_args: ParsedArgs, env: CommandEnv) {
      await env.streams[where].write(helpPage(command, path));
      throw new ExitError(1);
    },
  };
  return command;
}
