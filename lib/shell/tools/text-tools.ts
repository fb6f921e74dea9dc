import { decodeEscapes } from '../../base';
import { base64 } from '../network-tools/base64';
import { parseFlags, type Tool, ToolError, utf8 } from '../process';
import { eachLine, linesOf, readFiles } from './read-files';

/** The positions that "1,3-5,7-" selects, as a test of a 1-based number. */
function selection(list: string): (position: number) => boolean {
  const ranges = list.split(',').map((part) => {
    const match = /^(\d*)(-?)(\d*)$/.exec(part);
    if (match === null || part === '-' || part === '') throw new ToolError(`invalid field value '${part}'`);
    const from = match[1] === '' ? 1 : Number(match[1]);
    const to = match[2] === '' ? from : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3]);
    if (from === 0) throw new ToolError("fields are numbered from 1\nTry 'cut --help' for more information.");
    return [from, to] as const;
  });
  return (position) => ranges.some(([from, to]) => position >= from && position <= to);
}

const cut: Tool = async (context) => {
  const flags = parseFlags(
    context.args,
    'd:|delimiter f:|fields c:|characters b:|bytes s|only-delimited complement output-delimiter:',
  );
  const delimiter = flags.value('d') ?? '\t';
  const list = flags.value('f') ?? flags.value('c') ?? flags.value('b');
  if (list === undefined) {
    throw new ToolError(
      "you must specify a list of bytes, characters, or fields\nTry 'cut --help' for more information.",
    );
  }
  const chosen = selection(list);
  const wanted = (position: number) => chosen(position) !== flags.has('complement');
  const joiner = flags.value('output-delimiter') ?? (flags.has('f') ? delimiter : '');
  const failed = await eachLine(context, flags.rest, async (line) => {
    if (!flags.has('f')) {
      await context.out(`${[...line].filter((_, index) => wanted(index + 1)).join(joiner)}\n`);
      return true;
    }
    if (!line.includes(delimiter)) {
      if (!flags.has('s')) await context.out(`${line}\n`);
      return true;
    }
    await context.out(
      `${line
        .split(delimiter)
        .filter((_, index) => wanted(index + 1))
        .join(joiner)}\n`,
    );
    return true;
  });
  return failed ? 1 : 0;
};

interface SortKey {
  readonly from: number;
  readonly to: number;
  readonly numeric: boolean;
  readonly reverse: boolean;
}

function sortKey(text: string): SortKey {
  const match = /^(\d+)(?:\.\d+)?([a-zA-Z]*)(?:,(\d+)(?:\.\d+)?([a-zA-Z]*))?$/.exec(text);
  if (match === null)
    throw new ToolError(`invalid number at field start: invalid count at start of ‘${text}’`, 2);
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

const sort: Tool = async (context) => {
  const flags = parseFlags(
    context.args,
    'n|numeric-sort r|reverse u|unique k:|key t:|field-separator f|ignore-case h|human-numeric-sort V|version-sort b s|stable o:|output c g M R d z',
    { status: 2 },
  );
  const { texts, failed } = await readFiles(context, flags.rest);
  const lines = texts.flatMap(({ text }) => linesOf(text));
  const separator = flags.value('t');
  const keys = flags.values('k').map(sortKey);
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
  if (flags.has('c')) {
    const at = lines.findIndex((line, index) => {
      const before = lines[index - 1];
      return before !== undefined && (order(before, line) || last(before, line)) > 0;
    });
    if (at < 0) return 0;
    await context.err(`sort: ${flags.rest[0] ?? '-'}:${at + 1}: disorder: ${lines[at]}\n`);
    return 1;
  }
  const out = sorted.map((line) => `${line}\n`).join('');
  const target = flags.value('o');
  if (target === undefined) await context.out(out);
  else context.machine.files.write(context.path(target), out);
  return failed ? 2 : 0;
};

const uniq: Tool = async (context) => {
  const flags = parseFlags(context.args, 'c|count d|repeated u|unique i|ignore-case f: s: w:');
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

const SETS: Readonly<Record<string, string>> = {
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  digit: '0123456789',
  space: ' \t\n\v\f\r',
  blank: ' \t',
  punct: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
};

function characterSet(source: string): readonly string[] {
  const text = decodeEscapes(
    source.replace(/\[:(\w+):\]/g, (whole, name: string) => {
      if (name === 'alpha') return `${SETS.upper}${SETS.lower}`;
      if (name === 'alnum') return `${SETS.digit}${SETS.upper}${SETS.lower}`;
      return (SETS[name] ?? whole).replace(/[\\-]/g, '\\$&');
    }),
    false,
  ).text;
  const chars = [...text];
  const out: string[] = [];
  for (let at = 0; at < chars.length; at += 1) {
    const [from, dash, to] = [chars[at] ?? '', chars[at + 1], chars[at + 2]];
    if (dash === '-' && to !== undefined && from < to) {
      for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code += 1)
        out.push(String.fromCharCode(code));
      at += 2;
    } else out.push(from);
  }
  return out;
}

const tr: Tool = async (context) => {
  const flags = parseFlags(context.args, 'd|delete s|squeeze-repeats c|complement C t', {
    stopAtFirst: true,
  });
  const [first, second] = flags.rest;
  if (first === undefined) throw new ToolError("missing operand\nTry 'tr --help' for more information.");
  if (second === undefined && !flags.has('d') && !flags.has('s')) {
    throw new ToolError(
      `missing operand after ‘${first}’\nTwo strings must be given when translating.\nTry 'tr --help' for more information.`,
    );
  }
  const complement = flags.has('c') || flags.has('C');
  const from = characterSet(first);
  const to = second === undefined ? [] : characterSet(second);
  const known = new Set(from);
  const inFirst = (char: string) => known.has(char) !== complement;
  const places = new Map<string, string>();
  from.forEach((char, index) => {
    if (!places.has(char)) places.set(char, to[Math.min(index, to.length - 1)] ?? char);
  });
  const squeeze = new Set(second === undefined ? from : to);
  let before = '';
  for (let text = await context.stdin.read(); text !== undefined; text = await context.stdin.read()) {
    let out = '';
    for (const char of text) {
      let next = char;
      if (flags.has('d')) {
        if (inFirst(char)) continue;
      } else if (second !== undefined && inFirst(char))
        next = complement ? (to[to.length - 1] ?? char) : (places.get(char) ?? char);
      const squeezes = flags.has('s') && (second === undefined ? inFirst(next) : squeeze.has(next));
      if (squeezes && next === before) continue;
      out += next;
      before = next;
    }
    await context.out(out);
  }
  return 0;
};

const wc: Tool = async (context) => {
  const flags = parseFlags(context.args, 'l|lines w|words c|bytes m|chars L|max-line-length');
  const { texts, failed } = await readFiles(context, flags.rest);
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
  if (counts.length > 1) {
    const [first] = counts;
    const totals = (first?.numbers ?? []).map((_, index) =>
      counts.reduce((sum, count) => sum + (count.numbers[index] ?? 0), 0),
    );
    counts.push({ name: 'total', numbers: totals });
  }
  const plain = flags.rest.length === 0;
  const largest = Math.max(0, ...counts.flatMap(({ numbers }) => numbers));
  const single = counts.length === 1 && (counts[0]?.numbers.length ?? 0) === 1;
  const width = single ? 1 : plain ? 7 : String(largest).length;
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

const base64Tool: Tool = async (context) => {
  const flags = parseFlags(context.args, 'd|decode D w:|wrap i|ignore-garbage');
  const { texts, failed } = await readFiles(context, flags.rest.slice(0, 1));
  const [input] = texts;
  if (failed || input === undefined) return 1;
  if (flags.has('d') || flags.has('D')) {
    const text = fromBase64(input.text);
    if (text === undefined) throw new ToolError('invalid input');
    await context.out(text);
    return 0;
  }
  const width = Number(flags.value('w') ?? 76);
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
  const flags = parseFlags(context.args, 's|serial d:|delimiters');
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
  const flags = parseFlags(context.args, 't|table s:|separator o:|output-separator N:');
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
