import type { Session } from './evaluate';
import type { Account, Table } from './state';
import type { Column, ColumnType } from './syntax';
import type { Cell } from './values';

/** What a session also has to show of accounts and connections. */
export interface WithAccounts {
  readonly accounts?: readonly Account[] | undefined;
}

const TEXT: ColumnType = { name: 'varchar', length: 64, scale: null, unsigned: false, values: [] };
const BIGINT: ColumnType = { name: 'bigint', length: null, scale: null, unsigned: true, values: [] };

function table(names: readonly string[], rows: readonly (readonly Cell[])[]): Table {
  const columns = names.map(
    (name): Column => ({
      name: name.replace(/#$/, ''),
      type: name.endsWith('#') ? BIGINT : TEXT,
      notNull: false,
      fallback: null,
      hasDefault: true,
      autoIncrement: false,
      updatesNow: false,
    }),
  );
  return { columns, keys: [], rows, nextId: 1 };
}

/** The databases that every server has. */
export const SYSTEM_DATABASES = ['information_schema', 'mysql', 'performance_schema', 'sys'];

/** A column's type as MySQL writes it. */
export function typeText({ name, length, scale, unsigned, values }: ColumnType, version: string): string {
  // Display widths are shown until 8.0.19.
  const widths: Readonly<Record<string, number>> = {
    tinyint: 4,
    smallint: 6,
    mediumint: 9,
    int: 11,
    bigint: 20,
  };
  const old = Number.parseInt(version, 10) < 8;
  const width =
    length ??
    (old && widths[name] !== undefined ? widths[name] - (unsigned && name !== 'bigint' ? 1 : 0) : null);
  const sized =
    values.length > 0
      ? `(${values.map((value) => `'${value}'`).join(',')})`
      : scale !== null
        ? `(${length},${scale})`
        : width === null || (!old && name in widths && !(name === 'tinyint' && width === 1))
          ? ''
          : `(${width})`;
  return `${name}${sized}${unsigned ? ' unsigned' : ''}`;
}

/** A table of information_schema or mysql, as far as people read them. */
export function systemTable(
  database: string,
  name: string,
  session: Session & WithAccounts,
): Table | undefined {
  const wanted = name.toLowerCase();
  if (database.toLowerCase() === 'mysql' && wanted === 'user')
    return table(
      ['User', 'Host', 'plugin'],
      (session.accounts ?? []).map(({ user, host }) => [user, host, plugin(session.version)]),
    );
  if (database.toLowerCase() !== 'information_schema') return undefined;
  const databases = Object.entries(session.databases);
  switch (wanted) {
    case 'schemata':
      return table(
        ['CATALOG_NAME', 'SCHEMA_NAME'],
        [...SYSTEM_DATABASES, ...databases.map(([each]) => each)].sort().map((each) => ['def', each]),
      );
    case 'tables':
      return table(
        ['TABLE_SCHEMA', 'TABLE_NAME', 'TABLE_TYPE', 'ENGINE', 'TABLE_ROWS#'],
        databases.flatMap(([schema, tables]) =>
          Object.entries(tables).map(([each, { rows }]) => [
            schema,
            each,
            'BASE TABLE',
            'InnoDB',
            rows.length,
          ]),
        ),
      );
    case 'columns':
      return table(
        [
          'TABLE_SCHEMA',
          'TABLE_NAME',
          'COLUMN_NAME',
          'ORDINAL_POSITION#',
          'IS_NULLABLE',
          'DATA_TYPE',
          'COLUMN_TYPE',
        ],
        databases.flatMap(([schema, tables]) =>
          Object.entries(tables).flatMap(([each, { columns }]) =>
            columns.map((column, index) => [
              schema,
              each,
              column.name,
              index + 1,
              column.notNull ? 'NO' : 'YES',
              column.type.name,
              typeText(column.type, session.version),
            ]),
          ),
        ),
      );
    default:
      return undefined;
  }
}

const plugin = (version: string): string =>
  Number.parseInt(version, 10) < 8 ? 'mysql_native_password' : 'caching_sha2_password';
