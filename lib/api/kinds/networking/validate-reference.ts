import type { FieldError } from '../../status';
import { dns1123Subdomain, invalidEach, pathSegment, required } from '../validation';

interface Reference {
  readonly apiGroup?: string | undefined;
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
}

/** validateIngressTypedLocalObjectReference. */
export function validateReference({ apiGroup, kind, name }: Reference, path: string): FieldError[] {
  return [
    ...(apiGroup === undefined ? [] : invalidEach(`${path}.apiGroup`, apiGroup, dns1123Subdomain(apiGroup))),
    ...(kind
      ? invalidEach(`${path}.kind`, kind, pathSegment(kind))
      : [required(`${path}.kind`, 'kind is required')]),
    ...(name
      ? invalidEach(`${path}.name`, name, pathSegment(name))
      : [required(`${path}.name`, 'name is required')]),
  ];
}
