import { parseAddress } from '../addresses';
import { type Destination, destinationKey, type VirtualServer } from './tables';

/** What the kernel remembers of one virtual server, and what it knows of a packet's ends. */
export interface ChoosingContext {
  /** The destination that was chosen last: "10.244.1.2:80". */
  readonly last: string | undefined;
  readonly source: string;
  /** Connections that a destination has, ended ones that are still remembered included. */
  connections(destination: Destination): number;
}

/** Chooses a destination as the virtual server's scheduler does; undefined when there is none. */
export function choose(server: VirtualServer, context: ChoosingContext): Destination | undefined {
  const open = server.destinations.filter(({ weight }) => weight > 0);
  const [first] = open;
  if (first === undefined) return undefined;
  switch (server.scheduler) {
    case 'lc':
    case 'wlc':
      return open.reduce((best, each) =>
        context.connections(each) < context.connections(best) ? each : best,
      );
    // Both look at connections that are open now, and none is: a request is answered at once.
    case 'sed':
    case 'nq':
      return first;
    case 'sh':
      return open[sourceBucket(context.source) % open.length];
    case 'dh':
      return open[destinationBucket(server.ip) % open.length];
    default:
      return next(open, context.last);
  }
}

/** Round robin: the one after the last, in the order of the list, which is sorted. */
function next(open: readonly Destination[], last: string | undefined): Destination | undefined {
  if (last === undefined) return open[0];
  const at = open.findIndex((each) => destinationKey(each) === last);
  if (at !== -1) return open[(at + 1) % open.length];
  // The last one is gone: what came after it is next.
  return open.find((each) => compareDestinations(each, keyed(last)) > 0) ?? open[0];
}

function keyed(key: string): { readonly ip: string; readonly port: number } {
  const cut = key.lastIndexOf(':');
  return { ip: key.slice(0, cut), port: Number(key.slice(cut + 1)) };
}

const TABLE_BITS = 8;
const GOLDEN_RATIO = 0x61c88647;
const KNUTH = 2_654_435_761;

const numberOf = (ip: string): number => Number((parseAddress(ip)?.value ?? 0n) & 0xffffffffn);

/** ip_vs_sh: the source's address by the kernel's multiplicative hash, into a table of 256. */
function sourceBucket(ip: string): number {
  return (Math.imul(numberOf(ip), GOLDEN_RATIO) >>> 0) >>> (32 - TABLE_BITS);
}

/** ip_vs_dh: the destination's address by Knuth's hash, its lowest eight bits. */
function destinationBucket(ip: string): number {
  return Number((BigInt(numberOf(ip)) * BigInt(KNUTH)) & 0xffn);
}

/** By address, then port, as ipvsadm sorts. */
export function compareDestinations(
  left: { readonly ip: string; readonly port: number },
  right: { readonly ip: string; readonly port: number },
): number {
  const [a, b] = [numberOf(left.ip), numberOf(right.ip)];
  return a === b ? left.port - right.port : a - b;
}
