import type { MessageSocket } from '../message-socket';
import { CONTROL, controlFrame, createFrameReader, dataFrame, FIN, type Frame, words } from './frames';
import { createHeaderReader, emptyHeaderBlock, type SpdyHeaders } from './header-blocks';

/** A stream that the client opened. */
export interface SpdyStream {
  readonly headers: SpdyHeaders;
  /** Bytes as they come; `undefined` is the end of them. Earlier ones wait for the listener. */
  onData(listener: (bytes: Uint8Array | undefined) => void): void;
  write(bytes: Uint8Array): Promise<void>;
  /** Nothing more comes from here. */
  end(): Promise<void>;
}

/** Longest payload of a data frame sent. */
const PAYLOAD_BYTES = 32 * 1024;
/** Streams that a client may have open at once: each is a connection, or half of one. */
const STREAM_LIMIT = 200;
const NORMAL_CLOSURE = 1000;
const PROTOCOL_ERROR = 1002;
/** RST_STREAM: it will not be served. */
const REFUSED_STREAM = 3;

interface Open {
  give(bytes: Uint8Array | undefined): void;
}

/**
 * The server's end of SPDY/3.1 as client-go speaks it, over a socket that carries its bytes in any pieces. Flow control is left
 * to the socket, as moby's spdystream does. Resolves when the line is gone.
 */
export function serveSpdy(socket: MessageSocket, onStream: (stream: SpdyStream) => void): Promise<void> {
  const read = createFrameReader();
  const readHeaders = createHeaderReader();
  const open = new Map<number, Open>();
  let replies = 0;
  const close = (code: number) => {
    for (const each of [...open.values()]) each.give(undefined);
    open.clear();
    socket.close(code, '');
  };
  const begin = (flags: number, payload: Uint8Array) => {
    const id = new DataView(payload.buffer, payload.byteOffset).getUint32(0) & 0x7fff_ffff;
    const headers = readHeaders(payload.subarray(10));
    if (open.size >= STREAM_LIMIT || open.has(id)) {
      void socket.send(controlFrame(CONTROL.reset, 0, words(id, REFUSED_STREAM)));
      return;
    }
    const { stream, give } = createStream(socket, id, headers);
    open.set(id, { give });
    const block = emptyHeaderBlock(replies === 0);
    replies += 1;
    const reply = new Uint8Array(4 + block.length);
    reply.set(words(id));
    reply.set(block, 4);
    void socket.send(controlFrame(CONTROL.synReply, 0, reply));
    onStream(stream);
    if ((flags & FIN) !== 0) give(undefined);
  };
  const take = (frame: Frame) => {
    if (frame.kind === 'data') {
      const stream = open.get(frame.stream);
      if (frame.payload.length > 0) stream?.give(frame.payload);
      if ((frame.flags & FIN) !== 0) {
        stream?.give(undefined);
        open.delete(frame.stream);
      }
      return;
    }
    const { type, flags, payload } = frame;
    if (type === CONTROL.synStream) begin(flags, payload);
    else if (type === CONTROL.ping) void socket.send(controlFrame(CONTROL.ping, 0, payload));
    else if (type === CONTROL.goAway) close(NORMAL_CLOSURE);
    else if (type === CONTROL.reset) {
      const id = new DataView(payload.buffer, payload.byteOffset).getUint32(0);
      open.get(id)?.give(undefined);
      open.delete(id);
    }
  };
  return new Promise((resolve) => {
    socket.onMessage((message) => {
      try {
        for (const frame of read(message)) take(frame);
      } catch (error) {
        // Header blocks that are none, and frames that are too short for what they say.
        if (!(error instanceof RangeError) && !(error instanceof Error && 'code' in error)) throw error;
        close(PROTOCOL_ERROR);
      }
    });
    socket.onClose(() => {
      for (const each of [...open.values()]) each.give(undefined);
      open.clear();
      resolve();
    });
  });
}

function createStream(
  socket: MessageSocket,
  id: number,
  headers: SpdyHeaders,
): { readonly stream: SpdyStream; give(bytes: Uint8Array | undefined): void } {
  const waiting: (Uint8Array | undefined)[] = [];
  let listener: ((bytes: Uint8Array | undefined) => void) | undefined;
  let ended = false;
  let closed = false;
  return {
    give(bytes) {
      if (ended) return;
      ended = bytes === undefined;
      if (listener) listener(bytes);
      else waiting.push(bytes);
    },
    stream: {
      headers,
      onData(hear) {
        listener = hear;
        for (const each of waiting.splice(0)) hear(each);
      },
      async write(bytes) {
        for (let at = 0; at < bytes.length && !closed; at += PAYLOAD_BYTES)
          await socket.send(dataFrame(id, 0, bytes.subarray(at, at + PAYLOAD_BYTES)));
      },
      async end() {
        if (closed) return;
        closed = true;
        await socket.send(dataFrame(id, FIN, new Uint8Array()));
      },
    },
  };
}
