import { md5Hex, sha1Hex } from '../../base';
import { parseFlags, type Tool, utf8 } from '../process';
import { gnuFlags } from './gnu-flags';
import { readFiles } from './read-files';

/** Bytes on one line of a dump. */
const ROW = 16;

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');
const visible = (byte: number): string => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.');

/** The bytes of all inputs, in rows. */
async function rowsOf(
  context: Parameters<Tool>[0],
  names: readonly string[],
): Promise<{
  readonly rows: readonly (readonly number[])[];
  readonly size: number;
  readonly failed: boolean;
}> {
  const { texts, failed } = await readFiles(context, names);
  const bytes = texts.flatMap(({ text }) => [...utf8(text)]);
  const rows = Array.from({ length: Math.ceil(bytes.length / ROW) }, (_, at) =>
    bytes.slice(at * ROW, (at + 1) * ROW),
  );
  return { rows, size: bytes.length, failed };
}

const xxd: Tool = async (context) => {
  const { rows, failed } = await rowsOf(context, parseFlags(context.args, 'p l: c: g: u').rest);
  for (const [at, row] of rows.entries()) {
    const pairs = row.map((byte, place) => hex(byte, 2) + (place % 2 === 1 ? ' ' : '')).join('');
    await context.out(`${hex(at * ROW, 8)}: ${pairs.padEnd(40)} ${row.map(visible).join('')}\n`);
  }
  return failed ? 1 : 0;
};

const hexdump: Tool = async (context) => {
  const { rows, size, failed } = await rowsOf(context, gnuFlags(context, 'C n: v').rest);
  for (const [at, row] of rows.entries()) {
    const cells = row.map((byte, place) => (place === 8 ? ' ' : '') + hex(byte, 2)).join(' ');
    await context.out(`${hex(at * ROW, 8)}  ${cells.padEnd(48)}  |${row.map(visible).join('')}|\n`);
  }
  if (size > 0) await context.out(`${hex(size, 8)}\n`);
  return failed ? 1 : 0;
};

const ESCAPES: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
};

const od: Tool = async (context) => {
  const flags = gnuFlags(context, 'c x A: t: n N: v');
  const { rows, size, failed } = await rowsOf(context, flags.rest);
  const chars = flags.has('c') || flags.value('t')?.startsWith('c') === true;
  const bare = flags.value('A') === 'n';
  const cell = (byte: number) =>
    chars
      ? (
          ESCAPES[byte] ??
          (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'))
        ).padStart(4)
      : ` ${flags.value('t')?.startsWith('x') === true ? hex(byte, 2) : byte.toString(8).padStart(3, '0')}`;
  for (const [at, row] of rows.entries())
    await context.out(`${bare ? '' : (at * ROW).toString(8).padStart(7, '0')}${row.map(cell).join('')}\n`);
  if (!bare) await context.out(`${size.toString(8).padStart(7, '0')}\n`);
  return failed ? 1 : 0;
};

/** A digest tool: sums, and `-c`, which checks those of a list. */
export const digest =
  (sum: (text: string) => string): Tool =>
  async (context) => {
    const flags = gnuFlags(context, 'b|binary t|text c|check quiet status');
    const { texts, failed } = await readFiles(context, flags.rest);
    if (!flags.has('c')) {
      for (const { name, text } of texts) await context.out(`${sum(text)}  ${name}\n`);
      return failed ? 1 : 0;
    }
    let wrong = 0;
    for (const line of texts.flatMap(({ text }) => text.split('\n'))) {
      const match = /^([0-9a-f]+) [ *](.+)$/.exec(line);
      if (match === null) continue;
      const [, wanted = '', name = ''] = match;
      const { texts: found } = await readFiles(context, [name]);
      const good = found[0] !== undefined && sum(found[0].text) === wanted;
      if (!good) wrong += 1;
      if (!flags.has('status') && !(good && flags.has('quiet')))
        await context.out(
          `${name}: ${good ? 'OK' : found[0] === undefined ? 'FAILED open or read' : 'FAILED'}\n`,
        );
    }
    if (wrong > 0)
      await context.err(
        `${context.name}: WARNING: ${wrong} computed checksum${wrong === 1 ? '' : 's'} did NOT match\n`,
      );
    return failed || wrong > 0 ? 1 : 0;
  };

/** Tools about bytes. */
export const byteTools: Readonly<Record<string, Tool>> = {
  xxd,
  hexdump,
  od,
  md5sum: digest(md5Hex),
  sha1sum: digest(sha1Hex),
};
