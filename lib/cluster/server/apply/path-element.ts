import type { Json } from '../../../api';
import { canonicalJson, isRecord } from '../../../base';
import type { Shape } from './shape';

/** A step of a path as `fieldsV1` writes it: `f:spec`, `k:{"port":80,"protocol":"TCP"}`, `v:"x"`. */
export type PathElement = string;

export const fieldElement = (name: string): PathElement => `f:${name}`;

/** What tells a list's item apart; undefined when it says nothing of its keys. */
export function itemElement(item: unknown, list: Shape & { kind: 'list' }): PathElement | undefined {
  if (list.keys.length === 0) return `v:${canonicalJson(item)}`;
  const key = keyOf(item, list);
  return Object.keys(key).length === 0 ? undefined : `k:${canonicalJson(key)}`;
}

function keyOf(item: unknown, { keys, defaults }: Shape & { kind: 'list' }): Record<string, Json> {
  const record = isRecord(item) ? item : {};
  const key: Record<string, Json> = {};
  for (const name of keys) {
    const value = (record[name] ?? defaults[name]) as Json | undefined;
    if (value !== undefined) key[name] = value;
  }
  return key;
}

/** Elements in the order in which sets list them: fields, then items by their keys, then members by their value. */
export function compareElements(a: PathElement, b: PathElement): number {
  const [first, second] = [a.charCodeAt(0), b.charCodeAt(0)];
  // By far the most are fields.
  if (first === FIELD && second === FIELD) return a < b ? -1 : a > b ? 1 : 0;
  if (first !== second) return ORDER.indexOf(a.charAt(0)) - ORDER.indexOf(b.charAt(0));
  return compareValues(JSON.parse(a.slice(2)), JSON.parse(b.slice(2)));
}

const ORDER = 'fkvi';
const FIELD = 'f'.charCodeAt(0);

function compareValues(a: unknown, b: unknown): number {
  if (isRecord(a) && isRecord(b)) return compareKeys(Object.entries(a), Object.entries(b));
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  return (a as never) < (b as never) ? -1 : (a as never) > (b as never) ? 1 : 0;
}

/** Numbers come before strings, and these before booleans. */
const rankOf = (value: unknown): number => ['number', 'string', 'boolean'].indexOf(typeof value);

type Pairs = readonly (readonly [string, unknown])[];

function compareKeys(a: Pairs, b: Pairs): number {
  for (const [index, [name, value]] of a.entries()) {
    const other = b[index];
    if (!other) return 1;
    const order = compareValues(name, other[0]) || compareValues(value, other[1]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** An element as messages name it: `.spec`, `[port=80,protocol="TCP"]`, `[="x"]`. */
export function elementText(element: PathElement): string {
  const body = element.slice(2);
  if (element.startsWith('f:')) return `.${body}`;
  if (element.startsWith('v:')) return `[=${body}]`;
  if (element.startsWith('i:')) return `[${body}]`;
  const keys = Object.entries(JSON.parse(body) as Record<string, unknown>);
  return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
}
