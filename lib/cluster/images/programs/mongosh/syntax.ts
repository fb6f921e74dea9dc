import { type Program, parse } from 'acorn';
import { ScriptError } from './native-members';

/** What parsing a text came to: a program, the wish for more lines, or a refusal. */
export type Parsed =
  | { readonly kind: 'program'; readonly program: Program; readonly source: string }
  | { readonly kind: 'more' }
  | { readonly kind: 'wrong'; readonly error: ScriptError };

/** Reads a line; one that begins with a brace may be an object. */
export function readSyntax(text: string): Parsed {
  const object = /^\s*\{/.test(text) && !/;\s*$/.test(text) ? tryParse(`(${text.trim()}\n)`) : undefined;
  if (object !== undefined && 'program' in object) return { kind: 'program', ...object };
  const found = tryParse(text);
  if ('program' in found) return { kind: 'program', ...found };
  const { message, pos } = found;
  if (isUnfinished(text, message, pos)) return { kind: 'more' };
  return { kind: 'wrong', error: new ScriptError('SyntaxError', inBabelsWords(text, message, pos)) };
}

type Tried =
  | { readonly program: Program; readonly source: string }
  | { readonly message: string; readonly pos: number };

function tryParse(source: string): Tried {
  try {
    const program = parse(source, {
      ecmaVersion: 'latest',
      allowAwaitOutsideFunction: true,
      allowReturnOutsideFunction: false,
    });
    return { program, source };
  } catch (error) {
    if (error instanceof SyntaxError && 'pos' in error && typeof error.pos === 'number')
      return { message: error.message.replace(/ \(\d+:\d+\)$/, ''), pos: error.pos };
    throw error;
  }
}

function isUnfinished(text: string, message: string, pos: number): boolean {
  if (message === 'Unterminated template' || message === 'Unterminated comment') return true;
  if (message.startsWith('Unterminated string')) return text.slice(pos).includes('\\\n');
  return message === 'Unexpected token' && pos >= text.trimEnd().length;
}

/** Babel, which mongosh reads lines with, says what it missed; with the place in the source. */
function inBabelsWords(text: string, message: string, pos: number): string {
  const before = text.slice(0, pos).trimEnd();
  const endsValue = /[\w$)\]}"'`]$/.test(before);
  const open = innermostOpen(before);
  if (message === 'Unexpected token' && endsValue && open === undefined)
    return framed(text, 'Missing semicolon.', before.length);
  if (message === 'Unexpected token' && endsValue) return framed(text, 'Unexpected token, expected ","', pos);
  if (message.startsWith('Unterminated string')) return framed(text, 'Unterminated string constant.', pos);
  return framed(text, message, pos);
}

function innermostOpen(text: string): string | undefined {
  const open: string[] = [];
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (quote !== '') {
      if (char === '\\') at += 1;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'" || char === '`') quote = char;
    else if ('([{'.includes(char)) open.push(char);
    else if (')]}'.includes(char)) open.pop();
  }
  return open.at(-1);
}

const BEFORE = 2;
const AFTER = 3;

/** The message with its place, and the lines around it. */
function framed(text: string, message: string, pos: number): string {
  const lines = text.split('\n');
  const line = text.slice(0, pos).split('\n').length;
  const column = pos - (text.lastIndexOf('\n', pos - 1) + 1);
  const all = lines.at(-1) === '' ? lines : [...lines, ''];
  const first = Math.max(1, line - BEFORE);
  const last = Math.min(all.length, line + AFTER);
  const width = String(last).length;
  const frame: string[] = [];
  for (let at = first; at <= last; at += 1) {
    const content = all[at - 1] ?? '';
    const number = String(at).padStart(width);
    frame.push(`${at === line ? '>' : ' '} ${number} |${content === '' ? '' : ` ${content}`}`);
    if (at === line) frame.push(`  ${' '.repeat(width)} | ${' '.repeat(column)}^`);
  }
  return `${message} (${line}:${column})\n\n${frame.join('\n')}`;
}
