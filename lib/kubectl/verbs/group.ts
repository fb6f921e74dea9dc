import type { Manual } from '../manual';
import { helpPage } from '../root/help';
import type { Command, CommandEnv, ParsedArgs } from '../seams';
import { ExitError, usageFailure } from '../session';

/** A command that only holds others: alone it shows its help on stderr and fails, but for some. */
export function commandGroup(
  manual: Manual,
  path: string,
  subcommands: readonly Command<unknown>[],
  where: 'stdout' | 'stderr' = 'stderr',
  status = 1,
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
      if (status !== 0) throw new ExitError(status);
      return 0;
    },
  };
  return command;
}
