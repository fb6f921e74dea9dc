import { type ParseError, parse, type Statement } from 'unbash';
import type { Program } from './shell';

/** What became of a text: a program, a wish for more lines, or a mistake in bash's words. */
export type Parsed =
  | { readonly kind: 'program'; readonly program: Program }
  | { readonly kind: 'incomplete'; readonly message: string; readonly line: number }
  | {
      readonly kind: 'error';
      readonly message: string;
      readonly line: number;
      readonly status: number;
      /** The line itself is not shown. */
      readonly alone?: true;
    };

const MEMORY = 200;
const parsedTexts = new Map<string, Parsed>();

function lineOf(text: string, at: number): number {
  let line = 1;
  for (let i = 0; i < at && i < text.length; i += 1) if (text[i] === '\n') line += 1;
  return line;
}

/** The token at a place, as bash names it in "unexpected token". */
function tokenAt(text: string, at: number): string {
  const rest = text.slice(at).replace(/^[ \t]+/, '');
  if (rest === '' || rest.startsWith('\n')) return 'newline';
  const operator = /^(;;&|;&|;;|&&|\|\||\|&|&>>|&>|<<<|<<-|<<|<&|>&|>>|>\||<>|[;&|()<>])/.exec(rest)?.[1];
  return operator ?? /^[^\s;&|()<>]+/.exec(rest)?.[0] ?? rest.slice(0, 1);
}

const QUOTES: readonly (readonly [RegExp, string])[] = [
  [/double quote/, '"'],
  [/single quote/, "'"],
  [/backtick/, '`'],
  [/command substitution/, ')'],
  [/arithmetic/, ')'],
  [/parameter expansion|brace expansion/, '}'],
  [/process substitution/, ')'],
  [/extended glob/, ')'],
  [/array subscript/, ']'],
];

/** A word that ends what has not begun: `done` where no `do` was, `}` right after `{`, `()` without a name. */
function earlyEnd(text: string, { message, pos }: ParseError): Parsed | undefined {
  if (message === "expected 'do'") {
    const found = /(?:^|[;\n]\s*)(?=(?:done|fi|esac|then|else|elif)\b|\})/g;
    for (let match = found.exec(text); match !== null && match.index < pos; match = found.exec(text)) {
      const at = match.index + match[0].length;
      if (/\b(?:while|until|for|select)\b/.test(text.slice(0, at))) return near(text, at);
      found.lastIndex = at + 1;
    }
  }
  if (message === 'expected command in brace group') {
    const at = text.indexOf('}', pos);
    if (at >= 0) return near(text, at);
  }
  const isNameless = message === "unexpected token ')'" && /\bfunction\s*\($/.test(text.slice(0, pos));
  return isNameless ? near(text, pos - 1) : undefined;
}

/** What bash says of a `[[ … ]]` that is none. */
function conditionMistake(text: string, { message, pos }: ParseError): Parsed | undefined {
  const from = text.lastIndexOf('[[', pos);
  if (from < 0 || !/\]\]|test/.test(message)) {
    const isOperator =
      from >= 0 && /^\[\[\s+\S+\s+$/.test(text.slice(from, pos)) && /^unexpected token/.test(message);
    return isOperator ? mistaken(text, pos, 'conditional binary operator expected') : undefined;
  }
  const body = text
    .slice(from + 2, Math.max(pos, from + 2))
    .replace(/\]\]\s*$/, '')
    .trim();
  if (!text.slice(from).includes(']]')) return undefined;
  if (/unary/.test(message))
    return mistaken(text, pos, "unexpected argument `]]' to conditional unary operator");
  if (/group/.test(message)) return mistaken(text, pos, "unexpected token `]]', expected `)'");
  if (/(?:==?|!=|=~|[<>]|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef))$/.test(body))
    return mistaken(text, pos, "unexpected argument `]]' to conditional binary operator");
  return undefined;
}

function mistaken(text: string, at: number, message: string): Parsed {
  return { kind: 'error', message, line: lineOf(text, at), status: 2, alone: true };
}

function judge(text: string, error: ParseError): Parsed {
  const { message } = error;
  const early = earlyEnd(text, error) ?? conditionMistake(text, error);
  if (early !== undefined) return early;
  const atEnd = text.slice(error.pos).trim() === '';
  if (/^unterminated/.test(message)) {
    const quote = QUOTES.find(([shape]) => shape.test(message))?.[1] ?? "'";
    // A substitution is read to the very end before it is missed.
    const line = message.includes('command substitution')
      ? lineOf(text.trimEnd(), text.length) + 1
      : lineOf(text, error.pos);
    return { kind: 'incomplete', message: `unexpected EOF while looking for matching \`${quote}'`, line };
  }
  if (/redirect target/.test(message) || (/^unexpected token/.test(message) && !atEnd)) {
    return near(text, error.pos);
  }
  if (atEnd) {
    return {
      kind: 'incomplete',
      message: 'syntax error: unexpected end of file',
      line: lineOf(text.trimEnd(), text.length) + 1,
    };
  }
  return near(text, error.pos);
}

function near(text: string, at: number): Parsed {
  const message = `syntax error near unexpected token \`${tokenAt(text, at)}'`;
  return { kind: 'error', message, line: lineOf(text, at), status: 2 };
}

/** Whether the text ends inside a here-document or after a line continuation. */
function openEnd(text: string, statements: readonly Statement[]): boolean {
  if (/(^|[^\\])(\\\\)*\\\n?$/.test(text)) return true;
  const last = statements[statements.length - 1];
  return last !== undefined && /<</.test(text.slice(last.pos)) && hasOpenHereDoc(last);
}

function hasOpenHereDoc(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some(hasOpenHereDoc);
  if ('type' in node && node.type === 'HereDoc') return !('closing' in node) || node.closing === undefined;
  if ('type' in node && node.type === 'Word') return false;
  return Object.values(node).some(hasOpenHereDoc);
}

/** Parses a text as bash; the same text is parsed once. */
export function parseScript(text: string): Parsed {
  const known = parsedTexts.get(text);
  if (known !== undefined) return known;
  const script = parse(text);
  const first = [...(script.errors ?? [])].sort((a, b) => a.pos - b.pos)[0];
  let parsed: Parsed;
  if (first !== undefined) parsed = judge(text, first);
  else if (openEnd(text, script.commands)) {
    parsed = { kind: 'incomplete', message: '', line: lineOf(text.trimEnd(), text.length) + 1 };
  } else parsed = { kind: 'program', program: { source: text, script } };
  if (parsedTexts.size >= MEMORY) parsedTexts.clear();
  parsedTexts.set(text, parsed);
  return parsed;
}

/** Parses what there is, an open here-document or final backslash being closed by the end of input. */
export function parseToEnd(text: string): Parsed {
  const parsed = parseScript(text);
  if (parsed.kind !== 'incomplete' || parsed.message !== '') return parsed;
  return { kind: 'program', program: { source: text, script: parse(text) } };
}
