import { compareDestinations } from './choose';
import { type Destination, destinationKey, type IpvsTables, type VirtualServer } from './tables';

/** Whether a destination of a virtual server still has connections, ended ones that are remembered included. */
export type HasConnections = (server: string, destination: string) => boolean;

type Draining = Readonly<Record<string, readonly Destination[]>>;

/**
 * Destinations that are no longer wanted stay, with weight 0, until their connections have ended (kube-proxy's
 * graceful termination); UDP and SCTP know no such grace.
 */
export function drain(before: IpvsTables, fresh: IpvsTables, hasConnections: HasConnections): Draining {
  const draining: Record<string, readonly Destination[]> = {};
  for (const [key, server] of Object.entries(fresh.servers)) {
    const old = before.servers[key];
    if (old === undefined || old.destinations === server.destinations || server.protocol !== 'TCP') continue;
    const staying = leaving(old, server).filter((each) => hasConnections(key, destinationKey(each)));
    if (staying.length > 0) draining[key] = staying.map((each) => ({ ...each, weight: 0 }));
  }
  return draining;
}

function leaving(old: VirtualServer, server: VirtualServer): readonly Destination[] {
  const wanted = new Set(server.destinations.map(destinationKey));
  return old.destinations.filter((each) => !wanted.has(destinationKey(each)));
}

/** Tables with the destinations that are on their way out. */
export function withDraining(fresh: IpvsTables, draining: Draining): IpvsTables {
  const changed = Object.entries(draining).flatMap(([key, staying]) => {
    const server = fresh.servers[key];
    if (server === undefined) return [];
    const destinations = [...server.destinations, ...staying].sort(compareDestinations);
    return [[key, { ...server, destinations }] as const];
  });
  return changed.length === 0
    ? fresh
    : { ...fresh, servers: { ...fresh.servers, ...Object.fromEntries(changed) } };
}
