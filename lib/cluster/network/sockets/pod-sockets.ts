import type { Delivery, Hop, Pod, Reply, Stored } from '../../../api';
import type { ContainerRecord, Image, Listener, ProcessEnv } from '../../seams';
import { hostPort, inRange } from '../addresses';
import type { Flow } from '../kernel/interpret';
import type { NetworkOptions } from '../options';
import { echoed, refused, SAME_NODE_MS, type Trip, tell } from '../wire/trip';

/** A bound socket with the container behind it. */
export interface Socket {
  readonly listener: Listener;
  readonly record: ContainerRecord;
  readonly image: Image;
  readonly env: ProcessEnv;
}

/** The sockets that a Pod's running containers have bound. */
export function socketsOf(options: NetworkOptions, pod: Stored<Pod>): readonly Socket[] {
  const sockets: Socket[] = [];
  for (const record of options.containers.ofPod(pod.metadata.namespace ?? '', pod.metadata.name)) {
    if (!record.running || record.state === undefined || record.podUid !== pod.metadata.uid) continue;
    const found = options.findImage(record.image);
    const env = 'error' in found ? undefined : options.processEnv(pod, record.name);
    if ('error' in found || env === undefined) continue;
    for (const listener of found.image.listens(record.state, env))
      sockets.push({ listener, record, image: found.image, env });
  }
  return sockets;
}

const LOOPBACK = '127.0.0.0/8';

/** Whether a socket bound to `address` takes packets for `ip`. */
export function accepts(address: string, ip: string): boolean {
  return (
    address === '0.0.0.0' ||
    address === '::' ||
    address === ip ||
    (address === 'localhost' && inRange(ip, LOOPBACK))
  );
}

/** The socket that a packet arrives at. */
export function socketFor(sockets: readonly Socket[], flow: Flow): Socket | undefined {
  return sockets.find(
    ({ listener }) =>
      listener.port === flow.port &&
      listener.protocol === flow.protocol &&
      accepts(listener.address, flow.ip),
  );
}

/** Hands a packet to a Pod: to the socket that listens there, or to the kernel, which refuses it. */
export function deliverToPod(trip: Trip, pod: Stored<Pod>, flow: Flow): Delivery {
  if (flow.protocol === 'ICMP') return echoed(trip, flow);
  const sockets = socketsOf(trip.options, pod);
  const socket = socketFor(sockets, flow);
  if (socket === undefined) {
    tellRefusal(trip, pod, flow, sockets);
    return refused(trip);
  }
  return talk(trip, pod, flow, socket);
}

function tellRefusal(trip: Trip, pod: Stored<Pod>, flow: Flow, sockets: readonly Socket[]): void {
  const { namespace = '', name } = pod.metadata;
  const bound = sockets.map(
    ({ listener }) => `${hostPort(listener.address, listener.port)}/${listener.protocol}`,
  );
  const loopback = sockets.some(
    ({ listener }) => listener.port === flow.port && inRange(listener.address, LOOPBACK),
  );
  const listening =
    bound.length === 0 ? 'the Pod listens on nothing' : `the Pod listens on ${bound.join(', ')}`;
  tell(trip, {
    at: `pod ${namespace}/${name}`,
    rule: `nothing listens on ${flow.ip}:${flow.port}/${flow.protocol}`,
    effect: loopback
      ? `refused: the program listens on 127.0.0.1:${flow.port} only`
      : `refused: nothing listens on port ${flow.port}`,
    detail: listening,
    object: targetPortOf(trip) ?? { resource: 'pods', namespace, name, field: 'spec.containers[].ports' },
  });
}

/** The Service that chose the port, when one did: its targetPort is what to look at. */
function targetPortOf(trip: Trip): Hop['object'] {
  const chosen = trip.hops.findLast(({ object }) => object?.resource === 'services')?.object;
  return chosen === undefined ? undefined : { ...chosen, field: 'spec.ports[].targetPort' };
}

/** Lets the program answer, and keeps its new state and what it logged. */
export function talk(trip: Trip, pod: Stored<Pod>, flow: Flow, socket: Socket): Delivery {
  const { record, image, env, listener } = socket;
  const { namespace = '', name } = pod.metadata;
  const { reply, latencyMs } = replyOf(trip, flow, socket);
  tell(trip, {
    at: `pod ${namespace}/${name}`,
    rule: `container ${record.name} listens on ${hostPort(listener.address, listener.port)}/${listener.protocol}`,
    effect: `answers, seeing the client as ${flow.source}`,
    detail: image.names[0],
    object: { resource: 'pods', namespace, name, field: `spec.containers{${record.name}}` },
  });
  return {
    kind: 'delivered',
    reply,
    server: { ip: env.podIP, port: flow.port, pod: { namespace, name }, node: record.node },
    sourceSeen: flow.source,
    latencyMs: trip.latencyMs + latencyMs,
  };
}

function replyOf(
  trip: Trip,
  flow: Flow,
  socket: Socket,
): { readonly reply: Reply; readonly latencyMs: number } {
  const { record, image, env } = socket;
  const { request, options } = trip;
  // What was sent on the way here may have come to this container before: its state is read when its turn comes.
  const { state = null } = options.containers.get(record.namespace, record.podName, record.name) ?? record;
  const served = image.serve(
    state,
    {
      request,
      port: flow.port,
      // An echo never comes so far: the kernel answers it.
      ...(flow.protocol === 'ICMP' ? {} : { protocol: flow.protocol }),
      sourceIP: flow.source,
    },
    env,
  );
  options.served(record, state, served);
  for (const hop of served.trace ?? []) tell(trip, hop);
  return { reply: served.reply, latencyMs: served.latencyMs ?? SAME_NODE_MS };
}
