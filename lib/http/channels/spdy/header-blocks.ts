import { Inflate } from 'fflate';
import { SPDY_DICTIONARY } from './dictionary';

/** Names in lower case, with their values. */
export type SpdyHeaders = Readonly<Record<string, string>>;

/** Two bytes of zlib's header and four that name the dictionary. */
const ZLIB_HEAD = 6;

/** Reads the header blocks of one connection in their order: they are one zlib stream, flushed after each. */
export function createHeaderReader(): (block: Uint8Array) => SpdyHeaders {
  let out = new Uint8Array();
  const inflate = new Inflate({ dictionary: SPDY_DICTIONARY }, (piece) => {
    const longer = new Uint8Array(out.length + piece.length);
    longer.set(out);
    longer.set(piece, out.length);
    out = longer;
  });
  let isFirst = true;
  return (block) => {
    out = new Uint8Array();
    inflate.push(isFirst ? block.subarray(ZLIB_HEAD) : block);
    isFirst = false;
    return readPairs(out);
  };
}

function readPairs(bytes: Uint8Array): SpdyHeaders {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 4;
  const text = () => {
    const length = view.getUint32(at);
    const read = new TextDecoder().decode(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
    return read;
  };
  const headers: Record<string, string> = {};
  for (let left = view.getUint32(0); left > 0; left -= 1) {
    const name = text();
    headers[name] = text();
  }
  return headers;
}

/** The block without headers: a server has none to send. It is stored, which needs neither a dictionary nor a compressor. */
export function emptyHeaderBlock(isFirst: boolean): Uint8Array {
  // The empty block behind it is the flush that makes Go's reader hand out what it has.
  const stored = [0x00, 0x04, 0x00, 0xfb, 0xff, 0, 0, 0, 0, 0x00, 0x00, 0x00, 0xff, 0xff];
  return Uint8Array.from(isFirst ? [0x78, 0x01, ...stored] : stored);
}
