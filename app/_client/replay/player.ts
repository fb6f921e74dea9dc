/** A recording as it is played: what to write, given where the screen is and where time has come to. */
export interface Playhead {
  /** Frames that are on the screen. */
  readonly shown: number;
  /** Played ms. */
  readonly at: number;
}

interface Frame {
  readonly at: number;
  readonly text: string;
}

/** How many frames there are up to a moment. */
export function framesUntil(frames: readonly Frame[], at: number): number {
  let low = 0;
  let high = frames.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((frames[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What to do to the screen to come from one moment to another: going back begins anew. */
export function moveTo(
  frames: readonly Frame[],
  { shown }: Playhead,
  at: number,
): { readonly head: Playhead; readonly clear: boolean; readonly text: string } {
  const wanted = framesUntil(frames, at);
  const clear = wanted < shown;
  const text = frames
    .slice(clear ? 0 : shown, wanted)
    .map((frame) => frame.text)
    .join('');
  return { head: { shown: wanted, at }, clear, text };
}

/** The text of a recording, without what only moves the cursor or colours. */
export function plainText(frames: readonly Frame[]): string {
  const text = frames.map((frame) => frame.text).join('');
  return text
    .replace(/\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g, '')
    .replace(/\x1b\[[0-9;?]*[ -/]*[@-~]/g, '')
    .replace(/\r\n/g, '\n')
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf('\r') + 1))
    .join('\n');
}
