import type { TestExpression } from 'unbash';
import { matchesPattern, posixRegExp } from '../../../base';
import { expandPattern, expandText, type Scope, ScriptFailure } from './expand';
import { absolute, type ScriptFiles } from './script-files';

/** Where a test looks at files. */
export interface TestPlace {
  readonly files: ScriptFiles;
  readonly cwd: string;
}

/** `[[ … ]]`. */
export function holds(expression: TestExpression, scope: Scope, place: TestPlace): boolean {
  switch (expression.type) {
    case 'TestGroup':
      return holds(expression.expression, scope, place);
    case 'TestNot':
      return holds(expression.operand, scope, place) === (expression.negations.length % 2 === 0);
    case 'TestLogical':
      return expression.operator === '&&'
        ? expression.operands.every((each) => holds(each, scope, place))
        : expression.operands.some((each) => holds(each, scope, place));
    case 'TestUnary':
      return unary(expression.operator, expandText(scope, expression.operand), place, scope);
    case 'TestBinary': {
      const left = expandText(scope, expression.left);
      const { operator } = expression;
      if (operator === '=~') return new RegExp(posixRegExp(expandText(scope, expression.right))).test(left);
      if (operator === '=' || operator === '==' || operator === '!=')
        return matchesPattern(expandPattern(scope, expression.right), left) === (operator !== '!=');
      return binary(left, operator, expandText(scope, expression.right));
    }
  }
}

/** `test` and `[` by their words; throws `ScriptFailure` for words that make no sense. */
export function testWords(words: readonly string[], place: TestPlace): boolean {
  let at = 0;
  const peek = (ahead = 0) => words[at + ahead];
  const primary = (): boolean => {
    const [first, second, third] = [peek(), peek(1), peek(2)];
    if (first === undefined) return false;
    if (second !== undefined && third !== undefined && BINARY.test(second)) {
      at += 3;
      return binary(first, second, third);
    }
    if (first === '!') {
      at += 1;
      return !primary();
    }
    if (first === '(') {
      at += 1;
      const value = either();
      at += 1;
      return value;
    }
    if (/^-[a-zA-Z]$/.test(first) && second !== undefined && second !== '-a' && second !== '-o') {
      at += 2;
      return unary(first, second, place);
    }
    at += 1;
    return first !== '';
  };
  const both = (): boolean => {
    let value = primary();
    while (peek() === '-a') {
      at += 1;
      const next = primary();
      value = value && next;
    }
    return value;
  };
  const either = (): boolean => {
    let value = both();
    while (peek() === '-o') {
      at += 1;
      const next = both();
      value = value || next;
    }
    return value;
  };
  const value = either();
  if (at < words.length) throw new ScriptFailure(`${words[at]}: unknown operand`, 2);
  return value;
}

const BINARY = /^(?:=|==|!=|<|>|-eq|-ne|-lt|-le|-gt|-ge|-nt|-ot|-ef)$/;

function unary(operator: string, operand: string, { files, cwd }: TestPlace, scope?: Scope): boolean {
  const path = absolute(cwd, operand);
  switch (operator) {
    case '-z':
      return operand === '';
    case '-n':
      return operand !== '';
    case '-f':
      return files.read(path) !== undefined;
    case '-d':
      return files.isDirectory(path);
    case '-s':
      return (files.read(path) ?? '') !== '' || files.isDirectory(path);
    case '-e':
    case '-r':
    case '-x':
    case '-a':
      return files.exists(path);
    case '-w':
      return files.exists(path);
    case '-v':
      return scope?.get(operand) !== undefined;
    default:
      return false;
  }
}

function number(text: string): number {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new ScriptFailure(`${text === '' ? "''" : text}: bad number`, 2);
  return Number(text);
}

function binary(left: string, operator: string, right: string): boolean {
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '-eq':
      return number(left) === number(right);
    case '-ne':
      return number(left) !== number(right);
    case '-lt':
      return number(left) < number(right);
    case '-le':
      return number(left) <= number(right);
    case '-gt':
      return number(left) > number(right);
    case '-ge':
      return number(left) >= number(right);
    default:
      return false;
  }
}
