import { findAccount, mayEnter } from './accounts';
import { cellOf } from './cells';
import type { Session } from './evaluate';
import { MysqlFailure, unknownDatabase } from './failure';
import { type Rows, tableOf } from './select';
import type { Account } from './state';
import type { Column, Statement, TableName } from './syntax';
import { SYSTEM_DATABASES, typeText } from './system-tables';
import { likePattern, textOf, type Value } from './values';

/** What SHOW also has to know. */
export interface ShowContext {
  readonly session: Session;
  readonly account: Account;
  readonly accounts: readonly Account[];
  readonly questions: number;
  readonly uptimeSeconds: number;
}

const rowsOf = (
  names: readonly string[],
  rows: readonly (readonly Value[])[],
  numeric: readonly string[] = [],
): Rows => ({
  columns: names.map((name) => ({ name, numeric: numeric.includes(name), nullable: false })),
  rows,
});

/** The databases that an account sees, in the order of its version. */
export function databasesFor({
  session,
  account,
}: Pick<ShowContext, 'session' | 'account'>): readonly string[] {
  const own = Object.keys(session.databases);
  const all = [...SYSTEM_DATABASES, ...own].filter((name) => mayEnter(account, name)).sort();
  // Until 8.0 information_schema leads.
  return Number.parseInt(session.version, 10) < 8
    ? ['information_schema', ...all.filter((name) => name !== 'information_schema')]
    : all;
}

/** SHOW. */
export function show(statement: Extract<Statement, { kind: 'show' }>, context: ShowContext): Rows {
  const { what, of, like } = statement;
  const { session } = context;
  const pattern = like === null ? undefined : likePattern(like);
  const fits = (name: string): boolean => pattern?.test(name) ?? true;
  const suffix = like === null ? '' : ` (${like})`;
  switch (what) {
    case 'DATABASES':
    case 'SCHEMAS':
      return rowsOf(
        [`Database${suffix}`],
        databasesFor(context)
          .filter(fits)
          .map((name) => [name]),
      );
    case 'TABLES': {
      const database = of?.table ?? session.connection.database;
      if (database === null) throw new MysqlFailure(1046, '3D000', 'No database selected');
      const tables = session.databases[database];
      if (tables === undefined && !SYSTEM_DATABASES.includes(database)) throw unknownDatabase(database);
      return rowsOf(
        [`Tables_in_${database}${suffix}`],
        Object.keys(tables ?? {})
          .filter(fits)
          .sort()
          .map((name) => [name]),
      );
    }
    case 'COLUMNS':
    case 'FIELDS':
      return describe(need(of), session, fits);
    case 'INDEX':
    case 'KEYS':
      return indexes(need(of), session);
    case 'CREATE TABLE': {
      const name = need(of);
      return rowsOf(['Table', 'Create Table'], [[name.table, createText(name, session)]]);
    }
    case 'CREATE DATABASE': {
      const name = need(of).table;
      if (session.databases[name] === undefined) throw unknownDatabase(name);
      const set = old(session) ? 'latin1' : 'utf8mb4 COLLATE utf8mb4_0900_ai_ci';
      return rowsOf(
        ['Database', 'Create Database'],
        [[name, `CREATE DATABASE \`${name}\` /*!40100 DEFAULT CHARACTER SET ${set} */`]],
      );
    }
    case 'VARIABLES':
      return rowsOf(
        ['Variable_name', 'Value'],
        Object.entries(variables(session))
          .filter(([name]) => fits(name))
          .map(([name, value]) => [name, value]),
      );
    case 'STATUS': {
      const known = {
        Connections: session.connection.id + 1,
        Questions: context.questions,
        Threads_connected: 1,
        Threads_running: 1,
        Uptime: context.uptimeSeconds,
      };
      return rowsOf(
        ['Variable_name', 'Value'],
        Object.entries(known)
          .filter(([name]) => fits(name))
          .map(([name, value]) => [name, String(value)]),
      );
    }
    case 'PROCESSLIST': {
      const { id, user, host, database } = session.connection;
      return rowsOf(
        ['Id', 'User', 'Host', 'db', 'Command', 'Time', 'State', 'Info'],
        [
          [
            id,
            user,
            host === 'localhost' ? host : `${host}:41234`,
            database,
            'Query',
            0,
            old(session) ? 'starting' : 'init',
            'SHOW PROCESSLIST',
          ],
        ],
        ['Id', 'Time'],
      );
    }
    case 'GRANTS':
      return grants(of, context);
    case 'ENGINES':
      return rowsOf(
        ['Engine', 'Support', 'Comment', 'Transactions', 'XA', 'Savepoints'],
        [
          [
            'InnoDB',
            'DEFAULT',
            'Supports transactions, row-level locking, and foreign keys',
            'YES',
            'YES',
            'YES',
          ],
        ],
      );
    default:
      return rowsOf(['Level', 'Code', 'Message'], [], ['Code']);
  }
}

const old = ({ version }: Session): boolean => Number.parseInt(version, 10) < 8;

function need(of: TableName | null): TableName {
  if (of === null)
    throw new MysqlFailure(
      1064,
      '42000',
      "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '' at line 1",
    );
  return of;
}

function variables({ version, hostname, port }: Session): Readonly<Record<string, string>> {
  return {
    autocommit: 'ON',
    character_set_server: Number.parseInt(version, 10) < 8 ? 'latin1' : 'utf8mb4',
    datadir: '/var/lib/mysql/',
    hostname,
    max_connections: '151',
    port: String(port),
    read_only: 'OFF',
    server_id: '1',
    socket: '/var/run/mysqld/mysqld.sock',
    version,
    version_comment: 'MySQL Community Server - GPL',
    wait_timeout: '28800',
  };
}

/** DESCRIBE. */
export function describe(
  name: TableName,
  session: Session,
  fits: (column: string) => boolean = () => true,
): Rows {
  const { columns, keys } = tableOf(name, session);
  const keyOf = (column: string): string => {
    const own = keys.filter((key) => key.columns.includes(column));
    if (own.some((key) => key.name === 'PRIMARY')) return 'PRI';
    const first = own.find((key) => key.columns[0] === column);
    return first === undefined ? '' : first.unique && first.columns.length === 1 ? 'UNI' : 'MUL';
  };
  return rowsOf(
    ['Field', 'Type', 'Null', 'Key', 'Default', 'Extra'],
    columns
      .filter((column) => fits(column.name))
      .map((column) => [
        column.name,
        typeText(column.type, session.version),
        column.notNull ? 'NO' : 'YES',
        keyOf(column.name),
        fallbackText(column),
        extra(column, session),
      ]),
  );
}

function fallbackText(column: Column): string | null {
  const { fallback } = column;
  if (fallback === null) return null;
  return typeof fallback === 'object' ? 'CURRENT_TIMESTAMP' : textOf(cellOf(fallback, column, 1));
}

function extra(column: Column, session: Session): string {
  const generated =
    !old(session) && column.fallback !== null && typeof column.fallback === 'object'
      ? ['DEFAULT_GENERATED']
      : [];
  return [
    ...generated,
    ...(column.autoIncrement ? ['auto_increment'] : []),
    ...(column.updatesNow ? ['on update CURRENT_TIMESTAMP'] : []),
  ].join(' ');
}

function indexes(name: TableName, session: Session): Rows {
  const { keys, rows, columns } = tableOf(name, session);
  return rowsOf(
    [
      'Table',
      'Non_unique',
      'Key_name',
      'Seq_in_index',
      'Column_name',
      'Collation',
      'Cardinality',
      'Null',
      'Index_type',
    ],
    keys.flatMap((key) =>
      key.columns.map((column, index) => [
        name.table,
        key.unique ? 0 : 1,
        key.name,
        index + 1,
        column,
        'A',
        rows.length,
        columns.find((each) => each.name === column)?.notNull === true ? '' : 'YES',
        'BTREE',
      ]),
    ),
    ['Non_unique', 'Seq_in_index', 'Cardinality'],
  );
}

function createText(name: TableName, session: Session): string {
  const { columns, keys, nextId } = tableOf(name, session);
  const counted = columns.some(({ autoIncrement }) => autoIncrement);
  const lines = columns.map((column) => {
    const { fallback } = column;
    const isText = ['text', 'tinytext', 'mediumtext', 'longtext', 'blob', 'json'].includes(column.type.name);
    const otherwise =
      fallback !== null
        ? ` DEFAULT ${typeof fallback === 'object' ? 'CURRENT_TIMESTAMP' : `'${fallbackText(column)}'`}`
        : column.notNull || isText || column.autoIncrement
          ? ''
          : ' DEFAULT NULL';
    return `  \`${column.name}\` ${typeText(column.type, session.version)}${column.notNull ? ' NOT NULL' : ''}${otherwise}${column.updatesNow ? ' ON UPDATE CURRENT_TIMESTAMP' : ''}${column.autoIncrement ? ' AUTO_INCREMENT' : ''}`;
  });
  for (const key of keys) {
    const list = `(${key.columns.map((column) => `\`${column}\``).join(',')})`;
    lines.push(
      key.name === 'PRIMARY'
        ? `  PRIMARY KEY ${list}`
        : `  ${key.unique ? 'UNIQUE ' : ''}KEY \`${key.name}\` ${list}`,
    );
  }
  const set = old(session) ? 'DEFAULT CHARSET=latin1' : 'DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci';
  return `CREATE TABLE \`${name.table}\` (\n${lines.join(',\n')}\n) ENGINE=InnoDB${counted && nextId > 1 ? ` AUTO_INCREMENT=${nextId}` : ''} ${set}`;
}

function grants(of: TableName | null, { account, accounts, session }: ShowContext): Rows {
  const who = of === null ? account : findAccount(accounts, of.table, session.connection.host);
  if (who === undefined)
    throw new MysqlFailure(
      1141,
      '42000',
      `There is no such grant defined for user '${of?.table}' on host '%'`,
    );
  const quote = old(session) ? "'" : '`';
  const name = `${quote}${who.user}${quote}@${quote}${who.host}${quote}`;
  const everywhere = who.rights['*'];
  const lines = [
    ...(everywhere === undefined
      ? [`GRANT USAGE ON *.* TO ${name}`]
      : [
          `GRANT ${everywhere.join(', ')} ON *.* TO ${name}${who.user === 'root' ? ' WITH GRANT OPTION' : ''}`,
        ]),
    ...Object.entries(who.rights).flatMap(([database, rights]) =>
      database === '*'
        ? []
        : [
            `GRANT ${rights.some((right) => right.startsWith('ALL')) ? 'ALL PRIVILEGES' : rights.join(', ')} ON \`${database}\`.* TO ${name}`,
          ],
    ),
  ];
  return rowsOf(
    [`Grants for ${who.user}@${who.host}`],
    lines.map((line) => [line]),
  );
}

/** A database that may be used. */
export const databaseExists = (name: string, session: Session): boolean =>
  session.databases[name] !== undefined || SYSTEM_DATABASES.includes(name);
