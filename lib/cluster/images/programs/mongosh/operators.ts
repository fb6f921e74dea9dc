import { display } from './display';
import { ScriptError } from './native-members';
import { isPlain, Special } from './values';

/** A value of the database as a number would have it. */
export function plainNumber(value: unknown): unknown {
  return value instanceof Special ? value.text : value;
}

/** `left operator right`, with the database's own values beside the language's. */
export function binary(operator: string, left: unknown, right: unknown): unknown {
  const [a, b] = [plainNumber(left), plainNumber(right)];
  const [x, y] = [a as number, b as number];
  switch (operator) {
    case '+':
      return typeof left === 'string' || typeof right === 'string'
        ? display(left) + display(right)
        : typeof a === 'object' || typeof b === 'object'
          ? display(left) + display(right)
          : Number(x) + Number(y);
    case '-':
      return Number(x) - Number(y);
    case '*':
      return Number(x) * Number(y);
    case '/':
      return Number(x) / Number(y);
    case '%':
      return Number(x) % Number(y);
    case '**':
      return Number(x) ** Number(y);
    case '===':
      return same(left, right);
    case '!==':
      return !same(left, right);
    case '==':
      // biome-ignore lint/suspicious/noDoubleEquals: the language's own loose comparison is what was typed.
      return same(left, right) || a == b;
    case '!=':
      // biome-ignore lint/suspicious/noDoubleEquals: the language's own loose comparison is what was typed.
      return !(same(left, right) || a == b);
    case '<':
      return x < y;
    case '>':
      return x > y;
    case '<=':
      return x <= y;
    case '>=':
      return x >= y;
    case '&':
      return x & y;
    case '|':
      return x | y;
    case '^':
      return x ^ y;
    case '<<':
      return x << y;
    case '>>':
      return x >> y;
    case 'in':
      return isPlain(right) && Object.hasOwn(right, String(left));
    case 'instanceof':
      return false;
    default:
      throw new ScriptError('SyntaxError', `the operator ${operator} is not understood here`);
  }
}

function same(a: unknown, b: unknown): boolean {
  return a === b || (a instanceof Special && b instanceof Special && a.wire === b.wire && a.type !== 'oid');
}
