import { ToolError } from '../tool-error';
import type { SedCommand } from './program';
import { applies, type SedState } from './state';
import { substitute } from './substitute';

function replace(state: SedState, command: SedCommand): void {
  const { replacement, flags, text } = command;
  const shape = command.shape ?? (state.shape && new RegExp(state.shape.source, 'g'));
  if (shape === undefined) throw new ToolError('no previous regular expression');
  state.shape = shape;
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
  if (flags.includes('w')) write(state, text);
}

/** Runs commands on the pattern space; the label to jump to, 'end' to stop this cycle, or undefined. */
export function execute(state: SedState, commands: readonly SedCommand[]): string | undefined {
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
      case 'r':
        state.after += state.readFile(command.text);
        break;
      case 'w':
        write(state, command.text);
        break;
      case 'l':
        state.out += `${unambiguous(state.pattern)}$\n`;
        break;
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

function write(state: SedState, name: string): void {
  if (name === '/dev/stdout') state.out += `${state.pattern}\n`;
  else state.written.set(name, `${state.written.get(name) ?? ''}${state.pattern}\n`);
}

/** A line as `l` shows it: what cannot be seen as escapes. */
const unambiguous = (text: string): string =>
  text.replace(/[\\\x00-\x1f\x7f]/g, (char) => {
    const known: Readonly<Record<string, string>> = {
      '\\': '\\\\',
      '\n': '\\n',
      '\t': '\\t',
      '\r': '\\r',
      '\x07': '\\a',
      '\b': '\\b',
      '\f': '\\f',
      '\v': '\\v',
    };
    return known[char] ?? `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
