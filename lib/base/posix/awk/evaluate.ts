import { ToolError } from '../tool-error';
import { callBuiltIn } from './functions';
import type { AwkMemory } from './memory';
import type { Expr } from './program';
import { isTrue, looksNumeric, toNumber, toText, type Value } from './values';

/** What a program asks of the world beside its input. */
export interface AwkWorld {
  readonly variables: Readonly<Record<string, string>>;
  now(): number;
  random(): number;
}

/** What calls a function that the program itself defines. */
export type CallOwn = (name: string, args: readonly Expr[]) => Value;

/** Works out the expressions of one run. */
export class AwkExpression {
  readonly memory: AwkMemory;
  readonly world: AwkWorld;
  readonly #callOwn: CallOwn;

  constructor(memory: AwkMemory, world: AwkWorld, callOwn: CallOwn) {
    this.memory = memory;
    this.world = world;
    this.#callOwn = callOwn;
  }

  /** What an expression comes to. */
  value(expr: Expr): Value {
    switch (expr.kind) {
      case 'number':
      case 'string':
        return expr.value;
      case 'regex':
        return this.memory.shape(expr.source).test(this.memory.record) ? 1 : 0;
      case 'variable':
        return this.memory.read(expr.name);
      case 'field':
        return this.memory.field(toNumber(this.value(expr.index)));
      case 'element': {
        const array = this.memory.array(expr.name);
        const key = this.key(expr.keys);
        const found = array.get(key);
        if (found === undefined) array.set(key, { text: '' });
        return found ?? { text: '' };
      }
      case 'assign': {
        const value = this.value(expr.value);
        if (expr.operator === '') return this.assign(expr.target, value);
        return this.assign(expr.target, calculate(expr.operator, this.value(expr.target), value));
      }
      case 'step': {
        const before = toNumber(this.value(expr.target));
        this.assign(expr.target, before + expr.by);
        return expr.before ? before + expr.by : before;
      }
      case 'unary': {
        const value = this.value(expr.operand);
        if (expr.operator === '!') return isTrue(value) ? 0 : 1;
        return expr.operator === '-' ? -toNumber(value) : toNumber(value);
      }
      case 'in':
        return this.memory.array(expr.name).has(this.key(expr.keys)) ? 1 : 0;
      case 'choice':
        return this.value(isTrue(this.value(expr.test)) ? expr.yes : expr.no);
      case 'call':
        return callBuiltIn(this, expr.name, expr.args) ?? this.#callOwn(expr.name, expr.args);
      default:
        return this.#binary(expr);
    }
  }

  /** What an element of an array is kept under. */
  key(keys: readonly Expr[]): string {
    return keys.map((key) => toText(this.value(key))).join(this.memory.text('SUBSEP'));
  }

  /** Sets a variable, a field or an element; gives the value. */
  assign(target: Expr, value: Value): Value {
    if (target.kind === 'element') this.memory.array(target.name).set(this.key(target.keys), value);
    else if (target.kind === 'field')
      this.memory.writeField(toNumber(this.value(target.index)), toText(value));
    else if (target.kind === 'variable') this.memory.write(target.name, value);
    return value;
  }

  /** An expression as a regular expression. */
  pattern(expr: Expr | undefined): RegExp {
    if (expr === undefined) return /(?:)/;
    return this.memory.shape(expr.kind === 'regex' ? expr.source : toText(this.value(expr)));
  }

  #binary(expr: Expr & { kind: 'binary' }): Value {
    const { operator } = expr;
    if (operator === '&&') return isTrue(this.value(expr.left)) && isTrue(this.value(expr.right)) ? 1 : 0;
    if (operator === '||') return isTrue(this.value(expr.left)) || isTrue(this.value(expr.right)) ? 1 : 0;
    const left = this.value(expr.left);
    if (operator === '~' || operator === '!~')
      return this.pattern(expr.right).test(toText(left)) === (operator === '~') ? 1 : 0;
    const right = this.value(expr.right);
    if (operator === ' ') return toText(left) + toText(right);
    return compare(operator, left, right) ?? calculate(operator, left, right);
  }
}

/** Two values compared, as numbers where both look like numbers; undefined when the operator does not compare. */
function compare(operator: string, left: Value, right: Value): 0 | 1 | undefined {
  const numbers = looksNumeric(left) && looksNumeric(right);
  const [a, b] = numbers ? [toNumber(left), toNumber(right)] : [toText(left), toText(right)];
  const order = a < b ? -1 : a > b ? 1 : 0;
  const holds: Readonly<Record<string, boolean>> = {
    '<': order < 0,
    '<=': order <= 0,
    '==': order === 0,
    '!=': order !== 0,
    '>': order > 0,
    '>=': order >= 0,
  };
  const held = holds[operator];
  return held === undefined ? undefined : held ? 1 : 0;
}

function calculate(operator: string, left: Value, right: Value): number {
  const [a, b] = [toNumber(left), toNumber(right)];
  if ((operator === '/' || operator === '%') && b === 0)
    throw new ToolError(`division by zero${operator === '%' ? ' in %' : ''}`, 2);
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    default:
      return a ** b;
  }
}
