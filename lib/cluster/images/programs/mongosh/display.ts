import { ScriptError } from './native-members';
import { type Callable, Host, Special } from './values';

/** A value as a text has it. */
export function display(value: unknown): string {
  if (value instanceof Special) return value.type === 'oid' ? value.text : value.shown;
  if (value instanceof Host) return value.shown;
  if (Array.isArray(value)) return value.map(display).join(',');
  return typeof value === 'object' && value !== null ? '[object Object]' : String(value);
}

/** The items of a list, a text or a cursor. */
export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return [...value];
  if (value instanceof Host) {
    const all = value.member('toArray');
    if (typeof all === 'function') return listOf((all as Callable)());
  }
  throw new ScriptError('TypeError', `${display(value)} is not iterable`);
}
