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
