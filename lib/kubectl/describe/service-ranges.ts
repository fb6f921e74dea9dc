import type { IPAddress, ServiceCIDR } from '../../api';
import { writeEvents } from './events';
import { writeAnnotations, writeLabels } from './metadata';
import { Page } from './page';
import type { Scene } from './scene';
import { longTime } from './times';

/** `describe servicecidr`. */
export async function describeServiceCidr({ object, events, now }: Scene): Promise<string> {
  const { metadata, spec, status } = object as ServiceCIDR;
  const page = new Page();
  page.field(0, 'Name', metadata.name);
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.field(0, 'CIDRs', (spec?.cidrs ?? []).join(', '));
  const conditions = status?.conditions ?? [];
  if (conditions.length > 0) {
    page.write(0, 'Status:\n');
    page.write(0, 'Conditions:\n');
    page.write(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage\n');
    page.write(1, '----\t------\t------------------\t------\t-------\n');
  }
  for (const { type, status: value, lastTransitionTime, reason, message } of conditions) {
    page.write(1, `${type}\t${value}\t${longTime(lastTransitionTime)}\t${reason}\t${message}\n`);
  }
  if (events) writeEvents(page, events, now);
  return page.text();
}

/** `describe ipaddress`. */
export async function describeIPAddress({ object, events, now }: Scene): Promise<string> {
  const { metadata, spec } = object as IPAddress;
  const page = new Page();
  page.field(0, 'Name', metadata.name);
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  if (spec?.parentRef) {
    const { group, resource, namespace, name } = spec.parentRef;
    page.write(0, 'Parent Reference:\n');
    page.field(1, 'Group', group);
    page.field(1, 'Resource', resource);
    page.field(1, 'Namespace', namespace);
    page.field(1, 'Name', name);
  }
  if (events) writeEvents(page, events, now);
  return page.text();
}
