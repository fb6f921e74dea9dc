import { isRecord } from '../../base';

/** JSON as Go's `%v` prints it: `map[spec:map[replicas:3]]`, keys sorted. */
export function goPrint(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goPrint).join(' ')}]`;
  if (isRecord(value)) {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined);
    return `map[${keys
      .sort()
      .map((key) => `${key}:${goPrint(value[key])}`)
      .join(' ')}]`;
  }
  return value === null || value === undefined ? '<nil>' : String(value);
}

/** A JSON value's type as encoding/json calls it in its complaints. */
export function goJsonType(value: unknown): string {
  if (typeof value === 'boolean') return 'bool';
  if (value === null || value === undefined) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
