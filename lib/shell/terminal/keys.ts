/** Marks of bracketed paste, as terminals send them. */
const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';

/** A key, or a stretch of pasted text. */
export interface Key {
  readonly kind: 'key' | 'paste';
  readonly text: string;
}

/** Splits raw input into keys; `rest` is an unfinished escape sequence or paste, to be given again with what follows. */
export function splitKeys(input: string): { readonly keys: readonly Key[]; readonly rest: string } {
  const keys: Key[] = [];
  let at = 0;
  while (at < input.length) {
    const left = input.slice(at);
    if (left.startsWith(PASTE_START)) {
      const end = left.indexOf(PASTE_END);
      if (end < 0) return { keys, rest: left };
      keys.push({ kind: 'paste', text: left.slice(PASTE_START.length, end).replace(/\r\n?/g, '\n') });
      at += end + PASTE_END.length;
      continue;
    }
    if (left[0] === '\x1b' && left.length > 1) {
      const sequence = /^\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O[A-Za-z]|[^[O])/.exec(left)?.[0];
      // A paste's mark may arrive in two pieces; a lone escape at the end is the Escape key.
      if (sequence === undefined)
        return /^\x1b[[O][0-9;?]*$/.test(left) ? { keys, rest: left } : { keys, rest: '' };
      keys.push({ kind: 'key', text: sequence });
      at += sequence.length;
      continue;
    }
    const char = String.fromCodePoint(left.codePointAt(0) ?? 0);
    // "\r\n" is one Enter.
    at += char === '\r' && left[1] === '\n' ? 2 : char.length;
    keys.push({ kind: 'key', text: char });
  }
  return { keys, rest: '' };
}
