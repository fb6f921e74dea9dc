import type { ParameterExpansionPart, ParameterOperation, Word } from 'unbash';
import { decodeEscapes, patternSource, quoteDouble, quoteWord } from '../../base';
import { assign, elementOf, subscript } from './assign';
import { ShellError } from './control';
import { getParameter, getVariable } from './lookup';
import type { Shell } from './shell';
import { itemKeys, itemValues, type Variable } from './variables';

/** What `${…}` stands for: values, or a word that is still to be expanded in its place. */
export type ParameterResult =
  | { readonly kind: 'one' | 'at' | 'star'; readonly values: readonly string[] }
  | { readonly kind: 'word'; readonly word: Word };

/** How the operands of `${…}` are expanded. */
export interface OperandExpander {
  string(word: Word | undefined): Promise<string>;
  pattern(word: Word | undefined): Promise<string>;
  /** What takes the place of a match: each unquoted `&` is the match itself. */
  replacement(word: Word | undefined): Promise<(match: string) => string>;
  number(word: Word): Promise<number>;
}

interface Found {
  readonly kind: 'one' | 'at' | 'star';
  readonly values: readonly string[];
  readonly set: boolean;
}

function find(shell: Shell, name: string, index: string | undefined): Found {
  const whole = index === '@' || index === '*' ? index : name === '@' || name === '*' ? name : undefined;
  if (whole !== undefined) {
    const variable = getVariable(shell, name);
    const values =
      name === '@' || name === '*' ? shell.positional : variable === undefined ? [] : itemValues(variable);
    return { kind: whole === '@' ? 'at' : 'star', values, set: values.length > 0 };
  }
  if (index !== undefined) {
    const variable = getVariable(shell, name);
    const value = variable === undefined ? undefined : elementOf(shell, variable, index);
    return { kind: 'one', values: value === undefined ? [] : [value], set: value !== undefined };
  }
  const value = getParameter(shell, name);
  return { kind: 'one', values: value === undefined ? [] : [value], set: value !== undefined };
}

/** Works out one `${…}`. */
export async function parameterResult(
  scope: { readonly shell: Shell },
  part: ParameterExpansionPart,
  expand: OperandExpander,
): Promise<ParameterResult> {
  const { shell } = scope;
  const { operation } = part;
  let name = part.parameter;
  let index = part.index === undefined ? undefined : await indexText(part.index, expand);
  if (operation?.type === 'Unknown') throw new ShellError(`${part.text}: bad substitution`, 1, true);
  if (part.prefix === '!' && operation?.type === 'Names') {
    const names = [...shell.variables.keys()].filter((known) => known.startsWith(name)).sort();
    return { kind: operation.operator === '@' ? 'at' : 'star', values: names };
  }
  if (part.prefix === '!' && (index === '@' || index === '*')) {
    const variable = getVariable(shell, name);
    return {
      kind: index === '@' ? 'at' : 'star',
      values: variable === undefined ? [] : variable.kind === 'scalar' ? ['0'] : itemKeys(variable),
    };
  }
  const reference = part.prefix === '!' ? shell.variables.get(name) : undefined;
  if (reference?.reference === true) return { kind: 'one', values: [reference.value ?? ''] };
  if (part.prefix === '!') {
    const target = find(shell, name, index).values[0];
    if (target === undefined) throw new ShellError(`${name}: invalid indirect expansion`, 1, true);
    const match = /^([A-Za-z_]\w*|\d+|[@*#?$!-])(?:\[(.*)\])?$/.exec(target);
    if (match === null) throw new ShellError(`${target}: invalid variable name`, 1, true);
    name = match[1] ?? '';
    index = match[2];
  }
  const found = find(shell, name, index);
  if (part.prefix === '#') {
    const count = found.kind === 'one' ? [...(found.values[0] ?? '')].length : found.values.length;
    if (!found.set && found.kind === 'one') unbound(shell, name, index);
    return { kind: 'one', values: [String(count)] };
  }
  if (operation === undefined) {
    if (!found.set && found.kind === 'one') unbound(shell, name, index);
    return { kind: found.kind, values: found.set || found.kind !== 'one' ? found.values : [''] };
  }
  if (operation.type === 'Default') return byDefault(shell, part, name, index, found, operation, expand);
  if (!found.set && found.kind === 'one' && operation.type !== 'Transform') unbound(shell, name, index);
  return operate(shell, part, name, found, operation, expand);
}

async function indexText(word: Word, expand: OperandExpander): Promise<string> {
  return word.text === '@' || word.text === '*' ? word.text : expand.string(word);
}

function unbound(shell: Shell, name: string, index: string | undefined): void {
  if (!shell.options.nounset) return;
  const shown = /^\d+$/.test(name) ? `$${name}` : index === undefined ? name : `${name}[${index}]`;
  throw new ShellError(`${shown}: unbound variable`, shell.options.errexit ? 1 : 127, true);
}

async function byDefault(
  shell: Shell,
  part: ParameterExpansionPart,
  name: string,
  index: string | undefined,
  found: Found,
  operation: ParameterOperation & { type: 'Default' },
  expand: OperandExpander,
): Promise<ParameterResult> {
  const colon = operation.operator.startsWith(':');
  const present = found.set && (!colon || found.values.some((value) => value !== ''));
  const own: ParameterResult = {
    kind: found.kind,
    values: found.set || found.kind !== 'one' ? found.values : [''],
  };
  switch (operation.operator) {
    case '+':
    case ':+':
      return present ? { kind: 'word', word: operation.operand } : { kind: 'one', values: [''] };
    case '-':
    case ':-':
      return present ? own : { kind: 'word', word: operation.operand };
    case '=':
    case ':=': {
      if (present) return own;
      if (!/^[A-Za-z_]/.test(name)) throw new ShellError(`$${name}: cannot assign in this way`, 1, true);
      const value = await expand.string(operation.operand);
      assign(shell, { name, append: false, index, value });
      return { kind: 'one', values: [value] };
    }
    default: {
      if (present) return own;
      const said = await expand.string(operation.operand);
      const message = said === '' ? (colon ? 'parameter null or not set' : 'parameter not set') : said;
      throw new ShellError(`${part.parameter}: ${message}`, shell.depth > 0 ? 1 : 127, true);
    }
  }
}

async function operate(
  shell: Shell,
  part: ParameterExpansionPart,
  name: string,
  found: Found,
  operation: Exclude<ParameterOperation, { type: 'Default' | 'Unknown' }>,
  expand: OperandExpander,
): Promise<ParameterResult> {
  const each = (change: (value: string) => string): ParameterResult => ({
    kind: found.kind,
    values: (found.set || found.kind !== 'one' ? found.values : ['']).map(change),
  });
  switch (operation.type) {
    case 'Remove': {
      const pattern = await expand.pattern(operation.operand);
      return each((value) => removePattern(value, operation.operator, pattern));
    }
    case 'Replace': {
      const pattern = await expand.pattern(operation.pattern);
      const by = await expand.replacement(operation.replacement);
      const source = patternSource(pattern);
      const anchored =
        operation.operator === '/#'
          ? `^(?:${source})`
          : operation.operator === '/%'
            ? `(?:${source})$`
            : source;
      if (pattern === '' && (operation.operator === '/' || operation.operator === '//'))
        return each((value) => value);
      const shape = new RegExp(anchored, operation.operator === '//' ? 'g' : '');
      return each((value) =>
        operation.operator === '//'
          ? value.replace(shape, (match) => (match === '' ? '' : by(match)))
          : value.replace(shape, by),
      );
    }
    case 'Slice': {
      const offset = await expand.number(operation.offset);
      const length = operation.length === undefined ? undefined : await expand.number(operation.length);
      if (found.kind === 'one') return each((value) => slice([...value], offset, length).join(''));
      const all = name === '@' || name === '*' ? [shell.name, ...found.values] : found.values;
      const from = (name === '@' || name === '*') && offset === 0 ? 0 : offset;
      return { kind: found.kind, values: slice(all, placeOf(shell.variables.get(name), from), length) };
    }
    case 'CaseModification': {
      const pattern = operation.operand === undefined ? '?' : await expand.pattern(operation.operand);
      const shape = new RegExp(`^(?:${patternSource(pattern)})$`);
      const { operator } = operation;
      const turn = (char: string) => (operator.startsWith('^') ? char.toUpperCase() : char.toLowerCase());
      return each((value) =>
        [...value]
          .map((char, at) => ((operator.length === 2 || at === 0) && shape.test(char) ? turn(char) : char))
          .join(''),
      );
    }
    case 'Transform': {
      const how = operation.operand.text;
      if (!/^[QUuLEPKkAa]$/.test(how)) throw new ShellError(`${part.text}: bad substitution`, 127, true);
      if (!found.set) return { kind: found.kind, values: found.kind === 'one' ? [''] : [] };
      if (how === 'Q') return each(quoteWord);
      if (how === 'U') return each((value) => value.toUpperCase());
      if (how === 'u') return each((value) => value.slice(0, 1).toUpperCase() + value.slice(1));
      if (how === 'L') return each((value) => value.toLowerCase());
      if (how === 'E') return each((value) => decodeEscapes(value, false).text);
      if (how === 'K' || how === 'k') return keyed(shell, name, found);
      if (how === 'A' || how === 'a') return described(shell, name, how, found);
      return each((value) => value);
    }
    default:
      return { kind: found.kind, values: found.values };
  }
}

/** `${x@K}`: a value quoted, or an array's keys and quoted values. */
function keyed(shell: Shell, name: string, found: Found): ParameterResult {
  const variable = getVariable(shell, name);
  if (found.kind === 'one' || variable === undefined || variable.kind === 'scalar')
    return { kind: found.kind, values: found.values.map(quoteWord) };
  const isMap = variable.kind === 'associative';
  const pairs = itemKeys(variable).map((key) => `${key} ${quoteDouble(variable.items.get(key) ?? '')}`);
  return { kind: 'one', values: [`${pairs.join(' ')}${isMap ? ' ' : ''}`] };
}

/** `${x@A}`, which declares it again, and `${x@a}`, its attributes. */
function described(shell: Shell, name: string, how: 'A' | 'a', found: Found): ParameterResult {
  const variable = getVariable(shell, name);
  const letters =
    variable === undefined
      ? ''
      : (variable.kind === 'indexed' ? 'a' : variable.kind === 'associative' ? 'A' : '') +
        (variable.integer ? 'i' : '') +
        (variable.letters === 'lower' ? 'l' : '') +
        (variable.readonly ? 'r' : '') +
        (variable.letters === 'upper' ? 'u' : '') +
        (variable.exported ? 'x' : '');
  if (how === 'a') return { kind: found.kind, values: found.values.map(() => letters) };
  const [value = ''] = found.values;
  const whole = found.kind !== 'one' && variable !== undefined && variable.kind !== 'scalar';
  const text = whole
    ? `(${itemKeys(variable)
        .map((key) => `[${key}]=${quoteDouble(variable.items.get(key) ?? '')}`)
        .join(' ')})`
    : quoteWord(value);
  return { kind: 'one', values: [`${letters === '' ? '' : `declare -${letters} `}${name}=${text}`] };
}

/** Removes the shortest or longest match of a pattern at one end. */
function removePattern(value: string, operator: '#' | '##' | '%' | '%%', pattern: string): string {
  const shape = new RegExp(`^(?:${patternSource(pattern)})$`);
  const lengths = [...Array(value.length + 1).keys()];
  if (operator.length === 2) lengths.reverse();
  for (const length of lengths) {
    if (operator.startsWith('#') && shape.test(value.slice(0, length))) return value.slice(length);
    if (operator.startsWith('%') && shape.test(value.slice(value.length - length)))
      return value.slice(0, value.length - length);
  }
  return value;
}

/** In an array with gaps the offset is an index, and those are counted that stand there or later. */
function placeOf(variable: Variable | undefined, offset: number): number {
  if (variable?.kind !== 'indexed') return offset;
  const keys = itemKeys(variable).map(Number);
  const from = offset < 0 ? (keys.at(-1) ?? -1) + 1 + offset : offset;
  if (from < 0) return offset;
  const place = keys.findIndex((key) => key >= from);
  return place < 0 ? keys.length : place;
}

function slice<T>(all: readonly T[], offset: number, length: number | undefined): readonly T[] {
  const start = offset < 0 ? all.length + offset : offset;
  if (start < 0) return [];
  if (length === undefined) return all.slice(start);
  if (length < 0 && all.length + length < start)
    throw new ShellError(`${length}: substring expression < 0`, 1, true);
  return all.slice(start, length < 0 ? all.length + length : start + length);
}

/** The element key of `name[index]`, for `unset`. */
export function elementKey(shell: Shell, name: string, index: string): string {
  return subscript(shell, shell.variables.get(name), index);
}
