import { compileRegExp } from './regular-expression';
import { ToolError } from './tool-error';

type Address =
  | { readonly kind: 'line'; readonly number: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'match'; readonly shape: RegExp }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'more'; readonly count: number };

/** One command of a sed script. */
export interface SedCommand {
  readonly from: Address | undefined;
  readonly to: Address | undefined;
  readonly negated: boolean;
  readonly name: string;
  readonly text: string;
  readonly shape: RegExp | undefined;
  readonly replacement: string;
  readonly flags: string;
  readonly block: readonly SedCommand[];
}

class SedParser {
  readonly #source: string;
  readonly #extended: boolean;
  #at = 0;

  constructor(source: string, extended: boolean) {
    this.#source = source;
    this.#extended = extended;
  }

  fail(message: string): never {
    throw new ToolError(`-e expression #1, char ${this.#at}: ${message}`);
  }

  commands(inBlock: boolean): SedCommand[] {
    const found: SedCommand[] = [];
    for (;;) {
      this.#skip(/[\s;]/);
      const char = this.#source[this.#at];
      if (char === undefined) {
        if (inBlock) this.fail("unmatched `{'");
        return found;
      }
      if (char === '}') {
        if (!inBlock) this.fail("unexpected `}'");
        this.#at += 1;
        return found;
      }
      if (char === '#') this.#until('\n');
      else found.push(this.#command());
    }
  }

  #skip(shape: RegExp): void {
    while (shape.test(this.#source[this.#at] ?? '')) this.#at += 1;
  }

  #until(end: string): string {
    const stop = this.#source.indexOf(end, this.#at);
    const text = this.#source.slice(this.#at, stop < 0 ? undefined : stop);
    this.#at = stop < 0 ? this.#source.length : stop;
    return text;
  }

  #delimited(delimiter: string): string {
    let out = '';
    let bracket = false;
    for (; this.#at < this.#source.length; this.#at += 1) {
      const char = this.#source[this.#at] ?? '';
      if (char === '\\') {
        const next = this.#source[this.#at + 1] ?? '';
        out += next === delimiter ? next : next === '\n' ? '\n' : char + next;
        this.#at += 1;
      } else if (char === delimiter && !bracket) {
        this.#at += 1;
        return out;
      } else {
        if (char === '[') bracket = true;
        if (char === ']') bracket = false;
        out += char;
      }
    }
    return this.fail(delimiter === '/' ? "unterminated `s' command" : "unterminated `s' command");
  }

  #shape(source: string, flags: string): RegExp {
    return compileRegExp(source.replaceAll('\\n', '\n'), this.#extended ? 'extended' : 'basic', flags);
  }

  #address(): Address | undefined {
    const rest = this.#source.slice(this.#at);
    const number = /^(\d+)(?:~(\d+))?/.exec(rest);
    if (number !== null) {
      this.#at += number[0].length;
      if (number[2] !== undefined) return { kind: 'step', first: Number(number[1]), step: Number(number[2]) };
      return { kind: 'line', number: Number(number[1]) };
    }
    if (rest.startsWith('$')) {
      this.#at += 1;
      return { kind: 'last' };
    }
    if (rest.startsWith('/') || rest.startsWith('\\')) {
      this.#at += rest.startsWith('/') ? 1 : 2;
      const source = this.#delimited(rest.startsWith('/') ? '/' : (rest[1] ?? '/'));
      const insensitive = this.#source[this.#at] === 'I';
      if (insensitive) this.#at += 1;
      return { kind: 'match', shape: this.#shape(source, insensitive ? 'i' : '') };
    }
    return undefined;
  }

  #command(): SedCommand {
    const from = this.#address();
    let to: Address | undefined;
    this.#skip(/ /);
    if (from !== undefined && this.#source[this.#at] === ',') {
      this.#at += 1;
      this.#skip(/ /);
      const more = /^\+(\d+)/.exec(this.#source.slice(this.#at));
      if (more !== null) {
        this.#at += more[0].length;
        to = { kind: 'more', count: Number(more[1]) };
      } else to = this.#address() ?? this.fail("unexpected `,'");
    }
    this.#skip(/ /);
    const negated = this.#source[this.#at] === '!';
    if (negated) this.#at += 1;
    this.#skip(/ /);
    const name = this.#source[this.#at] ?? '';
    this.#at += 1;
    const base = {
      from,
      to,
      negated,
      name,
      text: '',
      shape: undefined,
      replacement: '',
      flags: '',
      block: [],
    };
    if (name === '{') return { ...base, block: this.commands(true) };
    if (name === 's' || name === 'y') {
      const delimiter = this.#source[this.#at] ?? '';
      this.#at += 1;
      const source = this.#delimited(delimiter);
      const replacement = this.#delimited(delimiter);
      const flags = /^[gpiImMe0-9]*/.exec(this.#source.slice(this.#at))?.[0] ?? '';
      this.#at += flags.length;
      this.#end();
      if (name === 'y') return { ...base, text: source, replacement };
      return {
        ...base,
        shape: this.#shape(source, `g${/[iI]/.test(flags) ? 'i' : ''}${/[mM]/.test(flags) ? 'm' : ''}`),
        replacement,
        flags,
      };
    }
    if ('aic'.includes(name) && name !== '') {
      this.#skip(/[ \t]/);
      if (this.#source[this.#at] === '\\') {
        this.#at += 1;
        this.#skip(/[ \t]/);
        if (this.#source[this.#at] === '\n') this.#at += 1;
      }
      return { ...base, text: this.#until('\n').replace(/\\(.)/g, '$1') };
    }
    if ('btTrw:'.includes(name) && name !== '') {
      this.#skip(/ /);
      const text = /^[^;\n}]*/.exec(this.#source.slice(this.#at))?.[0] ?? '';
      this.#at += text.length;
      return { ...base, text: text.trim() };
    }
    if ('qQ'.includes(name) && name !== '') {
      const code = /^\s*\d*/.exec(this.#source.slice(this.#at))?.[0] ?? '';
      this.#at += code.length;
      return { ...base, text: code.trim() };
    }
    if (name === '' || !'dDpPnNgGhHxl='.includes(name)) {
      if (name === '') this.fail('missing command');
      this.fail(`unknown command: \`${name}'`);
    }
    this.#end();
    return base;
  }

  #end(): void {
    this.#skip(/[ \t]/);
    const next = this.#source[this.#at];
    if (next !== undefined && !';\n}#'.includes(next))
      this.fail(this.#source[this.#at - 1] === '/' ? "unknown option to `s'" : "unknown option to `s'");
  }
}

/** The text that a match is replaced by: `&`, `\1`, and the case switches \U \L \u \l \E. */
function substitute(match: readonly string[], replacement: string): string {
  let out = '';
  let mode = '';
  let once = '';
  const add = (text: string) => {
    let next = mode === 'U' ? text.toUpperCase() : mode === 'L' ? text.toLowerCase() : text;
    if (once !== '' && next !== '') {
      next = (once === 'u' ? next.slice(0, 1).toUpperCase() : next.slice(0, 1).toLowerCase()) + next.slice(1);
      once = '';
    }
    out += next;
  };
  for (let at = 0; at < replacement.length; at += 1) {
    const char = replacement[at] ?? '';
    if (char === '&') add(match[0] ?? '');
    else if (char !== '\\') add(char);
    else {
      at += 1;
      const next = replacement[at] ?? '';
      if (/\d/.test(next)) add(match[Number(next)] ?? '');
      else if (next === 'n') add('\n');
      else if (next === 't') add('\t');
      else if ('ULE'.includes(next) && next !== '') mode = next === 'E' ? '' : next;
      else if ('ul'.includes(next) && next !== '') once = next;
      else add(next);
    }
  }
  return out;
}

interface SedState {
  readonly lines: readonly string[];
  at: number;
  pattern: string;
  hold: string;
  out: string;
  after: string;
  replaced: boolean;
  quit: number | undefined;
  deleted: boolean;
  quiet: boolean;
  readonly ranges: Map<SedCommand, number>;
}

function selects(state: SedState, address: Address): boolean {
  const number = state.at + 1;
  switch (address.kind) {
    case 'line':
      return number === address.number;
    case 'last':
      return number === state.lines.length;
    case 'match':
      address.shape.lastIndex = 0;
      return address.shape.test(state.pattern);
    case 'step':
      return address.step === 0
        ? number === address.first
        : number >= address.first && (number - address.first) % address.step === 0;
    default:
      return false;
  }
}

function applies(state: SedState, command: SedCommand): boolean {
  const { from, to } = command;
  if (from === undefined) return true;
  if (to === undefined) return selects(state, from);
  const number = state.at + 1;
  const started = state.ranges.get(command);
  if (started === undefined) {
    if (!selects(state, from)) return false;
    const single = (to.kind === 'line' && to.number <= number) || (to.kind === 'more' && to.count === 0);
    if (!single) state.ranges.set(command, number);
    return true;
  }
  const ends =
    to.kind === 'more'
      ? number >= started + to.count
      : to.kind === 'line'
        ? number >= to.number
        : selects(state, to);
  if (ends) state.ranges.delete(command);
  if (to.kind === 'line' && number > to.number) return selects(state, from);
  return true;
}

function replace(state: SedState, command: SedCommand): void {
  const { shape, replacement, flags } = command;
  if (shape === undefined) return;
  const nth = Number(/\d+/.exec(flags)?.[0] ?? 1);
  const all = flags.includes('g');
  let count = 0;
  let changed = false;
  shape.lastIndex = 0;
  state.pattern = state.pattern.replace(shape, (...found: unknown[]) => {
    count += 1;
    if (count < nth || (!all && count > nth)) return String(found[0]);
    changed = true;
    const groups = found.filter((group) => typeof group === 'string' || group === undefined).slice(0, -1);
    return substitute(
      groups.map((group) => (typeof group === 'string' ? group : '')),
      replacement,
    );
  });
  if (!changed) return;
  state.replaced = true;
  if (flags.includes('p')) state.out += `${state.pattern}\n`;
}

/** Runs commands on the pattern space; the label to jump to, 'end' to stop this cycle, or undefined. */
function execute(state: SedState, commands: readonly SedCommand[]): string | undefined {
  for (const command of commands) {
    if (applies(state, command) === command.negated) continue;
    switch (command.name) {
      case '{': {
        const jump = execute(state, command.block);
        if (jump !== undefined) return jump;
        break;
      }
      case 's':
        replace(state, command);
        break;
      case 'y': {
        const [from, to] = [[...command.text], [...command.replacement]];
        state.pattern = [...state.pattern].map((char) => to[from.indexOf(char)] ?? char).join('');
        break;
      }
      case 'p':
        state.out += `${state.pattern}\n`;
        break;
      case 'P':
        state.out += `${state.pattern.split('\n')[0] ?? ''}\n`;
        break;
      case 'd':
        state.deleted = true;
        return 'end';
      case 'D': {
        const cut = state.pattern.indexOf('\n');
        state.deleted = true;
        if (cut >= 0) state.pattern = state.pattern.slice(cut + 1);
        return cut >= 0 ? 'again' : 'end';
      }
      case 'n':
        if (!state.quiet) state.out += `${state.pattern}\n`;
        if (state.at + 1 >= state.lines.length) {
          state.deleted = true;
          return 'end';
        }
        state.at += 1;
        state.pattern = state.lines[state.at] ?? '';
        break;
      case 'N':
        if (state.at + 1 >= state.lines.length) return 'end';
        state.at += 1;
        state.pattern += `\n${state.lines[state.at] ?? ''}`;
        break;
      case 'g':
        state.pattern = state.hold;
        break;
      case 'G':
        state.pattern += `\n${state.hold}`;
        break;
      case 'h':
        state.hold = state.pattern;
        break;
      case 'H':
        state.hold += `\n${state.pattern}`;
        break;
      case 'x':
        [state.pattern, state.hold] = [state.hold, state.pattern];
        break;
      case 'a':
        state.after += `${command.text}\n`;
        break;
      case 'i':
        state.out += `${command.text}\n`;
        break;
      case 'c':
        if (command.to === undefined || !state.ranges.has(command)) state.out += `${command.text}\n`;
        state.deleted = true;
        return 'end';
      case '=':
        state.out += `${state.at + 1}\n`;
        break;
      case 'q':
      case 'Q':
        state.quit = Number(command.text === '' ? 0 : command.text);
        if (command.name === 'Q') state.deleted = true;
        return 'end';
      case 'b':
        return command.text === '' ? 'end' : `:${command.text}`;
      case 't':
      case 'T': {
        const was = state.replaced;
        state.replaced = false;
        if (was === (command.name === 't')) return command.text === '' ? 'end' : `:${command.text}`;
        break;
      }
    }
  }
  return undefined;
}

/** Jumps back that one line may make: an endless `:a;ba` ends. */
const MAX_JUMPS = 10_000;

function newState(lines: readonly string[], quiet: boolean): SedState {
  return {
    lines,
    at: 0,
    pattern: '',
    hold: '',
    out: '',
    after: '',
    replaced: false,
    quit: undefined,
    deleted: false,
    quiet,
    ranges: new Map(),
  };
}

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

/** Runs a script over all lines; `quit` is the status that it left with. */
export function editLines(
  lines: readonly string[],
  commands: readonly SedCommand[],
  quiet: boolean,
): { readonly out: string; readonly quit: number | undefined } {
  const state = newState(lines, quiet);
  for (; state.at < lines.length && state.quit === undefined; state.at += 1) {
    state.pattern = lines[state.at] ?? '';
    state.deleted = false;
    state.replaced = false;
    cycle(state, commands);
    if (!state.deleted && !quiet) state.out += `${state.pattern}\n`;
    state.out += state.after;
    state.after = '';
  }
  return { out: state.out, quit: state.quit };
}

/** A sed script's commands; throws `ToolError` in sed's words. */
export function parseSed(source: string, extended: boolean): readonly SedCommand[] {
  return new SedParser(source, extended).commands(false);
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

  constructor(commands: readonly SedCommand[], quiet: boolean) {
    this.#commands = commands;
    this.#quiet = quiet;
    this.#state = newState(this.#lines, quiet);
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
