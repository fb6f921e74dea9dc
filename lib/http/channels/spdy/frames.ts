/** Control frames of SPDY/3.1 that are spoken here. */
export const CONTROL = { synStream: 1, synReply: 2, reset: 3, ping: 6, goAway: 7 } as const;
/** The other end sends nothing more on the stream. */
export const FIN = 0x01;

/** One frame, as it came. */
export type Frame =
  | { readonly kind: 'data'; readonly stream: number; readonly flags: number; readonly payload: Uint8Array }
  | { readonly kind: 'control'; readonly type: number; readonly flags: number; readonly payload: Uint8Array };

const HEAD = 8;
const VERSION = 3;

/** Cuts a stream of bytes, which comes in any pieces, into frames. */
export function createFrameReader(): (piece: Uint8Array) => readonly Frame[] {
  let rest: Uint8Array = new Uint8Array();
  return (piece) => {
    const bytes = new Uint8Array(rest.length + piece.length);
    bytes.set(rest);
    bytes.set(piece, rest.length);
    const view = new DataView(bytes.buffer);
    const frames: Frame[] = [];
    let at = 0;
    while (bytes.length - at >= HEAD) {
      const length = view.getUint32(at + 4) & 0xff_ffff;
      if (bytes.length - at < HEAD + length) break;
      const first = view.getUint32(at);
      const flags = bytes[at + 4] ?? 0;
      const payload = bytes.subarray(at + HEAD, at + HEAD + length);
      frames.push(
        first >>> 31 === 1
          ? { kind: 'control', type: first & 0xffff, flags, payload }
          : { kind: 'data', stream: first, flags, payload },
      );
      at += HEAD + length;
    }
    rest = bytes.subarray(at);
    return frames;
  };
}

/** A control frame's bytes. */
export function controlFrame(type: number, flags: number, payload: Uint8Array): Uint8Array {
  return frame(0x8000_0000 + VERSION * 0x1_0000 + type, flags, payload);
}

/** A data frame's bytes. */
export function dataFrame(stream: number, flags: number, payload: Uint8Array): Uint8Array {
  return frame(stream, flags, payload);
}

function frame(first: number, flags: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEAD + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, first);
  view.setUint32(4, flags * 0x100_0000 + payload.length);
  bytes.set(payload, HEAD);
  return bytes;
}

/** Numbers of 32 bits, one after the other. */
export function words(...numbers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(numbers.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [index, number] of numbers.entries()) view.setUint32(index * 4, number);
  return bytes;
}
