import { cellOf } from './cells';
import { MysqlFailure, noSuchTable, unknownDatabase } from './failure';
import { dateTime } from './functions';
import type { Databases, Table } from './state';
import type { Change, Statement, TableName } from './syntax';

/** CREATE TABLE as a table. */
export function newTable({ columns, keys }: Extract<Statement, { kind: 'create-table' }>): Table {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name.toLowerCase()))
      throw new MysqlFailure(1060, '42S21', `Duplicate column name '${name}'`);
    seen.add(name.toLowerCase());
  }
  if (columns.length === 0) throw new MysqlFailure(1113, '42000', 'A table must have at least 1 column');
  for (const key of keys)
    for (const name of key.columns)
      if (!seen.has(name.toLowerCase()))
        throw new MysqlFailure(1072, '42000', `Key column '${name}' doesn't exist in table`);
  if (keys.filter(({ name }) => name === 'PRIMARY').length > 1)
    throw new MysqlFailure(1068, '42000', 'Multiple primary key defined');
  const counted = columns.filter(({ autoIncrement }) => autoIncrement);
  if (counted.length > 1 || counted.some(({ name }) => !keys.some((key) => key.columns[0] === name)))
    throw new MysqlFailure(
      1075,
      '42000',
      'Incorrect table definition; there can be only one auto column and it must be defined as a key',
    );
  const long = columns.find(({ type }) => type.name === 'varchar' && type.length === null);
  if (long !== undefined)
    throw new MysqlFailure(
      1064,
      '42000',
      `You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '' at line 1`,
    );
  return { columns, keys, rows: [], nextId: 1 };
}

/** The databases with a table put in its place; null takes it away. */
export function withTable(
  databases: Databases,
  database: string,
  name: string,
  table: Table | null,
): Databases {
  const tables = databases[database];
  if (tables === undefined) throw unknownDatabase(database);
  if (table !== null) return { ...databases, [database]: { ...tables, [name]: table } };
  const { [name]: _, ...rest } = tables;
  return { ...databases, [database]: rest };
}

/** DROP TABLE: all of them, or none. */
export function dropTables(
  databases: Databases,
  names: readonly TableName[],
  database: string | null,
  quietly: boolean,
): Databases {
  const missing: string[] = [];
  let next = databases;
  for (const { database: own, table } of names) {
    const where = own ?? database;
    if (where === null) throw new MysqlFailure(1046, '3D000', 'No database selected');
    if (next[where]?.[table] === undefined) missing.push(`${where}.${table}`);
    else next = withTable(next, where, table, null);
  }
  if (missing.length > 0 && !quietly)
    throw new MysqlFailure(1051, '42S02', `Unknown table '${missing.join(',')}'`);
  return next;
}

/** ALTER TABLE, one change after the other. */
export function alterTable(
  databases: Databases,
  database: string,
  name: string,
  changes: readonly Change[],
  now: number,
): Databases {
  let table = databases[database]?.[name];
  if (table === undefined) throw noSuchTable(database, name);
  let next = databases;
  let called = name;
  for (const change of changes) {
    if (change.kind === 'rename') {
      next = withTable(next, database, called, null);
      called = change.to;
    } else table = altered(table, change, now);
    next = withTable(next, database, called, table);
  }
  return next;
}

function altered(table: Table, change: Exclude<Change, { kind: 'rename' }>, now: number): Table {
  const indexOf = (name: string): number =>
    table.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  switch (change.kind) {
    case 'add': {
      const { column } = change;
      if (indexOf(column.name) >= 0)
        throw new MysqlFailure(1060, '42S21', `Duplicate column name '${column.name}'`);
      const { fallback } = column;
      const empty = column.notNull ? (['varchar', 'char', 'text'].includes(column.type.name) ? '' : 0) : null;
      const cell =
        fallback !== null && typeof fallback === 'object'
          ? dateTime(now)
          : fallback === null
            ? empty
            : cellOf(fallback, column, 1);
      return { ...table, columns: [...table.columns, column], rows: table.rows.map((row) => [...row, cell]) };
    }
    case 'modify': {
      const index = indexOf(change.from);
      if (index < 0) throw new MysqlFailure(1054, '42S22', `Unknown column '${change.from}' in '${'table'}'`);
      const rows = table.rows.map((row, number) =>
        row.with(index, cellOf(row[index] ?? null, change.column, number + 1)),
      );
      const renamed = (name: string) => (name === change.from ? change.column.name : name);
      const keys = table.keys.map((key) => ({ ...key, columns: key.columns.map(renamed) }));
      return { ...table, columns: table.columns.with(index, change.column), rows, keys };
    }
    case 'drop': {
      const index = indexOf(change.column);
      if (index < 0)
        throw new MysqlFailure(1091, '42000', `Can't DROP '${change.column}'; check that column/key exists`);
      const without = <T>(list: readonly T[]): readonly T[] => list.filter((_, at) => at !== index);
      const keys = table.keys.filter(({ columns }) => !columns.includes(change.column));
      return { ...table, columns: without(table.columns), rows: table.rows.map(without), keys };
    }
    case 'key': {
      const { key } = change;
      if (table.keys.some(({ name }) => name === key.name))
        throw new MysqlFailure(1061, '42000', `Duplicate key name '${key.name}'`);
      for (const name of key.columns)
        if (indexOf(name) < 0)
          throw new MysqlFailure(1072, '42000', `Key column '${name}' doesn't exist in table`);
      return { ...table, keys: [...table.keys, key] };
    }
  }
}
