import { parseQuantity, quantityMilliValue } from '../../../base';
import type { FieldError } from '../../status';
import { invalidEach, invalidValue } from './errors';
import { qualifiedName } from './names';

const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
const COUNTED = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];
const QUOTA: ReadonlySet<string> = new Set([
  ...COMPUTE,
  ...COMPUTE.flatMap((name) => [`requests.${name}`, `limits.${name}`]),
  ...COUNTED,
  'requests.storage',
]);
const STANDARD: ReadonlySet<string> = new Set([...QUOTA, 'storage']);

const isHugePages = (name: string): boolean => name.startsWith('hugepages-');
const isQuotaHugePages = (name: string): boolean => /^(requests\.)?hugepages-/.test(name);
const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/');

/** helper.IsStandardQuotaResourceName. */
export const isQuotaResource = (name: string): boolean => QUOTA.has(name) || isQuotaHugePages(name);

/** Whether less may be asked for than is allowed. */
export const mayOvercommit = (name: string): boolean => isNative(name) && !isHugePages(name);

/** validateResourceName. */
export function validateResourceName(name: string, field: string): FieldError[] {
  const errors = invalidEach(field, name, qualifiedName(name));
  if (errors.length > 0 || name.includes('/') || STANDARD.has(name) || isQuotaHugePages(name)) return errors;
  return [invalidValue(field, name, 'must be a standard resource type or fully qualified')];
}

/** validateContainerResourceName. */
export function validateContainerResourceName(name: string, field: string): FieldError[] {
  const errors = validateResourceName(name, field);
  const refuse = (detail: string): FieldError[] => [...errors, invalidValue(field, name, detail)];
  if (!name.includes('/')) {
    const isStandard = COMPUTE.includes(name) || isHugePages(name);
    return isStandard ? errors : refuse('must be a standard resource for containers');
  }
  return isNative(name) || isExtended(name)
    ? errors
    : refuse("doesn't follow extended resource name standard");
}

const isExtended = (name: string): boolean =>
  !isNative(name) && !name.startsWith('requests.') && qualifiedName(`requests.${name}`).length === 0;

/** ValidateResourceQuotaResourceName. */
export function validateQuotaResourceName(name: string, field: string): FieldError[] {
  const errors = validateResourceName(name, field);
  if (name.includes('/') || isQuotaResource(name)) return errors;
  return [...errors, invalidValue(field, name, 'must be a standard resource for quota')];
}

/** ValidateResourceQuantityValue: not below nothing, and whole where parts make no sense. */
export function validateAmount(name: string, amount: string, field: string): FieldError[] {
  const quantity = parseQuantity(amount);
  if (!quantity) return [];
  const isWhole = !(COUNTED.includes(name) || isExtended(name)) || quantityMilliValue(quantity) % 1000 === 0;
  return [
    ...(quantity.digits < 0n ? [invalidValue(field, amount, 'must be greater than or equal to 0')] : []),
    ...(isWhole ? [] : [invalidValue(field, amount, 'must be an integer')]),
  ];
}

/** ValidatePositiveQuantityValue. */
export function validatePositiveAmount(amount: string, field: string): FieldError[] {
  const quantity = parseQuantity(amount);
  return quantity && quantity.digits <= 0n ? [invalidValue(field, amount, 'must be greater than zero')] : [];
}
