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
  const cluster = usesCluster ? clusterEndpoints(sorted(port), node) : [];
  if (!usesLocal) return { cluster, local: [], reachable: cluster, any: cluster.length > 0 };
  const here = sorted(port).onNode.get(node.name) ?? [];
  const readyHere = here.filter((endpoint) => endpoint.ready);
  const local = readyHere.length > 0 ? readyHere : here.filter(isDraining);
  const any = cluster.length > 0 || sorted(port).usable.length > 0;
  if (!usesCluster) return { cluster, local, reachable: local, any };
  const names = new Set(cluster.map(({ name }) => name));
  const extra = local.filter(({ name }) => !names.has(name));
  return { cluster, local, reachable: [...cluster, ...extra], any };
}

/** A port's endpoints as every node needs them sorted. */
interface Sorted {
  /** The ready ones; those that drain when there is none. */
  readonly usable: readonly ProxyEndpoint[];
  readonly onNode: ReadonlyMap<string, readonly ProxyEndpoint[]>;
  /** Whether every ready one is hinted to nodes, and to zones. */
  readonly nodeHints: ReadonlyMap<string, readonly ProxyEndpoint[]> | undefined;
  readonly zoneHints: ReadonlyMap<string, readonly ProxyEndpoint[]> | undefined;
}

const known = new WeakMap<ServicePortInfo, Sorted>();

function sorted(port: ServicePortInfo): Sorted {
  const before = known.get(port);
  if (before !== undefined) return before;
  const ready = port.endpoints.filter((endpoint) => endpoint.ready);
  const fresh: Sorted = {
    usable: ready.length > 0 ? ready : port.endpoints.filter(isDraining),
    onNode: byKeys(port.endpoints, ({ node }) => (node === undefined ? [] : [node])),
    nodeHints: hinted(ready, ({ nodeHints }) => nodeHints),
    zoneHints: hinted(ready, ({ zoneHints }) => zoneHints),
  };
  known.set(port, fresh);
  return fresh;
}

/** Hints are followed only when every ready endpoint has them. */
function hinted(
  ready: readonly ProxyEndpoint[],
  hintsOf: (endpoint: ProxyEndpoint) => readonly string[] | undefined,
): ReadonlyMap<string, readonly ProxyEndpoint[]> | undefined {
  return ready.every((endpoint) => hintsOf(endpoint) !== undefined)
    ? byKeys(ready, (endpoint) => hintsOf(endpoint) ?? [])
    : undefined;
}

function byKeys(
  endpoints: readonly ProxyEndpoint[],
  keysOf: (endpoint: ProxyEndpoint) => readonly string[],
): ReadonlyMap<string, readonly ProxyEndpoint[]> {
  const found = new Map<string, ProxyEndpoint[]>();
  for (const endpoint of endpoints)
    for (const key of keysOf(endpoint)) {
      const list = found.get(key);
      if (list === undefined) found.set(key, [endpoint]);
      else list.push(endpoint);
    }
  return found;
}

/** The node's own by its hints, else its zone's, else all. */
function clusterEndpoints(
  { usable, nodeHints, zoneHints }: Sorted,
  node: ProxyNode,
): readonly ProxyEndpoint[] {
  const near = nodeHints?.get(node.name);
  const nearby = node.zone === undefined ? undefined : zoneHints?.get(node.zone);
  return near ?? nearby ?? usable;
}
