import { isBinary, isUnary, testBinary, testUnary } from '../interpreter/conditions';
import { ShellError } from '../interpreter/control';
import type { Builtin, BuiltinCall } from '../interpreter/shell';

function wholeNumber(text: string): bigint {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new ShellError(`${text}: integer expression expected`, 2);
  return BigInt(text.trim().replace(/^\+/, ''));
}

function evaluateTest(call: BuiltinCall, words: readonly string[]): boolean {
  let at = 0;
  const { shell, io } = call;
  const primary = (): boolean => {
    const left = words.length - at;
    const word = words[at];
    if (word === undefined) throw new ShellError('argument expected', 2);
    const operator = words[at + 1];
    if (left >= 3 && operator !== undefined && isBinary(operator) && operator !== '=~') {
      at += 3;
      return testBinary(shell, word, operator, words[at - 1] ?? '', wholeNumber);
    }
    if (word === '!' && left > 1) {
      at += 1;
      return !primary();
    }
    if (word === '(' && left > 2) {
      at += 1;
      const inner = or();
      if (words[at] !== ')') throw new ShellError("`)' expected", 2);
      at += 1;
      return inner;
    }
    if (isUnary(word) && left >= 2 && !(left > 2 && (words[at + 1] === '-a' || words[at + 1] === '-o'))) {
      at += 2;
      return testUnary(shell, io, word, words[at - 1] ?? '');
    }
    at += 1;
    return word !== '';
  };
  const and = (): boolean => {
    let outcome = primary();
    while (words[at] === '-a') {
      at += 1;
      const right = primary();
      outcome = outcome && right;
    }
    return outcome;
  };
  const or = (): boolean => {
    let outcome = and();
    while (words[at] === '-o') {
      at += 1;
      const right = and();
      outcome = outcome || right;
    }
    return outcome;
  };
  if (words.length === 0) return false;
  if (words.length === 1) return words[0] !== '';
  const outcome = or();
  if (at >= words.length) return outcome;
  const [first = '', second = ''] = words;
  if (words.length === 2) throw new ShellError(`${first}: unary operator expected`, 2);
  if (words.length === 3) throw new ShellError(`${second}: binary operator expected`, 2);
  throw new ShellError('too many arguments', 2);
}

/** `test` and `[`. */
export const testBuiltin: Builtin = async (call) => {
  let words = call.args;
  if (call.argv[0] === '[') {
    if (words[words.length - 1] !== ']') throw new ShellError("missing `]'", 2);
    words = words.slice(0, -1);
  }
  return evaluateTest(call, words) ? 0 : 1;
};
