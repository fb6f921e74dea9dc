import { compareQuantities, formatQuantity, parseQuantity } from '../../../base';
import type { FieldError } from '../../status';
import type { Container } from '../../types';
import {
  forbiddenField,
  invalidValue,
  mayOvercommit,
  required,
  validateAmount,
  validateContainerResourceName,
} from '../validation';

type Amounts = Readonly<Record<string, string>>;

/** ValidateContainerResourceRequirements. */
export function validateResources(
  resources: NonNullable<Container['resources']>,
  path: string,
): FieldError[] {
  const { limits = {}, requests = {} } = resources;
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  const alone =
    names.some((name) => name.startsWith('hugepages-')) &&
    !names.some((name) => name === 'cpu' || name === 'memory');
  return [
    ...validateAmounts(limits, `${path}.limits`),
    ...Object.keys(requests).flatMap((name) => [
      ...validateAmounts({ [name]: requests[name] ?? '' }, `${path}.requests`),
      ...validateRequest(name, requests, limits, path),
    ]),
    ...(alone ? [forbiddenField(path, 'HugePages require cpu or memory')] : []),
  ];
}

function validateAmounts(amounts: Amounts, path: string): FieldError[] {
  return Object.entries(amounts).flatMap(([name, amount]) => {
    const field = `${path}[${name}]`;
    return [...validateContainerResourceName(name, field), ...validateAmount(name, amount, field)];
  });
}

function validateRequest(name: string, requests: Amounts, limits: Amounts, path: string): FieldError[] {
  const request = parseQuantity(requests[name] ?? '');
  const limit = parseQuantity(limits[name] ?? '');
  if (!request) return [];
  if (!limit) {
    return mayOvercommit(name)
      ? []
      : [required(`${path}.limits`, 'Limit must be set for non overcommitable resources')];
  }
  const above = compareQuantities(request, limit);
  const must = mayOvercommit(name) ? 'less than or equal to' : 'equal to';
  if (above === 0 || (above < 0 && mayOvercommit(name))) return [];
  const detail = `must be ${must} ${name} limit of ${formatQuantity(limit)}`;
  return [invalidValue(`${path}.requests`, formatQuantity(request), detail)];
}
