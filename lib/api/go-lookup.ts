import type { LookupFailure } from './network';

/**
 * What Go's own resolver says of a name that led nowhere (net.DNSError): the server that it asked last, and what came of that.
 * `from` gives the address and port that it asked from, where they are told.
 */
export function goLookupError(name: string, failure: LookupFailure | undefined, from: () => string): string {
  if (failure === undefined) return `lookup ${name}: no such host`;
  const server = `${failure.server}:53`;
  return `lookup ${name} on ${server}: ${reasonOf(failure.why, () => `udp ${from()}->${server}`, server)}`;
}

function reasonOf(why: LookupFailure['why'], connection: () => string, server: string): string {
  switch (why) {
    case 'not-found':
      return 'no such host';
    case 'misbehaving':
      return 'server misbehaving';
    case 'silent':
      return `read ${connection()}: i/o timeout`;
    case 'refused':
      return `read ${connection()}: read: connection refused`;
    case 'no-route':
      return `read ${connection()}: read: no route to host`;
    case 'no-network':
      return `dial udp ${server}: connect: network is unreachable`;
  }
}
