import type {
  ConfigMap,
  Event,
  LimitRange,
  Namespace,
  ResourceQuota,
  Secret,
  ServiceAccount,
} from '../../api';
import { base64Bytes } from '../go-template';
import { writeEvents } from './events';
import { writeAnnotations, writeHead, writeLabels } from './metadata';
import { Page } from './page';
import { writeLimitRanges, writeQuotas } from './quotas';
import { longTime } from './times';

/** `describe namespace`, with its quotas and limits. */
export function describeNamespace(
  namespace: Namespace,
  quotas: readonly ResourceQuota[],
  limits: readonly LimitRange[],
): string {
  const page = new Page();
  page.field(0, 'Name', namespace.metadata.name);
  writeLabels(page, 'Labels', namespace.metadata.labels);
  writeAnnotations(page, 'Annotations', namespace.metadata.annotations);
  page.field(0, 'Status', namespace.status?.phase);
  const conditions = namespace.status?.conditions ?? [];
  if (conditions.length > 0) {
    page.write(0, 'Conditions:\n');
    page.write(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage\n');
    page.write(1, '----\t------\t------------------\t------\t-------\n');
    for (const each of conditions) {
      page.write(
        1,
        `${each.type}\t${each.status}\t${longTime(each.lastTransitionTime)}\t${each.reason ?? ''}\t${each.message ?? ''}\n`,
      );
    }
  }
  page.write(0, '\n');
  writeQuotas(page, quotas);
  page.write(0, '\n');
  writeLimitRanges(page, limits);
  return page.text();
}

/** `describe configmap`. */
export function describeConfigMap(
  configMap: ConfigMap,
  events: readonly Event[] | undefined,
  now: number,
): string {
  const page = new Page();
  writeHead(page, configMap.metadata);
  page.write(0, '\nData\n====\n');
  for (const key of Object.keys(configMap.data ?? {}).sort()) {
    page.write(0, `${key}:\n----\n${configMap.data?.[key] ?? ''}\n\n`);
  }
  page.write(0, '\nBinaryData\n====\n');
  for (const key of Object.keys(configMap.binaryData ?? {}).sort()) {
    page.write(0, `${key}: ${base64Bytes(configMap.binaryData?.[key] ?? '').length} bytes\n`);
  }
  page.write(0, '\n');
  if (events) writeEvents(page, events, now);
  return page.text();
}

/** `describe secret`: sizes, not contents. */
export function describeSecret(secret: Secret): string {
  const page = new Page();
  writeHead(page, secret.metadata);
  page.write(0, `\nType:\t${secret.type ?? ''}\n`);
  page.write(0, '\nData\n====\n');
  for (const key of Object.keys(secret.data ?? {}).sort()) {
    page.field(0, key, `${base64Bytes(secret.data?.[key] ?? '').length} bytes`);
  }
  return page.text();
}

/** `describe serviceaccount`. */
export function describeServiceAccount(
  account: ServiceAccount,
  events: readonly Event[] | undefined,
  now: number,
): string {
  const page = new Page();
  writeHead(page, account.metadata);
  const names = (account.imagePullSecrets ?? []).map((each) => each.name ?? '');
  if (names.length === 0) page.write(0, 'Image pull secrets:\t<none>\n');
  names.forEach((name, index) => {
    page.write(0, `${index === 0 ? 'Image pull secrets:' : '                   '}\t${name}\n`);
  });
  if (events) writeEvents(page, events, now);
  return page.text();
}
