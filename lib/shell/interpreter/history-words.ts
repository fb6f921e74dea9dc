/** What ends a word of a command line on its own, longest first. */
const OPERATORS = /^(?:&>>|<<<|<<-|;;&|&&|\|\||;;|;&|<<|>>|<&|>&|<>|>\||&>|[;&|()<>])/;

/** A command line's words as history expansion counts them: quotes kept, operators words of their own (`history_tokenize`). */
export function historyWords(line: string): readonly string[] {
  const words: string[] = [];
  let at = 0;
  while (at < line.length) {
    if (/\s/.test(line[at] ?? '')) {
      at += 1;
      continue;
    }
    const operator = /^\d*(?=[<>])/.exec(line.slice(at))?.[0] ?? '';
    const sign = OPERATORS.exec(line.slice(at + operator.length))?.[0];
    if (sign !== undefined) {
      words.push(operator + sign);
      at += operator.length + sign.length;
      continue;
    }
    const end = wordEnd(line, at);
    words.push(line.slice(at, end));
    at = end;
  }
  return words;
}

function wordEnd(line: string, from: number): number {
  let at = from;
  let quote = '';
  let depth = 0;
  for (; at < line.length; at += 1) {
    const char = line[at] ?? '';
    if (char === '\\' && quote !== "'") at += 1;
    else if (quote !== '') {
      if (char === quote) quote = '';
    } else if (/['"`]/.test(char)) quote = char;
    else if (char === '(' && (depth > 0 || /[$<>]/.test(line[at - 1] ?? ''))) depth += 1;
    else if (char === ')' && depth > 0) depth -= 1;
    else if (depth === 0 && /[\s;&|()<>]/.test(char)) {
      if (/[<>$]/.test(char) && line[at + 1] === '(') continue;
      return at;
    }
  }
  return at;
}
