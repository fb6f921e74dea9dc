/** A template that cannot be read or run; the message is kubectl's. */
export class TemplateError extends Error {}

/** A value inside an action. */
export type Operand =
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'dot' }
  | { readonly kind: 'variable'; readonly name: string; readonly path: readonly string[] }
  | { readonly kind: 'field'; readonly path: readonly string[] }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline; readonly path: readonly string[] };

/** Commands joined by `|`; `$x :=` and `$i, $x :=` declare. */
export interface Pipeline {
  readonly declares: readonly string[];
  readonly assigns: boolean;
  readonly commands: readonly (readonly Operand[])[];
}

/** A piece of a template. */
export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'print'; readonly pipeline: Pipeline }
  | {
      readonly kind: 'if' | 'range' | 'with';
      readonly pipeline: Pipeline;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    }
  | { readonly kind: 'break' | 'continue' };

interface Piece {
  readonly action: boolean;
  readonly text: string;
}

/** Reads a text/template. */
export function parseTemplate(template: string): readonly TemplateNode[] {
  const pieces = cut(template);
  const [nodes, stop, rest] = block(pieces, template);
  if (stop !== '') throw bad(template, `unexpected {{${stop}}}`);
  if (rest.length > 0) throw bad(template, 'unexpected content');
  return nodes;
}

const bad = (template: string, why: string) =>
  new TemplateError(`error parsing template ${template}, template: output:1: ${why}\n`);

/** Cuts a template into text and actions, minding `{{-` and `-}}`. */
function cut(template: string): Piece[] {
  const pieces: Piece[] = [];
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
    const close = template.indexOf('}}', open);
    if (close < 0) throw bad(template, 'unclosed action');
    let action = template.slice(open + 2, close);
    if (/^-\s/.test(action)) {
      text = text.trimEnd();
      action = action.slice(1);
    }
    trim = /\s-$/.test(action);
    if (trim) action = action.slice(0, -1);
    if (text !== '') pieces.push({ action: false, text });
    if (!/^\s*\/\*/.test(action)) pieces.push({ action: true, text: action.trim() });
    at = close + 2;
  }
  return pieces;
}

type Block = readonly [nodes: readonly TemplateNode[], stop: string, rest: Piece[]];

function block(pieces: Piece[], template: string): Block {
  const nodes: TemplateNode[] = [];
  for (let piece = pieces.shift(); piece; piece = pieces.shift()) {
    if (!piece.action) {
      nodes.push({ kind: 'text', text: piece.text });
      continue;
    }
    const word = /^\w+/.exec(piece.text)?.[0] ?? '';
    if (word === 'end' || word === 'else') return [nodes, piece.text, pieces];
    if (word === 'break' || word === 'continue') nodes.push({ kind: word });
    else if (word === 'if' || word === 'range' || word === 'with') {
      nodes.push(control(word, piece.text.slice(word.length), pieces, template));
    } else nodes.push({ kind: 'print', pipeline: pipelineOf(piece.text, template) });
  }
  return [nodes, '', pieces];
}

function control(
  kind: 'if' | 'range' | 'with',
  head: string,
  pieces: Piece[],
  template: string,
): TemplateNode {
  const pipeline = pipelineOf(head.trim(), template);
  const [body, stop] = block(pieces, template);
  let otherwise: readonly TemplateNode[] = [];
  const chained = /^else\s+(if|with)\b(.*)$/s.exec(stop);
  if (chained)
    otherwise = [control(chained[1] === 'with' ? 'with' : 'if', chained[2] ?? '', pieces, template)];
  else if (stop === 'else') {
    const [nodes, end] = block(pieces, template);
    if (end !== 'end') throw bad(template, 'unexpected EOF');
    otherwise = nodes;
  } else if (stop !== 'end') throw bad(template, 'unexpected EOF');
  return { kind, pipeline, body, otherwise };
}

const TOKEN =
  /\s*("(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])*'|:=|=|\||,|\(|\)|-?\d+(?:\.\d+)?|\$\w*(?:\.\w+)*|\.(?:[\w]+(?:\.[\w]+)*)?|[A-Za-z_]\w*)/y;

function tokens(text: string, template: string): string[] {
  const out: string[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match?.[1])
      throw bad(template, `unexpected ${JSON.stringify(text.slice(at).trim().charAt(0))} in command`);
    out.push(match[1]);
    at = TOKEN.lastIndex;
  }
  return out;
}

function pipelineOf(text: string, template: string): Pipeline {
  const words = tokens(text, template);
  const pipeline = readPipeline(words, template);
  if (words.length > 0) throw bad(template, `unexpected ${JSON.stringify(words[0])} in command`);
  return pipeline;
}

function readPipeline(words: string[], template: string): Pipeline {
  const declares: string[] = [];
  const sign = words.findIndex((word) => word === ':=' || word === '=');
  const assigns = sign >= 0 && words[sign] === '=';
  if (sign >= 0) declares.push(...words.splice(0, sign + 1).filter((word) => word.startsWith('$')));
  const commands: Operand[][] = [];
  let command: Operand[] = [];
  for (let word = words[0]; word !== undefined && word !== ')'; word = words[0]) {
    words.shift();
    if (word === '|') {
      commands.push(command);
      command = [];
    } else if (word === '(') {
      const pipeline = readPipeline(words, template);
      words.shift();
      const path =
        words[0]?.startsWith('.') && words[0].length > 1 ? (words.shift() ?? '').slice(1).split('.') : [];
      command.push({ kind: 'pipeline', pipeline, path });
    } else command.push(operand(word));
  }
  commands.push(command);
  if (commands.some((each) => each.length === 0)) throw bad(template, 'missing value for command');
  return { declares, assigns, commands };
}

function operand(word: string): Operand {
  if (word === '.') return { kind: 'dot' };
  if (word.startsWith('.')) return { kind: 'field', path: word.slice(1).split('.') };
  if (word.startsWith('$')) {
    const [name = '', ...path] = word.split('.');
    return { kind: 'variable', name, path };
  }
  if (word.startsWith('"')) return { kind: 'literal', value: JSON.parse(word) as unknown };
  if (word.startsWith('`')) return { kind: 'literal', value: word.slice(1, -1) };
  if (/^-?\d/.test(word)) return { kind: 'literal', value: Number(word) };
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' };
  if (word === 'nil') return { kind: 'literal', value: null };
  return { kind: 'function', name: word };
}
