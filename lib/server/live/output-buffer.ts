/** How much of a terminal's output is kept for pages that come back: about three thousand full lines. */
const LIMIT = 256 * 1024;
/** So many pieces are joined into one. */
const PIECES_LIMIT = 1_000;

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
  // In pieces: whoever is told of each key as it comes would otherwise have all of the text made anew for it.
  let pieces = [initial.slice(-LIMIT)];
  let length = pieces[0]?.length ?? 0;
  let start = base + initial.length - length;
  const join = () => {
    const text = pieces.join('');
    const kept = length > 2 * LIMIT ? text.slice(-LIMIT) : text;
    start += length - kept.length;
    pieces = [kept];
    ({ length } = kept);
  };
  const last = (count: number): string => {
    let at = pieces.length;
    let found = 0;
    while (found < count && at > 0) {
      at -= 1;
      found += pieces[at]?.length ?? 0;
    }
    return pieces
      .slice(at)
      .join('')
      .slice(found - count);
  };
  return {
    get end() {
      return start + length;
    },
    append(piece) {
      pieces.push(piece);
      length += piece.length;
      if (length > 2 * LIMIT || pieces.length > PIECES_LIMIT) join();
    },
    since(seen) {
      const from = seen >= start && seen <= start + length ? seen : start;
      return { from, text: last(start + length - from) };
    },
  };
}
