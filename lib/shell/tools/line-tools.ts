import { formatPrintf } from '../../base';
import { type Tool, ToolError } from '../process';
import { gnuFlags } from './gnu-flags';
import { linesOf, readFiles } from './read-files';

/** join: lines of two sorted files that share a field. */
const join: Tool = async (context) => {
  const flags = gnuFlags(context, '1: 2: j: t: a: v: i e: o:');
  if (flags.rest.length !== 2)
    throw new ToolError(
      `${flags.rest.length === 0 ? 'missing operand' : `missing operand after '${flags.rest[0]}'`}\nTry 'join --help' for more information.`,
    );
  const { texts, failed } = await readFiles(context, flags.rest);
  if (failed) return 1;
  const separator = flags.value('t');
  const rows = texts.map(({ text }, side) => {
    const field = Number(flags.value(side === 0 ? '1' : '2') ?? flags.value('j') ?? 1) - 1;
    return linesOf(text).map((line) => {
      const cells = separator === undefined ? line.trim().split(/\s+/) : line.split(separator);
      return { key: cells[field] ?? '', rest: cells.filter((_, at) => at !== field), used: false };
    });
  });
  const [left = [], right = []] = rows;
  const show = (cells: readonly string[]) => context.out(`${cells.join(separator ?? ' ')}\n`);
  const same = (a: string, b: string) => (flags.has('i') ? a.toLowerCase() === b.toLowerCase() : a === b);
  const alone = new Set([...flags.values('a'), ...flags.values('v')]);
  for (const one of left) {
    await context.step();
    for (const other of right) {
      if (!same(one.key, other.key)) continue;
      one.used = true;
      other.used = true;
      if (!flags.has('v')) await show([one.key, ...one.rest, ...other.rest]);
    }
    if (!one.used && alone.has('1')) await show([one.key, ...one.rest]);
  }
  for (const other of right) if (!other.used && alone.has('2')) await show([other.key, ...other.rest]);
  return 0;
};

/** nl: numbers lines; `-b a` the empty ones, too. */
const nl: Tool = async (context) => {
  const flags = gnuFlags(context, 'b: w: s: v: i: n: p');
  const { texts, failed } = await readFiles(context, flags.rest);
  const width = Number(flags.value('w') ?? 6);
  const separator = flags.value('s') ?? '\t';
  const style = flags.value('n') ?? 'rn';
  let number = Number(flags.value('v') ?? 1);
  for (const line of texts.flatMap(({ text }) => linesOf(text))) {
    const counted = flags.value('b') === 'a' || (flags.value('b') !== 'n' && line !== '');
    if (!counted) {
      await context.out(`${' '.repeat(width + separator.length)}${line}\n`);
      continue;
    }
    const text = String(number);
    const shown =
      style === 'ln' ? text.padEnd(width) : style === 'rz' ? text.padStart(width, '0') : text.padStart(width);
    await context.out(`${shown}${separator}${line}\n`);
    number += Number(flags.value('i') ?? 1);
  }
  return failed ? 1 : 0;
};

/** shuf: lines in an order of the workspace's own chance. */
/** As many numbers as shuf holds in memory. */
const MOST_LINES = 1_000_000;

const shuf: Tool = async (context) => {
  const flags = gnuFlags(context, 'n:|head-count e|echo i:|input-range r|repeat');
  const asked = flags.value('i');
  const range = /^(\d+)-(\d+)$/.exec(asked ?? '');
  if (asked !== undefined && (range === null || Number(range[2]) < Number(range[1])))
    throw new ToolError(`invalid input range: ‘${asked}’`);
  if (range !== null && Number(range[2]) - Number(range[1]) > MOST_LINES)
    throw new ToolError('memory exhausted');
  const wanted = flags.value('n');
  if (wanted !== undefined && !/^\d+$/.test(wanted)) throw new ToolError(`invalid line count: ‘${wanted}’`);
  const lines = flags.has('e')
    ? [...flags.rest]
    : range !== null
      ? Array.from({ length: Math.max(0, Number(range[2]) - Number(range[1]) + 1) }, (_, at) =>
          String(Number(range[1]) + at),
        )
      : (await readFiles(context, flags.rest)).texts.flatMap(({ text }) => linesOf(text));
  const most = Number(flags.value('n') ?? lines.length);
  for (let count = 0; count < most && lines.length > 0; count += 1) {
    const at = Math.floor(context.world.random.next() * lines.length);
    await context.out(`${lines[at] ?? ''}\n`);
    if (!flags.has('r')) lines.splice(at, 1);
  }
  return 0;
};

/** The `at`-th suffix of split's files: aa, ab, …, or numbers. */
function suffix(at: number, length: number, digits: boolean): string {
  if (digits) return String(at).padStart(length, '0');
  let rest = at;
  let out = '';
  for (let place = 0; place < length; place += 1) {
    out = String.fromCharCode(97 + (rest % 26)) + out;
    rest = Math.floor(rest / 26);
  }
  return out;
}

/** split: a file in pieces, by lines or bytes. */
const split: Tool = async (context) => {
  const flags = gnuFlags(context, 'l:|lines b:|bytes a:|suffix-length d|numeric-suffixes');
  const { texts, failed } = await readFiles(context, flags.rest.slice(0, 1));
  const [input] = texts;
  if (failed || input === undefined) return 1;
  const size = Number(flags.value('b') ?? flags.value('l') ?? 1000);
  if (!(size > 0)) throw new ToolError(`invalid number of lines: ‘${flags.value('l') ?? flags.value('b')}’`);
  const units = flags.has('b') ? [...input.text] : (input.text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
  for (let at = 0; at * size < units.length; at += 1) {
    const name = `${flags.rest[1] ?? 'x'}${suffix(at, Number(flags.value('a') ?? 2), flags.has('d'))}`;
    context.machine.files.write(context.path(name), units.slice(at * size, (at + 1) * size).join(''));
  }
  return 0;
};

/** factor: prime factors. */
const factor: Tool = async (context) => {
  const words = context.args.length > 0 ? context.args : (await context.stdin.readAll()).trim().split(/\s+/);
  for (const word of words) {
    let rest = Number(word);
    if (!Number.isSafeInteger(rest) || rest < 1)
      throw new ToolError(`‘${word}’ is not a valid positive integer`);
    const factors: number[] = [];
    for (let prime = 2; prime * prime <= rest; prime += 1) {
      await context.step();
      while (rest % prime === 0) {
        factors.push(prime);
        rest /= prime;
      }
    }
    if (rest > 1) factors.push(rest);
    await context.out(`${word}:${factors.map((each) => ` ${each}`).join('')}\n`);
  }
  return 0;
};

const BLOCK = 4096;
const human = (bytes: number): string => {
  const units = ['', 'K', 'M', 'G'];
  let value = bytes;
  let at = 0;
  while (value >= 1024 && at < units.length - 1) {
    value /= 1024;
    at += 1;
  }
  return at === 0
    ? String(value)
    : value < 10
      ? formatPrintf('%.1f', [String(Math.ceil(value * 10) / 10)], true).text + units[at]
      : `${Math.ceil(value)}${units[at]}`;
};

/** du: what files take up, in blocks as on ext4. */
const du: Tool = async (context) => {
  const flags = gnuFlags(context, 's|summarize h|human-readable b|bytes a|all k c|total d:|max-depth m');
  const { files } = context.machine;
  const sizeOf = (path: string): number => {
    const found = files.stat(path);
    if (found === undefined) return 0;
    if (found.kind === 'file') return flags.has('b') ? found.size : Math.ceil(found.size / BLOCK) * BLOCK;
    return files.list(path).reduce((sum, name) => sum + sizeOf(`${path === '/' ? '' : path}/${name}`), BLOCK);
  };
  const show = (bytes: number, shown: string) =>
    context.out(`${flags.has('h') ? human(bytes) : flags.has('b') ? bytes : bytes / 1024}\t${shown}\n`);
  const deepest = flags.has('s') ? 0 : Number(flags.value('d') ?? Number.POSITIVE_INFINITY);
  const walk = async (path: string, shown: string, depth: number): Promise<void> => {
    const found = files.stat(path);
    if (found?.kind === 'directory')
      for (const name of files.list(path))
        await walk(`${path === '/' ? '' : path}/${name}`, `${shown}/${name}`, depth + 1);
    if (depth === 0 || (depth <= deepest && (found?.kind === 'directory' || flags.has('a'))))
      await show(sizeOf(path), shown);
  };
  let status = 0;
  let total = 0;
  for (const typed of flags.rest.length === 0 ? ['.'] : flags.rest) {
    const path = context.path(typed);
    if (files.stat(path) === undefined) {
      await context.err(`du: cannot access '${typed}': No such file or directory\n`);
      status = 1;
      continue;
    }
    await walk(path, typed, 0);
    total += sizeOf(path);
  }
  if (flags.has('c')) await show(total, 'total');
  return status;
};

/** Tools about lines and sizes. */
export const lineTools: Readonly<Record<string, Tool>> = { join, nl, shuf, split, factor, du };
