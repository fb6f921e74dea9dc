/** A mistake in an arithmetic expression, in bash's words. */
export class ArithmeticError extends Error {
  override name = 'ArithmeticError';
}

/** Variables as arithmetic sees them; `index` is the text between brackets. */
export interface ArithmeticScope {
  get(name: string, index: string | undefined): string;
  set(name: string, index: string | undefined, value: string): void;
}

/** How deep a variable may name another as its value ("a=b b=a"). */
const MAX_RECURSION = 64;

const BINARY: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];
const ASSIGN = ['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '^=', '|='];
const TOKEN =
  /\s*(0[xX][0-9a-fA-F]*(?!\w)|\d+#[0-9a-zA-Z@_]+|\d+\w*|[A-Za-z_]\w*|<<=|>>=|\*\*|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&^|]=|[-+*/%<>=!~&|^?:,()[\]]|\S)/y;

interface Token {
  readonly text: string;
  readonly at: number;
}

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (;;) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) return tokens;
    tokens.push({ text: match[1] ?? '', at: at + match[0].length - (match[1] ?? '').length });
  }
}

interface Place {
  readonly name: string;
  readonly index: string | undefined;
}

const wrap = (value: bigint) => BigInt.asIntN(64, value);
const truth = (value: boolean) => (value ? 1n : 0n);

/** Evaluates a shell arithmetic expression; throws `ArithmeticError` with bash's message. */
export function evaluate(text: string, scope: ArithmeticScope, depth = 0): bigint {
  const tokens = tokenize(text);
  if (tokens.length === 0) return 0n;
  if (depth > MAX_RECURSION)
    throw new ArithmeticError(`${text}: expression recursion level exceeded (error token is "${text}")`);
  let at = 0;
  // Inside a branch not taken nothing is assigned and nothing divided.
  let idle = 0;

  const fail = (what: string, from = at): never => {
    const rest = tokens[from] === undefined ? '' : text.slice(tokens[from].at);
    const token = rest === '' ? (tokens[tokens.length - 1]?.text ?? '') : rest;
    throw new ArithmeticError(`${text.trim()}: ${what} (error token is "${token.trimEnd()}")`);
  };
  const peek = () => tokens[at]?.text;
  const take = (text2: string): boolean => {
    if (peek() !== text2) return false;
    at += 1;
    return true;
  };

  const valueAt = (place: Place): bigint => {
    const raw = scope.get(place.name, place.index).trim();
    if (raw === '') return 0n;
    return /^-?[1-9]\d*$|^0$/.test(raw) ? wrap(BigInt(raw)) : evaluate(raw, scope, depth + 1);
  };
  const store = (place: Place, value: bigint): bigint => {
    if (idle === 0) scope.set(place.name, place.index, value.toString());
    return value;
  };
  const number = (token: string): bigint => {
    const based = /^(\d+)#(.+)$/.exec(token);
    if (based !== null) {
      const base = Number(based[1]);
      if (base < 2 || base > 64) return fail('invalid arithmetic base', at - 1);
      let value = 0n;
      for (const char of based[2] ?? '') {
        const alphabet = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_';
        const digit = alphabet.indexOf(base <= 36 ? char.toLowerCase() : char);
        if (digit < 0 || digit >= base) return fail('value too great for base', at - 1);
        value = value * BigInt(base) + BigInt(digit);
      }
      return wrap(value);
    }
    if (/^0[xX]$/.test(token)) return 0n;
    if (/^0[xX][0-9a-fA-F]+$/.test(token)) return wrap(BigInt(token));
    if (!/^\d+$/.test(token)) return fail('value too great for base', at - 1);
    if (/^0\d+$/.test(token)) {
      if (/[89]/.test(token)) return fail('value too great for base', at - 1);
      return wrap(BigInt(`0o${token.slice(1)}`));
    }
    return wrap(BigInt(token));
  };
  const place = (): Place | undefined => {
    const token = peek();
    if (token === undefined || !/^[A-Za-z_]\w*$/.test(token)) return undefined;
    at += 1;
    if (peek() !== '[') return { name: token, index: undefined };
    const start = (tokens[at]?.at ?? 0) + 1;
    let level = 0;
    for (; at < tokens.length; at += 1) {
      if (tokens[at]?.text === '[') level += 1;
      if (tokens[at]?.text === ']') level -= 1;
      if (level === 0) break;
    }
    const end = tokens[at]?.at ?? text.length;
    at += 1;
    return { name: token, index: text.slice(start, end) };
  };

  const primary = (): bigint => {
    const token = peek();
    if (token === undefined) return fail('syntax error: operand expected');
    if (take('(')) {
      const value = comma();
      if (!take(')')) fail("missing `)'");
      return value;
    }
    if (token === '++' || token === '--') {
      at += 1;
      const target = place();
      if (target === undefined) {
        at -= 1;
        return fail('syntax error: operand expected');
      }
      return store(target, wrap(valueAt(target) + (token === '++' ? 1n : -1n)));
    }
    if (take('-')) return wrap(-primary());
    if (take('+')) return primary();
    if (take('!')) return truth(primary() === 0n);
    if (take('~')) return wrap(~primary());
    if (/^\d/.test(token)) {
      at += 1;
      return number(token);
    }
    const found = place();
    if (found === undefined) return fail('syntax error: operand expected');
    if (peek() === '++' || peek() === '--') {
      const before = valueAt(found);
      store(found, wrap(before + (peek() === '++' ? 1n : -1n)));
      at += 1;
      return before;
    }
    return valueAt(found);
  };
  const power = (): bigint => {
    const base = primary();
    if (!take('**')) return base;
    const exponent = power();
    if (exponent < 0n) return fail('exponent less than 0', at - 1);
    return wrap(base ** (exponent > 4096n ? 4096n : exponent));
  };
  const apply = (operator: string, a: bigint, b: bigint): bigint => {
    if ((operator === '/' || operator === '%') && b === 0n) {
      if (idle > 0) return 0n;
      return fail('division by 0', at - 1);
    }
    switch (operator) {
      case '|':
        return a | b;
      case '^':
        return a ^ b;
      case '&':
        return a & b;
      case '==':
        return truth(a === b);
      case '!=':
        return truth(a !== b);
      case '<=':
        return truth(a <= b);
      case '>=':
        return truth(a >= b);
      case '<':
        return truth(a < b);
      case '>':
        return truth(a > b);
      case '<<':
        return wrap(a << (b & 63n));
      case '>>':
        return a >> (b & 63n);
      case '+':
        return wrap(a + b);
      case '-':
        return wrap(a - b);
      case '*':
        return wrap(a * b);
      case '/':
        return wrap(a / b);
      default:
        return a % b;
    }
  };
  const binary = (level: number): bigint => {
    const operators = BINARY[level];
    if (operators === undefined) return power();
    let left = binary(level + 1);
    for (let token = peek(); token !== undefined && operators.includes(token); token = peek()) {
      at += 1;
      if (token === '&&' || token === '||') {
        const skip = token === '&&' ? left === 0n : left !== 0n;
        if (skip) idle += 1;
        const right = binary(level + 1);
        if (skip) idle -= 1;
        left = truth(token === '&&' ? left !== 0n && right !== 0n : left !== 0n || right !== 0n);
      } else left = apply(token, left, binary(level + 1));
    }
    return left;
  };
  const ternary = (): bigint => {
    const test = binary(0);
    if (!take('?')) return test;
    if (test === 0n) idle += 1;
    const yes = assignment();
    if (test === 0n) idle -= 1;
    if (!take(':')) fail("`:' expected for conditional expression");
    if (test !== 0n) idle += 1;
    const no = assignment();
    if (test !== 0n) idle -= 1;
    return test !== 0n ? yes : no;
  };
  const assignment = (): bigint => {
    const start = at;
    const target = place();
    const operator = peek();
    if (target !== undefined && operator !== undefined && ASSIGN.includes(operator)) {
      at += 1;
      const value = assignment();
      return store(target, operator === '=' ? value : apply(operator.slice(0, -1), valueAt(target), value));
    }
    at = start;
    return ternary();
  };
  const comma = (): bigint => {
    let value = assignment();
    while (take(',')) value = assignment();
    return value;
  };

  const value = comma();
  const left = peek();
  if (left !== undefined) {
    if (ASSIGN.includes(left)) fail('attempted assignment to non-variable');
    fail(
      /^[\w.]/.test(left) || left === ')'
        ? 'syntax error in expression'
        : 'syntax error: invalid arithmetic operator',
    );
  }
  return value;
}
