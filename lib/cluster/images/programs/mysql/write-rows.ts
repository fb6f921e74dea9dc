import { cellOf } from './cells';
import { evaluate, isTrue, type Scope, type Session } from './evaluate';
import { MysqlFailure, unknownColumn } from './failure';
import { dateTime } from './functions';
import { bound, sameKey, select, tableOf, valueOfCell } from './select';
import type { Table } from './state';
import type { Column, Expr, Key, Statement } from './syntax';
import type { Cell, Value } from './values';

/** What became of a table and how many rows were touched. */
export interface Written {
  readonly table: Table;
  readonly affected: number;
  readonly info: string;
  readonly lastId: number;
}

/** Rows that one table may have. */
const MAX_ROWS = 10_000;

type Row = readonly Cell[];

function columnAt(table: Table, name: string): number {
  const index = table.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  if (index < 0) throw unknownColumn(name, 'field list');
  return index;
}

/** The key that a row would have twice, and the row that has it. */
function clash(
  table: Table,
  rows: readonly Row[],
  row: Row,
  except = -1,
): { readonly key: Key; readonly index: number } | undefined {
  for (const key of table.keys) {
    if (!key.unique) continue;
    const columns = key.columns.map((name) => columnAt(table, name));
    const index = rows.findIndex(
      (each, at) =>
        at !== except && columns.every((column) => sameKey(each[column] ?? null, row[column] ?? null)),
    );
    if (index >= 0) return { key, index };
  }
  return undefined;
}

function duplicate(table: Table, row: Row, key: Key, name: string, version: string): MysqlFailure {
  const values = key.columns.map((column) => row[columnAt(table, column)] ?? '').join('-');
  // The table's name belongs to the key's since 8.0.19.
  const shown = Number.parseInt(version, 10) < 8 ? key.name : `${name}.${key.name}`;
  return new MysqlFailure(1062, '23000', `Duplicate entry '${values}' for key '${shown}'`);
}

function fallbackOf(column: Column, row: number, session: Session): Value {
  if (column.fallback !== null && typeof column.fallback === 'object') return dateTime(session.now);
  if (!column.hasDefault)
    throw new MysqlFailure(1364, 'HY000', `Field '${column.name}' doesn't have a default value`);
  return column.fallback === null ? null : valueOfCell(cellOf(column.fallback, column, row), column);
}

/** INSERT and REPLACE. */
export function insertRows(statement: Extract<Statement, { kind: 'insert' }>, session: Session): Written {
  const table = tableOf(statement.name, session);
  const targets =
    statement.columns.length > 0
      ? statement.columns.map((name) => columnAt(table, name))
      : table.columns.map((_, index) => index);
  const given = statement.rows;
  const sources: readonly (readonly (Expr | { readonly value: Value })[])[] =
    'kind' in given ? select(given, session).rows.map((row) => row.map((value) => ({ value }))) : given;
  let rows: readonly Row[] = table.rows;
  let { nextId } = table;
  let [affected, duplicates, firstId] = [0, 0, 0];
  for (const [number, source] of sources.entries()) {
    const at = number + 1;
    if (source.length !== targets.length && !(source.length === 0 && statement.columns.length === 0))
      throw new MysqlFailure(1136, '21S01', `Column count doesn't match value count at row ${at}`);
    const row = table.columns.map((column, index): Cell => {
      const place = source.length === 0 ? -1 : targets.indexOf(index);
      const written = place < 0 ? undefined : source[place];
      const isDefault = written === undefined || ('kind' in written && written.kind === 'default');
      const value = isDefault
        ? undefined
        : 'kind' in written
          ? evaluate(written, { tables: [] }, session, 'field list')
          : written.value;
      if (column.autoIncrement && (value === undefined || value === null || value === 0)) {
        const id = nextId;
        nextId += 1;
        if (firstId === 0) firstId = id;
        return id;
      }
      const cell = cellOf(value === undefined ? fallbackOf(column, at, session) : value, column, at);
      if (column.autoIncrement && typeof cell === 'number') nextId = Math.max(nextId, cell + 1);
      return cell;
    });
    const found = clash(table, rows, row);
    if (found === undefined) {
      rows = [...rows, row];
      affected += 1;
    } else if (statement.mode === 'replace') {
      rows = [...rows.filter((_, index) => index !== found.index), row];
      affected += 2;
      duplicates += 1;
    } else if (statement.onDuplicate.length > 0) {
      const inserted = new Map(
        table.columns.map((column, index) => [
          column.name.toLowerCase(),
          valueOfCell(row[index] ?? null, column),
        ]),
      );
      const old = rows[found.index] ?? row;
      const scope: Scope = { tables: [bound(statement.name.table, table, old)], inserted };
      const next = assigned(table, old, statement.onDuplicate, scope, session, at);
      duplicates += 1;
      if (changed(old, next)) affected += 2;
      rows = rows.with(found.index, next);
    } else if (statement.mode === 'ignore') duplicates += 1;
    else throw duplicate(table, row, found.key, statement.name.table, session.version);
    if (rows.length > MAX_ROWS)
      throw new MysqlFailure(1114, 'HY000', `The table '${statement.name.table}' is full`);
  }
  const info =
    sources.length > 1 || 'kind' in given
      ? `Records: ${sources.length}  Duplicates: ${duplicates}  Warnings: ${statement.mode === 'ignore' ? duplicates : 0}`
      : '';
  return { table: { ...table, rows, nextId }, affected, info, lastId: firstId };
}

const changed = (before: Row, after: Row): boolean => before.some((cell, index) => cell !== after[index]);

function assigned(
  table: Table,
  row: Row,
  set: Extract<Statement, { kind: 'update' }>['set'],
  scope: Scope,
  session: Session,
  at: number,
): Row {
  const next = [...row];
  for (const { column: name, value } of set) {
    const index = columnAt(table, name);
    const column = table.columns[index];
    if (column === undefined) continue;
    const result =
      value.kind === 'default'
        ? fallbackOf(column, at, session)
        : evaluate(value, scope, session, 'field list');
    next[index] = cellOf(result, column, at);
  }
  if (changed(row, next))
    for (const [index, column] of table.columns.entries())
      if (column.updatesNow && !set.some((each) => each.column.toLowerCase() === column.name.toLowerCase()))
        next[index] = dateTime(session.now);
  return next;
}

/** UPDATE. */
export function updateRows(statement: Extract<Statement, { kind: 'update' }>, session: Session): Written {
  const table = tableOf(statement.name, session);
  let rows = table.rows;
  let [matched, affected] = [0, 0];
  for (const { column } of statement.set) columnAt(table, column);
  for (const [index, row] of table.rows.entries()) {
    const scope: Scope = { tables: [bound(statement.name.table, table, row)] };
    if (statement.where !== null && !isTrue(evaluate(statement.where, scope, session, 'where clause')))
      continue;
    if (statement.limit !== null && matched >= statement.limit) break;
    matched += 1;
    const next = assigned(table, row, statement.set, scope, session, matched);
    if (!changed(row, next)) continue;
    affected += 1;
    const found = clash(table, rows, next, index);
    if (found !== undefined) throw duplicate(table, next, found.key, statement.name.table, session.version);
    rows = rows.with(index, next);
  }
  return {
    table: { ...table, rows },
    affected,
    info: `Rows matched: ${matched}  Changed: ${affected}  Warnings: 0`,
    lastId: 0,
  };
}

/** DELETE. */
export function deleteRows(statement: Extract<Statement, { kind: 'delete' }>, session: Session): Written {
  const table = tableOf(statement.name, session);
  let left = statement.limit ?? Number.POSITIVE_INFINITY;
  const rows = table.rows.filter((row) => {
    const scope: Scope = { tables: [bound(statement.name.table, table, row)] };
    const goes =
      left > 0 &&
      (statement.where === null || isTrue(evaluate(statement.where, scope, session, 'where clause')));
    if (goes) left -= 1;
    return !goes;
  });
  return { table: { ...table, rows }, affected: table.rows.length - rows.length, info: '', lastId: 0 };
}
