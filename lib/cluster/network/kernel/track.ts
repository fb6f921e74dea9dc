import type { Delivery, Request } from '../../../api';
import { type Counter, count, destinationKey, serverKey } from '../ipvs';
import type { Passage, Trip } from '../wire/trip';
import {
  type Connection,
  type ConnectionState,
  ephemeralPort,
  masqueradePort,
  withConnections,
} from './connections';

/** Notes a packet's connections in the kernels of the nodes that it passed, as conntrack and IPVS do. */
export function track(trip: Trip, outcome: Delivery): void {
  const { memory, options } = trip;
  const now = options.clock.now();
  const passages = trip.passages.filter(
    (passage) => !isProbe(trip, passage) && passage.before.protocol !== 'ICMP',
  );
  if (passages.length === 0) return;
  const number = memory.state.count;
  const fresh = passages.flatMap((passage) => connectionOf(passage, outcome, number, now));
  let { ipvs } = memory.state;
  for (const { node, after } of passages) {
    if (after.virtual === undefined) continue;
    const server = `${node} ${serverKey(after.protocol, after.virtual.ip, after.virtual.port)}`;
    ipvs = count(ipvs, server, destinationKey(after), counted(trip.request, outcome));
  }
  memory.change({
    ...memory.state,
    ipvs,
    count: number + 1,
    connections: withConnections(memory.state.connections, fresh, now),
  });
}

/** The kubelet's probes would drown all else; they are left out. */
function isProbe({ sender }: Trip, { node, before, after }: Passage): boolean {
  return sender?.kind === 'node' && sender.node.name === node && !after.translated && before.ip === after.ip;
}

function connectionOf(
  { node, before, after, source }: Passage,
  outcome: Delivery,
  number: number,
  now: number,
): readonly Connection[] {
  const { protocol } = before;
  if (protocol === 'ICMP') return [];
  const sourcePort = ephemeralPort(number);
  const connection: Connection = {
    node,
    protocol,
    source: before.source,
    sourcePort,
    ip: before.ip,
    port: before.port,
    replySource: after.ip,
    replySourcePort: after.port,
    replyTo: source,
    replyToPort: source === before.source ? sourcePort : masqueradePort(number),
    state: stateOf(protocol, outcome),
    at: now,
  };
  if (after.virtual === undefined) return [connection];
  const server = serverKey(protocol, after.virtual.ip, after.virtual.port);
  return [{ ...connection, server }];
}

function stateOf(protocol: string, { kind }: Delivery): ConnectionState {
  if (protocol === 'TCP')
    return kind === 'delivered' ? 'TIME_WAIT' : kind === 'refused' ? 'CLOSE' : 'SYN_SENT';
  return kind === 'delivered' ? 'REPLIED' : 'UNREPLIED';
}

/** Bytes of an IP and a TCP header with its time stamps, of a UDP one, and of a full segment's payload. */
const TCP_HEADERS = 52;
const UDP_HEADERS = 28;
const SEGMENT = 1448;
/** Segments without payload that a client and a server send: to begin, acknowledge and end. */
const CLIENT_SEGMENTS = 5;
const SERVER_SEGMENTS = 3;

/** About what an exchange weighs: enough for `ipvsadm --stats` to grow with use. */
function counted(request: Request, outcome: Delivery): Counter {
  const sent = JSON.stringify(request).length;
  const answered = outcome.kind === 'delivered' ? JSON.stringify(outcome.reply).length : 0;
  if (request.kind === 'dns')
    return {
      connections: 1,
      inPackets: 1,
      outPackets: outcome.kind === 'delivered' ? 1 : 0,
      inBytes: UDP_HEADERS + sent,
      outBytes: outcome.kind === 'delivered' ? UDP_HEADERS + answered : 0,
    };
  if (outcome.kind !== 'delivered')
    return { connections: 1, inPackets: 1, outPackets: 0, inBytes: TCP_HEADERS, outBytes: 0 };
  const inPackets = CLIENT_SEGMENTS + Math.ceil(sent / SEGMENT);
  const outPackets = SERVER_SEGMENTS + Math.ceil(answered / SEGMENT);
  return {
    connections: 1,
    inPackets,
    outPackets,
    inBytes: inPackets * TCP_HEADERS + sent,
    outBytes: outPackets * TCP_HEADERS + answered,
  };
}
