import type { Service, ServicePort, ServiceSpec } from '../../types';
import { compact, omit, withDefaults } from '../shape';
import { isExternallyAccessible, needsClusterIp, specOf } from './traits';

/** core.DefaultClientIPServiceAffinitySeconds: three hours. */
const CLIENT_IP_TIMEOUT_SECONDS = 10800;

/** SetDefaults_Service; families and addresses are left to the allocator. */
export function setServiceDefaults(service: Service): Service {
  const spec = withDefaults<ServiceSpec>(specOf(service), { sessionAffinity: 'None', type: 'ClusterIP' });
  const withPorts = spec.ports ? { ...spec, ports: spec.ports.map(defaultPort) } : spec;
  const defaulted = defaultPolicies(defaultAffinity(withPorts));
  return { ...service, spec: defaulted, status: defaultStatus(service, defaulted) };
}

function defaultPort(port: ServicePort): ServicePort {
  const target = port.targetPort === 0 || port.targetPort === '' ? undefined : port.targetPort;
  const { nodePort, ...rest } = compact(port);
  return {
    ...rest,
    ...(nodePort ? { nodePort } : {}),
    port: port.port ?? 0,
    protocol: rest.protocol ?? 'TCP',
    targetPort: target ?? port.port ?? 0,
  };
}

function defaultAffinity(spec: ServiceSpec): ServiceSpec {
  if (spec.sessionAffinity === 'None') return omit(spec, 'sessionAffinityConfig');
  if (spec.sessionAffinity !== 'ClientIP') return spec;
  if (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds !== undefined) return spec;
  return { ...spec, sessionAffinityConfig: { clientIP: { timeoutSeconds: CLIENT_IP_TIMEOUT_SECONDS } } };
}

function defaultPolicies(spec: ServiceSpec): ServiceSpec {
  const external = isExternallyAccessible(spec) && !spec.externalTrafficPolicy;
  return {
    ...spec,
    ...(external ? { externalTrafficPolicy: 'Cluster' } : {}),
    ...(needsClusterIp(spec) && !spec.internalTrafficPolicy ? { internalTrafficPolicy: 'Cluster' } : {}),
    ...(spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts === undefined
      ? { allocateLoadBalancerNodePorts: true }
      : {}),
  };
}

/** An address of a load balancer is a VIP unless said otherwise. */
function defaultStatus(service: Service, spec: ServiceSpec): NonNullable<Service['status']> {
  const status = service.status ?? {};
  const balancer = status.loadBalancer ?? {};
  if (spec.type !== 'LoadBalancer' || !balancer.ingress) return { ...status, loadBalancer: balancer };
  const ingress = balancer.ingress.map((each) =>
    each.ip && !each.ipMode ? { ...each, ipMode: 'VIP' } : each,
  );
  return { ...status, loadBalancer: { ...balancer, ingress } };
}
