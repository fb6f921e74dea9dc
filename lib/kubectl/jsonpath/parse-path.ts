/** One step of a JSONPath. */
export type PathNode =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'identifier'; readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'recursive' }
  | { readonly kind: 'array'; readonly params: readonly (SliceParam | undefined)[] }
  | { readonly kind: 'union'; readonly members: readonly (readonly PathNode[])[] }
  | {
      readonly kind: 'filter';
      readonly left: readonly PathNode[];
      readonly right: readonly PathNode[];
      readonly operator: string;
    }
  | { readonly kind: 'list'; readonly nodes: readonly PathNode[] };

/** One number of `[a:b:c]`; derived when `[a]` stands for `[a:a+1]`. */
export interface SliceParam {
  readonly value: number;
  readonly derived: boolean;
}

/** A template that cannot be read; the message is client-go's. */
export class PathSyntaxError extends Error {}

const isTerminator = (char: string) => char === '' || /[\s.,[\]$@{}]/.test(char);

/** Reads a JSONPath template: literal text, and actions in braces, each a `list`. */
export function parsePath(template: string): readonly PathNode[] {
  const nodes: PathNode[] = [];
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf('{', at);
    if (open < 0) {
      nodes.push({ kind: 'text', value: template.slice(at) });
      break;
    }
    if (open > at) nodes.push({ kind: 'text', value: template.slice(at, open) });
    const action = new ActionParser(template, open + 1);
    nodes.push({ kind: 'list', nodes: action.parse() });
    at = action.end;
  }
  return nodes;
}

/** kubectl's looser form for columns and --sort-by: "metadata.name", ".metadata.name" or "{.metadata.name}". */
export function relaxPath(path: string): string {
  if (path === '') return path;
  const match = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(path);
  if (!match) {
    throw new PathSyntaxError(
      `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
    );
  }
  return `{.${match[1] ?? match[2] ?? ''}}`;
}

const parseAction = (text: string): readonly PathNode[] => new ActionParser(`${text}}`, 0).parse();

class ActionParser {
  private readonly input: string;
  private pos: number;
  private readonly nodes: PathNode[] = [];

  constructor(input: string, start: number) {
    this.input = input;
    this.pos = start;
  }

  /** Where the template goes on after this action's closing brace. */
  get end(): number {
    return this.pos;
  }

  parse(): readonly PathNode[] {
    for (;;) {
      const char = this.input.charAt(this.pos);
      if (char === '}') {
        this.pos += 1;
        return this.nodes;
      }
      this.step(char);
    }
  }

  private step(char: string): void {
    const rest = this.input.slice(this.pos);
    if (rest.startsWith('[?(')) this.filter();
    else if (rest.startsWith('..')) this.recursive();
    else if (char === '' || char === '\n' || char === '\r') throw new PathSyntaxError('unclosed action');
    else if (char === ' ' || char === '@' || char === '$') this.pos += 1;
    else if (char === '[') this.array();
    else if (char === '"' || char === "'") this.quote(char);
    else if (char === '.') {
      this.pos += 1;
      this.field();
    } else if (/[-+\d]/.test(char)) this.number();
    else if (/\w/.test(char)) this.identifier();
    else {
      const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      throw new PathSyntaxError(`unrecognized character in action: U+${code} '${char}'`);
    }
  }

  private field(): void {
    let name = '';
    while (!isTerminator(this.input.charAt(this.pos))) {
      if (this.input.charAt(this.pos) === '\\') this.pos += 1;
      name += this.input.charAt(this.pos);
      this.pos += 1;
    }
    this.nodes.push(name === '*' ? { kind: 'wildcard' } : { kind: 'field', name });
  }

  private recursive(): void {
    if (this.nodes.at(-1)?.kind === 'recursive')
      throw new PathSyntaxError('invalid multiple recursive descent');
    this.pos += 2;
    this.nodes.push({ kind: 'recursive' });
    if (/\w/.test(this.input.charAt(this.pos))) this.field();
  }

  private number(): void {
    const found = /^[-+]?[\d.]+/.exec(this.input.slice(this.pos))?.[0] ?? '';
    if (found === '' || Number.isNaN(Number(found)))
      throw new PathSyntaxError(`cannot parse number ${found}`);
    this.pos += found.length;
    this.nodes.push({ kind: 'number', value: Number(found) });
  }

  private identifier(): void {
    let name = '';
    while (!isTerminator(this.input.charAt(this.pos))) {
      name += this.input.charAt(this.pos);
      this.pos += 1;
    }
    if (name === 'true' || name === 'false') this.nodes.push({ kind: 'bool', value: name === 'true' });
    else this.nodes.push({ kind: 'identifier', name });
  }

  private quote(mark: string): void {
    let raw = '';
    this.pos += 1;
    for (;;) {
      const char = this.input.charAt(this.pos);
      if (char === '' || char === '\n') throw new PathSyntaxError('unterminated quoted string');
      this.pos += 1;
      if (char === mark) break;
      raw += char;
      if (char === '\\') {
        raw += this.input.charAt(this.pos);
        this.pos += 1;
      }
    }
    this.nodes.push({ kind: 'text', value: unescapeText(raw) });
  }

  private array(): void {
    const close = this.input.indexOf(']', this.pos);
    if (close < 0) throw new PathSyntaxError('unterminated array');
    let text = this.input.slice(this.pos + 1, close);
    this.pos = close + 1;
    if (text === '*') text = ':';
    const parts = text.split(',');
    if (parts.length > 1) {
      this.nodes.push({ kind: 'union', members: parts.map((part) => parseAction(`[${part.trim()}]`)) });
      return;
    }
    const key = /^'([^']*)'$/.exec(text)?.[1];
    if (key !== undefined) {
      this.nodes.push(...parseAction(`.${key}`));
      return;
    }
    const slice = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text);
    if (!slice) throw new PathSyntaxError(`invalid array index ${text}`);
    this.nodes.push({ kind: 'array', params: sliceParams(slice.slice(1)) });
  }

  private filter(): void {
    const start = this.pos + 3;
    let at = start;
    let pair = '';
    for (; ; at += 1) {
      const char = this.input.charAt(at);
      if (char === '' || char === '\n') throw new PathSyntaxError('unterminated filter');
      if (pair === '' && (char === '"' || char === "'")) pair = char;
      else if (char === pair && this.input.charAt(at - 1) !== '\\') pair = '';
      else if (char === ')' && pair === '') break;
    }
    if (this.input.charAt(at + 1) !== ']') throw new PathSyntaxError('unclosed array expect ]');
    const text = this.input.slice(start, at);
    this.pos = at + 2;
    const compare = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(text);
    const [, left = text, operator = 'exists', right = ''] = compare ?? [];
    this.nodes.push({
      kind: 'filter',
      left: parseAction(left),
      right: right === '' ? [] : parseAction(right),
      operator,
    });
  }
}

function sliceParams(texts: readonly (string | undefined)[]): readonly (SliceParam | undefined)[] {
  const first = texts[0] ? Number(texts[0]) : undefined;
  return texts.map((text, index) => {
    if (text === undefined || text === '') {
      return index === 1 ? { value: (first ?? 0) + 1, derived: true } : undefined;
    }
    const number = index > 0 ? text.slice(1) : text;
    return number === '' ? undefined : { value: Number(number), derived: false };
  });
}

const TEXT_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

function unescapeText(raw: string): string {
  return raw.replace(/\\(.)/g, (_all, char: string) => TEXT_ESCAPES[char] ?? char);
}
