import type { EndpointSlice, Endpoints, Event } from '../../api';
import { writeEvents } from './events';
import { writeHead } from './metadata';
import { Page } from './page';

/** `describe endpoints`. */
export function describeEndpoints(
  endpoints: Endpoints,
  events: readonly Event[] | undefined,
  now: number,
): string {
  const page = new Page();
  writeHead(page, endpoints.metadata);
  page.write(0, 'Subsets:\n');
  for (const subset of endpoints.subsets ?? []) {
    const join = (addresses: readonly { readonly ip: string }[] | undefined) =>
      (addresses ?? []).map((each) => each.ip).join(',') || '<none>';
    page.field(1, 'Addresses', join(subset.addresses));
    page.field(1, 'NotReadyAddresses', join(subset.notReadyAddresses));
    if (subset.ports && subset.ports.length > 0) {
      page.write(1, 'Ports:\n');
      page.write(2, 'Name\tPort\tProtocol\n');
      page.write(2, '----\t----\t--------\n');
      for (const port of subset.ports) {
        page.write(2, `${port.name || '<unset>'}\t${port.port}\t${port.protocol ?? ''}\n`);
      }
    }
    page.write(0, '\n');
  }
  if (events) writeEvents(page, events, now);
  return page.text();
}

/** `describe endpointslice`. */
export function describeEndpointSlice(
  slice: EndpointSlice,
  events: readonly Event[] | undefined,
  now: number,
): string {
  const page = new Page();
  writeHead(page, slice.metadata);
  page.field(0, 'AddressType', slice.addressType);
  const ports = slice.ports ?? [];
  page.write(0, ports.length === 0 ? 'Ports: <unset>\n' : 'Ports:\n');
  if (ports.length > 0) {
    page.write(1, 'Name\tPort\tProtocol\n');
    page.write(1, '----\t----\t--------\n');
    for (const port of ports) {
      page.write(1, `${port.name || '<unset>'}\t${port.port ?? '<unset>'}\t${port.protocol ?? ''}\n`);
    }
  }
  const endpoints = slice.endpoints ?? [];
  page.write(0, endpoints.length === 0 ? 'Endpoints: <none>\n' : 'Endpoints:\n');
  for (const endpoint of endpoints) {
    page.write(1, `- Addresses:\t${endpoint.addresses.join(', ') || '<none>'}\n`);
    page.write(2, 'Conditions:\n');
    page.field(3, 'Ready', endpoint.conditions?.ready ?? '<unset>');
    page.field(2, 'Hostname', endpoint.hostname ?? '<unset>');
    if (endpoint.targetRef)
      page.field(2, 'TargetRef', `${endpoint.targetRef.kind}/${endpoint.targetRef.name}`);
    page.field(2, 'NodeName', endpoint.nodeName ?? '<unset>');
    page.field(2, 'Zone', endpoint.zone ?? '<unset>');
  }
  if (events) writeEvents(page, events, now);
  return page.text();
}
