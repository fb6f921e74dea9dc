import { ParseFailure } from './template-error';

/** What stands between `{{` and `}}`, and where. */
export interface Action {
  readonly action: true;
  readonly text: string;
  readonly at: number;
}

/** A word of an action, and where it stands. */
export interface Token {
  readonly text: string;
  readonly at: number;
}

/** Cuts a template into text and actions, minding `{{-` and `-}}`; comments are left out. */
export function cutTemplate(
  template: string,
): (Action | { readonly action: false; readonly text: string })[] {
  const pieces: (Action | { readonly action: false; readonly text: string })[] = [];
  let at = 0;
  let trim = false;
  while (at <= template.length) {
    const open = template.indexOf('{{', at);
    let text = template.slice(at, open < 0 ? undefined : open);
    if (trim) text = text.trimStart();
    if (open < 0) {
      if (text !== '') pieces.push({ action: false, text });
      return pieces;
    }
    const close = closeOf(template, open + 2);
    if (close < 0) throw new ParseFailure(template, open, 'unclosed action');
    let from = open + 2;
    let action = template.slice(from, close);
    if (/^-\s/.test(action)) {
      text = text.trimEnd();
      action = action.slice(1);
      from += 1;
    }
    trim = /\s-$/.test(action);
    if (trim) action = action.slice(0, -1);
    if (text !== '') pieces.push({ action: false, text });
    const start = from + action.length - action.trimStart().length;
    if (!/^\s*\/\*/.test(action)) pieces.push({ action: true, text: action.trim(), at: start });
    at = close + 2;
  }
  return pieces;
}

/** The `}}` that ends an action: not one inside quotes. */
function closeOf(template: string, from: number): number {
  if (/^-?\s*\/\*/.test(template.slice(from))) return template.indexOf('}}', template.indexOf('*/', from));
  for (let at = from; at < template.length; at += 1) {
    const char = template[at] ?? '';
    if (template.startsWith('}}', at)) return at;
    if (char === '"' || char === '`' || char === "'") {
      const end = quoteEnd(template, at);
      if (end < 0) return template.indexOf('}}', at);
      at = end;
    }
  }
  return -1;
}

function quoteEnd(template: string, open: number): number {
  const mark = template[open];
  for (let at = open + 1; at < template.length; at += 1) {
    if (template[at] === '\\' && mark !== '`') at += 1;
    else if (template[at] === mark) return at;
  }
  return -1;
}

const TOKEN =
  /\s*("(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])*'|:=|=|\||,|\(|\)|-?\d+(?:\.\d+)?|\$\w*(?:\.\w+)*|\.(?:\w+(?:\.\w+)*)?|[A-Za-z_]\w*)/y;

/** The words of an action. */
export function tokensOf(
  { text, at: from }: { readonly text: string; readonly at: number },
  template: string,
): Token[] {
  const out: Token[] = [];
  let at = 0;
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const word = match?.[1];
    if (word === undefined) {
      const odd = text.slice(at).trim().charAt(0);
      const code = (odd.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      const why =
        odd === '"' ? 'unterminated quoted string' : `unrecognized character in action: U+${code} '${odd}'`;
      throw new ParseFailure(template, from + at, why);
    }
    at = TOKEN.lastIndex;
    out.push({ text: word, at: from + at - word.length });
  }
  return out;
}
