import { ToolError } from '../tool-error';
import { type Address, everyCommand, type SedCommand } from './program';
import { SedSource } from './source';

const PLAIN = 'dDpPnNgGhHxl=';
/** GNU sed finds jumps without a label only once it has read the whole script, and ends otherwise. */
const NO_LABEL = 4;
const EXTRA = 'extra characters after command';

/** A sed script's commands; throws `ToolError` in GNU sed's words. */
export function parseSed(source: string, isExtended: boolean): readonly SedCommand[] {
  const commands = commandsOf(new SedSource(source, isExtended), false);
  const every = everyCommand(commands);
  for (const { name, text } of every) {
    if (!'btT'.includes(name) || text === '' || every.some((each) => each.name === ':' && each.text === text))
      continue;
    throw new ToolError(`can't find label for jump to \`${text}'`, NO_LABEL);
  }
  return commands;
}

function commandsOf(source: SedSource, isInBlock: boolean): readonly SedCommand[] {
  const found: SedCommand[] = [];
  for (;;) {
    source.skip(/[\s;]/);
    if (source.peek() === '') {
      if (isInBlock) source.fail("unmatched `{'", 0);
      return found;
    }
    if (source.peek() === '}') {
      source.take();
      if (!isInBlock) source.fail("unexpected `}'");
      source.end(EXTRA);
      return found;
    }
    if (source.peek() === '#') source.until('\n');
    else found.push(commandOf(source));
  }
}

function commandOf(source: SedSource): SedCommand {
  const from = addressOf(source);
  source.skip(/ /);
  const to = from !== undefined && source.peek() === ',' ? lastAddressOf(source) : undefined;
  const isZero = from?.kind === 'line' && from.number === 0;
  if (isZero && to?.kind !== 'match') source.fail('invalid usage of line address 0', source.at + 1);
  source.skip(/ /);
  const negated = source.peek() === '!';
  if (negated) source.take();
  source.skip(/ /);
  if (source.peek() === '!') source.fail("multiple `!'s", source.at + 1);
  const name = source.take();
  const base = { from, to, negated, name, text: '', shape: undefined, replacement: '', flags: '', block: [] };
  if (name === '') return source.fail('missing command');
  if (name === '{') return { ...base, block: commandsOf(source, true) };
  if (name === 's') return { ...base, ...substitution(source) };
  if (name === 'y') return { ...base, ...transliteration(source) };
  if ('aic'.includes(name)) return { ...base, text: addedText(source) };
  if (name === ':' && from !== undefined) source.fail(": doesn't want any addresses");
  if ('btT:rw'.includes(name)) return { ...base, text: wordOf(source, name) };
  if ('qQ'.includes(name)) {
    const text = source.match(/^\s*\d*/)?.[0].trim() ?? '';
    source.end(EXTRA);
    return { ...base, text };
  }
  if (!PLAIN.includes(name)) source.fail(`unknown command: \`${name}'`);
  source.end(EXTRA);
  return base;
}

function lastAddressOf(source: SedSource): Address {
  source.take();
  source.skip(/ /);
  const more = source.match(/^([+~])(\d+)/);
  if (more !== undefined)
    return more[1] === '+'
      ? { kind: 'more', count: Number(more[2]) }
      : { kind: 'multiple', of: Number(more[2]) };
  return addressOf(source) ?? source.fail("unexpected `,'", source.at + 1);
}

function addressOf(source: SedSource): Address | undefined {
  const number = source.match(/^(\d+)(?:~(\d+))?/);
  if (number !== undefined)
    return number[2] === undefined
      ? { kind: 'line', number: Number(number[1]) }
      : { kind: 'step', first: Number(number[1]), step: Number(number[2]) };
  if (source.peek() === '$') {
    source.take();
    return { kind: 'last' };
  }
  if (source.peek() !== '/' && source.peek() !== '\\') return undefined;
  const delimiter = source.take() === '/' ? '/' : source.take();
  const text = source.delimited(delimiter, 'unterminated address regex');
  const flags = source.match(/^[IM]*/)?.[0].toLowerCase() ?? '';
  return { kind: 'match', shape: source.shape(text, flags) };
}

function substitution(source: SedSource): Partial<SedCommand> {
  const delimiter = source.take();
  const text = source.delimited(delimiter, "unterminated `s' command");
  const replacement = source.delimited(delimiter, "unterminated `s' command");
  const start = source.at;
  const flags = source.match(/^[gpiImMe0-9]*/)?.[0] ?? '';
  for (const flag of 'gp') {
    const again = flags.indexOf(flag, flags.indexOf(flag) + 1);
    if (again > 0) source.fail(`multiple \`${flag}' options to \`s' command`, start + again + 1);
  }
  const zero = /(?<!\d)0/.exec(flags);
  if (zero !== null) source.fail("number option to `s' command may not be zero", start + zero.index + 1);
  if (source.peek() === 'w') {
    source.take();
    const file = wordOf(source, 'w');
    return {
      shape: source.shape(text, `g${regExpFlags(flags)}`),
      replacement,
      flags: `${flags}w`,
      text: file,
    };
  }
  source.end("unknown option to `s'");
  const shape = source.shape(text, `g${regExpFlags(flags)}`);
  const groups = shape === undefined ? 9 : (new RegExp(`${shape.source}|`).exec('')?.length ?? 1) - 1;
  for (const [, digit] of replacement.matchAll(/\\(?:([1-9])|.)/gs))
    if (Number(digit ?? 0) > groups) source.fail(`invalid reference \\${digit} on \`s' command's RHS`);
  return { shape, replacement, flags };
}

const regExpFlags = (flags: string): string =>
  `${/[iI]/.test(flags) ? 'i' : ''}${/[mM]/.test(flags) ? 'm' : ''}`;

function transliteration(source: SedSource): Partial<SedCommand> {
  const delimiter = source.take();
  const plain = (text: string) =>
    text.replace(/\\(.)/gs, (_, char: string) => (char === 'n' ? '\n' : char === '\\' ? '\\' : `\\${char}`));
  const text = plain(source.delimited(delimiter, "unterminated `y' command"));
  const replacement = plain(source.delimited(delimiter, "unterminated `y' command"));
  if ([...text].length !== [...replacement].length)
    source.fail("strings for `y' command are different lengths");
  source.end(EXTRA);
  return { text, replacement };
}

/** The text after a, i or c, on the same line or, as POSIX has it, after a backslash on the next. */
function addedText(source: SedSource): string {
  source.skip(/[ \t]/);
  if (source.peek() === '') source.fail("expected \\ after `a', `c' or `i'");
  if (source.peek() === '\\') {
    source.take();
    source.skip(/[ \t]/);
    if (source.peek() === '\n') source.take();
  }
  let text = source.until('\n');
  while (text.endsWith('\\') && source.peek() === '\n')
    text = `${text.slice(0, -1)}${source.take()}${source.until('\n')}`;
  return text.replace(/\\(.)/g, '$1');
}

/** A label, or a file's name, which goes to the end of the line. */
function wordOf(source: SedSource, command: string): string {
  source.skip(/[ \t]/);
  const isFile = 'rw'.includes(command);
  const text = (isFile ? source.until('\n') : (source.match(/^[^;\n}]*/)?.[0] ?? '')).trim();
  if (text === '' && isFile) source.fail('missing filename in r/R/w/W commands');
  if (text === '' && command === ':') source.fail('":" lacks a label');
  return text;
}
