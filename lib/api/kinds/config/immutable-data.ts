import type { FieldError } from '../../status';
import { forbiddenField, sameJson } from '../validation';

/** All entries of a ConfigMap or Secret together may have this many bytes. */
export const MAX_DATA_BYTES = 1024 * 1024;

type Entries = Readonly<Record<string, string>> | undefined;

interface Sealable {
  readonly immutable?: boolean | undefined;
  readonly data?: Entries;
  readonly binaryData?: Entries;
}

/** Once `immutable` is set, neither it nor the data may change. */
export function validateImmutableData(
  next: Sealable,
  previous: Sealable,
  fields: readonly ('data' | 'binaryData')[],
): FieldError[] {
  if (!previous.immutable) return [];
  const detail = 'field is immutable when `immutable` is set';
  return [
    ...(next.immutable ? [] : [forbiddenField('immutable', detail)]),
    ...fields.flatMap((field) =>
      sameJson(next[field], previous[field]) ? [] : [forbiddenField(field, detail)],
    ),
  ];
}
