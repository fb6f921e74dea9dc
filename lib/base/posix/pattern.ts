/** Escapes what a regular expression would take for syntax. */
export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Escapes what a shell pattern would take for syntax. */
export function escapePattern(text: string): string {
  return text.replace(/[\\*?[\]()|!@+]/g, '\\$&');
}

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
  cntrl: '\\x00-\\x1f\\x7f',
  print: '\\x20-\\x7e',
  graph: '\\x21-\\x7e',
};

/** The body of a bracket expression that starts at `[` in `text`, as a regular expression; undefined when it never closes. */
export function bracketSource(text: string, start: number): { source: string; end: number } | undefined {
  let at = start + 1;
  let body = '';
  const negated = text[at] === '!' || text[at] === '^';
  if (negated) at += 1;
  for (let first = true; at < text.length; first = false) {
    const char = text[at] ?? '';
    if (char === ']' && !first) return { source: `[${negated ? '^' : ''}${body}]`, end: at + 1 };
    const named = /^\[:(\w+):\]/.exec(text.slice(at));
    if (named !== null) {
      body += CLASSES[named[1] ?? ''] ?? '';
      at += named[0].length;
    } else if (char === '\\' && at + 1 < text.length) {
      body += `\\${text[at + 1]}`.replace(/\\([a-zA-Z0-9])/, '$1');
      at += 2;
    } else {
      body += char === '-' ? '-' : escapeRegExp(char);
      at += 1;
    }
  }
  return undefined;
}

/** Where the parenthesis opened before `start` closes. */
function closing(pattern: string, start: number): number {
  let depth = 1;
  for (let at = start; at < pattern.length; at += 1) {
    const char = pattern[at];
    if (char === '\\') at += 1;
    else if (char === '(') depth += 1;
    else if (char === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

function alternatives(body: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let current = '';
  for (let at = 0; at < body.length; at += 1) {
    const char = body[at] ?? '';
    if (char === '\\') {
      current += char + (body[at + 1] ?? '');
      at += 1;
    } else if (char === '|' && depth === 0) {
      found.push(current);
      current = '';
    } else {
      if (char === '(') depth += 1;
      if (char === ')') depth -= 1;
      current += char;
    }
  }
  return [...found, current];
}

/** How a pattern is turned into a regular expression. */
export interface PatternOptions {
  /** In file names "*" and "?" do not match "/". */
  readonly fileName?: boolean | undefined;
  /** For removal of the shortest match. */
  readonly lazy?: boolean | undefined;
}

/** The source of the regular expression for a shell pattern (unanchored). */
export function patternSource(pattern: string, options: PatternOptions = {}): string {
  const any = options.fileName === true ? '[^/]' : '[\\s\\S]';
  let source = '';
  for (let at = 0; at < pattern.length; ) {
    const char = pattern[at] ?? '';
    const extended = '?*+@!'.includes(char) && pattern[at + 1] === '(' ? closing(pattern, at + 2) : -1;
    if (extended >= 0) {
      const inner = alternatives(pattern.slice(at + 2, extended))
        .map((part) => patternSource(part, options))
        .join('|');
      if (char === '!') source += `(?:(?!(?:${inner})$)${any}*)`;
      else source += `(?:${inner})${char === '@' ? '' : char}`;
      at = extended + 1;
    } else if (char === '*') {
      source += `${any}*${options.lazy === true ? '?' : ''}`;
      while (pattern[at] === '*') at += 1;
    } else if (char === '?') {
      source += any;
      at += 1;
    } else if (char === '[') {
      const bracket = bracketSource(pattern, at);
      source += bracket?.source ?? '\\[';
      at = bracket?.end ?? at + 1;
    } else if (char === '\\' && at + 1 < pattern.length) {
      source += escapeRegExp(pattern[at + 1] ?? '');
      at += 2;
    } else {
      source += escapeRegExp(char);
      at += 1;
    }
  }
  return source;
}

/** Whether `text` as a whole matches the shell pattern. */
export function matchesPattern(pattern: string, text: string, ignoreCase = false): boolean {
  return new RegExp(`^(?:${patternSource(pattern)})$`, ignoreCase ? 'i' : '').test(text);
}
