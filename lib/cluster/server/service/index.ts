import type { KindSpec, Service, Stored } from '../../../api';
import type { ServerContext } from '../context';
import { allocateClusterIPs, canonicalIP } from './cluster-ips';
import { heldAddresses } from './hold-addresses';
import type { IPFamily } from './ip-address';
import { initIPFamilies } from './ip-families';
import { allocateNodePorts } from './node-ports';
import { clusterIPsOf, NONE, nodePortsOf, withSpec } from './service-fields';
import { openRanges } from './service-ranges';

export { holdAddresses } from './hold-addresses';
export { type IPRange, parseIP } from './ip-address';
export { createServiceNetwork, type NetworkOptions, type ServiceNetwork } from './service-network';
export { hasAddress, rangesOf } from './service-ranges';

/** What the Service registry does for a write that its kind has prepared: numbers and addresses are found among the stored Services. */
export function prepareService(
  context: ServerContext,
  kind: KindSpec,
  next: Service,
  previous: Stored<Service> | undefined,
  dryRun: boolean,
): Service {
  const { network, random } = context;
  const joined = previous ? next : joinClusterIPs(next);
  const withFamilies = initIPFamilies(network, kind, joined, previous);
  const ranges = (family: IPFamily) => openRanges(context, family);
  const ips = { ranges, random, taken: () => takenIPs(context), dryRun };
  const withIPs = allocateClusterIPs(ips, withFamilies, previous);
  return allocateNodePorts({ network, random, taken: () => takenPorts(context), dryRun }, withIPs, previous);
}

const services = (context: ServerContext) => context.store.list('/services/') as readonly Stored<Service>[];

function takenIPs(context: ServerContext): ReadonlySet<string> {
  const ips = services(context).flatMap((service) => clusterIPsOf(service));
  const own = ips.filter((ip) => ip !== '' && ip !== NONE).map(canonicalIP);
  return new Set([...own, ...heldAddresses(context)]);
}

function takenPorts(context: ServerContext): ReadonlySet<number> {
  return new Set(services(context).flatMap(nodePortsOf));
}

/** A client that knows clusterIP alone means the list by it (storage.go normalizeClusterIPs). */
function joinClusterIPs(service: Service): Service {
  const { clusterIP = '', clusterIPs = [] } = service.spec ?? {};
  return clusterIP !== '' && clusterIPs.length === 0
    ? withSpec(service, { clusterIPs: [clusterIP] })
    : service;
}
