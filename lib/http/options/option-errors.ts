import { type FieldError, goQuote, invalid } from '../../api';

/** Refuses options as NewInvalid does for a kind of meta.k8s.io: `ListOptions.meta.k8s.io "" is invalid: …`. */
export function refuseOptions(kind: string, errors: readonly FieldError[]): void {
  if (errors.length > 0) throw invalid(kind, 'meta.k8s.io', '', errors);
}

/** field.Forbidden. */
export const forbidden = (field: string, detail: string): FieldError => ({
  type: 'Forbidden',
  field,
  detail,
});

/** field.NotSupported. */
export const notSupported = (field: string, badValue: string, supported: readonly string[]): FieldError => ({
  type: 'NotSupported',
  field,
  badValue,
  detail: `supported values: ${supported.map(goQuote).join(', ')}`,
});
