import { constants, createDeflate } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Client, type ForwardStreams, internalError, StatusError } from '../../api';
import { forwardPorts } from './forward-ports';
import type { MessageSocket } from './message-socket';
import { SPDY_DICTIONARY } from './spdy/dictionary';
import { CONTROL, controlFrame, createFrameReader, dataFrame, FIN, type Frame, words } from './spdy/frames';

type Forward = (port: number, streams: ForwardStreams) => Promise<void>;

/** A client as client-go is one, on a line to the server's end. */
function createLine(forward: Forward) {
  const read = createFrameReader();
  const seen: Frame[] = [];
  let hear: (message: Uint8Array) => void = () => {};
  let hang: () => void = () => {};
  const socket: MessageSocket = {
    async send(message) {
      seen.push(...read(message));
    },
    onMessage: (listener) => {
      hear = listener;
    },
    onClose: (listener) => {
      hang = listener;
    },
    pause: () => {},
    resume: () => {},
    close: () => hang(),
  };
  const client = {
    forward: (_ns: string, _pod: string, port: number, streams: ForwardStreams) => forward(port, streams),
  };
  const over = forwardPorts(socket, client as unknown as Client, 'default', 'web');
  const deflate = createDeflate({ dictionary: Buffer.from(SPDY_DICTIONARY), level: 9 });
  let pressed: Buffer[] = [];
  deflate.on('data', (piece: Buffer) => pressed.push(piece));
  const press = (block: Buffer) =>
    new Promise<Buffer>((resolve) => {
      deflate.write(block, () =>
        deflate.flush(constants.Z_SYNC_FLUSH, () => {
          const all = Buffer.concat(pressed);
          pressed = [];
          resolve(all);
        }),
      );
    });
  return {
    over,
    seen,
    hangUp: () => hang(),
    /** In pieces of any length. */
    say(bytes: Uint8Array, size = bytes.length) {
      for (let at = 0; at < bytes.length; at += size) hear(bytes.subarray(at, at + size));
    },
    async open(id: number, headers: Readonly<Record<string, string>>): Promise<Uint8Array> {
      const text = (value: string) => [words(value.length), Buffer.from(value)];
      const pairs = Object.entries(headers).flatMap(([name, value]) => [...text(name), ...text(value)]);
      const block = await press(Buffer.concat([words(Object.keys(headers).length), ...pairs]));
      return controlFrame(CONTROL.synStream, 0, Buffer.concat([words(id, 0), Buffer.from([0, 0]), block]));
    },
    data: (stream: number) =>
      seen
        .filter((each) => each.kind === 'data' && each.stream === stream)
        .map((each) => Buffer.from(each.payload).toString())
        .join(''),
    ended: (stream: number) =>
      seen.some((each) => each.kind === 'data' && each.stream === stream && (each.flags & FIN) !== 0),
  };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
const echo: Forward = async (port, { stdin, stdout }) => {
  for (let text = await stdin?.read(); text !== undefined; text = await stdin?.read())
    await stdout.write(`${port}:${text}`);
};

async function connectTo(line: ReturnType<typeof createLine>, id: string, first: number, port: string) {
  const size = 7;
  line.say(await line.open(first, { streamtype: 'error', port, requestid: id }), size);
  line.say(dataFrame(first, FIN, new Uint8Array()));
  line.say(await line.open(first + 2, { streamtype: 'data', port, requestid: id }), size);
}

describe('[H14] port-forward is SPDY streams in pairs', () => {
  it('answers each stream, carries bytes both ways, and ends what is over', async () => {
    const line = createLine(echo);
    await connectTo(line, '0', 1, '80');
    line.say(dataFrame(3, 0, Buffer.from([0x68, 0xff, 0x0a])));
    line.say(dataFrame(3, FIN, Buffer.from('!')));
    await turn();
    const replies = line.seen.filter((each) => each.kind === 'control').map((each) => each.type);
    expect(replies).toEqual([CONTROL.synReply, CONTROL.synReply]);
    expect(line.data(3)).toBe(`80:${Buffer.from([0x68, 0xff, 0x0a]).toString()}80:!`);
    expect([line.ended(1), line.ended(3)]).toEqual([true, true]);
  });

  it('several connections share a line', async () => {
    const line = createLine(echo);
    await connectTo(line, '0', 1, '80');
    await connectTo(line, '1', 5, '81');
    line.say(dataFrame(7, FIN, Buffer.from('b')));
    line.say(dataFrame(3, FIN, Buffer.from('a')));
    await turn();
    expect([line.data(3), line.data(7)]).toEqual(['80:a', '81:b']);
  });

  it('what the node has against it is told on the error stream', async () => {
    const line = createLine(async () => {
      const { status } = internalError('no');
      throw new StatusError({ ...status, message: 'error forwarding port 80' });
    });
    await connectTo(line, '0', 1, '80');
    await turn();
    expect(line.data(1)).toBe('error forwarding port 80');
    expect([line.ended(1), line.ended(3)]).toEqual([true, true]);
  });

  it('pings are answered, and who goes ends its connections', async () => {
    let cancelled = false;
    const line = createLine(
      (_port, { cancel }) =>
        new Promise((resolve) => {
          cancel.onCancel(() => {
            cancelled = true;
            resolve();
          });
        }),
    );
    await connectTo(line, '0', 1, '80');
    line.say(controlFrame(CONTROL.ping, 0, words(5)));
    expect(line.seen.at(-1)).toMatchObject({ kind: 'control', type: CONTROL.ping });
    line.hangUp();
    await line.over;
    expect(cancelled).toBe(true);
  });

  it('what is no SPDY ends the line', async () => {
    const line = createLine(echo);
    line.say(controlFrame(CONTROL.synStream, 0, words(1, 0, 0, 0xffff_ffff)));
    await line.over;
    expect(line.seen).toEqual([]);
  });
});
