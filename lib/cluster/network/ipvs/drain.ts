import { compareDestinations } from './choose';
import { type Destination, destinationKey, type IpvsTables, type VirtualServer } from './tables';

/** Whether a destination of a virtual server still has connections, ended ones that are remembered included. */
export type HasConnections = (server: string, destination: string) => boolean;

/**
 * Destinations that are no longer wanted stay, with weight 0, until their connections have ended (kube-proxy's
 * graceful termination); UDP and SCTP know no such grace.
 */
export function drain(
  before: IpvsTables | undefined,
  fresh: IpvsTables,
  hasConnections: HasConnections,
): IpvsTables {
  if (before === undefined) return fresh;
  const changed: Record<string, VirtualServer> = {};
  for (const [key, server] of Object.entries(fresh.servers)) {
    const old = before.servers[key];
    if (old === undefined || old.destinations === server.destinations || server.protocol !== 'TCP') continue;
    const staying = leaving(old, server).filter((each) => hasConnections(key, destinationKey(each)));
    if (staying.length === 0) continue;
    const destinations = [
      ...server.destinations,
      ...staying.map((each) => ({ ...each, weight: 0 as const })),
    ];
    changed[key] = { ...server, destinations: destinations.sort(compareDestinations) };
  }
  return Object.keys(changed).length === 0 ? fresh : { ...fresh, servers: { ...fresh.servers, ...changed } };
}

function leaving(old: VirtualServer, server: VirtualServer): readonly Destination[] {
  const wanted = new Set(server.destinations.map(destinationKey));
  return old.destinations.filter((each) => !wanted.has(destinationKey(each)));
}

/** Whether any destination is on its way out. */
export function isDraining({ servers }: IpvsTables): boolean {
  return Object.values(servers).some(({ destinations }) => destinations.some(({ weight }) => weight === 0));
}
