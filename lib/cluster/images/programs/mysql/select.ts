import { type Bound, evaluate, isTrue, type Scope, type Session } from './evaluate';
import { MysqlFailure, noSuchTable, unknownDatabase } from './failure';
import { isAggregate } from './functions';
import type { Table } from './state';
import type { Column, Expr, Select, Source, TableName } from './syntax';
import { systemTable } from './system-tables';
import { type Cell, compare, isNumeric, order, textOf, type Value } from './values';

/** A column of a result: its heading, its side, and whether a frame leaves room for NULL. */
export type Heading = { readonly name: string; readonly numeric: boolean; readonly nullable: boolean };
/** Rows as they are worked out, and their headings. */
export interface Rows {
  readonly columns: readonly Heading[];
  readonly rows: readonly (readonly Value[])[];
}

/** The database that a table's name means. */
export function databaseOf(name: TableName, session: Session): string {
  const database = name.database ?? session.connection.database;
  if (database === null) throw new MysqlFailure(1046, '3D000', 'No database selected');
  return database;
}

/** A table by its name. */
export function tableOf(name: TableName, session: Session): Table {
  const database = databaseOf(name, session);
  const tables = Object.hasOwn(session.databases, database) ? session.databases[database] : undefined;
  const table =
    tables !== undefined && Object.hasOwn(tables, name.table)
      ? tables[name.table]
      : systemTable(database, name.table, session);
  if (table !== undefined) return table;
  if (tables === undefined && name.database !== null) throw unknownDatabase(database);
  throw noSuchTable(database, name.table);
}

/** A cell as expressions see it. */
export function valueOfCell(cell: Cell, { type }: Column): Value {
  return type.name === 'decimal' && cell !== null ? { decimal: Number(cell), scale: type.scale ?? 0 } : cell;
}

/** A row as expressions see it. */
export const bound = (alias: string, { columns }: Pick<Table, 'columns'>, row: readonly Cell[]): Bound => ({
  alias,
  columns: columns.map(({ name }) => name),
  values: columns.map((column, index) => valueOfCell(row[index] ?? null, column)),
});

/** Rows of one source, and whether each of its columns is a number. */
interface Read {
  readonly source: Source;
  readonly columns: readonly string[];
  readonly numeric: readonly boolean[];
  readonly nullable: readonly boolean[];
  readonly rows: readonly (readonly Value[])[];
}

const NUMBERS = new Set([
  'tinyint',
  'smallint',
  'mediumint',
  'int',
  'bigint',
  'decimal',
  'float',
  'double',
  'year',
  'bit',
]);

function read(source: Source, session: Session, outer: Scope | undefined): Read {
  if ('kind' in source.from) {
    const { columns, rows } = select(source.from, session, outer);
    return {
      source,
      rows,
      columns: columns.map(({ name }) => name),
      numeric: columns.map(({ numeric }) => numeric),
      nullable: columns.map(({ nullable }) => nullable),
    };
  }
  const table = tableOf(source.from, session);
  return {
    source,
    columns: table.columns.map(({ name }) => name),
    numeric: table.columns.map(({ type }) => NUMBERS.has(type.name)),
    nullable: table.columns.map(({ notNull }) => source.join === 'left' || !notNull),
    rows: table.rows.map((row) => bound('', table, row).values),
  };
}

/** Rows that a join may come to. */
const MAX_JOINED = 100_000;

function joined(reads: readonly Read[], session: Session, outer: Scope | undefined): readonly Scope[] {
  let scopes: readonly (readonly Bound[])[] = [[]];
  for (const { source, columns, rows } of reads) {
    const { alias, join, on } = source;
    const bind = (values: readonly Value[]): Bound => ({ alias, columns, values });
    const matches = (left: readonly Bound[], right: Bound): boolean =>
      on === null || isTrue(evaluate(on, { tables: [...left, right], outer }, session, 'on clause'));
    const found: (readonly Bound[])[] = [];
    if (join === 'right') {
      const nothing = (scopes[0] ?? []).map((each) => ({ ...each, values: each.columns.map(() => null) }));
      for (const row of rows) {
        const right = bind(row);
        const hits = scopes.filter((left) => matches(left, right));
        found.push(...(hits.length === 0 ? [[...nothing, right]] : hits.map((left) => [...left, right])));
      }
    } else
      for (const left of scopes) {
        const hits = rows.map(bind).filter((right) => matches(left, right));
        const none = join === 'left' && hits.length === 0;
        found.push(
          ...(none ? [[...left, bind(columns.map(() => null))]] : hits.map((right) => [...left, right])),
        );
        if (found.length > MAX_JOINED)
          throw new MysqlFailure(
            1104,
            '42000',
            'The SELECT would examine more than MAX_JOIN_SIZE rows; check your WHERE and use SET SQL_BIG_SELECTS=1 or SET MAX_JOIN_SIZE=# if the SELECT is okay',
          );
      }
    scopes = found;
  }
  return scopes.map((tables) => ({ tables, outer }));
}

function aggregates(expr: Expr): boolean {
  switch (expr.kind) {
    case 'call':
      return isAggregate(expr.name) || expr.args.some(aggregates);
    case 'unary':
    case 'null':
      return aggregates(expr.operand);
    case 'binary':
      return aggregates(expr.left) || aggregates(expr.right);
    case 'between':
      return [expr.operand, expr.low, expr.high].some(aggregates);
    case 'in':
      return aggregates(expr.operand);
    case 'case':
      return [...expr.whens.flat(), ...(expr.otherwise === null ? [] : [expr.otherwise])].some(aggregates);
    default:
      return false;
  }
}

/** Runs a SELECT. */
export function select(query: Select, session: Session, outer?: Scope): Rows {
  const reads = query.from.map((source) => read(source, session, outer));
  const fields = query.fields.flatMap((field) => expanded(field, reads));
  const chosen = joined(reads, session, outer).filter(
    (scope) => query.where === null || isTrue(evaluate(query.where, scope, session, 'where clause')),
  );
  const grouped =
    query.groupBy.length > 0 ||
    [...fields.map(({ expr }) => expr), ...(query.having === null ? [] : [query.having])].some(aggregates);
  const scopes = grouped ? groups(query, fields, chosen, reads, session, outer) : chosen;
  const results = scopes.flatMap((scope) => {
    const values = fields.map(({ expr }) => evaluate(expr, scope, session, 'field list'));
    const names = new Map(fields.map(({ name }, index) => [name.toLowerCase(), values[index] ?? null]));
    const whole = { ...scope, names };
    if (query.having !== null && !isTrue(evaluate(query.having, whole, session, 'having clause'))) return [];
    const keys = query.orderBy.map(({ expr }) =>
      expr.kind === 'value' && typeof expr.value === 'number'
        ? (values[expr.value - 1] ?? null)
        : evaluate(expr, whole, session, 'order clause'),
    );
    return [{ values, keys }];
  });
  const seen = new Set<string>();
  const distinct = query.distinct
    ? results.filter(({ values }) => {
        const key = JSON.stringify(values);
        return !seen.has(key) && seen.add(key);
      })
    : results;
  const sorted = distinct.toSorted((a, b) => {
    for (const [index, { descending }] of query.orderBy.entries()) {
      const difference = order(a.keys[index] ?? null, b.keys[index] ?? null);
      if (difference !== 0) return descending ? -difference : difference;
    }
    return 0;
  });
  const limited = sorted.slice(query.offset, query.limit === null ? undefined : query.offset + query.limit);
  const rows = limited.map(({ values }) => values);
  return {
    rows,
    columns: fields.map(({ name, numeric, nullable }, index) => ({
      name,
      nullable,
      numeric:
        numeric ??
        (rows.length > 0 &&
          rows.every((row) => row[index] === null || isNumeric(row[index] ?? null)) &&
          rows.some((row) => row[index] !== null)),
    })),
  };
}

interface Field {
  readonly expr: Expr;
  readonly name: string;
  readonly numeric: boolean | undefined;
  readonly nullable: boolean;
}

function expanded({ expr, name }: Select['fields'][number], reads: readonly Read[]): readonly Field[] {
  if (expr.kind !== 'star')
    return [{ expr, name, numeric: columnIsNumeric(expr, reads), nullable: mayBeNull(expr, reads) }];
  if (reads.length === 0) throw new MysqlFailure(1096, 'HY000', 'No tables used');
  const wanted = reads.filter(({ source }) => expr.table === null || source.alias === expr.table);
  if (wanted.length === 0) throw new MysqlFailure(1051, '42S02', `Unknown table '${expr.table}'`);
  return wanted.flatMap(({ source, columns, numeric, nullable }) =>
    columns.map((column, index) => ({
      expr: { kind: 'column' as const, table: source.alias, name: column },
      name: column,
      numeric: numeric[index],
      nullable: nullable[index] ?? true,
    })),
  );
}

function columnIsNumeric(expr: Expr, reads: readonly Read[]): boolean | undefined {
  if (expr.kind === 'call' && (expr.name === 'COUNT' || expr.name === 'SUM' || expr.name === 'AVG'))
    return true;
  if (expr.kind !== 'column') return undefined;
  for (const { source, columns, numeric } of reads) {
    if (expr.table !== null && expr.table !== source.alias) continue;
    const index = columns.findIndex((column) => column.toLowerCase() === expr.name.toLowerCase());
    if (index >= 0) return numeric[index];
  }
  return undefined;
}

/** Whether an expression may come to NULL, as far as its form tells. */
function mayBeNull(expr: Expr, reads: readonly Read[]): boolean {
  const any = (list: readonly Expr[]): boolean => list.some((each) => mayBeNull(each, reads));
  switch (expr.kind) {
    case 'value':
      return expr.value === null;
    case 'column': {
      const owner = reads.find(
        ({ source, columns }) =>
          (expr.table === null || expr.table === source.alias) &&
          columns.some((name) => name.toLowerCase() === expr.name.toLowerCase()),
      );
      const index = owner?.columns.findIndex((name) => name.toLowerCase() === expr.name.toLowerCase()) ?? -1;
      return owner?.nullable[index] ?? true;
    }
    case 'call':
      if (expr.name === 'COUNT') return false;
      if (expr.name === 'DATABASE' || isAggregate(expr.name)) return true;
      return expr.name === 'IFNULL' ? any(expr.args.slice(1)) : any(expr.args);
    case 'unary':
      return any([expr.operand]);
    case 'binary':
      return ['/', '%', 'DIV'].includes(expr.op) || (expr.op !== '<=>' && any([expr.left, expr.right]));
    case 'null':
    case 'variable':
      return false;
    default:
      return true;
  }
}

function groups(
  query: Select,
  fields: readonly Field[],
  rows: readonly Scope[],
  reads: readonly Read[],
  session: Session,
  outer: Scope | undefined,
): readonly Scope[] {
  const by = query.groupBy.map((expr): Expr => {
    if (expr.kind === 'value' && typeof expr.value === 'number') return fields[expr.value - 1]?.expr ?? expr;
    const named =
      expr.kind === 'column' && expr.table === null
        ? fields.find(({ name }) => name === expr.name)
        : undefined;
    return named?.expr ?? expr;
  });
  const all = new Map<string, Scope[]>();
  for (const row of rows) {
    const key = JSON.stringify(
      by.map((expr) => textOf(evaluate(expr, row, session, 'group statement'))?.toLowerCase() ?? null),
    );
    const group = all.get(key);
    if (group === undefined) all.set(key, [row]);
    else group.push(row);
  }
  for (const [index, { expr, name }] of fields.entries())
    refuseUngrouped(expr, name, index, by, query, session);
  if (all.size === 0 && by.length === 0) {
    const tables = reads.map(({ source, columns }) => ({
      alias: source.alias,
      columns,
      values: columns.map(() => null),
    }));
    return [{ tables, outer, group: [] }];
  }
  return [...all.values()].map((group) => ({ ...(group[0] ?? { tables: [] }), group }));
}

/** only_full_group_by: a column beside a group must be one of those that it is grouped by. */
function refuseUngrouped(
  expr: Expr,
  name: string,
  index: number,
  by: readonly Expr[],
  query: Select,
  session: Session,
): void {
  if (expr.kind !== 'column') return;
  if (by.some((each) => each.kind === 'column' && each.name.toLowerCase() === expr.name.toLowerCase()))
    return;
  const source = query.from.find(
    ({ alias, from }) => 'table' in from && (expr.table === null || alias === expr.table),
  );
  const from = source?.from;
  const shown =
    from === undefined || 'kind' in from
      ? name
      : `${databaseOf(from, session)}.${source?.alias}.${expr.name}`;
  if (from !== undefined && !('kind' in from)) {
    const primary = tableOf(from, session).keys.find((key) => key.name === 'PRIMARY');
    // What the key decides, its row decides.
    if (
      primary !== undefined &&
      by.length > 0 &&
      primary.columns.every((column) => by.some((each) => each.kind === 'column' && each.name === column))
    )
      return;
  }
  if (by.length === 0)
    throw new MysqlFailure(
      1140,
      '42000',
      `In aggregated query without GROUP BY, expression #${index + 1} of SELECT list contains nonaggregated column '${shown}'; this is incompatible with sql_mode=only_full_group_by`,
    );
  throw new MysqlFailure(
    1055,
    '42000',
    `Expression #${index + 1} of SELECT list is not in GROUP BY clause and contains nonaggregated column '${shown}' which is not functionally dependent on columns in GROUP BY clause; this is incompatible with sql_mode=only_full_group_by`,
  );
}

/** Whether two cells are the same to a key. */
export const sameKey = (a: Cell, b: Cell): boolean => a !== null && b !== null && compare(a, b) === 0;
