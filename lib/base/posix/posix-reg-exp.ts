const POSIX: Readonly<Record<string, string>> = {
  '[:alpha:]': 'a-zA-Z',
  '[:digit:]': '0-9',
  '[:alnum:]': 'a-zA-Z0-9',
  '[:upper:]': 'A-Z',
  '[:lower:]': 'a-z',
  '[:space:]': '\\s',
  '[:blank:]': ' \\t',
  '[:punct:]': '!-\\/:-@\\[-`{-~',
  '[:xdigit:]': '0-9A-Fa-f',
};

/** An extended regular expression of POSIX as JavaScript writes it. */
export function posixRegExp(source: string): string {
  let out = '';
  for (let at = 0; at < source.length; ) {
    const char = source[at] ?? '';
    if (char === '\\' && at + 1 < source.length) {
      const next = source[at + 1] ?? '';
      out +=
        next === '<' || next === '>'
          ? '\\b'
          : /[a-zA-Z0-9]/.test(next) && !'bBwWsSdD123456789nt'.includes(next)
            ? next
            : `\\${next}`;
      at += 2;
    } else if (char === '[') {
      let end = at + 1;
      let body = '[';
      if (source[end] === '^') {
        body += '^';
        end += 1;
      }
      for (let first = true; end < source.length && (first || source[end] !== ']'); first = false) {
        const named = /^\[:\w+:\]/.exec(source.slice(end))?.[0];
        if (named !== undefined) {
          body += POSIX[named] ?? '';
          end += named.length;
        } else {
          const inner = source[end] ?? '';
          body += inner === ']' || inner === '[' || inner === '\\' ? `\\${inner}` : inner;
          end += 1;
        }
      }
      out += `${body}]`;
      at = end + 1;
    } else {
      out += char;
      at += 1;
    }
  }
  return out;
}
