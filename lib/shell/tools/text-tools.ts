import { decodeEscapes } from '../../base';
import { base64 } from '../network-tools/base64';
import { type Tool, ToolError, utf8 } from '../process';
import { cut } from './cut';
import { gnuFlags, helpHint } from './gnu-flags';
import { eachLine, linesOf, readFiles } from './read-files';
import { sort } from './sort';
import { tr } from './tr';

const uniq: Tool = async (context) => {
  const flags = gnuFlags(context, 'c|count d|repeated u|unique i|ignore-case f: s: w:');
  const [, , extra] = flags.rest;
  if (extra !== undefined) throw new ToolError(`extra operand ‘${extra}’${helpHint(context)}`);
  for (const [flag, what] of [
    ['f', 'fields to skip'],
    ['s', 'bytes to skip'],
    ['w', 'bytes to compare'],
  ] as const) {
    const given = flags.value(flag);
    if (given !== undefined && !/^\d+$/.test(given))
      throw new ToolError(`${given}: invalid number of ${what}`);
  }
  let current: string | undefined;
  let count = 0;
  const key = (line: string) => {
    const skipped = line
      .replace(new RegExp(`^(?:\\s*\\S+){0,${Number(flags.value('f') ?? 0)}}`), '')
      .slice(Number(flags.value('s') ?? 0));
    return flags.has('i') ? skipped.toLowerCase() : skipped;
  };
  const flush = async () => {
    if (current === undefined) return;
    if (flags.has('d') && count < 2) return;
    if (flags.has('u') && count > 1) return;
    await context.out(`${flags.has('c') ? `${String(count).padStart(7)} ` : ''}${current}\n`);
  };
  const failed = await eachLine(context, flags.rest.slice(0, 1), async (line) => {
    if (current !== undefined && key(line) === key(current)) {
      count += 1;
      return true;
    }
    await flush();
    current = line;
    count = 1;
    return true;
  });
  await flush();
  return failed ? 1 : 0;
};

const wc: Tool = async (context) => {
  const flags = gnuFlags(context, 'l|lines w|words c|bytes m|chars L|max-line-length');
  const { files } = context.machine;
  const isDirectory = (name: string) => files.stat(context.path(name))?.kind === 'directory';
  const hasDirectory = flags.rest.some((name) => name !== '-' && isDirectory(name));
  const { texts: read, failed } = await readFiles(context, flags.rest);
  // A directory can be opened, if not read: it has a line of noughts.
  const texts =
    flags.rest.length === 0
      ? read
      : flags.rest.flatMap(
          (name) =>
            read.find((each) => each.name === name) ??
            (name !== '-' && isDirectory(name) ? [{ name, text: '' }] : []),
        );
  const all = flags.order.length === 0;
  const counts = texts.map(({ name, text }) => ({
    name,
    numbers: [
      all || flags.has('l') ? (text.match(/\n/g) ?? []).length : undefined,
      all || flags.has('w') ? (text.match(/\S+/g) ?? []).length : undefined,
      flags.has('m') ? [...text].length : undefined,
      all || flags.has('c') ? utf8(text).length : undefined,
      flags.has('L') ? Math.max(0, ...linesOf(text).map((line) => [...line].length)) : undefined,
    ].filter((number) => number !== undefined),
  }));
  if (flags.rest.length > 1) {
    const [first] = counts;
    const totals = (first?.numbers ?? []).map((_, index) =>
      counts.reduce((sum, count) => sum + (count.numbers[index] ?? 0), 0),
    );
    counts.push({ name: 'total', numbers: totals });
  }
  const plain = flags.rest.length === 0;
  const largest = Math.max(0, ...counts.flatMap(({ numbers }) => numbers));
  const single = counts.length === 1 && (counts[0]?.numbers.length ?? 0) === 1;
  const width = single && !hasDirectory ? 1 : plain || hasDirectory ? 7 : String(largest).length;
  for (const { name, numbers } of counts) {
    const shown = numbers.map((number) => String(number).padStart(width)).join(' ');
    await context.out(`${shown}${plain ? '' : ` ${name}`}\n`);
  }
  return failed ? 1 : 0;
};

function fromBase64(text: string): string | undefined {
  const clean = text.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(clean) || clean.length % 4 !== 0) return undefined;
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let bits = 0;
  let held = 0;
  let out = '';
  for (const char of clean.replace(/=+$/, '')) {
    held = (held << 6) | alphabet.indexOf(char);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += `%${((held >> bits) & 255).toString(16).padStart(2, '0')}`;
    held &= (1 << bits) - 1;
  }
  try {
    return decodeURIComponent(out);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    // Bytes that are no UTF-8 cannot be held as text; each shows as the replacement character.
    return out
      .replace(/%([0-7][0-9a-f])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      .replace(/%[0-9a-f]{2}/g, '\ufffd');
  }
}

/** The front of what is no base64 that is decoded all the same: whole bytes before the first wrong character. */
function soundPart(text: string): string {
  const [front = ''] =
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2,3})?/.exec(
      text.replace(/\n/g, ''),
    ) ?? [''];
  return front.padEnd(Math.ceil(front.length / 4) * 4, '=');
}

const base64Tool: Tool = async (context) => {
  const flags = gnuFlags(context, 'd|decode D w:|wrap i|ignore-garbage');
  const [named, extra] = flags.rest;
  if (extra !== undefined) throw new ToolError(`extra operand ‘${extra}’${helpHint(context)}`);
  const wrap = flags.value('w') ?? '76';
  if (!/^\d+$/.test(wrap)) throw new ToolError(`invalid wrap size: ‘${wrap}’`);
  if (named !== undefined && context.machine.files.stat(context.path(named))?.kind === 'directory')
    throw new ToolError('read error: Is a directory');
  const { texts, failed } = await readFiles(context, flags.rest);
  const [input] = texts;
  if (failed || input === undefined) return 1;
  if (flags.has('d') || flags.has('D')) {
    const given = flags.has('i') ? input.text.replace(/[^A-Za-z0-9+/=]/g, '') : input.text;
    const text = fromBase64(given);
    if (text !== undefined) {
      await context.out(text);
      return 0;
    }
    await context.out(fromBase64(soundPart(given)) ?? '');
    throw new ToolError('invalid input');
  }
  const width = Number(wrap);
  const encoded = base64(input.text);
  await context.out(
    width === 0 ? encoded : `${(encoded.match(new RegExp(`.{1,${width}}`, 'g')) ?? ['']).join('\n')}\n`,
  );
  return 0;
};

const tac: Tool = async (context) => {
  const { texts, failed } = await readFiles(context, context.args);
  for (const { text } of texts)
    await context.out(
      linesOf(text)
        .reverse()
        .map((line) => `${line}\n`)
        .join(''),
    );
  return failed ? 1 : 0;
};

const rev: Tool = async (context) => {
  const failed = await eachLine(context, context.args, async (line) => {
    await context.out(`${[...line].reverse().join('')}\n`);
    return true;
  });
  return failed ? 1 : 0;
};

const paste: Tool = async (context) => {
  const flags = gnuFlags(context, 's|serial d:|delimiters');
  const delimiter = decodeEscapes(flags.value('d') ?? '\t', false).text;
  // `paste - -` deals out the lines of standard input.
  const shares = flags.rest.filter((name) => name === '-').length;
  const { texts } = await readFiles(
    context,
    flags.rest.filter((name, at) => name !== '-' || flags.rest.indexOf('-') === at),
  );
  const columns = texts.flatMap(({ name, text }) => {
    const lines = linesOf(text);
    if (name !== '-' || shares < 2) return [lines];
    return Array.from({ length: shares }, (_, share) => lines.filter((_line, at) => at % shares === share));
  });
  if (flags.has('s')) await context.out(columns.map((lines) => `${lines.join(delimiter)}\n`).join(''));
  else {
    const rows = Math.max(0, ...columns.map((lines) => lines.length));
    for (let row = 0; row < rows; row += 1)
      await context.out(`${columns.map((lines) => lines[row] ?? '').join(delimiter)}\n`);
  }
  return 0;
};

const TAB = 8;

/** Lines side by side, filled downwards, with tabs between: `column` without -t. */
function inTabbedColumns(lines: readonly string[], width: number): string {
  const cell = (Math.floor(Math.max(0, ...lines.map((line) => line.length)) / TAB) + 1) * TAB;
  const count = Math.max(1, Math.floor(width / cell));
  const rows = Math.ceil(lines.length / count);
  let out = '';
  for (let row = 0; row < rows; row += 1) {
    const shown = lines.filter((_, at) => at % rows === row);
    out += shown
      .map((line, at) =>
        at === shown.length - 1 ? line : line + '\t'.repeat(Math.ceil((cell - line.length) / TAB)),
      )
      .join('');
    out += '\n';
  }
  return out;
}

const column: Tool = async (context) => {
  const flags = gnuFlags(context, 't|table s:|separator o:|output-separator N:');
  const { texts } = await readFiles(context, flags.rest);
  const lines = texts.flatMap(({ text }) => linesOf(text)).filter((line) => line.trim() !== '');
  if (!flags.has('t')) {
    await context.out(inTabbedColumns(lines, context.size.columns));
    return 0;
  }
  const separator = flags.value('s');
  const rows = lines.map((line) =>
    separator === undefined ? line.trim().split(/\s+/) : line.split(separator),
  );
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  const gap = flags.value('o') ?? '  ';
  const shown = rows.map((row) =>
    row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join(gap),
  );
  await context.out(shown.map((line) => `${line}\n`).join(''));
  return 0;
};

/** Tools that turn text into text. */
export const textTools: Readonly<Record<string, Tool>> = {
  cut,
  sort,
  uniq,
  tr,
  wc,
  base64: base64Tool,
  tac,
  rev,
  paste,
  column,
};
