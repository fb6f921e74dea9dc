/** How much of a terminal's output is kept for pages that come back: about three thousand full lines. */
const LIMIT = 256 * 1024;

/** The end of a terminal's output, counted so that a page which comes back gets only what it missed. */
export interface OutputBuffer {
  /** The position after the last character. */
  readonly end: number;
  append(text: string): void;
  /** Output from `seen` on; all there is when `seen` is of another time or too old. */
  since(seen: number): { readonly from: number; readonly text: string };
}

/**
 * A buffer that begins with `initial` at position `base`. Each loading of a workspace takes a higher base than any
 * position before it, so that a position from an earlier loading is never mistaken for one of this.
 */
export function createOutputBuffer(base: number, initial = ''): OutputBuffer {
  let text = initial.slice(-LIMIT);
  let start = base + initial.length - text.length;
  return {
    get end() {
      return start + text.length;
    },
    append(piece) {
      text += piece;
      if (text.length <= 2 * LIMIT) return;
      start += text.length - LIMIT;
      text = text.slice(-LIMIT);
    },
    since(seen) {
      const from = seen >= start && seen <= start + text.length ? seen : start;
      return { from, text: text.slice(from - start) };
    },
  };
}
