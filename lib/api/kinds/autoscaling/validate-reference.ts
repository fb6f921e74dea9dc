import type { FieldError } from '../../status';
import { invalidEach, pathSegment, required } from '../validation';

/** ValidateCrossVersionObjectReference. */
export function validateReference(
  reference: { readonly kind?: string | undefined; readonly name?: string | undefined } | undefined,
  field: string,
): FieldError[] {
  const check = (name: string, value: string | undefined): FieldError[] =>
    value ? invalidEach(`${field}.${name}`, value, pathSegment(value)) : [required(`${field}.${name}`)];
  return [...check('kind', reference?.kind), ...check('name', reference?.name)];
}
