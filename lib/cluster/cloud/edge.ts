import type { Hop } from '../../api';
import { type Arrival, type CloudEdge, type Meeting, OFFICE_PUBLIC_IP } from '../network';
import { type AtBalancer, type EdgeWorld, lost } from './at-balancer';
import { meetClassic } from './meet-classic';
import { meetNetwork } from './meet-network';
import { dnsNames } from './names-in-dns';
import type { Balancer, Book, Face } from './state';

const PRIVATE = /^(10|127|192\.168|172\.(1[6-9]|2\d|3[01]))\./;

/** The balancers as packets and the world's DNS meet them. */
export function createEdge(world: EdgeWorld): CloudEdge {
  return {
    meet(arrival) {
      const found = standingAt(world.book, arrival.ip);
      return found && meet(world, arrival, ...found);
    },
    names: () => dnsNames(world.book.state, world.instances, world.clock.now()),
  };
}

function standingAt(book: Book, ip: string): readonly [Balancer, Face] | undefined {
  for (const balancer of Object.values(book.state.balancers))
    for (const face of balancer.faces)
      if (face.publicIp === ip || face.privateIp === ip) return [balancer, face];
  return undefined;
}

function meet(world: EdgeWorld, arrival: Arrival, balancer: Balancer, face: Face): Meeting {
  const { source, hops } = asSeen(arrival, face);
  const at: AtBalancer = { world, balancer, face, arrival, source, hops };
  if (world.clock.now() < balancer.activeAt)
    return lost(at, {
      rule: 'State provisioning',
      effect: 'the packet is lost: the balancer is still being set up',
    });
  if (arrival.protocol === 'ICMP')
    return lost(at, { rule: 'ICMP echo', effect: 'the packet is lost: the balancer answers no echo' });
  return balancer.kind === 'classic' ? meetClassic(at) : meetNetwork(at);
}

/** Who a packet is from once it is on the internet. */
function asSeen(
  { source, ip }: Arrival,
  face: Face,
): { readonly source: string; readonly hops: readonly Hop[] } {
  if (ip !== face.publicIp || !PRIVATE.test(source)) return { source, hops: [] };
  const effect = `rewrites the source ${source} to ${OFFICE_PUBLIC_IP}`;
  return {
    source: OFFICE_PUBLIC_IP,
    hops: [{ at: 'office router', rule: 'masquerades what goes to the internet', effect }],
  };
}
