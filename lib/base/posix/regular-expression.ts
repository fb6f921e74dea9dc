import { posixRegExp } from './posix-reg-exp';
import { ToolError } from './tool-error';

/** A basic regular expression (grep, sed without -E) as an extended one: the backslash changes sides. */
function basicToExtended(source: string): string {
  let out = '';
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at] ?? '';
    const next = source[at + 1] ?? '';
    if (char === '\\' && '(){}|+?'.includes(next) && next !== '') {
      out += next;
      at += 1;
    } else if (char === '\\') {
      out += char + next;
      at += 1;
    } else if ('(){}|+?'.includes(char)) {
      out += `\\${char}`;
    } else if (char === '[') {
      const end = source.indexOf(']', source[at + 1] === '^' ? at + 3 : at + 2);
      const stop =
        /^\[\^?\]?(?:\[:\w+:\]|[^\]])*\]/.exec(source.slice(at))?.[0].length ?? (end < 0 ? 1 : end - at + 1);
      out += source.slice(at, at + stop);
      at += stop - 1;
    } else if (char === '*' && (at === 0 || /(^|\\\(|\\\||\^)$/.test(source.slice(0, at)))) {
      out += '\\*';
    } else if (char === '^' && at > 0 && !/(\\\(|\\\|)$/.test(source.slice(0, at))) {
      out += '\\^';
    } else if (char === '$' && at < source.length - 1 && !/^\$(\\\)|\\\|)/.test(source.slice(at))) {
      out += '\\$';
    } else out += char;
  }
  return out;
}

/** Compiles what grep or sed was given; `fixed` takes every character for itself. */
export function compileRegExp(
  source: string,
  kind: 'basic' | 'extended' | 'fixed' | 'perl',
  flags: string,
): RegExp {
  const extended = kind === 'basic' ? basicToExtended(source) : source;
  const text =
    kind === 'fixed'
      ? source.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
      : kind === 'perl'
        ? source
        : posixRegExp(extended);
  try {
    return new RegExp(text, flags);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const why = /parenthes|group/i.test(error.message)
      ? 'Unmatched ( or \\('
      : /class/i.test(error.message)
        ? 'Unmatched [, [^, [:, [., or [='
        : 'Invalid preceding regular expression';
    throw new ToolError(why, 2);
  }
}
