import { canonicalQuantity } from '../../../base';
import type { ResourceQuota } from '../../types';
import { ageColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { validateObjectMeta, validateObjectMetaUpdate } from '../validation';
import { validateQuotaSpec, validateScopesKept } from './validate-quota';

type Amounts = Readonly<Record<string, string>>;

/** ResourceQuota of core/v1. */
export const resourceQuotaKind = defineKind<ResourceQuota>({
  group: '',
  version: 'v1',
  kind: 'ResourceQuota',
  plural: 'resourcequotas',
  shortNames: ['quota'],
  subresources: ['status'],
  schema: schemaOf('ResourceQuota'),
  columns: [
    nameColumn(),
    textColumn('Request', 'Used and hard amounts of requests.', (quota) => usage(quota, false)),
    textColumn('Limit', 'Used and hard amounts of limits.', (quota) => usage(quota, true)),
    ageColumn(),
  ],
  setDefaults: (quota) => ({
    ...quota,
    spec: { ...quota.spec, ...(quota.spec?.hard ? { hard: canonical(quota.spec.hard) } : {}) },
    status: quota.status ?? {},
  }),
  prepareForCreate: (quota) => ({ ...quota, status: {} }),
  prepareForUpdate: (next, previous) => ({ ...next, status: previous.status ?? {} }),
  prepareForStatusUpdate: (next, previous) => ({
    ...next,
    ...(previous.spec ? { spec: previous.spec } : {}),
  }),
  validate: ({ metadata, spec }, previous) => [
    ...(previous
      ? validateObjectMetaUpdate(metadata, previous.metadata)
      : validateObjectMeta(metadata, { namespaced: true })),
    ...validateQuotaSpec(spec ?? {}),
    ...(previous ? validateScopesKept(spec ?? {}, previous.spec ?? {}) : []),
  ],
});

const canonical = (amounts: Amounts): Amounts =>
  Object.fromEntries(Object.entries(amounts).map(([name, value]) => [name, canonicalQuantity(value)]));

/** "pods: 2/10, requests.cpu: 200m/1", in order of names. */
function usage({ spec, status }: ResourceQuota, limits: boolean): string {
  const hard = status?.hard ?? spec?.hard ?? {};
  return Object.keys(hard)
    .filter((name) => name.startsWith('limits.') === limits)
    .sort()
    .map((name) => `${name}: ${status?.used?.[name] ?? '0'}/${hard[name] ?? '0'}`)
    .join(', ');
}
