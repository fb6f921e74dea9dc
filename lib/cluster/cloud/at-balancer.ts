import type { Hop } from '../../api';
import type { Clock, Random } from '../../base';
import type { Arrival, Meeting } from '../network';
import type { Instance } from './instances';
import type { Balancer, Book, Face } from './state';

/** What balancers need to decide about a packet. */
export interface EdgeWorld {
  readonly book: Book;
  readonly instances: readonly Instance[];
  readonly clock: Clock;
  readonly random: Random;
}

/** A packet at a balancer: where it stands, and who sent it as the balancer sees it. */
export interface AtBalancer {
  readonly world: EdgeWorld;
  readonly balancer: Balancer;
  readonly face: Face;
  readonly arrival: Arrival;
  readonly source: string;
  readonly hops: readonly Hop[];
}

/** A hop at a balancer, with the Service that it is for. */
export function hopAt({ balancer }: AtBalancer, hop: Omit<Hop, 'at' | 'object'>, field?: string): Hop {
  const { kind, name, service } = balancer;
  return {
    at: `${kind} load balancer ${name}`,
    ...hop,
    object: { resource: 'services', ...service, ...(field === undefined ? {} : { field }) },
  };
}

/** The end of a packet's way. */
export function lost(at: AtBalancer, hop: Omit<Hop, 'at' | 'object'>, field?: string): Meeting {
  return { kind: 'lost', hops: [...at.hops, hopAt(at, hop, field)] };
}
