import { goQuote, goValue } from '../../go-format';
import type { Json } from '../../objects';
import type { FieldError } from '../../status';

/** field.Required. */
export function required(field: string, detail = ''): FieldError {
  return { type: 'Required', field, detail };
}

/** field.Invalid with a value of JSON. */
export function invalidValue(field: string, value: Json | undefined, detail: string): FieldError {
  return { type: 'Invalid', field, badValue: goValue(value), detail };
}

/** field.Invalid with a value already in Go syntax. */
export function invalidGoValue(field: string, badValue: string, detail: string): FieldError {
  return { type: 'Invalid', field, badValue, detail };
}

/** One field.Invalid for each message. */
export function invalidEach(
  field: string,
  value: Json | undefined,
  messages: readonly string[],
): FieldError[] {
  return messages.map((message) => invalidValue(field, value, message));
}

/** field.NotSupported; the supported values are listed in the order given. */
export function notSupported(
  field: string,
  value: Json | undefined,
  supported: readonly string[],
): FieldError {
  const detail = supported.length === 0 ? '' : `supported values: ${supported.map(goQuote).join(', ')}`;
  return { type: 'NotSupported', field, badValue: goValue(value), detail };
}

/** field.Forbidden. */
export function forbiddenField(field: string, detail: string): FieldError {
  return { type: 'Forbidden', field, detail };
}

/** field.Duplicate. */
export function duplicate(field: string, value: Json | undefined): FieldError {
  return { type: 'Duplicate', field, badValue: goValue(value), detail: '' };
}

/** field.NotFound. */
export function missing(field: string, value: Json | undefined): FieldError {
  return { type: 'NotFound', field, badValue: goValue(value), detail: '' };
}

/** field.TooLong. */
export function tooLong(field: string, bytes: number): FieldError {
  return {
    type: 'TooLong',
    field,
    detail: `may not be more than ${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`,
  };
}

/** field.TooMany. */
export function tooMany(field: string, actual: number, most: number): FieldError {
  const detail = `must have at most ${most} ${most === 1 ? 'item' : 'items'}`;
  return { type: 'TooMany', field, badValue: String(actual), detail };
}

/** The text upstream uses for fields that may not change. */
export const IMMUTABLE = 'field is immutable';

/** Whether two JSON values are semantically equal: absent, null, empty lists and empty maps are alike. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b || (isNothing(a) && isNothing(b))) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((each, index) => sameJson(each, b[index]));
  }
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) =>
    sameJson(left[key], right[key]),
  );
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** field.Invalid with "field is immutable" when the value changed. */
export function immutable(field: string, next: Json | undefined, previous: Json | undefined): FieldError[] {
  return sameJson(next, previous) ? [] : [invalidValue(field, next, IMMUTABLE)];
}

/** Required when there is no value, NotSupported when it is none of `supported`. */
export function oneOf(field: string, value: string | undefined, supported: readonly string[]): FieldError[] {
  if (!value) return [required(field)];
  return supported.includes(value) ? [] : [notSupported(field, value, supported)];
}

/** "must be greater than or equal to 0" for negative numbers. */
export function nonNegative(field: string, value: number | undefined): FieldError[] {
  return value !== undefined && value < 0
    ? [invalidValue(field, value, 'must be greater than or equal to 0')]
    : [];
}
