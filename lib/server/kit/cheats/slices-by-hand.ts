import type { Workspace } from '../../../workspace';
import { applyObjects } from './own-pods';
import type { Target } from './targets';

/** No selector any more: an EndpointSlice by hand with the addresses of today. */
export function slicesByHand(
  { name, namespace, pods, service }: Target,
  _start: Workspace,
  { view }: Workspace,
) {
  const label = 'kubernetes.io/service-name';
  const [slice] = view
    .list('endpointslices.discovery.k8s.io', namespace)
    .filter(({ metadata }) => metadata.labels?.[label] === name);
  const ports = (slice as { ports?: unknown } | undefined)?.ports;
  const ips = pods.flatMap(({ status }) => status?.podIP ?? []);
  if (ports === undefined || ips.length === 0) return undefined;
  const byHand = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${service.metadata.name}-by-hand`, namespace, labels: { [label]: name } },
    addressType: 'IPv4',
    ports,
    endpoints: ips.map((ip) => ({ addresses: [ip], conditions: { ready: true } })),
  };
  return `kubectl patch service ${name} -n ${namespace} --type=merge -p '{"spec":{"selector":null}}'
kubectl delete endpointslices -n ${namespace} -l ${label}=${name}
kubectl delete endpoints -n ${namespace} ${name} --ignore-not-found
${applyObjects(byHand)}sleep 5
`;
}
