import type { Service, Stored } from '../../../api';
import type { ServerContext } from '../context';
import { dropTypeDependentFields, normalizeClusterIPs, patchAllocatedValues } from './carry-over';
import { allocateClusterIPs, canonicalIP } from './cluster-ips';
import { initIPFamilies } from './ip-families';
import { allocateNodePorts } from './node-ports';
import { clusterIPsOf, NONE, nodePortsOf } from './service-fields';

export { createServiceNetwork, type NetworkOptions, type ServiceNetwork } from './service-network';
export { dropTypeDependentFields };

/** What the Service registry does before a write: numbers and addresses are found among the stored Services. */
export function prepareService(
  context: ServerContext,
  next: Service,
  previous: Stored<Service> | undefined,
  dryRun: boolean,
): Service {
  const { network, random } = context;
  const patched = previous ? patchAllocatedValues(next, previous) : next;
  const normal = normalizeClusterIPs(patched, previous);
  const withFamilies = initIPFamilies(network, normal, previous);
  const ips = { network, random, taken: () => takenIPs(context), dryRun };
  const withIPs = allocateClusterIPs(ips, withFamilies, previous);
  return allocateNodePorts({ network, random, taken: () => takenPorts(context), dryRun }, withIPs, previous);
}

const services = (context: ServerContext) => context.store.list('/services/') as readonly Stored<Service>[];

function takenIPs(context: ServerContext): ReadonlySet<string> {
  const ips = services(context).flatMap((service) => clusterIPsOf(service));
  return new Set(ips.filter((ip) => ip !== '' && ip !== NONE).map(canonicalIP));
}

function takenPorts(context: ServerContext): ReadonlySet<number> {
  return new Set(services(context).flatMap(nodePortsOf));
}
