import { compileRegExp } from './regular-expression';
import { ToolError } from './tool-error';

/** The value of expr's words: arithmetic, comparison and `:` matching; throws `ToolError` in its words. */
export function evaluateExpr(words: readonly string[]): string {
  let at = 0;
  const whole = (text: string): bigint => {
    if (!/^-?\d+$/.test(text)) throw new ToolError('non-integer argument', 2);
    return BigInt(text);
  };
  const primary = (): string => {
    const word = words[at];
    if (word === undefined)
      throw new ToolError(
        at === 0
          ? "missing operand\nTry 'expr --help' for more information."
          : `syntax error: missing argument after ‘${words[at - 1]}’`,
        2,
      );
    at += 1;
    if (word === '(') {
      const value = level(0);
      at += 1;
      return value;
    }
    if (word === 'length') return String([...primary()].length);
    if (word === 'substr') {
      const [text, from, count] = [primary(), Number(primary()), Number(primary())];
      return text.slice(from - 1, from - 1 + count);
    }
    return word;
  };
  const levels = [['|'], ['&'], ['=', '!=', '<', '>', '<=', '>='], ['+', '-'], ['*', '/', '%'], [':']];
  const apply = (operator: string, a: string, b: string): string => {
    const empty = (text: string) => text === '' || text === '0';
    if (operator === '|') return empty(a) ? (empty(b) ? '0' : b) : a;
    if (operator === '&') return empty(a) || empty(b) ? '0' : a;
    if (operator === ':') {
      const match = compileRegExp(`^\\(${b}\\)`.replace(/^\^\\\(\^?/, '^\\('), 'basic', '').exec(a);
      return b.includes('\\(') ? (match?.[2] ?? '') : String(match?.[0].length ?? 0);
    }
    if (levels[2]?.includes(operator) === true) {
      const numbers = /^-?\d+$/.test(a) && /^-?\d+$/.test(b);
      const order = numbers ? Number(BigInt(a) - BigInt(b)) : a < b ? -1 : a > b ? 1 : 0;
      const holds = {
        '=': order === 0,
        '!=': order !== 0,
        '<': order < 0,
        '>': order > 0,
        '<=': order <= 0,
        '>=': order >= 0,
      }[operator];
      return holds === true ? '1' : '0';
    }
    const [x, y] = [whole(a), whole(b)];
    if ((operator === '/' || operator === '%') && y === 0n) throw new ToolError('division by zero', 2);
    return String(
      operator === '+'
        ? x + y
        : operator === '-'
          ? x - y
          : operator === '*'
            ? x * y
            : operator === '/'
              ? x / y
              : x % y,
    );
  };
  const level = (depth: number): string => {
    const operators = levels[depth];
    if (operators === undefined) return primary();
    let value = level(depth + 1);
    while (operators.includes(words[at] ?? '')) {
      const operator = words[at] ?? '';
      at += 1;
      value = apply(operator, value, level(depth + 1));
    }
    return value;
  };
  const value = level(0);
  if (at < words.length) throw new ToolError(`syntax error: unexpected argument ‘${words[at]}’`, 2);
  return value;
}
