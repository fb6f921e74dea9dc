import { type Agent, type IncomingMessage, request } from 'node:http';

/** One request as it goes over the wire. */
export interface Sent {
  readonly method: string;
  /** With its query; percent-encoded or not, as it shall be sent. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** What came back; the text of an answer that goes on (a watch, a followed log) is what came in a moment. */
export interface Received {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** An answer takes milliseconds; this long is a hang. */
const ANSWER_MS = 5_000;
/** How long is listened to an answer that goes on. */
const LISTEN_MS = 15;

/** Where requests go, and the connections that are kept open for them. */
export interface Line {
  readonly port: number;
  readonly agent: Agent;
}

/** Sends one request to the loopback; rejects when nothing comes back in time. */
export function send({ port, agent }: Line, { method, path, headers, body }: Sent): Promise<Received> {
  return new Promise((resolve, reject) => {
    const lengthOf = body === undefined ? {} : { 'content-length': String(body.length) };
    const options = { host: '127.0.0.1', port, method, path, agent, headers: { ...headers, ...lengthOf } };
    const outgoing = request(options, (incoming) => {
      read(incoming).then(
        (text) => resolve({ status: incoming.statusCode ?? 0, contentType: typeOf(incoming), text }),
        reject,
      );
    });
    outgoing.setTimeout(ANSWER_MS, () => outgoing.destroy(new Error(`no answer in ${ANSWER_MS} ms`)));
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

const typeOf = ({ headers }: IncomingMessage): string =>
  (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';

const isStream = ({ headers }: IncomingMessage): boolean =>
  headers['cache-control'] === 'no-cache, private' && headers['transfer-encoding'] === 'chunked';

function read(incoming: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    const text = () => Buffer.concat(pieces).toString('utf8');
    const goesOn =
      isStream(incoming) &&
      setTimeout(() => {
        resolve(text());
        incoming.destroy();
      }, LISTEN_MS);
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.once('end', () => {
      if (goesOn) clearTimeout(goesOn);
      resolve(text());
    });
    incoming.once('error', reject);
  });
}
