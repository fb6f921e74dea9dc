import type { DoubleQuotedChild, ParameterExpansionPart, Word, WordPart } from 'unbash';
import { ArithmeticError, evaluateArithmetic, matchesPattern, patternSource } from '../../../base';
import { withoutBraces } from './braces';
import { FieldList } from './field-list';
import { substitutionsIn } from './substitutions';

/** A mistake that ends a script, or the subshell it is made in; the message is without the shell's name. */
export class ScriptFailure extends Error {
  override name = 'ScriptFailure';
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** What words are filled in from. */
export interface Scope {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  readonly positional: readonly string[];
  readonly home: string;
  readonly nounset: boolean;
  /** bash knows braces, other shells leave them. */
  readonly bash: boolean;
  /** The text that a command substitution gave. */
  substituted(part: object): string;
  /** Paths that a pattern matches. */
  paths(pattern: string): readonly string[];
}

/** A word's fields: filled in, split, and matched against files. */
export function expandFields(scope: Scope, word: Word): readonly string[] {
  const words = scope.bash ? withoutBraces(word) : [word.parts];
  return words.flatMap((parts) => {
    const list = new FieldList(scope.get('IFS') ?? ' \t\n');
    addWord(scope, list, word, parts, false);
    return list.fields.flatMap(({ text, pattern, wild }) => {
      const found = wild ? scope.paths(pattern) : [];
      return found.length > 0 ? found : [text];
    });
  });
}

/** A word as one text, as assignments and redirections take it. */
export function expandText(scope: Scope, word: Word | undefined): string {
  return word === undefined
    ? ''
    : joined(scope, word)
        .map(({ text }) => text)
        .join(' ');
}

/** A word as a pattern: what is quoted in it stands for itself. */
export function expandPattern(scope: Scope, word: Word | undefined): string {
  return word === undefined
    ? ''
    : joined(scope, word)
        .map(({ pattern }) => pattern)
        .join(' ');
}

function joined(scope: Scope, word: Word): FieldList['fields'] {
  const list = new FieldList('');
  addWord(scope, list, word, word.parts, false);
  return list.fields;
}

/** The body of a here-document. */
export function expandParts(scope: Scope, parts: readonly WordPart[]): string {
  const list = new FieldList('');
  for (const part of parts) addPart(scope, list, part, true);
  return list.fields.map(({ text }) => text).join('');
}

/** The value of an arithmetic text in which `$…` is still to be filled in. */
export function calculate(scope: Scope, text: string, node?: unknown): bigint {
  let source = text;
  for (const part of substitutionsIn(node)) source = source.replace(part.text, scope.substituted(part));
  source = source.replace(
    /\$(?:\{(\w+)\}|(\w+|[?#]))/g,
    (_, braced: string, plain: string) => (scope.get(braced ?? plain) ?? '0') || '0',
  );
  try {
    return evaluateArithmetic(source, {
      get: (name) => scope.get(name) ?? '',
      set: (name, _, value) => scope.set(name, value),
    });
  } catch (error) {
    if (error instanceof ArithmeticError) throw new ScriptFailure(`arithmetic syntax error`, 2);
    throw error;
  }
}

function addWord(
  scope: Scope,
  list: FieldList,
  word: Pick<Word, 'text' | 'value'>,
  parts: readonly WordPart[] | undefined,
  quoted: boolean,
): void {
  if (parts === undefined) addLiteral(scope, list, word.text, true, quoted);
  for (const [index, part] of (parts ?? []).entries()) addPart(scope, list, part, quoted, index === 0);
}

/** Literal source: backslashes quote, a leading tilde is home. */
function addLiteral(scope: Scope, list: FieldList, text: string, first: boolean, quoted: boolean): void {
  if (quoted) {
    list.add(text, true);
    return;
  }
  let rest = text;
  if (first && /^~(?:\/|$)/.test(rest)) {
    list.add(scope.home, true);
    rest = rest.slice(1);
  }
  for (const piece of rest.matchAll(/\\([\s\S])|[^\\]+|\\$/g)) {
    const [whole, escaped] = piece;
    if (escaped === undefined) list.add(whole, false);
    else if (escaped !== '\n') list.add(escaped, true);
  }
}

function addPart(
  scope: Scope,
  list: FieldList,
  part: WordPart | DoubleQuotedChild,
  quoted: boolean,
  first = false,
): void {
  switch (part.type) {
    case 'Literal':
      addLiteral(scope, list, quoted ? part.value : part.text, first, quoted);
      return;
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      list.add(part.value, true);
      return;
    case 'DoubleQuoted':
    case 'LocaleString':
      if (part.parts.length === 0) list.add('', true);
      for (const inner of part.parts) addPart(scope, list, inner, true);
      return;
    case 'SimpleExpansion':
      addParameter(scope, list, part.text.slice(1), quoted);
      return;
    case 'ParameterExpansion':
      addExpansion(scope, list, part, quoted);
      return;
    case 'CommandExpansion':
      list.value(scope.substituted(part), quoted);
      return;
    case 'ArithmeticExpansion': {
      const inner = part.text.startsWith('$((') ? part.text.slice(3, -2) : part.text.slice(2, -1);
      list.value(String(calculate(scope, inner, part.expression)), quoted);
      return;
    }
    default:
      list.add(part.text, quoted);
  }
}

function addParameter(scope: Scope, list: FieldList, name: string, quoted: boolean): void {
  if (name === '@' || (name === '*' && !quoted)) list.values(scope.positional, quoted);
  else if (name === '*') list.add(scope.positional.join(' '), true);
  else list.value(parameterOf(scope, name) ?? '', quoted);
}

function parameterOf(scope: Scope, name: string): string | undefined {
  const value = scope.get(name);
  if (value === undefined && scope.nounset && !/^[@*#?$!-]$/.test(name))
    throw new ScriptFailure(`${name}: parameter not set`, 2);
  return value;
}

function addExpansion(scope: Scope, list: FieldList, part: ParameterExpansionPart, quoted: boolean): void {
  const { parameter: name, operation, prefix } = part;
  if (prefix === '#') {
    list.value(
      String(
        name === '@' || name === '*' ? scope.positional.length : [...(parameterOf(scope, name) ?? '')].length,
      ),
      quoted,
    );
    return;
  }
  if (operation === undefined) {
    addParameter(scope, list, prefix === '!' ? (scope.get(name) ?? '') : name, quoted);
    return;
  }
  if (operation.type === 'Default') {
    addDefault(scope, list, part, operation, quoted);
    return;
  }
  const value = parameterOf(scope, name) ?? '';
  list.value(operate(scope, part, operation, value), quoted);
}

type Operation = NonNullable<ParameterExpansionPart['operation']>;

function addDefault(
  scope: Scope,
  list: FieldList,
  part: ParameterExpansionPart,
  operation: Extract<Operation, { type: 'Default' }>,
  quoted: boolean,
): void {
  const name = part.parameter;
  const value = name === '@' || name === '*' ? scope.positional.join(' ') : scope.get(name);
  const colon = operation.operator.startsWith(':');
  const present = value !== undefined && value !== '' ? true : value !== undefined && !colon;
  const { operand } = operation;
  const otherwise = () => addWord(scope, list, operand, operand.parts, quoted);
  switch (operation.operator.replace(':', '')) {
    case '+':
      if (present) otherwise();
      return;
    case '=':
      if (!present) scope.set(name, expandText(scope, operand));
      list.value(scope.get(name) ?? '', quoted);
      return;
    case '?':
      if (!present) {
        const message =
          expandText(scope, operand) || (colon ? 'parameter null or not set' : 'parameter not set');
        throw new ScriptFailure(`${name}: ${message}`, 2);
      }
      addParameter(scope, list, name, quoted);
      return;
    default:
      if (present) addParameter(scope, list, name, quoted);
      else otherwise();
  }
}

function operate(scope: Scope, part: ParameterExpansionPart, operation: Operation, value: string): string {
  switch (operation.type) {
    case 'Remove': {
      const pattern = expandPattern(scope, operation.operand);
      const lazy = operation.operator.length === 1;
      const source = patternSource(pattern, { lazy });
      if (operation.operator.startsWith('#')) return value.replace(new RegExp(`^(?:${source})`), '');
      // The shortest ending: from the right, the first place from which the rest matches as a whole.
      const places = Array.from({ length: value.length + 1 }, (_, at) => at);
      const cut = (lazy ? places.toReversed() : places).find((at) =>
        matchesPattern(pattern, value.slice(at)),
      );
      return cut === undefined ? value : value.slice(0, cut);
    }
    case 'Replace': {
      const source = patternSource(expandPattern(scope, operation.pattern));
      const anchored =
        operation.operator === '/#'
          ? `^(?:${source})`
          : operation.operator === '/%'
            ? `(?:${source})$`
            : source;
      const replacement = expandText(scope, operation.replacement);
      return source === ''
        ? value
        : value.replace(new RegExp(anchored, operation.operator === '//' ? 'g' : ''), () => replacement);
    }
    case 'Slice': {
      const offset = Number(calculate(scope, operation.offset.text));
      const start = offset < 0 ? Math.max(0, value.length + offset) : offset;
      if (operation.length === undefined) return value.slice(start);
      const length = Number(calculate(scope, operation.length.text));
      return value.slice(start, length < 0 ? value.length + length : start + length);
    }
    case 'CaseModification': {
      const change = (text: string) =>
        operation.operator.startsWith('^') ? text.toUpperCase() : text.toLowerCase();
      return operation.operator.length === 2 ? change(value) : change(value.slice(0, 1)) + value.slice(1);
    }
    default:
      throw new ScriptFailure(`bad substitution: ${part.text}`, 2);
  }
}
