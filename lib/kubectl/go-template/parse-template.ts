import { type Action, cutTemplate, type Token, tokensOf } from './cut-template';
import { isFunctionName } from './function-names';
import { ParseFailure } from './template-error';

/** A value inside an action; `at` is where it stands in the template, `text` how it is written. */
export type Operand = { readonly at: number; readonly text: string } & (
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'dot' }
  | { readonly kind: 'variable'; readonly name: string; readonly path: readonly string[] }
  | { readonly kind: 'field'; readonly path: readonly string[] }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline; readonly path: readonly string[] }
);

/** One function call or value of a pipeline. */
export interface PipelineStage {
  readonly at: number;
  readonly text: string;
  readonly operands: readonly Operand[];
}

/** Commands joined by `|`; `$x :=` and `$i, $x :=` declare, `=` sets. */
export interface Pipeline {
  readonly declares: readonly string[];
  readonly assigns: boolean;
  readonly commands: readonly PipelineStage[];
}

/** A piece of a template. */
export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'print'; readonly pipeline: Pipeline }
  | {
      readonly kind: 'if' | 'range' | 'with';
      readonly at: number;
      readonly pipeline: Pipeline;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    }
  | {
      readonly kind: 'template';
      readonly at: number;
      readonly text: string;
      readonly name: string;
      readonly pipeline: Pipeline | undefined;
    }
  | { readonly kind: 'break' | 'continue' };

/** A template and those that it defines. */
export interface Template {
  readonly text: string;
  readonly nodes: readonly TemplateNode[];
  readonly defined: ReadonlyMap<string, readonly TemplateNode[]>;
}

type ControlKind = 'if' | 'range' | 'with';
interface Block {
  readonly nodes: readonly TemplateNode[];
  /** The action that ended it; undefined at the end of the text. */
  readonly stop: Action | undefined;
}

/** Reads a text/template. */
export function parseTemplate(text: string): Template {
  const parser = new Parser(text);
  const { nodes, stop } = parser.block();
  if (stop) throw parser.bad(stop.at, `unexpected {{${stop.text}}}`);
  return { text, nodes, defined: parser.defined };
}

class Parser {
  readonly defined = new Map<string, readonly TemplateNode[]>();
  private readonly text: string;
  /** Variables in sight; blocks add to a copy. */
  private seen: ReadonlySet<string> = new Set(['$']);
  private readonly pieces: ReturnType<typeof cutTemplate>;

  constructor(text: string) {
    this.text = text;
    this.pieces = [...cutTemplate(text)];
  }

  bad(at: number, why: string): ParseFailure {
    return new ParseFailure(this.text, at, why);
  }

  block(): Block {
    const nodes: TemplateNode[] = [];
    for (let piece = this.pieces.shift(); piece; piece = this.pieces.shift()) {
      if (!piece.action) {
        nodes.push({ kind: 'text', text: piece.text });
        continue;
      }
      const word = /^\w+/.exec(piece.text)?.[0] ?? '';
      if (word === 'end' || word === 'else') return { nodes, stop: piece };
      const node = this.action(piece, word);
      if (node) nodes.push(node);
    }
    return { nodes, stop: undefined };
  }

  private action(piece: Action, word: string): TemplateNode | undefined {
    const rest = { text: piece.text.slice(word.length), at: piece.at + word.length };
    switch (word) {
      case 'break':
      case 'continue':
        return { kind: word };
      case 'if':
      case 'range':
      case 'with':
        return this.control(word, rest);
      case 'define':
      case 'block':
        return this.definition(word, rest);
      case 'template': {
        const words = tokensOf(rest, this.text);
        const name = this.nameOf(words.shift(), rest.at, 'template clause');
        const pipeline = words.length > 0 ? this.pipeline(words, rest.at, 'template clause') : undefined;
        return { kind: 'template', at: rest.at + 1, text: `{{${piece.text}}}`, name, pipeline };
      }
      default:
        return { kind: 'print', pipeline: this.pipeline(tokensOf(piece, this.text), piece.at, 'command') };
    }
  }

  private control(kind: ControlKind, head: { readonly text: string; readonly at: number }): TemplateNode {
    const before = this.seen;
    const pipeline = this.pipeline(tokensOf(head, this.text), head.at, kind);
    const node = this.rest(kind, head, pipeline);
    this.seen = before;
    return node;
  }

  /** What follows the head of a control: its body, and what is to be done otherwise. */
  private rest(
    kind: ControlKind,
    head: { readonly text: string; readonly at: number },
    pipeline: Pipeline,
  ): TemplateNode {
    const { nodes: body, stop } = this.block();
    const node = { kind, at: head.at, pipeline, body };
    if (!stop) throw this.bad(this.text.length, 'unexpected EOF');
    if (stop.text === 'end') return { ...node, otherwise: [] };
    const chained = /^else\s+(if|with)\b(.*)$/s.exec(stop.text);
    if (chained) {
      const [, word, rest = ''] = chained;
      const at = stop.at + stop.text.length - rest.length;
      return { ...node, otherwise: [this.control(word === 'with' ? 'with' : 'if', { text: rest, at })] };
    }
    if (stop.text !== 'else') throw this.bad(stop.at, `unexpected {{${stop.text}}}`);
    const { nodes: otherwise, stop: last } = this.block();
    if (!last) throw this.bad(this.text.length, 'unexpected EOF');
    if (last.text !== 'end') throw this.bad(last.at, `expected end; found {{${last.text}}}`);
    return { ...node, otherwise };
  }

  private definition(
    kind: 'define' | 'block',
    head: { readonly text: string; readonly at: number },
  ): TemplateNode | undefined {
    const words = tokensOf(head, this.text);
    const name = this.nameOf(words.shift(), head.at, `${kind} clause`);
    const pipeline = kind === 'block' ? this.pipeline(words, head.at, 'block clause') : undefined;
    const before = this.seen;
    this.seen = new Set(['$']);
    const { nodes, stop } = this.block();
    this.seen = before;
    if (stop?.text !== 'end') throw this.bad(this.text.length, `unexpected EOF in ${kind} clause`);
    this.defined.set(name, nodes);
    return pipeline && { kind: 'template', at: head.at + 1, text: `{{template "${name}"}}`, name, pipeline };
  }

  private nameOf(token: Token | undefined, at: number, where: string): string {
    const value = token && literalOf(token.text)?.value;
    if (typeof value === 'string') return value;
    throw this.bad(at, `unexpected ${token ? JSON.stringify(token.text) : '"}}"'} in ${where}`);
  }

  private pipeline(words: Token[], at: number, where: string): Pipeline {
    const pipeline = this.readPipeline(words, at, where);
    const [extra] = words;
    if (extra) throw this.bad(extra.at, `unexpected ${JSON.stringify(extra.text)} in ${where}`);
    return pipeline;
  }

  private readPipeline(words: Token[], at: number, where: string): Pipeline {
    const declares: string[] = [];
    const sign = words.findIndex(({ text }) => text === ':=' || text === '=');
    const assigns = sign >= 0 && words[sign]?.text === '=';
    if (sign >= 0) {
      const names = words.splice(0, sign + 1).map(({ text }) => text);
      declares.push(...names.filter((text) => text.startsWith('$')));
      const unknown = assigns ? declares.find((name) => !this.seen.has(name)) : undefined;
      if (unknown !== undefined) throw this.bad(at, `undefined variable "${unknown}"`);
    }
    const commands: PipelineStage[] = [];
    let operands: Operand[] = [];
    const close = (): void => {
      const [first] = operands;
      if (!first) throw this.bad(at, `missing value for ${where}`);
      commands.push({ at: first.at, text: operands.map(({ text }) => text).join(' '), operands });
      operands = [];
    };
    for (let word = words[0]; word && word.text !== ')'; word = words[0]) {
      words.shift();
      if (word.text === '|') close();
      else operands.push(word.text === '(' ? this.parenthesis(words, word) : this.operand(word));
    }
    close();
    const dead = commands.slice(1).findIndex(({ operands: [first] }) => !canTakePiped(first));
    if (dead >= 0) throw this.bad(at, `non executable command in pipeline stage ${dead + 2}`);
    this.seen = new Set([...this.seen, ...declares]);
    return { declares, assigns, commands };
  }

  private parenthesis(words: Token[], open: Token): Operand {
    const pipeline = this.readPipeline(words, open.at, 'parenthesized pipeline');
    if (words.shift()?.text !== ')') throw this.bad(open.at, 'unclosed left paren');
    const [next] = words;
    const field = next?.text.startsWith('.') && next.text.length > 1 && this.text[next.at - 1] === ')';
    const tail = field ? (words.shift()?.text ?? '') : '';
    const inner = pipeline.commands.map(({ text }) => text).join(' | ');
    return {
      kind: 'pipeline',
      at: open.at,
      text: `(${inner})${tail}`,
      pipeline,
      path: tail === '' ? [] : tail.slice(1).split('.'),
    };
  }

  private operand({ text, at }: Token): Operand {
    if (text === '.') return { kind: 'dot', at, text };
    if (text.startsWith('.')) {
      // A chain of fields is told by the place of its second.
      const second = text.indexOf('.', 1);
      return { kind: 'field', at: second < 0 ? at : at + second, text, path: text.slice(1).split('.') };
    }
    if (text.startsWith('$')) {
      const [name = '', ...path] = text.split('.');
      if (!this.seen.has(name)) throw this.bad(at, `undefined variable "${name}"`);
      return { kind: 'variable', at, text, name, path };
    }
    const literal = literalOf(text);
    if (literal) return { kind: 'literal', at, text, value: literal.value };
    if (!isFunctionName(text)) throw this.bad(at, `function "${text}" not defined`);
    return { kind: 'function', at, text, name: text };
  }
}

const canTakePiped = (first: Operand | undefined): boolean =>
  first?.kind === 'function' ||
  first?.kind === 'field' ||
  first?.kind === 'variable' ||
  first?.kind === 'pipeline';

/** The value that a constant is: whole numbers are Go's int (a bigint here), others its float64. */
function literalOf(word: string): { readonly value: unknown } | undefined {
  if (word.startsWith('"')) return { value: JSON.parse(word) as unknown };
  if (word.startsWith('`')) return { value: word.slice(1, -1) };
  if (word.startsWith("'")) return { value: BigInt(word.codePointAt(1) ?? 0) };
  if (/^-?\d+$/.test(word)) return { value: BigInt(word) };
  if (/^-?\d/.test(word)) return { value: Number(word) };
  if (word === 'true' || word === 'false') return { value: word === 'true' };
  return word === 'nil' ? { value: null } : undefined;
}
