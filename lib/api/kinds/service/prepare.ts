import type { Stored } from '../../objects';
import type { Service, ServicePort, ServiceSpec } from '../../types';
import { omit } from '../shape';
import { sameJson } from '../validation';
import {
  isExternallyAccessible,
  needsHealthCheckNodePort,
  needsNodePort,
  specOf,
  usesClusterIp,
} from './traits';

/** svcStrategy.PrepareForCreate, with `clusterIPs` taken from `clusterIP` where only that is given. */
export function prepareServiceForCreate(service: Service): Service {
  const spec = specOf(service);
  const singular = spec.clusterIP && (spec.clusterIPs ?? []).length === 0;
  return {
    ...service,
    spec: singular && spec.clusterIP ? { ...spec, clusterIPs: [spec.clusterIP] } : spec,
    status: { loadBalancer: {} },
  };
}

/** What an update does before allocation: keep allocated values, join the IP fields, drop what the new type lacks. */
export function prepareServiceForUpdate(service: Service, previous: Stored<Service>): Service {
  const before = specOf(previous);
  const kept = keepAllocated(specOf(service), before);
  const spec = dropForType(joinClusterIps(kept, before), before);
  return { ...service, spec, status: previous.status ?? { loadBalancer: {} } };
}

/** patchAllocatedValues: an update that leaves allocated values out does not lose them. */
function keepAllocated(spec: ServiceSpec, before: ServiceSpec): ServiceSpec {
  let next = spec;
  if (usesClusterIp(before) && usesClusterIp(next)) {
    if (!next.clusterIP && before.clusterIP) next = { ...next, clusterIP: before.clusterIP };
    if (!next.clusterIPs?.length && before.clusterIPs?.length) {
      next = { ...next, clusterIPs: before.clusterIPs };
    }
  }
  if (needsNodePort(before) && needsNodePort(next) && next.ports) {
    next = { ...next, ports: keepNodePorts(next.ports, before.ports ?? []) };
  }
  const health = before.healthCheckNodePort;
  if (
    needsHealthCheckNodePort(before) &&
    needsHealthCheckNodePort(next) &&
    !next.healthCheckNodePort &&
    health
  ) {
    next = { ...next, healthCheckNodePort: health };
  }
  return next;
}

/** Node ports go by the port's name, and only where nobody else in the update took the number. */
function keepNodePorts(
  ports: readonly ServicePort[],
  before: readonly ServicePort[],
): readonly ServicePort[] {
  const numbers = (list: readonly ServicePort[]): readonly number[] =>
    list.flatMap((each) => each.nodePort ?? []);
  const used = new Set(numbers(before).filter((each) => numbers(ports).includes(each)));
  return ports.map((port) => {
    if (port.nodePort) return port;
    const old = before.findLast((each) => (each.name ?? '') === (port.name ?? ''))?.nodePort;
    if (!old || used.has(old)) return port;
    used.add(old);
    return { ...port, nodePort: old };
  });
}

/** normalizeClusterIPs on update: the singular field speaks for the list when only it was changed. */
function joinClusterIps(spec: ServiceSpec, before: ServiceSpec): ServiceSpec {
  let next = spec;
  if (before.clusterIPs?.length && !next.clusterIPs?.length && before.clusterIP === next.clusterIP) {
    next = { ...next, clusterIPs: before.clusterIPs };
  }
  if ((before.clusterIP ?? '') === (next.clusterIP ?? '')) return next;
  if (!sameJson(before.clusterIPs, next.clusterIPs)) return next;
  return next.clusterIP ? { ...next, clusterIPs: [next.clusterIP] } : omit(next, 'clusterIPs');
}

/** dropTypeDependentFields: what the new type does not use is wiped, unless the update changed it on purpose. */
function dropForType(spec: ServiceSpec, before: ServiceSpec): ServiceSpec {
  let next = spec;
  const unchanged = (...fields: readonly (keyof ServiceSpec)[]): boolean =>
    fields.every((field) => sameJson(next[field], before[field]));
  if (usesClusterIp(before) && !usesClusterIp(next)) {
    if (unchanged('clusterIP', 'clusterIPs')) next = omit(next, 'clusterIP', 'clusterIPs');
    if (unchanged('ipFamilies')) next = omit(next, 'ipFamilies');
    if (unchanged('ipFamilyPolicy')) next = omit(next, 'ipFamilyPolicy');
    if (unchanged('internalTrafficPolicy')) next = omit(next, 'internalTrafficPolicy');
  }
  if (needsNodePort(before) && !needsNodePort(next) && sameNodePorts(next, before)) {
    next = { ...next, ports: (next.ports ?? []).map((port) => omit(port, 'nodePort')) };
  }
  if (
    needsHealthCheckNodePort(before) &&
    !needsHealthCheckNodePort(next) &&
    unchanged('healthCheckNodePort')
  ) {
    next = omit(next, 'healthCheckNodePort');
  }
  if (before.type === 'LoadBalancer' && next.type !== 'LoadBalancer') {
    if (unchanged('allocateLoadBalancerNodePorts')) next = omit(next, 'allocateLoadBalancerNodePorts');
    if (unchanged('loadBalancerClass')) next = omit(next, 'loadBalancerClass');
  }
  if (isExternallyAccessible(before) && !isExternallyAccessible(next) && unchanged('externalTrafficPolicy')) {
    next = omit(next, 'externalTrafficPolicy');
  }
  return next;
}

function sameNodePorts(spec: ServiceSpec, before: ServiceSpec): boolean {
  const numbers = (each: ServiceSpec): readonly number[] =>
    [...new Set((each.ports ?? []).flatMap((port) => port.nodePort ?? []))].sort();
  return sameJson(numbers(spec), numbers(before));
}
