import type { BinaryOperator } from './syntax';
import {
  compareValues,
  isArray,
  isNumber,
  isObject,
  JqError,
  type JqObject,
  type JqValue,
  numberOf,
  shown,
} from './value';

const MAX_REPEATED = 64 * 1024 * 1024;

const failed = (left: JqValue, right: JqValue, what: string): JqError =>
  new JqError(`${shown(left)} and ${shown(right)} cannot be ${what}`);

/** `left operator right` on two values. */
export function combine(operator: BinaryOperator, left: JqValue, right: JqValue): JqValue {
  switch (operator) {
    case '+':
      return add(left, right);
    case '-':
      return subtract(left, right);
    case '*':
      return multiply(left, right);
    case '/':
      return divide(left, right);
    case '%':
      return remainder(left, right);
    case '==':
      return compareValues(left, right) === 0;
    case '!=':
      return compareValues(left, right) !== 0;
    case '<':
      return compareValues(left, right) < 0;
    case '<=':
      return compareValues(left, right) <= 0;
    case '>':
      return compareValues(left, right) > 0;
    case '>=':
      return compareValues(left, right) >= 0;
  }
}

function add(left: JqValue, right: JqValue): JqValue {
  if (left === null) return right;
  if (right === null) return left;
  if (isNumber(left) && isNumber(right)) return numberOf(left) + numberOf(right);
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (isArray(left) && isArray(right)) return [...left, ...right];
  if (isObject(left) && isObject(right)) return new Map([...left, ...right]);
  throw failed(left, right, 'added');
}

function subtract(left: JqValue, right: JqValue): JqValue {
  if (isNumber(left) && isNumber(right)) return numberOf(left) - numberOf(right);
  if (isArray(left) && isArray(right))
    return left.filter((item) => !right.some((other) => compareValues(item, other) === 0));
  throw failed(left, right, 'subtracted');
}

function multiply(left: JqValue, right: JqValue): JqValue {
  if (isNumber(left) && isNumber(right)) return numberOf(left) * numberOf(right);
  if (isObject(left) && isObject(right)) return merge(left, right);
  const [text, times] = typeof left === 'string' ? [left, right] : [right, left];
  if (typeof text !== 'string' || !isNumber(times)) throw failed(left, right, 'multiplied');
  const count = numberOf(times);
  if (!(count > 0)) return null;
  const whole = count < 1 ? 1 : Math.floor(count);
  if (whole * text.length > MAX_REPEATED) throw new JqError('Repeat string result too long');
  return text.repeat(whole);
}

/** Objects merged into one another, all the way down. */
function merge(left: JqObject, right: JqObject): JqObject {
  const out = new Map(left);
  for (const [key, value] of right) {
    const old = out.get(key) ?? null;
    out.set(key, isObject(old) && isObject(value) ? merge(old, value) : value);
  }
  return out;
}

function divide(left: JqValue, right: JqValue): JqValue {
  if (isNumber(left) && isNumber(right)) {
    if (numberOf(right) === 0) throw failed(left, right, 'divided because the divisor is zero');
    return numberOf(left) / numberOf(right);
  }
  if (typeof left === 'string' && typeof right === 'string') return splitText(left, right);
  throw failed(left, right, 'divided');
}

/** A text cut at every separator; nothing of nothing. */
export function splitText(text: string, separator: string): readonly string[] {
  if (text === '') return [];
  return separator === '' ? [...text] : text.split(separator);
}

function remainder(left: JqValue, right: JqValue): JqValue {
  if (!isNumber(left) || !isNumber(right)) throw failed(left, right, 'divided (remainder)');
  const [a, b] = [numberOf(left), numberOf(right)];
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  const whole = Math.abs(Math.trunc(b));
  if (whole === 0) throw failed(left, right, 'divided (remainder) because the divisor is zero');
  const rest = Math.abs(Math.trunc(a)) % whole;
  return a < 0 ? -rest : rest;
}
