import { ToolError } from '../tool-error';

/** A word or sign of an awk program. */
export interface Token {
  readonly kind: 'number' | 'string' | 'regex' | 'name' | 'call' | 'op' | 'newline' | 'end';
  readonly text: string;
}

const OPERATORS = /^(\+\+|--|\*\*=|\*\*|[-+*/%^]=|==|<=|>=|!=|!~|&&|\|\||>>|[-+*/%^!<>|?:~$=,;(){}[\]])/;

function unquote(text: string): string {
  const simple: Readonly<Record<string, string>> = {
    n: '\n',
    t: '\t',
    r: '\r',
    '\\': '\\',
    '"': '"',
    '/': '/',
    a: '\x07',
    b: '\b',
  };
  return text.replace(
    /\\([0-7]{1,3}|.)/gs,
    (whole, code: string) =>
      simple[code] ?? (/^[0-7]+$/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : whole),
  );
}

/** The words and signs of a program; throws `ToolError` where there is none. */
export function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = source;
  const push = (kind: Token['kind'], text: string, length: number) => {
    tokens.push({ kind, text });
    rest = rest.slice(length);
  };
  while (rest !== '') {
    const skip = /^(?:[ \t\r]|\\\r?\n|#[^\n]*)+/.exec(rest);
    if (skip !== null) {
      rest = rest.slice(skip[0].length);
      continue;
    }
    const last = tokens[tokens.length - 1];
    const operand =
      last !== undefined &&
      (['number', 'string', 'name', 'regex'].includes(last.kind) || [')', ']', '$'].includes(last.text));
    const number = /^(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(rest);
    const string = /^"((?:[^"\\\n]|\\.)*)"/s.exec(rest);
    const regex = operand ? null : /^\/((?:[^/\\\n[]|\\.|\[(?:[^\]\\]|\\.)*\])+)\//.exec(rest);
    const name = /^[A-Za-z_]\w*/.exec(rest);
    const operator = OPERATORS.exec(rest);
    if (rest.startsWith('\n')) push('newline', '\n', 1);
    else if (number !== null) push('number', number[0], number[0].length);
    else if (string !== null) push('string', unquote(string[1] ?? ''), string[0].length);
    else if (regex !== null) push('regex', regex[1] ?? '', regex[0].length);
    else if (name !== null) push(rest[name[0].length] === '(' ? 'call' : 'name', name[0], name[0].length);
    else if (operator !== null) push('op', operator[0], operator[0].length);
    else throw new ToolError(`line 1: syntax error at or near ${rest.slice(0, 1)}`, 2);
  }
  return [...tokens, { kind: 'end', text: 'end of file' }];
}
