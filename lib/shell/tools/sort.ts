import { type Tool, ToolError } from '../process';
import { gnuFlags } from './gnu-flags';
import { linesOf, readFiles } from './read-files';

interface SortKey {
  readonly from: number;
  readonly to: number;
  readonly numeric: boolean;
  readonly reverse: boolean;
}

function sortKey(text: string): SortKey {
  const refuse = (why: string): never => {
    throw new ToolError(`${why} ‘${text}’`, 2);
  };
  const [start = '', ...ends] = text.split(',');
  const [end] = ends;
  if (!/^\d/.test(start))
    throw new ToolError(`invalid number at field start: invalid count at start of ‘${text}’`, 2);
  if (end !== undefined && !/^\d/.test(end))
    throw new ToolError(`invalid number after ',': invalid count at start of ‘${end}’`, 2);
  if (/^0+(?!\d)/.test(start) || /^0+(?!\d)/.test(end ?? '1'))
    refuse('field number is zero: invalid field specification');
  if (/^\d+\.0+(?!\d)/.test(start)) refuse('character offset is zero: invalid field specification');
  const match = /^(\d+)(?:\.\d+)?([bdfghinMRrV]*)(?:,(\d+)(?:\.\d+)?([bdfghinMRrV]*))?$/.exec(text);
  if (match === null) return refuse('stray character in field spec: invalid field specification');
  const letters = (match[2] ?? '') + (match[4] ?? '');
  return {
    from: Number(match[1]),
    to: match[3] === undefined ? Number.POSITIVE_INFINITY : Number(match[3]),
    numeric: /[nghV]/.test(letters),
    reverse: letters.includes('r'),
  };
}

/** Compares as `sort -V` does: runs of digits by value. */
function byVersion(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const [x = '', y = ''] = [left[at], right[at]];
    const difference = /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) : x < y ? -1 : x > y ? 1 : 0;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function leadingNumber(text: string, human: boolean): number {
  const match = /^\s*(-?\d*\.?\d+)([KMGTP]?)/i.exec(text);
  if (match === null) return 0;
  const power = human ? 'KMGTP'.indexOf((match[2] ?? '').toUpperCase() || '?') + 1 : 0;
  return Number(match[1]) * 1024 ** power;
}

/** sort: lines in order, by keys. */
export const sort: Tool = async (context) => {
  const flags = gnuFlags(
    context,
    'n|numeric-sort r|reverse u|unique k:|key t:|field-separator f|ignore-case h|human-numeric-sort V|version-sort b s|stable o:|output c|check C g M R d z',
    { status: 2 },
  );
  const refuse = (why: string): never => {
    throw new ToolError(why, 2);
  };
  const separator = flags.value('t');
  const keys = flags.values('k').map(sortKey);
  if (separator === '') refuse('empty tab');
  if (separator !== undefined && [...separator].length > 1 && separator !== '\\0')
    refuse(`multi-character tab ‘${separator}’`);
  const checks = flags.has('c') ? 'c' : flags.has('C') ? 'C' : undefined;
  const kinds = ['M', 'R', 'V', 'g', 'h', 'n'].filter((kind) => flags.has(kind));
  if (kinds.length > 1) refuse(`options '-${kinds.slice().sort().join('')}' are incompatible`);
  if (checks !== undefined && flags.rest.length > 1)
    refuse(`extra operand '${flags.rest[1]}' not allowed with -${checks}`);
  const target = flags.value('o');
  // It writes nothing until it has read all, and stops at the first file that it cannot read.
  for (const name of flags.rest.filter((each) => each !== '-')) {
    const kind = context.machine.files.stat(context.path(name))?.kind;
    if (kind === 'directory') refuse(`read failed: ${name}: Is a directory`);
    if (kind === undefined && !context.path(name).startsWith('/dev/'))
      refuse(`cannot read: ${name}: No such file or directory`);
  }
  if (target !== undefined && context.machine.files.stat(context.path(target))?.kind === 'directory')
    refuse(`open failed: ${target}: Is a directory`);
  const { texts, failed } = await readFiles(context, flags.rest);
  const lines = texts.flatMap(({ text }) => linesOf(text));
  const fieldsOf = (line: string) =>
    separator === undefined ? (line.match(/\s*\S+/g) ?? []) : line.split(separator);
  const numeric = flags.has('n') || flags.has('h') || flags.has('g');
  const compare = (a: string, b: string, byNumber: boolean): number => {
    if (flags.has('V')) return byVersion(a, b);
    if (byNumber) return leadingNumber(a, flags.has('h')) - leadingNumber(b, flags.has('h'));
    const [x, y] = flags.has('f') ? [a.toUpperCase(), b.toUpperCase()] : [a, b];
    return x < y ? -1 : x > y ? 1 : 0;
  };
  const part = (line: string, key: SortKey) => {
    const text = fieldsOf(line)
      .slice(key.from - 1, key.to)
      .join(separator ?? '');
    return flags.has('b') || separator === undefined ? text.trimStart() : text;
  };
  const order = (a: string, b: string): number => {
    for (const key of keys) {
      const difference = compare(part(a, key), part(b, key), key.numeric || numeric);
      if (difference !== 0) return key.reverse || flags.has('r') ? -difference : difference;
    }
    if (keys.length > 0) return 0;
    const difference = compare(a, b, numeric);
    return flags.has('r') ? -difference : difference;
  };
  const last = (a: string, b: string) =>
    flags.has('s') || flags.has('u') ? 0 : (a < b ? -1 : a > b ? 1 : 0) * (flags.has('r') ? -1 : 1);
  let sorted = [...lines].sort((a, b) => order(a, b) || last(a, b));
  if (flags.has('u'))
    sorted = sorted.filter((line, index) => index === 0 || order(sorted[index - 1] ?? '', line) !== 0);
  if (checks !== undefined) {
    const at = lines.findIndex((line, index) => {
      const before = lines[index - 1];
      return before !== undefined && (order(before, line) || last(before, line)) > 0;
    });
    if (at < 0) return 0;
    if (checks === 'c')
      await context.err(`sort: ${flags.rest[0] ?? '-'}:${at + 1}: disorder: ${lines[at]}\n`);
    return 1;
  }
  const out = sorted.map((line) => `${line}\n`).join('');
  if (target === undefined) await context.out(out);
  else context.machine.files.write(context.path(target), out);
  return failed ? 2 : 0;
};
