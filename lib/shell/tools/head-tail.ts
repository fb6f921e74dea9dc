import { FileError } from '../../base';
import { type Tool, type ToolContext, ToolError } from '../process';
import { gnuFlags } from './gnu-flags';
import { linesOf } from './read-files';

/** How often `tail -f` looks for more, as GNU's default. */
const FOLLOW_INTERVAL_MS = 1000;

/** What a count may be multiplied by, of those that a learner types. */
const UNITS: Readonly<Record<string, number>> = { b: 512, k: 1024, K: 1024, M: 1_048_576 };
const MAX_COUNT = 2n ** 64n - 1n;

function amount(text: string, what: string): number {
  const match = /^([-+]?)(\d+)([bkKM]?)$/.exec(text);
  if (match === null) throw new ToolError(`invalid number of ${what}: ‘${text}’`);
  if (BigInt(match[2] ?? 0) > MAX_COUNT)
    throw new ToolError(
      `invalid number of ${what}: ‘${text.replace(/^[-+]/, '')}’: Value too large for defined data type`,
    );
  const size = Number(match[2]) * (UNITS[match[3] ?? ''] ?? 1);
  return match[1] === '-' ? -size : size;
}

async function eachFile(
  context: ToolContext,
  names: readonly string[],
  headed: boolean,
  each: (name: string) => Promise<void>,
): Promise<number> {
  let status = 0;
  let first = true;
  for (const name of names.length === 0 ? ['-'] : names) {
    try {
      const directory = name !== '-' && context.machine.files.stat(context.path(name))?.kind === 'directory';
      if (
        name !== '-' &&
        !context.path(name).startsWith('/dev/') &&
        context.machine.files.stat(context.path(name)) === undefined
      ) {
        throw new FileError('ENOENT', name);
      }
      if (headed)
        await context.out(`${first ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`);
      first = false;
      if (directory) {
        await context.err(`${context.name}: error reading '${name}': Is a directory\n`);
        status = 1;
      } else await each(name);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await context.err(`${context.name}: cannot open '${name}' for reading: ${error.message}\n`);
      status = 1;
    }
  }
  return status;
}

/** head: stops reading as soon as it has enough, which ends a pipe's writer. */
export const head: Tool = async (context) => {
  const flags = gnuFlags(context, 'n:|lines c:|bytes q|quiet|silent v|verbose', { number: 'n' });
  const bytes = flags.value('c');
  const count = amount(bytes ?? flags.value('n') ?? '10', bytes === undefined ? 'lines' : 'bytes');
  const headed = flags.has('v') || (flags.rest.length > 1 && !flags.has('q'));
  return eachFile(context, flags.rest, headed, async (name) => {
    if (bytes !== undefined || count < 0) {
      const text = await context.readFile(name);
      const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
      await context.out(bytes === undefined ? lines.slice(0, count).join('') : text.slice(0, count));
      return;
    }
    if (name !== '-') {
      const lines = (await context.readFile(name)).match(/[^\n]*\n|[^\n]+$/g) ?? [];
      await context.out(lines.slice(0, count).join(''));
      return;
    }
    for (let left = count; left > 0; left -= 1) {
      const line = await context.stdin.readLine();
      if (line === undefined) return;
      await context.out(line);
    }
  });
};

/** tail, with -f. */
export const tail: Tool = async (context) => {
  const args = context.args.map((word, index) => (index === 0 && /^\+\d+$/.test(word) ? `-n${word}` : word));
  const flags = gnuFlags(
    context,
    'n:|lines c:|bytes f|follow F retry q|quiet|silent v|verbose s:',
    { number: 'n' },
    args,
  );
  const bytes = flags.value('c');
  const typed = bytes ?? flags.value('n') ?? '10';
  const count = Math.abs(amount(typed, bytes === undefined ? 'lines' : 'bytes'));
  const fromStart = typed.startsWith('+');
  const follows = flags.has('f') || flags.has('F');
  const headed = flags.has('v') || (flags.rest.length > 1 && !flags.has('q'));
  const status = await eachFile(context, flags.rest, headed, async (name) => {
    const text = await context.readFile(name);
    if (bytes !== undefined)
      await context.out(fromStart ? text.slice(count - 1) : count === 0 ? '' : text.slice(-count));
    else {
      const lines = linesOf(text);
      const start = fromStart ? Math.max(0, count - 1) : Math.max(0, lines.length - count);
      const kept = lines
        .slice(start)
        .map((line) => `${line}\n`)
        .join('');
      await context.out(text.endsWith('\n') ? kept : kept.slice(0, -1));
    }
  });
  if (!follows || flags.rest.length === 0 || flags.rest.includes('-')) return status;
  return followNamed(context, flags.rest, flags.has('F') || flags.has('retry'));
};

/** Follows what can be followed: files that are there, and with -F those that may come. */
async function followNamed(context: ToolContext, names: readonly string[], waits: boolean): Promise<number> {
  const left: string[] = [];
  for (const name of names) {
    const kind = context.machine.files.stat(context.path(name))?.kind;
    if (kind === 'directory')
      await context.err(`tail: ${name}: cannot follow end of this type of file; giving up on this name\n`);
    else if (kind !== undefined || waits) left.push(name);
  }
  if (left.length === 0) throw new ToolError('no files remaining');
  await follow(context, left);
  return 0;
}

async function follow(context: ToolContext, names: readonly string[]): Promise<void> {
  const { files } = context.machine;
  const seen = new Map<string, number>();
  const read = (name: string) =>
    files.stat(context.path(name))?.kind === 'file' ? files.read(context.path(name)) : '';
  for (const name of names) seen.set(name, read(name).length);
  for (;;) {
    await context.sleep(FOLLOW_INTERVAL_MS);
    for (const name of names) {
      const text = read(name);
      const before = seen.get(name) ?? 0;
      if (text.length < before) await context.err(`tail: ${name}: file truncated\n`);
      await context.out(text.slice(text.length < before ? 0 : before));
      seen.set(name, text.length);
    }
  }
}
