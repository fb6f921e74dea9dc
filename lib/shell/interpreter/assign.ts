import { ArithmeticError, type ArithmeticScope, evaluateArithmetic } from '../../base';
import { ShellError } from './control';
import { getParameter, getVariable, referredName } from './lookup';
import type { ExpandedAssignment, Shell } from './shell';
import { itemKeys, scalar, scalarValue, type Variable } from './variables';

/** Arithmetic over a shell's variables. */
export function arithmeticScope(shell: Shell): ArithmeticScope {
  return {
    get(name, index) {
      if (index === undefined) {
        const value = getParameter(shell, name);
        if (value === undefined && shell.options.nounset)
          throw new ShellError(`${name}: unbound variable`, 127, true);
        return value ?? '';
      }
      const variable = getVariable(shell, name);
      return variable === undefined ? '' : (elementOf(shell, variable, index) ?? '');
    },
    set(name, index, value) {
      assign(shell, { name, append: false, index, value });
    },
  };
}

/** The value of an arithmetic expression in this shell. */
export function calculate(shell: Shell, text: string): bigint {
  try {
    return evaluateArithmetic(text, arithmeticScope(shell));
  } catch (error) {
    if (error instanceof ArithmeticError) throw new ShellError(error.message);
    throw error;
  }
}

/** The element key that a subscript's text means: itself, or for an indexed array its value as a number. */
export function subscript(shell: Shell, variable: Variable | undefined, index: string, name = ''): string {
  if (variable?.kind === 'associative') {
    if (index === '') throw new ShellError(`${name}[]: bad array subscript`);
    return index.replace(/^(['"])(.*)\1$/s, '$2');
  }
  let number = Number(calculate(shell, index));
  if (number < 0) {
    const keys = variable === undefined ? [] : itemKeys(variable);
    number += Number(keys[keys.length - 1] ?? -1) + 1;
  }
  if (number < 0) throw new ShellError(`${name}[${index}]: bad array subscript`);
  return String(number);
}

/** One element of a variable; a scalar is its own element 0. */
export function elementOf(shell: Shell, variable: Variable, index: string): string | undefined {
  const key = subscript(shell, variable, index);
  if (variable.kind === 'scalar') return key === '0' ? variable.value : undefined;
  return variable.items.get(key);
}

function shaped(shell: Shell, variable: Variable, value: string, before: string | undefined): string {
  if (variable.integer) {
    const next = calculate(shell, value);
    return String(before === undefined ? next : calculate(shell, before) + next);
  }
  const whole = (before ?? '') + value;
  return variable.letters === 'upper'
    ? whole.toUpperCase()
    : variable.letters === 'lower'
      ? whole.toLowerCase()
      : whole;
}

/** Carries out an assignment; throws `ShellError` for a read-only variable. */
export function assign(shell: Shell, assignment: ExpandedAssignment): void {
  const { append, value } = assignment;
  const target = referredName(shell, assignment.name);
  const { name } = target;
  const index = assignment.index ?? target.index;
  const before = shell.variables.get(name);
  if (before?.readonly === true) throw new ShellError(`${name}: readonly variable`, 1, true);
  const base = before ?? scalar(undefined, shell.options.allexport);
  if (typeof value !== 'string') {
    shell.variables.set(name, withElements(shell, base, value, append));
    return;
  }
  if (index === undefined && base.kind === 'scalar') {
    const text = shaped(shell, base, value, append ? base.value : undefined);
    shell.variables.set(name, { ...base, value: text, exported: base.exported || shell.options.allexport });
    return;
  }
  const key = elementFor(shell, before, index ?? '0', name);
  const items =
    base.kind === 'scalar' && base.value !== undefined ? new Map([['0', base.value]]) : new Map(base.items);
  items.set(key, shaped(shell, base, value, append ? items.get(key) : undefined));
  shell.variables.set(name, {
    ...base,
    kind: base.kind === 'scalar' ? 'indexed' : base.kind,
    value: undefined,
    items,
  });
}

/** The key to assign to: a subscript that means none gives up the whole line. */
function elementFor(shell: Shell, variable: Variable | undefined, index: string, name: string): string {
  try {
    return subscript(shell, variable, index, name);
  } catch (error) {
    if (error instanceof ShellError && !error.fatal) throw new ShellError(error.message, 1, 'line');
    throw error;
  }
}

function withElements(
  shell: Shell,
  base: Variable,
  elements: readonly (readonly [index: string | undefined, value: string])[],
  append: boolean,
): Variable {
  const kind = base.kind === 'associative' ? 'associative' : 'indexed';
  const old = scalarValue(base);
  const items: Map<string, string> = !append
    ? new Map()
    : base.kind === 'scalar'
      ? new Map(old === undefined ? [] : [['0', old]])
      : new Map(base.items);
  const array: Variable = { ...base, kind, value: undefined, items };
  const keys = itemKeys(array);
  let next = kind === 'indexed' && keys.length > 0 ? Number(keys[keys.length - 1]) + 1 : 0;
  // Words without subscripts are keys and values by turns.
  const plain = kind === 'associative' && elements.every(([index]) => index === undefined);
  const pairs = plain
    ? elements.flatMap(([, key], at) => (at % 2 === 0 ? [[key, elements[at + 1]?.[1] ?? ''] as const] : []))
    : elements;
  for (const [index, value] of pairs) {
    const key = index === undefined ? String(next) : subscript(shell, array, index);
    items.set(key, shaped(shell, base, value, undefined));
    if (kind === 'indexed') next = Number(key) + 1;
  }
  return array;
}

/** Sets a plain variable by name. */
export function setVariable(shell: Shell, name: string, value: string): void {
  assign(shell, { name, append: false, index: undefined, value });
}
