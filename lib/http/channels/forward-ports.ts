import { type Client, StatusError } from '../../api';
import { createCancel } from '../../base';
import type { MessageSocket } from './message-socket';
import { type SpdyStream, serveSpdy } from './spdy/session';

/** The subprotocol in which a WebSocket carries SPDY, and what SPDY carries (k8s.io/apimachinery/pkg/util/portforward). */
export const TUNNELLED = 'SPDY/3.1+portforward.k8s.io';
/** The same without a WebSocket around it. */
export const PORT_FORWARD = 'portforward.k8s.io';

/** Both streams of one connection: what goes wrong is told on one, and bytes go over the other. */
interface Pair {
  readonly error?: SpdyStream | undefined;
  readonly data?: SpdyStream | undefined;
}

/** Connections to ports of a Pod, each a pair of streams with one request id, until the line is gone. */
export function forwardPorts(
  socket: MessageSocket,
  client: Client,
  namespace: string,
  pod: string,
): Promise<void> {
  const pairs = new Map<string, Pair>();
  const line = createCancel();
  const over = serveSpdy(socket, (stream) => {
    const { streamtype: type, requestid: id = '' } = stream.headers;
    if (type !== 'error' && type !== 'data') {
      void stream.end();
      return;
    }
    const { error, data }: Pair = {
      ...pairs.get(id),
      ...(type === 'error' ? { error: stream } : { data: stream }),
    };
    pairs.set(id, { error, data });
    if (error === undefined || data === undefined) return;
    pairs.delete(id);
    void connect(client, namespace, pod, error, data, line);
  });
  return over.then(() => line.cancel());
}

async function connect(
  client: Client,
  namespace: string,
  pod: string,
  error: SpdyStream,
  data: SpdyStream,
  line: ReturnType<typeof createCancel>,
): Promise<void> {
  const port = Number(data.headers.port);
  try {
    await client.forward(namespace, pod, port, {
      stdin: inputOf(data),
      stdout: { write: (text) => data.write(bytesOf(text)) },
      cancel: createCancel(line),
    });
  } catch (failure) {
    if (!(failure instanceof StatusError)) throw failure;
    await error.write(new TextEncoder().encode(failure.status.message ?? ''));
  } finally {
    await data.end();
    await error.end();
  }
}

/** A character for each byte. */
function inputOf(stream: SpdyStream) {
  const waiting: (string | undefined)[] = [];
  let wake: (() => void) | undefined;
  stream.onData((bytes) => {
    waiting.push(
      bytes === undefined ? undefined : Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''),
    );
    wake?.();
  });
  return {
    async read(): Promise<string | undefined> {
      while (waiting.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return waiting.shift();
    },
  };
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
