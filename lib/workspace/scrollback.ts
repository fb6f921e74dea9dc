/** How many characters of a terminal are kept: about three thousand full lines. */
export const SCROLLBACK_LIMIT = 256 * 1024;

/** What terminals have shown, newest kept, bounded. */
export interface Scrollback {
  add(terminal: string, text: string): void;
  remove(terminal: string): void;
  readonly texts: Readonly<Record<string, string>>;
}

/** Scrollback that starts with `initial`. */
export function createScrollback(initial: Readonly<Record<string, string>>): Scrollback {
  const pieces = new Map(Object.entries(initial).map(([terminal, text]) => [terminal, [text]]));
  const sizes = new Map(Object.entries(initial).map(([terminal, text]) => [terminal, text.length]));
  const joined = (terminal: string) => {
    const text = (pieces.get(terminal) ?? []).join('').slice(-SCROLLBACK_LIMIT);
    pieces.set(terminal, [text]);
    sizes.set(terminal, text.length);
    return text;
  };
  return {
    add(terminal, text) {
      const list = pieces.get(terminal) ?? [];
      list.push(text);
      pieces.set(terminal, list);
      const size = (sizes.get(terminal) ?? 0) + text.length;
      sizes.set(terminal, size);
      // Joined only when twice the limit has gathered, so that a flood of small pieces stays cheap.
      if (size > 2 * SCROLLBACK_LIMIT) joined(terminal);
    },
    remove(terminal) {
      pieces.delete(terminal);
      sizes.delete(terminal);
    },
    get texts() {
      return Object.fromEntries([...pieces.keys()].map((terminal) => [terminal, joined(terminal)]));
    },
  };
}

const LAST_MARK = /\x1b\]133;D;\d+\x07/;
/** What the line editor asks for when it begins: pasted text in brackets. */
const PROMPT_BEGINS = '\x1b[?2004h';
/** Ctrl-L. */
const CLEAR = '\x1b[H\x1b[2J';

/**
 * A terminal's text up to its last prompt, which is at its end. What a program left on that row ends in a new one, since the next
 * prompt would be drawn over it; what Ctrl-L at the prompt took away stays away.
 */
export function withoutPrompt(text: string): string {
  const row = text.lastIndexOf('\n') + 1;
  const begins = text.lastIndexOf(PROMPT_BEGINS);
  if (begins < row) return text.slice(0, row) + (LAST_MARK.exec(text.slice(row))?.[0] ?? '');
  const kept = text.slice(0, begins);
  if (text.includes(CLEAR, begins)) return kept + CLEAR;
  const left = kept.slice(row).replace(/\x1b(?:\][^\x07]*\x07|\[[0-?]*[ -/]*[@-~])/g, '');
  return left === '' ? kept : `${kept}\r\n`;
}
