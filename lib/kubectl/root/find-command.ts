import { standAlone } from '../flags';
import { GLOBAL_FLAGS } from '../manual';
import type { Command, Flag } from '../seams';

/** Where a command line leads: the command, its path ("create deployment"), and the words left. */
export interface FoundCommand {
  readonly command: Command<unknown> | undefined;
  readonly path: string;
  readonly words: readonly string[];
}

/** Walks down the command tree by the first words that are no flags, as cobra does. */
export function findCommand(commands: readonly Command<unknown>[], argv: readonly string[]): FoundCommand {
  let command: Command<unknown> | undefined;
  let words = argv;
  let path = '';
  for (;;) {
    const children = command ? (command.subcommands ?? []) : commands;
    const at = firstWord(words, [...GLOBAL_FLAGS, ...(command?.flags ?? [])]);
    const word = at < 0 ? undefined : words[at];
    const child = children.find((each) => each.name === word || each.aliases?.includes(word ?? ''));
    if (!child) return { command, path, words };
    command = child;
    path = path === '' ? child.name : `${path} ${child.name}`;
    words = words.filter((_each, index) => index !== at);
  }
}

/** The place of the first word that is neither a flag nor a flag's value; -1 when there is none. */
function firstWord(words: readonly string[], flags: readonly Flag[]): number {
  const long = new Map(flags.map((flag) => [flag.name, flag]));
  const short = new Map(flags.flatMap((flag) => (flag.short ? [[flag.short, flag] as const] : [])));
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '--') return -1;
    if (!word.startsWith('-') || word === '-') return index;
    if (word.includes('=')) continue;
    const flag = word.startsWith('--') ? long.get(word.slice(2)) : short.get(word.slice(1));
    const alone =
      word === '--help' || word === '-h' || (flag !== undefined && standAlone(flag) !== undefined);
    const bundled = !word.startsWith('--') && word.length > 2;
    if (!alone && !bundled) index += 1;
  }
  return -1;
}
