import { execute } from './execute';
import type { SedCommand } from './program';
import { newState, type SedState } from './state';

/** Jumps back that one line may make: an endless `:a;ba` ends. */
const MAX_JUMPS = 10_000;

/** All commands once on the current line, following jumps. */
function cycle(state: SedState, commands: readonly SedCommand[]): void {
  let rest = commands;
  for (let jumps = 0; jumps < MAX_JUMPS; jumps += 1) {
    const jump = execute(state, rest);
    if (jump === undefined || jump === 'end') return;
    const label = commands.findIndex((command) => command.name === ':' && command.text === jump.slice(1));
    rest = jump === 'again' ? commands : commands.slice(label + 1);
    state.deleted = false;
  }
}

/** Runs a script over all lines; `quit` is the status that it left with, `written` what w wrote, by name. */
export function editLines(
  lines: readonly string[],
  commands: readonly SedCommand[],
  quiet: boolean,
  readFile: SedState['readFile'],
): Pick<SedState, 'out' | 'quit' | 'written'> {
  const state = newState(lines, quiet, readFile);
  for (; state.at < lines.length && state.quit === undefined; state.at += 1) {
    state.pattern = lines[state.at] ?? '';
    state.deleted = false;
    state.replaced = false;
    cycle(state, commands);
    if (!state.deleted && !quiet) state.out += `${state.pattern}\n`;
    state.out += state.after;
    state.after = '';
  }
  return state;
}

/** Whether a script must know what comes after the current line. */
export function looksAhead(commands: readonly SedCommand[]): boolean {
  return commands.some(
    ({ name, from, to, block }) =>
      name === 'n' || name === 'N' || from?.kind === 'last' || to?.kind === 'last' || looksAhead(block),
  );
}

/** Runs a script line by line; for scripts that never look ahead. */
export class LineSed {
  readonly #commands: readonly SedCommand[];
  readonly #quiet: boolean;
  readonly #lines: string[] = [];
  readonly #state: SedState;

  constructor(commands: readonly SedCommand[], quiet: boolean, readFile: SedState['readFile']) {
    this.#commands = commands;
    this.#quiet = quiet;
    this.#state = newState(this.#lines, quiet, readFile);
  }

  /** What was written by w, by name. */
  get written(): ReadonlyMap<string, string> {
    return this.#state.written;
  }

  /** The status that the script left with, once it has. */
  get quit(): number | undefined {
    return this.#state.quit;
  }

  /** What one line, with or without its newline, gives. */
  take(line: string): string {
    const state = this.#state;
    this.#lines.push(line.replace(/\n$/, ''));
    state.at = this.#lines.length - 1;
    state.pattern = this.#lines[state.at] ?? '';
    state.deleted = false;
    state.replaced = false;
    cycle(state, this.#commands);
    if (!state.deleted && !this.#quiet) state.out += `${state.pattern}\n`;
    const text = state.out + state.after;
    state.out = '';
    state.after = '';
    // Lines that went by are not needed again; only their number is.
    this.#lines[state.at] = '';
    return line.endsWith('\n') ? text : text.replace(/\n$/, '');
  }
}
