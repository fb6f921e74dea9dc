import { decodeEscapes } from '../../base';
import { type Tool, ToolError } from '../process';
import { gnuFlags, helpHint } from './gnu-flags';

const SETS: Readonly<Record<string, string>> = {
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  digit: '0123456789',
  space: ' \t\n\v\f\r',
  blank: ' \t',
  punct: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
};

const CLASSES = /^(?:alnum|alpha|blank|cntrl|digit|graph|lower|print|punct|space|upper|xdigit)$/;

/** Refuses classes that are none, and ranges that end before they begin. */
function refuseSet(set: string): void {
  const wrong = [...set.matchAll(/\[:(\w*):\]/g)].find(([, name = '']) => !CLASSES.test(name));
  if (wrong !== undefined) throw new ToolError(`invalid character class ‘${wrong[1]}’`);
  const range = [...set.matchAll(/([A-Za-z0-9])-([A-Za-z0-9])/g)].find(([, from = '', to = '']) => from > to);
  if (range !== undefined)
    throw new ToolError(`range-endpoints of '${range[0]}' are in reverse collating sequence order`);
}

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

/** tr: characters for others. */
export const tr: Tool = async (context) => {
  const flags = gnuFlags(context, 'd|delete s|squeeze-repeats c|complement C t', {
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
  const extra = flags.rest[flags.has('d') && !flags.has('s') ? 1 : 2];
  if (extra !== undefined) {
    const why =
      flags.rest.length === 2
        ? '\nOnly one string may be given when deleting without squeezing repeats.'
        : '';
    throw new ToolError(`extra operand ‘${extra}’${why}${helpHint(context)}`);
  }
  if (second === undefined && flags.has('d') && flags.has('s'))
    throw new ToolError(
      `missing operand after ‘${first}’\nTwo strings must be given when both deleting and squeezing repeats.${helpHint(context)}`,
    );
  for (const set of [first, second ?? '']) refuseSet(set);
  if (second === '' && !flags.has('d') && !flags.has('t'))
    throw new ToolError('when not truncating set1, string2 must be non-empty');
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
