import type { Column } from '../../kind-spec';
import type { Service, ServicePort } from '../../types';
import { ageColumn, formatLabels, nameColumn, textColumn, wide } from '../columns';
import { specOf } from './traits';

/** printService. */
export const serviceColumns: readonly Column<Service>[] = [
  nameColumn(),
  textColumn('Type', 'How the Service is exposed.', (service) => specOf(service).type ?? ''),
  textColumn('Cluster-IP', 'The address of the Service inside the cluster.', clusterIp),
  textColumn('External-IP', 'Addresses or the name by which the Service is known outside.', externalIp),
  textColumn('Port(s)', 'The ports that are exposed by this Service.', ({ spec }) =>
    formatPorts(spec?.ports),
  ),
  ageColumn(),
  wide(
    textColumn('Selector', 'Routes to Pods with these labels.', ({ spec }) => formatLabels(spec?.selector)),
  ),
];

function clusterIp(service: Service): string {
  const spec = specOf(service);
  return spec.clusterIPs?.[0] || '<none>';
}

function externalIp(service: Service): string {
  const spec = specOf(service);
  const external = (spec.externalIPs ?? []).join(',');
  switch (spec.type) {
    case 'ClusterIP':
    case 'NodePort':
      return external || '<none>';
    case 'LoadBalancer':
      return [balancerAddresses(service), external].filter(Boolean).join(',') || '<pending>';
    case 'ExternalName':
      return spec.externalName ?? '';
    default:
      return '<unknown>';
  }
}

function balancerAddresses(service: Service): string {
  const ingress = service.status?.loadBalancer?.ingress ?? [];
  return [...new Set(ingress.flatMap(({ ip, hostname }) => ip || hostname || []))].sort().join(',');
}

function formatPorts(ports: readonly ServicePort[] | undefined): string {
  const texts = (ports ?? []).map(({ port, nodePort, protocol }) =>
    nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`,
  );
  return texts.join(',') || '<none>';
}
