import type { NetworkPolicy, Pod, Protocol } from '../../../api';
import type { Fit } from './peers';

type Spec = NonNullable<NetworkPolicy['spec']>;
type PolicyPort = NonNullable<NonNullable<Spec['ingress']>[number]['ports']>[number];

/** What a packet is for: a port, or an echo, which has none. */
export interface Carried {
  readonly protocol: Protocol | 'ICMP';
  /** Of no meaning for an echo. */
  readonly port: number;
}

/** "5432/TCP", "an ICMP echo". */
export function portText(carried: Carried): string {
  return carried.protocol === 'ICMP' ? 'ICMP echo' : `port ${carried.port}/${carried.protocol}`;
}

/**
 * Whether a rule speaks of the port; no ports at all means every one. A name is looked up on `server`, the Pod that
 * the packet is for: elsewhere names mean nothing.
 */
export function fitPorts(
  ports: readonly PolicyPort[] | undefined,
  field: string,
  carried: Carried,
  server: Pod | undefined,
): Fit {
  if (ports === undefined || ports.length === 0) return { fits: true, field };
  const index = ports.findIndex((port) => fitsPort(port, carried, server));
  if (index !== -1) return { fits: true, field: `${field}[${index}]` };
  const allowed = ports.map((port) => textOf(port)).join(', ');
  return { fits: false, field, why: `it speaks of ${allowed}, not of ${portText(carried)}`, nearness: 0 };
}

function fitsPort(
  { port, endPort, protocol = 'TCP' }: PolicyPort,
  carried: Carried,
  server: Pod | undefined,
): boolean {
  if (carried.protocol === 'ICMP' || carried.protocol !== protocol) return false;
  if (port === undefined) return true;
  if (typeof port === 'string') return numbersOf(server, port, protocol).includes(carried.port);
  return endPort === undefined ? carried.port === port : carried.port >= port && carried.port <= endPort;
}

/** The numbers that a Pod's containers give to a port name. */
function numbersOf(pod: Pod | undefined, name: string, protocol: string): readonly number[] {
  return [...(pod?.spec?.initContainers ?? []), ...(pod?.spec?.containers ?? [])]
    .flatMap(({ ports }) => ports ?? [])
    .filter((port) => port.name === name && (port.protocol ?? 'TCP') === protocol)
    .map(({ containerPort }) => containerPort);
}

function textOf({ port, endPort, protocol = 'TCP' }: PolicyPort): string {
  if (port === undefined) return `all of ${protocol}`;
  return `${port}${endPort === undefined ? '' : `-${endPort}`}/${protocol}`;
}
