import { compareQuantities, formatQuantity, parseQuantity } from '../../../base';
import type { FieldError } from '../../status';
import type { Container } from '../../types';
import { invalidEach, invalidValue, qualifiedName } from '../validation';

type Amounts = Readonly<Record<string, string>>;

const STANDARD = ['cpu', 'memory', 'ephemeral-storage'];

/** ValidateContainerResourceRequirements. */
export function validateResources(
  resources: NonNullable<Container['resources']>,
  path: string,
): FieldError[] {
  const { limits = {}, requests = {} } = resources;
  return [
    ...validateAmounts(limits, `${path}.limits`),
    ...Object.keys(requests).flatMap((name) => [
      ...validateAmounts({ [name]: requests[name] ?? '' }, `${path}.requests`),
      ...validateRequest(name, requests, limits, `${path}.requests`),
    ]),
  ];
}

function validateAmounts(amounts: Amounts, path: string): FieldError[] {
  return Object.entries(amounts).flatMap(([name, amount]) => {
    const field = `${path}[${name}]`;
    const quantity = parseQuantity(amount);
    return [
      ...validateName(name, field),
      ...(quantity && quantity.digits < 0n
        ? [invalidValue(field, amount, 'must be greater than or equal to 0')]
        : []),
    ];
  });
}

function validateName(name: string, field: string): FieldError[] {
  const errors = invalidEach(field, name, qualifiedName(name));
  if (errors.length > 0 || name.includes('/')) return errors;
  return STANDARD.includes(name) || name.startsWith('hugepages-')
    ? []
    : [invalidValue(field, name, 'must be a standard resource for containers')];
}

function validateRequest(name: string, requests: Amounts, limits: Amounts, field: string): FieldError[] {
  const request = parseQuantity(requests[name] ?? '');
  const limit = parseQuantity(limits[name] ?? '');
  if (!request || !limit || compareQuantities(request, limit) <= 0) return [];
  const detail = `must be less than or equal to ${name} limit of ${formatQuantity(limit)}`;
  return [invalidValue(field, formatQuantity(request), detail)];
}
