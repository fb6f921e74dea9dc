import type { Service, ServiceSpec } from '../../types';

/** What a Service says, with nothing for a Service that says nothing. */
export function specOf(service: Service): ServiceSpec {
  return service.spec ?? {};
}

/** `clusterIP: None`. */
export function isHeadless(spec: ServiceSpec): boolean {
  return spec.clusterIP === 'None' || (spec.clusterIPs?.length === 1 && spec.clusterIPs[0] === 'None');
}

/** Whether the type asks for cluster IPs ("None" counts as one). */
export function needsClusterIp(spec: ServiceSpec): boolean {
  return spec.type === 'ClusterIP' || spec.type === 'NodePort' || spec.type === 'LoadBalancer';
}

/** The registry's own question (strategy.go needsClusterIP): any type but ExternalName, a misspelt one too. */
export function usesClusterIp(spec: ServiceSpec): boolean {
  return spec.type !== 'ExternalName';
}

/** Whether the type asks for node ports. */
export function needsNodePort(spec: ServiceSpec): boolean {
  return spec.type === 'NodePort' || spec.type === 'LoadBalancer';
}

/** Whether a load balancer probes nodes for local endpoints, on a port of its own. */
export function needsHealthCheckNodePort(spec: ServiceSpec): boolean {
  return spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
}

/** Whether traffic from outside can be meant for this Service. */
export function isExternallyAccessible(spec: ServiceSpec): boolean {
  return needsNodePort(spec) || (spec.type === 'ClusterIP' && (spec.externalIPs ?? []).length > 0);
}
