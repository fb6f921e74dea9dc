import { isExternallyAccessible, type ProxyEndpoint, type ServicePortInfo } from './service-ports';

/** The node for which rules are written. */
export interface ProxyNode {
  readonly name: string;
  readonly ip: string;
  readonly zone: string | undefined;
}

/** Endpoints sorted by who may use them from one node. */
export interface Categorized {
  readonly cluster: readonly ProxyEndpoint[];
  readonly local: readonly ProxyEndpoint[];
  /** Endpoints that need a chain on this node. */
  readonly reachable: readonly ProxyEndpoint[];
  /** Whether there is a usable endpoint on any node. */
  readonly any: boolean;
}

const isDraining = (endpoint: ProxyEndpoint) => endpoint.serving && endpoint.terminating;

/** Picks endpoints by traffic policy; serving terminating ones stand in when there is no ready one. */
export function categorizeEndpoints(port: ServicePortInfo, node: ProxyNode): Categorized {
  const usesCluster = !port.internalLocal || isExternallyAccessible(port);
  const usesLocal = port.internalLocal || (port.externalLocal && isExternallyAccessible(port));
  const cluster = usesCluster ? clusterEndpoints(port.endpoints, node) : [];
  if (!usesLocal) return { cluster, local: [], reachable: cluster, any: cluster.length > 0 };
  const here = port.endpoints.filter((endpoint) => endpoint.node === node.name);
  const readyHere = here.filter((endpoint) => endpoint.ready);
  const local = readyHere.length > 0 ? readyHere : here.filter(isDraining);
  const any = cluster.length > 0 || port.endpoints.some((endpoint) => endpoint.ready || isDraining(endpoint));
  if (!usesCluster) return { cluster, local, reachable: local, any };
  const names = new Set(cluster.map(({ name }) => name));
  const extra = local.filter(({ name }) => !names.has(name));
  return { cluster, local, reachable: [...cluster, ...extra], any };
}

function clusterEndpoints(endpoints: readonly ProxyEndpoint[], node: ProxyNode): readonly ProxyEndpoint[] {
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  if (ready.length === 0) return endpoints.filter(isDraining);
  const near = ready.filter((endpoint) => endpoint.nodeHints?.includes(node.name));
  if (near.length > 0 && ready.every((endpoint) => endpoint.nodeHints !== undefined)) return near;
  const zone = node.zone;
  if (zone === undefined || !ready.every((endpoint) => endpoint.zoneHints !== undefined)) return ready;
  const sameZone = ready.filter((endpoint) => endpoint.zoneHints?.includes(zone));
  return sameZone.length > 0 ? sameZone : ready;
}
