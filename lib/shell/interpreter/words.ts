import {
  type DoubleQuotedChild,
  type HereDocBody,
  type ParameterExpansionPart,
  parse,
  type Word,
  type WordPart,
} from 'unbash';
import { calculate } from './assign';
import { expandBraces } from './braces';
import { ShellError } from './control';
import { FieldSink, fieldPattern, fieldText } from './fields';
import { globPaths, hasGlob } from './glob';
import { getParameter } from './lookup';
import { parameterResult } from './parameter';
import type { Scope } from './shell';

const bracedWords = new WeakMap<Word, readonly Word[]>();
const arithmeticTexts = new Map<string, readonly WordPart[]>();

const ifsOf = (scope: Scope) => scope.shell.variables.get('IFS')?.value ?? ' \t\n';

/** Splits a word's literal source at its backslashes. */
function addLiteral(sink: FieldSink, text: string): void {
  if (!text.includes('\\')) {
    sink.text(text, false);
    return;
  }
  let plain = '';
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] !== '\\' || at + 1 >= text.length) {
      plain += text[at];
      continue;
    }
    sink.text(plain, false);
    plain = '';
    at += 1;
    if (text[at] !== '\n') sink.text(text[at] ?? '', true);
  }
  sink.text(plain, false);
}

/** The home directory that a tilde prefix means, or undefined to leave it. */
function tilde(scope: Scope, prefix: string): string | undefined {
  const { shell } = scope;
  if (prefix === '~') return getParameter(shell, 'HOME') ?? shell.kernel.machine.home;
  if (prefix === '~+') return shell.cwd;
  if (prefix === '~-') return getParameter(shell, 'OLDPWD');
  if (prefix === '~root') return '/root';
  return prefix === `~${shell.kernel.machine.user}` ? shell.kernel.machine.home : undefined;
}

/** Adds a literal that may start with a tilde (or have one after a colon, in an assignment). */
function addTilde(scope: Scope, sink: FieldSink, text: string, assignment: boolean): void {
  const pieces = assignment ? text.split(/(?<=:)/) : [text];
  for (const piece of pieces) {
    const prefix = /^~[^/\\:"'$]*/.exec(piece)?.[0];
    const home = prefix === undefined ? undefined : tilde(scope, prefix);
    if (prefix === undefined || home === undefined) addLiteral(sink, piece);
    else {
      sink.text(home, true);
      addLiteral(sink, piece.slice(prefix.length));
    }
  }
}

/** Expands arithmetic: its text as in double quotes, then its value. */
export async function arithmetic(scope: Scope, text: string): Promise<bigint> {
  if (!/[$`"\\]/.test(text)) return calculate(scope.shell, text);
  let parts = arithmeticTexts.get(text);
  if (parts === undefined) {
    const command = parse(`cat <<E\n${text}\nE\n`).commands[0]?.command;
    const body = command?.type === 'Command' ? command.redirects[0] : undefined;
    parts = body?.type === 'HereDoc' ? (body.body.parts ?? []) : [];
    if (arithmeticTexts.size > 500) arithmeticTexts.clear();
    arithmeticTexts.set(text, parts);
  }
  const sink = new FieldSink(false, '');
  if (parts.length === 0) sink.text(text, true);
  for (const part of parts) await addPart(scope, sink, part, true);
  return calculate(scope.shell, sink.joined().replaceAll('"', ''));
}

/** Arithmetic in a word: a mistake there gives up the whole line, as bash does. */
async function arithmeticExpansion(scope: Scope, text: string): Promise<bigint> {
  try {
    return await arithmetic(scope, text);
  } catch (error) {
    if (error instanceof ShellError && !error.fatal)
      throw new ShellError(error.message, error.status, 'line');
    throw error;
  }
}

async function addParameter(
  scope: Scope,
  sink: FieldSink,
  part: ParameterExpansionPart,
  quoted: boolean,
): Promise<void> {
  const result = await parameterResult(scope, part, {
    string: (word) => (word === undefined ? Promise.resolve('') : expandString(scope, word)),
    pattern: (word) => (word === undefined ? Promise.resolve('') : expandPattern(scope, word)),
    replacement: async (word) =>
      word === undefined ? () => '' : (await sinkOf(scope, word, false)).replacement(),
    number: async (word) => Number(await arithmetic(scope, word.text)),
  });
  if (result.kind === 'word') await addDefault(scope, sink, result.word, quoted);
  else addValues(scope, sink, result.values, result.kind, quoted);
}

/** The word of `${x:-word}`: what of it is not quoted is split like a value. */
async function addDefault(scope: Scope, sink: FieldSink, word: Word, quoted: boolean): Promise<void> {
  const { parts } = word;
  if (quoted || word.text.includes('\\') || word.text.startsWith('~'))
    return addWord(scope, sink, word, quoted, false);
  if (parts === undefined) sink.value(word.value);
  else
    for (const part of parts) {
      if (part.type === 'Literal') sink.value(part.text);
      else await addPart(scope, sink, part, false);
    }
}

function addValues(
  scope: Scope,
  sink: FieldSink,
  values: readonly string[],
  kind: 'one' | 'at' | 'star',
  quoted: boolean,
): void {
  if (quoted && kind === 'star') {
    const ifs = scope.shell.variables.get('IFS');
    sink.text(values.join(ifs === undefined ? ' ' : (ifs.value ?? '').slice(0, 1)), true);
    return;
  }
  values.forEach((value, index) => {
    if (index > 0) sink.breakField();
    if (quoted) sink.text(value, true);
    else sink.value(value);
  });
}

function addSimple(scope: Scope, sink: FieldSink, name: string, quoted: boolean): void {
  const { shell } = scope;
  if (name === '@' || name === '*') {
    addValues(scope, sink, shell.positional, name === '@' ? 'at' : 'star', quoted);
    return;
  }
  const value = getParameter(shell, name);
  if (value === undefined && shell.options.nounset) {
    throw new ShellError(
      `${/^\d+$/.test(name) ? `$${name}` : name}: unbound variable`,
      shell.options.errexit ? 1 : 127,
      true,
    );
  }
  addValues(scope, sink, [value ?? ''], 'one', quoted);
}

async function addPart(
  scope: Scope,
  sink: FieldSink,
  part: WordPart | DoubleQuotedChild,
  quoted: boolean,
): Promise<void> {
  switch (part.type) {
    case 'Literal':
      if (quoted) sink.text(part.value, true);
      else addLiteral(sink, part.text);
      return;
    case 'Glob':
      if (part.kind !== 'bracket') sink.text(part.value, quoted);
      else {
        sink.text('[', quoted);
        for (const inner of part.parts) await addPart(scope, sink, inner, quoted);
        sink.text(']', quoted);
      }
      return;
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      sink.text(part.value, true);
      return;
    case 'DoubleQuoted':
    case 'LocaleString':
      if (part.parts.length === 0) sink.text('', true);
      for (const inner of part.parts) await addPart(scope, sink, inner, true);
      return;
    case 'SimpleExpansion':
      addSimple(scope, sink, part.text.slice(1), quoted);
      return;
    case 'ParameterExpansion':
      await addParameter(scope, sink, part, quoted);
      return;
    case 'CommandExpansion':
      addValues(scope, sink, [await scope.substitute(part.script)], 'one', quoted);
      return;
    case 'ArithmeticExpansion': {
      const inner = part.text.startsWith('$((') ? part.text.slice(3, -2) : part.text.slice(2, -1);
      addValues(scope, sink, [String(await arithmeticExpansion(scope, inner))], 'one', quoted);
      return;
    }
    case 'ProcessSubstitution':
      sink.text(await scope.processPath(part.script, part.operator), true);
      return;
    case 'ExtendedGlob':
      sink.text(`${part.operator}(`, false);
      if (part.parts === undefined) sink.text(part.pattern, false);
      for (const inner of part.parts ?? []) await addPart(scope, sink, inner, quoted);
      sink.text(')', false);
      return;
    case 'BraceExpansion':
      if (part.parts === undefined) addLiteral(sink, part.text);
      else {
        sink.text('{', false);
        for (const inner of part.parts) await addPart(scope, sink, inner, quoted);
        sink.text('}', false);
      }
  }
}

async function addWord(
  scope: Scope,
  sink: FieldSink,
  word: Word,
  quoted: boolean,
  assignment: boolean,
): Promise<void> {
  const { parts } = word;
  if (parts === undefined) {
    if (quoted) sink.text(word.value, true);
    else addTilde(scope, sink, word.text, assignment);
    return;
  }
  for (const [index, part] of parts.entries()) {
    const tildeMay =
      !quoted && part.type === 'Literal' && (index === 0 || assignment) && part.text.includes('~');
    if (tildeMay && part.type === 'Literal') addTilde(scope, sink, part.text, assignment);
    else await addPart(scope, sink, part, quoted);
  }
}

/** The words that one word's braces make. */
function bracedWordsOf(word: Word): readonly Word[] {
  const known = bracedWords.get(word);
  if (known !== undefined) return known;
  let words: readonly Word[] = [word];
  const texts = expandBraces(word.text);
  if (texts.length > 1 || texts[0] !== word.text) {
    words = texts.map((text) => {
      const command = parse(`: ${text}`).commands[0]?.command;
      const made = command?.type === 'Command' ? command.args[0] : undefined;
      return made?.type === 'Word' ? made : { type: 'Word', text, value: text, pos: word.pos, end: word.end };
    });
  }
  bracedWords.set(word, words);
  return words;
}

/** All fields of a word: braces, expansions, splitting, file names. */
export async function expandFields(scope: Scope, source: Word): Promise<readonly string[]> {
  const { shell } = scope;
  if (source.parts === undefined && source.text === source.value && !source.text.startsWith('~'))
    return [source.value];
  const braced = source.parts?.some((part) => part.type === 'BraceExpansion') === true;
  const out: string[] = [];
  for (const word of braced ? bracedWordsOf(source) : [source]) {
    const sink = new FieldSink(true, ifsOf(scope));
    await addWord(scope, sink, word, false, false);
    for (const field of sink.fields()) {
      const pattern = fieldPattern(field);
      if (shell.options.noglob || !hasGlob(pattern)) {
        out.push(fieldText(field));
        continue;
      }
      const found = globPaths(pattern, shell.kernel.machine.files, shell.cwd, shell.options);
      if (found.length > 0) out.push(...found);
      else if (shell.options.failglob) throw new ShellError(`no match: ${fieldText(field)}`, 1, 'line');
      else if (!shell.options.nullglob) out.push(fieldText(field));
    }
  }
  return out;
}

/** All fields of several words. */
export async function expandAll(scope: Scope, words: readonly Word[]): Promise<string[]> {
  const out: string[] = [];
  for (const word of words) out.push(...(await expandFields(scope, word)));
  return out;
}

async function sinkOf(scope: Scope, word: Word, assignment: boolean): Promise<FieldSink> {
  const sink = new FieldSink(false, '');
  await addWord(scope, sink, word, false, assignment);
  return sink;
}

/** A word as one text: no splitting, no file names. */
export async function expandString(scope: Scope, word: Word, assignment = false): Promise<string> {
  if (word.parts === undefined && word.text === word.value && !word.text.includes('~')) return word.value;
  return (await sinkOf(scope, word, assignment)).joined();
}

/** A word as a shell pattern. */
export async function expandPattern(scope: Scope, word: Word): Promise<string> {
  return (await sinkOf(scope, word, false)).pattern();
}

/** A word as a regular expression (the right side of =~). */
export async function expandRegExp(scope: Scope, word: Word): Promise<string> {
  return (await sinkOf(scope, word, false)).regExp();
}

/** What backslashes do in a here-document without expansions. */
const unescaped = (text: string): string => text.replace(/\\\n/g, '').replace(/\\([$`\\])/g, '$1');

/** A here-document's text. */
export async function expandHereDoc(
  scope: Scope,
  body: HereDocBody,
  strip: boolean,
  isQuoted: boolean,
): Promise<string> {
  const unindent = (text: string, first: boolean) =>
    strip ? text.replace(first ? /(^|\n)\t+/g : /\n\t+/g, (_, a) => (a === undefined ? '\n' : a)) : text;
  if (body.parts === undefined) return unindent(isQuoted ? body.text : unescaped(body.text), true);
  let out = '';
  for (const [index, part] of body.parts.entries()) {
    if (part.type === 'Literal') {
      out += unindent(part.value, index === 0);
      continue;
    }
    const sink = new FieldSink(false, '');
    await addPart(scope, sink, part, true);
    out += sink.joined();
  }
  return out;
}
