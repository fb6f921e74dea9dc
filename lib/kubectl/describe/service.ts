import type { EndpointSlice, Event, Service } from '../../api';
import { formatLabels } from '../printers';
import { writeEvents } from './events';
import { writeHead } from './metadata';
import { Page } from './page';

/** How many endpoints are shown before "+ N more...". */
const SHOWN = 3;

/** `describe service`. */
export function describeService(
  service: Service,
  slices: readonly EndpointSlice[],
  events: readonly Event[] | undefined,
  now: number,
): string {
  const page = new Page();
  const { spec, status } = service;
  writeHead(page, service.metadata);
  page.field(0, 'Selector', formatLabels(spec?.selector));
  page.field(0, 'Type', spec?.type);
  if (spec?.ipFamilyPolicy) page.field(0, 'IP Family Policy', spec.ipFamilyPolicy);
  page.field(0, 'IP Families', listOrNone(spec?.ipFamilies));
  page.field(0, 'IP', spec?.clusterIP);
  page.field(0, 'IPs', listOrNone(spec?.clusterIPs));
  if (spec?.externalIPs && spec.externalIPs.length > 0)
    page.field(0, 'External IPs', spec.externalIPs.join(','));
  if (spec?.loadBalancerIP) page.field(0, 'Desired LoadBalancer IP', spec.loadBalancerIP);
  if (spec?.externalName) page.field(0, 'External Name', spec.externalName);
  const ingress = status?.loadBalancer?.ingress ?? [];
  if (ingress.length > 0) page.field(0, 'LoadBalancer Ingress', ingress.map(ingressText).join(', '));
  writePorts(page, service, slices);
  page.field(0, 'Session Affinity', spec?.sessionAffinity);
  if (spec?.externalTrafficPolicy) page.field(0, 'External Traffic Policy', spec.externalTrafficPolicy);
  if (spec?.internalTrafficPolicy) page.field(0, 'Internal Traffic Policy', spec.internalTrafficPolicy);
  if (spec?.healthCheckNodePort) page.field(0, 'HealthCheck NodePort', spec.healthCheckNodePort);
  if (spec?.loadBalancerSourceRanges && spec.loadBalancerSourceRanges.length > 0) {
    page.field(0, 'LoadBalancer Source Ranges', spec.loadBalancerSourceRanges.join(','));
  }
  const { trafficDistribution } = (spec ?? {}) as { trafficDistribution?: string };
  if (trafficDistribution) page.field(0, 'Traffic Distribution', trafficDistribution);
  if (events) writeEvents(page, events, now);
  return page.text();
}

const listOrNone = (items: readonly string[] | undefined) =>
  items && items.length > 0 ? items.join(',') : '<none>';

function ingressText(ingress: { ip?: string | undefined; hostname?: string | undefined }): string {
  const { ipMode } = ingress as { ipMode?: string };
  if (ingress.ip) return ipMode ? `${ingress.ip} (${ipMode})` : ingress.ip;
  return ingress.hostname ?? '';
}

function writePorts(page: Page, { spec }: Service, slices: readonly EndpointSlice[]): void {
  for (const port of spec?.ports ?? []) {
    const name = port.name || '<unset>';
    page.write(0, `Port:\t${name}\t${port.port}/${port.protocol ?? ''}\n`);
    page.write(0, `TargetPort:\t${port.targetPort ?? 0}/${port.protocol ?? ''}\n`);
    if (port.nodePort) page.write(0, `NodePort:\t${name}\t${port.nodePort}/${port.protocol ?? ''}\n`);
    page.field(0, 'Endpoints', endpointsText(slices, port.name ?? ''));
  }
}

/** The ready endpoints of the slices' port of that name; a slice without ports shows bare addresses. */
export function endpointsText(slices: readonly EndpointSlice[], portName: string): string {
  if (slices.length === 0) return '<none>';
  const shown: string[] = [];
  let count = 0;
  let more = false;
  const add = (slice: EndpointSlice, suffix: string) => {
    for (const endpoint of slice.endpoints ?? []) {
      if (shown.length === SHOWN) more = true;
      if (endpoint.conditions?.ready === false) continue;
      const address = endpoint.addresses[0] ?? '';
      const host = suffix !== '' && address.includes(':') ? `[${address}]` : address;
      if (!more) shown.push(`${host}${suffix}`);
      count += 1;
    }
  };
  for (const slice of slices) {
    const ports = slice.ports ?? [];
    if (ports.length === 0) add(slice, '');
    for (const port of ports) if ((port.name ?? '') === portName) add(slice, `:${port.port ?? 0}`);
  }
  return more ? `${shown.join(',')} + ${count - SHOWN} more...` : shown.join(',');
}
