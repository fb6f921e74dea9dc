import type { Service, ServicePort } from '../../../api';
import { deepEqual } from '../../../base';
import {
  clusterIPsOf,
  needsClusterIP,
  needsHealthCheckNodePort,
  needsNodePort,
  portsOf,
  sameClusterIPs,
  sameFamilies,
  withSpec,
} from './service-fields';

/** Fills in what an update left out but the Service already has (storage.go patchAllocatedValues). */
export function patchAllocatedValues(next: Service, previous: Service): Service {
  let result = next;
  if (needsClusterIP(previous) && needsClusterIP(next)) result = patchClusterIPs(result, previous);
  if (needsNodePort(previous) && needsNodePort(next)) result = patchNodePorts(result, previous);
  const health = previous.spec?.healthCheckNodePort;
  if (
    health &&
    !next.spec?.healthCheckNodePort &&
    needsHealthCheckNodePort(previous) &&
    needsHealthCheckNodePort(next)
  ) {
    result = withSpec(result, { healthCheckNodePort: health });
  }
  return result;
}

function patchClusterIPs(next: Service, previous: Service): Service {
  const clusterIP = next.spec?.clusterIP || previous.spec?.clusterIP;
  const inherits = clusterIPsOf(next).length === 0 && clusterIP === previous.spec?.clusterIP;
  const clusterIPs = inherits ? previous.spec?.clusterIPs : next.spec?.clusterIPs;
  return withSpec(next, { clusterIP, clusterIPs });
}

function patchNodePorts(next: Service, previous: Service): Service {
  const given = new Set(portsOf(next).map((port) => port.nodePort ?? 0));
  const used = new Set(
    portsOf(previous)
      .map((port) => port.nodePort ?? 0)
      .filter((port) => given.has(port)),
  );
  const byName = new Map(portsOf(previous).map((port) => [port.name ?? '', port.nodePort ?? 0]));
  const ports = portsOf(next).map((port): ServicePort => {
    const known = byName.get(port.name ?? '') ?? 0;
    if (port.nodePort || known === 0 || used.has(known)) return port;
    used.add(known);
    return { ...port, nodePort: known };
  });
  return deepEqual(ports, portsOf(next)) ? next : withSpec(next, { ports: ports as never });
}

/** Keeps clusterIP and clusterIPs in step where a client speaks only one of them (storage.go normalizeClusterIPs). */
export function normalizeClusterIPs(next: Service, previous: Service | undefined): Service {
  const clusterIP = next.spec?.clusterIP ?? '';
  const clusterIPs = clusterIPsOf(next);
  if (!previous) {
    return clusterIP !== '' && clusterIPs.length === 0 ? withSpec(next, { clusterIPs: [clusterIP] }) : next;
  }
  const old = previous.spec?.clusterIP ?? '';
  if (clusterIPs.length === 0 && clusterIPsOf(previous).length > 0 && clusterIP === old) {
    return withSpec(next, { clusterIPs: [...clusterIPsOf(previous)] });
  }
  if (clusterIP === old || !sameClusterIPs(next, previous)) return next;
  return withSpec(next, { clusterIPs: clusterIP === '' ? undefined : [clusterIP] });
}

/** Wipes what the new type has no use for and the client did not touch (strategy.go dropTypeDependentFields). */
export function dropTypeDependentFields(next: Service, previous: Service): Service {
  let result = next;
  if (needsClusterIP(previous) && !needsClusterIP(next)) {
    if (sameClusterIPs(previous, next))
      result = withSpec(result, { clusterIP: undefined, clusterIPs: undefined });
    if (sameFamilies(previous, next)) result = withSpec(result, { ipFamilies: undefined });
    if (previous.spec?.ipFamilyPolicy === next.spec?.ipFamilyPolicy) {
      result = withSpec(result, { ipFamilyPolicy: undefined });
    }
  }
  if (needsNodePort(previous) && !needsNodePort(next) && sameNodePorts(previous, next)) {
    const ports = portsOf(next).map(({ nodePort: _dropped, ...port }) => port);
    result = withSpec(result, { ports: ports as never });
  }
  for (const [field, needed] of Object.entries(TYPE_FIELDS) as [TypeField, (service: Service) => boolean][]) {
    const untouched = previous.spec?.[field] === next.spec?.[field];
    if (needed(previous) && !needed(next) && untouched) result = withSpec(result, { [field]: undefined });
  }
  return result;
}

type TypeField =
  | 'healthCheckNodePort'
  | 'allocateLoadBalancerNodePorts'
  | 'loadBalancerClass'
  | 'externalTrafficPolicy'
  | 'internalTrafficPolicy';

const isLoadBalancer = (service: Service): boolean => service.spec?.type === 'LoadBalancer';

const TYPE_FIELDS: Readonly<Record<TypeField, (service: Service) => boolean>> = {
  healthCheckNodePort: needsHealthCheckNodePort,
  allocateLoadBalancerNodePorts: isLoadBalancer,
  loadBalancerClass: isLoadBalancer,
  externalTrafficPolicy: (service) => needsNodePort(service) || (service.spec?.externalIPs ?? []).length > 0,
  internalTrafficPolicy: needsClusterIP,
};

function sameNodePorts(a: Service, b: Service): boolean {
  const numbers = (service: Service) =>
    [...new Set(portsOf(service).map((port) => port.nodePort ?? 0))].sort();
  return deepEqual(numbers(a), numbers(b));
}
