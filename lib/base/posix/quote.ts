/** Single-quotes a text for the shell, as `${x@Q}` and `alias` do. */
export function quoteWord(text: string): string {
  if (/[\x00-\x1f\x7f]/.test(text)) return ansiQuote(text);
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function ansiQuote(text: string): string {
  const named: Readonly<Record<string, string>> = {
    '\n': '\\n',
    '\t': '\\t',
    '\r': '\\r',
    '\x1b': '\\E',
    "'": "\\'",
    '\\': '\\\\',
  };
  let out = '';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    out += named[char] ?? (code < 32 || code === 127 ? `\\${code.toString(8).padStart(3, '0')}` : char);
  }
  return `$'${out}'`;
}

/** Quotes only where needed, as `set -x` and `trap -p` show words. */
export function quoteIfNeeded(text: string): string {
  return text !== '' && /^[\w@%+=:,./-]+$/.test(text) ? text : quoteWord(text);
}

/** Double-quotes a value, as `declare -p` shows it. */
export function quoteDouble(text: string): string {
  return /[\x00-\x1f\x7f]/.test(text) ? ansiQuote(text) : `"${text.replace(/["\\$`]/g, '\\$&')}"`;
}
