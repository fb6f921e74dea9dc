import type { Json, Service, ServicePort, ServiceSpec } from '../../../api';
import { deepEqual } from '../../../base';

/** "None": a headless Service. */
export const NONE = 'None';

const specOf = (service: Service): ServiceSpec => service.spec ?? {};

/** Every type but ExternalName has cluster IPs, be it "None". */
export const needsClusterIP = (service: Service): boolean => specOf(service).type !== 'ExternalName';

/** Whether the type takes node ports, wanted or not. */
export const needsNodePort = (service: Service): boolean =>
  specOf(service).type === 'NodePort' || specOf(service).type === 'LoadBalancer';

/** LoadBalancer with externalTrafficPolicy Local. */
export const needsHealthCheckNodePort = (service: Service): boolean =>
  specOf(service).type === 'LoadBalancer' && specOf(service).externalTrafficPolicy === 'Local';

/** Whether missing node ports are to be chosen. */
export const allocatesNodePorts = (service: Service): boolean =>
  specOf(service).type === 'NodePort' ||
  (specOf(service).type === 'LoadBalancer' && specOf(service).allocateLoadBalancerNodePorts !== false);

export const isHeadless = (service: Service): boolean =>
  (specOf(service).clusterIPs?.[0] ?? specOf(service).clusterIP) === NONE;

export const hasSelector = (service: Service): boolean =>
  Object.keys(specOf(service).selector ?? {}).length > 0;

export const portsOf = (service: Service): readonly ServicePort[] => specOf(service).ports ?? [];

export const clusterIPsOf = (service: Service): readonly string[] => specOf(service).clusterIPs ?? [];

export const familiesOf = (service: Service): readonly string[] => specOf(service).ipFamilies ?? [];

/** Numbers of all node ports, the health check's included. */
export function nodePortsOf(service: Service): readonly number[] {
  const { healthCheckNodePort } = specOf(service);
  const numbers = portsOf(service).map((port) => port.nodePort ?? 0);
  return [...numbers, healthCheckNodePort ?? 0].filter((number) => number !== 0);
}

export const sameClusterIPs = (a: Service, b: Service): boolean =>
  deepEqual(clusterIPsOf(a), clusterIPsOf(b));

export const sameFamilies = (a: Service, b: Service): boolean => deepEqual(familiesOf(a), familiesOf(b));

/** A changed spec; a property given as undefined is removed. */
export function withSpec(
  service: Service,
  changes: Partial<Record<keyof ServiceSpec, Json | undefined>>,
): Service {
  const spec: Record<string, unknown> = { ...specOf(service), ...changes };
  for (const [key, value] of Object.entries(changes)) if (value === undefined) delete spec[key];
  return { ...service, spec: spec as ServiceSpec };
}
