import { GLOBAL_FLAGS } from '../manual';
import type { Command, Flag } from '../seams';

const OPTIONS_HINT =
  'Use "kubectl options" for a list of global command-line options (applies to all commands).\n';

/** The `--help` page of a command; `path` is "create deployment". */
export function helpPage(command: Command<unknown>, path: string): string {
  const { aliases = [], subcommands = [] } = command;
  const parts = [command.long];
  if (aliases.length > 0) parts.push(`Aliases:\n${[command.name, ...aliases].join(', ')}`);
  if (command.examples !== '') parts.push(`Examples:\n${command.examples}`);
  if (subcommands.length > 0) parts.push(`Available Commands:\n${commandList(subcommands)}`);
  const flags = command.flags.filter(({ hidden }) => !hidden);
  if (flags.length > 0) parts.push(`Options:\n${flags.map(flagEntry).join('\n\n')}`);
  parts.push(`Usage:\n  kubectl ${command.usage}`);
  const more =
    subcommands.length > 0
      ? `Use "kubectl ${path} <command> --help" for more information about a given command.\n`
      : '';
  return `${[...parts, more + OPTIONS_HINT].join('\n\n')}`;
}

/** "  name   summary" lines. */
export function commandList(commands: readonly Command<unknown>[], least = 11): string {
  const sorted = commands.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const width = Math.max(least, ...sorted.map((each) => each.name.length));
  return sorted.map((each) => `  ${each.name.padEnd(width)}   ${each.summary}`).join('\n');
}

function flagEntry(flag: Flag): string {
  const short = flag.short ? `-${flag.short}, ` : '';
  return `    ${short}--${flag.name}=${flag.default}:\n\t${flag.description}`;
}

/** `kubectl options`. */
export function optionsPage(home: string): string {
  const entries = GLOBAL_FLAGS.map(flagEntry)
    .join('\n\n')
    .replace('/root/.kube/cache', `${home}/.kube/cache`);
  return `The following options can be passed to any command:\n\n${entries}\n\n`;
}
