import type { Piece, Token } from './script-syntax';

/** A word whose pieces are filled in when it is used. */
export interface Word {
  readonly pieces: readonly Piece[];
  readonly quoted: boolean;
}

/** One step of a compiled script; jumps name a step's index. */
export type Step =
  | { readonly op: 'run'; readonly words: readonly Word[]; readonly into?: Redirect; readonly quiet: boolean }
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'jumpIf'; readonly succeeded: boolean; readonly to: number }
  | {
      readonly op: 'each';
      readonly slot: number;
      readonly name: string;
      readonly words: readonly Word[];
      readonly to: number;
    }
  | { readonly op: 'negate' }
  /** A loop that has ended has succeeded. */
  | { readonly op: 'succeed' };

/** Where a command's output goes instead of the log. */
export interface Redirect {
  readonly path: Word;
  readonly append: boolean;
}

interface Compiler {
  readonly tokens: readonly Token[];
  at: number;
  readonly steps: Step[];
  /** `break` and `continue` of the loops around, innermost last. */
  readonly loops: { readonly start: number; readonly breaks: number[] }[];
  slots: number;
}

/** Thrown out of compiling a script that this small shell cannot read; becomes the shell's own complaint. */
export class ScriptSyntaxError extends Error {
  override name = 'ScriptSyntaxError';
}

/** Turns a token list into steps with jumps, so that a program can stop at a sleep and go on later. */
export function compile(tokens: readonly Token[]): readonly Step[] {
  const compiler: Compiler = { tokens, at: 0, steps: [], loops: [], slots: 0 };
  compileList(compiler, []);
  if (compiler.at < tokens.length) throw unexpected(compiler);
  return compiler.steps;
}

function keyword(token: Token | undefined): string | undefined {
  if (token === undefined) return undefined;
  if (token.kind === 'operator') return token.text;
  if (token.quoted) return undefined;
  const [piece] = token.pieces;
  return token.pieces.length === 1 && piece?.kind === 'text' ? piece.text : undefined;
}

function peek(compiler: Compiler): string | undefined {
  return keyword(compiler.tokens[compiler.at]);
}

function unexpected(compiler: Compiler): ScriptSyntaxError {
  const word = peek(compiler) ?? 'end of file';
  return new ScriptSyntaxError(`syntax error: unexpected ${word === '\n' ? 'newline' : `"${word}"`}`);
}

function expect(compiler: Compiler, text: string): void {
  if (peek(compiler) !== text) throw unexpected(compiler);
  compiler.at += 1;
}

function skipSeparators(compiler: Compiler): void {
  while (peek(compiler) === ';' || peek(compiler) === '\n' || peek(compiler) === '&') compiler.at += 1;
}

function compileList(compiler: Compiler, until: readonly string[]): void {
  skipSeparators(compiler);
  while (compiler.at < compiler.tokens.length && !until.includes(peek(compiler) ?? '')) {
    compileAndOr(compiler);
    const next = peek(compiler);
    if (next !== undefined && ![';', '\n', '&', ...until].includes(next)) throw unexpected(compiler);
    skipSeparators(compiler);
  }
}

function compileAndOr(compiler: Compiler): void {
  compilePipeline(compiler);
  for (let operator = peek(compiler); operator === '&&' || operator === '||'; operator = peek(compiler)) {
    compiler.at += 1;
    while (peek(compiler) === '\n') compiler.at += 1;
    const jump = reserve(compiler);
    compilePipeline(compiler);
    compiler.steps[jump] = { op: 'jumpIf', succeeded: operator === '||', to: compiler.steps.length };
  }
}

function compilePipeline(compiler: Compiler): void {
  const negated = peek(compiler) === '!';
  if (negated) compiler.at += 1;
  compileCommand(compiler);
  while (peek(compiler) === '|') {
    // What stands behind a pipe only filters the text of a log line; the first command is what matters here.
    compiler.at += 1;
    const before = compiler.steps.length;
    compileCommand(compiler);
    compiler.steps.length = before;
  }
  if (negated) compiler.steps.push({ op: 'negate' });
}

function reserve(compiler: Compiler): number {
  compiler.steps.push({ op: 'jump', to: 0 });
  return compiler.steps.length - 1;
}

function compileCommand(compiler: Compiler): void {
  const word = peek(compiler);
  if (word === 'while' || word === 'until') compileWhile(compiler, word === 'while');
  else if (word === 'for') compileFor(compiler);
  else if (word === 'if') compileIf(compiler);
  else if (word === '(' || word === '{') {
    compiler.at += 1;
    const close = word === '(' ? ')' : '}';
    compileList(compiler, [close]);
    expect(compiler, close);
  } else if (word === 'break' || word === 'continue') compileLeap(compiler, word);
  else compileSimple(compiler);
}

function compileLeap(compiler: Compiler, word: 'break' | 'continue'): void {
  compiler.at += 1;
  const loop = compiler.loops.at(-1);
  if (loop === undefined) return;
  if (word === 'continue') compiler.steps.push({ op: 'jump', to: loop.start });
  else loop.breaks.push(reserve(compiler));
}

function compileBody(compiler: Compiler, start: number, exit: (end: number) => void): void {
  const loop = { start, breaks: [] as number[] };
  compiler.loops.push(loop);
  expect(compiler, 'do');
  compileList(compiler, ['done']);
  expect(compiler, 'done');
  compiler.steps.push({ op: 'jump', to: start });
  compiler.loops.pop();
  const end = compiler.steps.length;
  for (const index of loop.breaks) compiler.steps[index] = { op: 'jump', to: end };
  compiler.steps.push({ op: 'succeed' });
  exit(end);
}

function compileWhile(compiler: Compiler, whenTrue: boolean): void {
  compiler.at += 1;
  const start = compiler.steps.length;
  compileList(compiler, ['do']);
  const out = reserve(compiler);
  compileBody(compiler, start, (end) => {
    compiler.steps[out] = { op: 'jumpIf', succeeded: !whenTrue, to: end };
  });
}

function compileFor(compiler: Compiler): void {
  compiler.at += 1;
  const name = peek(compiler);
  if (name === undefined) throw unexpected(compiler);
  compiler.at += 1;
  expect(compiler, 'in');
  const words: Word[] = [];
  for (
    let token = compiler.tokens[compiler.at];
    token?.kind === 'word';
    token = compiler.tokens[compiler.at]
  ) {
    words.push({ pieces: token.pieces, quoted: token.quoted });
    compiler.at += 1;
  }
  skipSeparators(compiler);
  const slot = compiler.slots;
  compiler.slots += 1;
  const start = reserve(compiler);
  compileBody(compiler, start, (end) => {
    compiler.steps[start] = { op: 'each', slot, name, words, to: end };
  });
}

function compileIf(compiler: Compiler): void {
  compiler.at += 1;
  compileList(compiler, ['then']);
  expect(compiler, 'then');
  const otherwise = reserve(compiler);
  compileList(compiler, ['elif', 'else', 'fi']);
  const end = reserve(compiler);
  compiler.steps[otherwise] = { op: 'jumpIf', succeeded: false, to: compiler.steps.length };
  if (peek(compiler) === 'elif') compileIf(compiler);
  else {
    if (peek(compiler) === 'else') {
      compiler.at += 1;
      compileList(compiler, ['fi']);
    }
    expect(compiler, 'fi');
  }
  compiler.steps[end] = { op: 'jump', to: compiler.steps.length };
}

const REDIRECTS: readonly string[] = ['>', '>>', '2>', '<'];

function compileSimple(compiler: Compiler): void {
  const words: Word[] = [];
  let into: Redirect | undefined;
  let quiet = false;
  for (let token = compiler.tokens[compiler.at]; token !== undefined; token = compiler.tokens[compiler.at]) {
    if (token.kind === 'word') words.push({ pieces: token.pieces, quoted: token.quoted });
    else if (REDIRECTS.includes(token.text)) {
      compiler.at += 1;
      const path = compiler.tokens[compiler.at];
      if (path?.kind !== 'word') throw unexpected(compiler);
      if (token.text === '2>') quiet = true;
      else if (token.text !== '<') into = { path, append: token.text === '>>' };
    } else if (token.text !== '2>&1') break;
    compiler.at += 1;
  }
  if (words.length === 0 && into === undefined) throw unexpected(compiler);
  compiler.steps.push({ op: 'run', words, quiet, ...(into === undefined ? {} : { into }) });
}
