import {
  type Delivery,
  type ForwardStreams,
  forwardRefusal,
  internalError,
  type Packet,
  type Pod,
  StatusError,
  type Stored,
} from '../../api';
import { answerText, readRequest } from './http-bytes';

/** The first byte of a TLS greeting. */
const TLS_GREETING = 0x16;
/** More than any request of a learner's; who says more is hung up on. */
const REQUEST_BYTES = 1024 * 1024;

/**
 * Speaks with a port inside a Pod as whoever is at the other end of the bytes does: HTTP requests one after the other, or, where
 * they are none, what was said so far. A connection is dialled by its first request.
 */
export async function speakWithPort(
  pod: Stored<Pod>,
  port: number,
  send: (packet: Packet) => Delivery,
  { stdin, stdout, cancel }: ForwardStreams,
): Promise<void> {
  const { namespace = '', name } = pod.metadata;
  const ask = (request: Packet['request']) =>
    replyOf(
      send({
        from: { kind: 'pod', namespace, name },
        to: { ip: '127.0.0.1', port },
        protocol: 'TCP',
        request,
      }),
      pod,
      port,
    );
  let heard = '';
  let asked = false;
  for (let piece = await stdin?.read(); piece !== undefined; piece = await stdin?.read()) {
    if (cancel.cancelled) return;
    heard += piece;
    if (heard.length > REQUEST_BYTES || heard.charCodeAt(0) === TLS_GREETING) return;
    for (let next = readRequest(heard); next.kind !== 'more'; next = readRequest(heard)) {
      heard = next.kind === 'http' ? next.rest : '';
      asked = true;
      const reply = ask(next.kind === 'http' ? next.request : { kind: 'bytes', text: next.text });
      if (reply.kind === 'bytes') await stdout.write(reply.text);
      if (reply.kind !== 'http' || next.kind !== 'http') {
        if (reply.kind === 'bytes' && heard === '') break;
        return;
      }
      const { text, isLast } = answerText(reply, next.request);
      await stdout.write(text);
      if (isLast || next.isLast) return;
      if (heard === '') break;
    }
  }
  // Who says nothing has connected all the same, and hears of it when nobody is there.
  if (!asked) ask({ kind: 'connect' });
}

/** What the server says; what the container runtime says where there is none. */
function replyOf(delivery: Delivery, pod: Stored<Pod>, port: number) {
  if (delivery.kind === 'delivered') return delivery.reply;
  const { status } = internalError('port forwarding failed');
  throw new StatusError({ ...status, message: forwardRefusal(delivery, pod.metadata.uid, port) });
}
