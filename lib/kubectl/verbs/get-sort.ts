import type { Table } from '../../api';
import { compareQuantities, goSort, parseQuantity } from '../../base';
import { findPath, PathSyntaxError, parsePath, relaxPath } from '../jsonpath';
import { fail } from '../session';

/** A server's table sorted by a field of its objects; without rows when no object has the field, as kubectl does it. */
export function sortTable(table: Table, sortBy: string): Table {
  const path = readPath(sortBy);
  const keyed = table.rows.map((row) => ({
    row,
    key: findPath(path, row.object, { allowMissingKeys: true })[0]?.[0],
  }));
  if (keyed.length > 1 && keyed.every(({ key }) => key === undefined)) return { ...table, rows: [] };
  return { ...table, rows: goSort(keyed, (a, b) => isBefore(a.key, b.key)).map(({ row }) => row) };
}

/** What has no such field is before everything, itself among it (TableSorter.Less). */
export const isBefore = (a: unknown, b: unknown): boolean =>
  a === undefined || (b !== undefined && compare(a, b) < 0);

function readPath(sortBy: string) {
  try {
    return parsePath(relaxPath(sortBy));
  } catch (error) {
    if (error instanceof PathSyntaxError) throw fail(error.message);
    throw error;
  }
}

/** Quantities compare as quantities, other texts as texts; what is missing, or null, comes first. */
function compare(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const left = typeof a === 'string' ? parseQuantity(a) : undefined;
  const right = typeof b === 'string' ? parseQuantity(b) : undefined;
  if (left && right) return compareQuantities(left, right);
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}
