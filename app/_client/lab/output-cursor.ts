/** What to do with a piece of terminal output, and how much has been shown after it. */
export interface Placement {
  readonly clear: boolean;
  readonly text: string;
  readonly seen: number;
}

/**
 * Places output that begins at character `from` of the workspace's stream on a screen that has shown `seen`.
 * What was shown already is left out; after a gap, or when the stream itself went back, the screen starts anew.
 */
export function placeOutput(seen: number, from: number, text: string): Placement {
  const end = from + text.length;
  if (from > seen || end < seen) return { clear: seen > 0, text, seen: end };
  return { clear: false, text: text.slice(seen - from), seen: end };
}
