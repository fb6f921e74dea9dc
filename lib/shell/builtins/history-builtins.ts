import { FileError, ToolError } from '../../base';
import { ShellError } from '../interpreter/control';
import { HistoryExpander } from '../interpreter/expand-history';
import type { Builtin, BuiltinCall } from '../interpreter/shell';

const HISTORY_USAGE =
  'history: usage: history [-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]\n';
const FC_USAGE = 'fc: usage: fc [-e ename] [-lnr] [first] [last] or fc -s [pat=rep] [command]\n';
/** Lines that `fc -l` lists. */
const LISTED = 16;

/** Places that `history -d` means: a number from the start, or from the end, or a range of them. */
function deleted(word: string, count: number): readonly [number, number] | undefined {
  const match = /^(-?\d+)(?:-(-?\d+))?$/.exec(word);
  if (match === null) return undefined;
  const place = (text: string) => (text.startsWith('-') ? count + Number(text) : Number(text) - 1);
  const from = place(match[1] ?? '');
  const to = match[2] === undefined ? from : place(match[2]);
  return from >= 0 && to < count && from <= to ? [from, to] : undefined;
}

/** `history -p`: what words become by expansion, without itself in the history. */
async function expanded(call: BuiltinCall, words: readonly string[]): Promise<number> {
  const { shell } = call;
  if (shell.interactive) shell.history.pop();
  for (const word of words) {
    const expansion = new HistoryExpander(shell.history, shell.options.extglob).expand(word);
    if (expansion.kind === 'failed') {
      await call.complain(`${word}: history expansion failed`);
      return 1;
    }
    await call.context.out(`${expansion.text}\n`);
  }
  return 0;
}

const history: Builtin = async (call) => {
  const { shell, context } = call;
  const [first = '', ...rest] = call.args;
  if (/^-/.test(first) && first !== '--') {
    for (const letter of first.slice(1)) {
      if ('cdanrwps'.includes(letter)) continue;
      await call.complain(`-${letter}: invalid option`);
      await context.err(HISTORY_USAGE);
      return 2;
    }
    if (first.includes('c')) shell.history.length = 0;
    if (first.includes('d')) {
      const word = first.slice(first.indexOf('d') + 1) || (rest[0] ?? '');
      if (word === '') {
        await call.complain('-d: option requires an argument');
        await context.err(HISTORY_USAGE);
        return 2;
      }
      const range = deleted(word, shell.history.length);
      if (range === undefined) throw new ShellError(`${word}: history position out of range`);
      shell.history.splice(range[0], range[1] - range[0] + 1);
    }
    if (first.includes('s')) {
      // The command itself leaves the history for what it puts there.
      shell.history.splice(-1, 1, rest.join(' '));
    }
    if (first.includes('p')) return expanded(call, rest);
    return 0;
  }
  if (first !== '' && !/^\d+$/.test(first)) throw new ShellError(`${first}: numeric argument required`);
  const from = Math.max(0, shell.history.length - (first === '' ? shell.history.length : Number(first)));
  for (const [index, line] of shell.history.entries())
    if (index >= from) await context.out(`${String(index + 1).padStart(5)}  ${line}\n`);
  return 0;
};

/** The place in the history that `fc` is told by a number or by how a command begins. */
function eventAt(word: string, lines: readonly string[], listing: boolean): number {
  const last = lines.length - 1;
  if (/^[-+]?\d+$/.test(word)) {
    const number = Number(word);
    const at = number < 0 ? lines.length + number : number === 0 ? (listing ? last + 1 : last) : number - 1;
    return Math.max(0, Math.min(at, last));
  }
  const found = lines.findLastIndex((line) => line.startsWith(word));
  if (found < 0) throw new ShellError('no command found');
  return found;
}

/** Runs commands as if typed instead of `fc`, which they take the place of in the history. */
async function again(call: BuiltinCall, commands: readonly string[]): Promise<number> {
  const { shell } = call;
  let status = 0;
  shell.history.splice(-1, 1, ...commands);
  for (const command of commands) {
    await call.context.err(`${command}\n`);
    status = await call.runText(`${command}\n`);
  }
  return status;
}

async function edit(
  call: BuiltinCall,
  editor: string | undefined,
  commands: readonly string[],
): Promise<number> {
  const { shell } = call;
  const { files } = shell.kernel.machine;
  const value = (name: string) => shell.variables.get(name)?.value;
  const program = editor ?? (value('FCEDIT') || value('EDITOR') || 'vi');
  const path = `/tmp/bash-fc.${Math.floor(shell.kernel.world.random.next() * 36 ** 6)
    .toString(36)
    .padStart(6, '0')}`;
  try {
    files.write(path, commands.map((line) => `${line}\n`).join(''));
    const status = await call.runText(`${program} ${path}`);
    if (status !== 0) return 1;
    const edited = files.read(path).split('\n');
    return await again(
      call,
      edited.filter((line) => line.trim() !== ''),
    );
  } catch (error) {
    if (error instanceof FileError) throw new ToolError(`${path}: ${error.message}`);
    throw error;
  } finally {
    if (files.stat(path) !== undefined) files.remove(path);
  }
}

const fc: Builtin = async (call) => {
  const { shell, context } = call;
  const words = [...call.args];
  const flags = new Set<string>();
  let editor: string | undefined;
  while (/^-[a-zA-Z]/.test(words[0] ?? '')) {
    const word = words.shift() ?? '';
    for (const [at, letter] of [...word.slice(1)].entries()) {
      if (!'elnrs'.includes(letter)) {
        await call.complain(`-${letter}: invalid option`);
        await context.err(FC_USAGE);
        return 2;
      }
      flags.add(letter);
      if (letter !== 'e') continue;
      editor = word.slice(at + 2) || words.shift();
      if (editor === undefined) {
        await call.complain('-e: option requires an argument');
        await context.err(FC_USAGE);
        return 2;
      }
      break;
    }
  }
  // In a script nothing is remembered; at a prompt the last command is this very one.
  const lines = shell.interactive ? shell.history.slice(0, -1) : shell.history;
  if (flags.has('s') || editor === '-') {
    const changes: (readonly [string, string])[] = [];
    for (let cut = words[0]?.indexOf('=') ?? -1; cut > 0; cut = words[0]?.indexOf('=') ?? -1) {
      const word = words.shift() ?? '';
      changes.push([word.slice(0, cut), word.slice(cut + 1)]);
    }
    let command = lines[words[0] === undefined ? lines.length - 1 : eventAt(words[0], lines, false)];
    if (command === undefined) throw new ShellError('no command found');
    for (const [from, to] of changes) command = command.replaceAll(from, () => to);
    return again(call, [command]);
  }
  if (lines.length === 0) return 0;
  const listing = flags.has('l');
  const [firstWord, lastWord] = words;
  const last = lines.length - 1;
  const from =
    firstWord === undefined
      ? listing
        ? Math.max(0, lines.length - LISTED)
        : last
      : eventAt(firstWord, lines, listing);
  const to =
    lastWord === undefined
      ? listing || firstWord === undefined
        ? last
        : from
      : eventAt(lastWord, lines, listing);
  const [low, high] = from <= to ? [from, to] : [to, from];
  const places = Array.from({ length: high - low + 1 }, (_, index) => low + index);
  if (flags.has('r') !== from > to) places.reverse();
  if (listing) {
    for (const at of places) await context.out(`${flags.has('n') ? '' : at + 1}\t ${lines[at] ?? ''}\n`);
    return 0;
  }
  return edit(
    call,
    editor,
    places.map((at) => lines[at] ?? ''),
  );
};

/** Builtins about the history. */
export const historyBuiltins: Readonly<Record<string, Builtin>> = { history, fc };
