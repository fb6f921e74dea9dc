import { canonicalQuantity, parseQuantity } from '../../../base';
import type { FieldError } from '../../status';
import type { ResourceQuota } from '../../types';
import { ageColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import {
  forbiddenField,
  invalidEach,
  invalidValue,
  qualifiedName,
  sameJson,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';

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
    ...validateHard(spec?.hard ?? {}),
    ...(previous && !sameJson(spec?.scopes, previous.spec?.scopes)
      ? [forbiddenField('spec.scopes', 'field is immutable')]
      : []),
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

const STANDARD = new Set(
  'configmaps cpu ephemeral-storage limits.cpu limits.ephemeral-storage limits.memory memory persistentvolumeclaims pods replicationcontrollers requests.cpu requests.ephemeral-storage requests.memory requests.storage resourcequotas secrets services services.loadbalancers services.nodeports'.split(
    ' ',
  ),
);

function validateHard(hard: Amounts): FieldError[] {
  return Object.entries(hard).flatMap(([name, amount]) => {
    const field = `spec.hard[${name}]`;
    const errors = invalidEach(field, name, qualifiedName(name));
    if (errors.length === 0 && !name.includes('/') && !STANDARD.has(name) && !name.includes('hugepages-')) {
      errors.push(invalidValue(field, name, 'must be a standard resource for quota'));
    }
    const quantity = parseQuantity(amount);
    if (quantity && quantity.digits < 0n) {
      errors.push(invalidValue(field, amount, 'must be greater than or equal to 0'));
    }
    return errors;
  });
}
