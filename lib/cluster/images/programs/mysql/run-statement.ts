import type { ProcessEnv } from '../../../seams';
import { changeRights, changeUsers, deniedToDatabase, deniedToTable, may, mayEnter } from './accounts';
import { alterTable, dropTables, newTable, withTable } from './define';
import type { Session } from './evaluate';
import { MysqlFailure, unknownDatabase } from './failure';
import { parseStatement } from './parse-statement';
import { databaseOf, type Heading, type Rows, select, tableOf } from './select';
import { databaseExists, describe, show } from './show';
import type { Account, Connection, Databases, MysqlState } from './state';
import type { Statement, TableName } from './syntax';
import { SYSTEM_DATABASES } from './system-tables';
import { textOf } from './values';
import { deleteRows, insertRows, updateRows, type Written } from './write-rows';

/** What a statement is answered with; JSON. */
export type Result = {
  readonly columns?: readonly Heading[];
  readonly rows?: readonly (readonly (string | null)[])[];
  readonly affected?: number;
  readonly info?: string;
  readonly lastId?: number;
  /** The database that the connection uses from now on. */
  readonly database?: string;
};
/** A statement run. */
export interface Ran {
  readonly state: MysqlState;
  readonly result: Result;
  /** What SLEEP() took. */
  readonly ms: number;
}

const RIGHTS: Readonly<Partial<Record<Statement['kind'], string>>> = {
  select: 'SELECT',
  insert: 'INSERT',
  update: 'UPDATE',
  delete: 'DELETE',
  truncate: 'DROP',
  'create-table': 'CREATE',
  'drop-table': 'DROP',
  'alter-table': 'ALTER',
  describe: 'SELECT',
};

/** Runs one statement for a connection. */
export function runStatement(
  state: MysqlState,
  env: ProcessEnv,
  connection: Connection,
  account: Account,
  sql: string,
): Ran {
  const statement = parseStatement(sql);
  if (statement.kind === 'transaction') return transaction(state, env, connection, account, statement.what);
  const open = state.transactions[connection.id];
  const databases = open?.databases ?? state.databases;
  const session = sessionOf({ ...state, databases }, env, connection);
  permit(statement, session, account);
  const done = apply({ ...state, databases }, session, account, statement);
  const { result, slept } = done;
  const changed = done.state.databases !== databases;
  if (open === undefined) return { state: done.state, result, ms: slept };
  // What defines tables and users ends a transaction.
  const implicit = changed && !['insert', 'update', 'delete'].includes(statement.kind);
  const next = {
    databases: done.state.databases,
    done: changed ? [...open.done, { sql, database: connection.database }] : open.done,
  };
  const kept: MysqlState = {
    ...done.state,
    databases: state.databases,
    transactions: { ...state.transactions, [connection.id]: next },
  };
  return implicit
    ? { ...transaction(kept, env, connection, account, 'commit'), result, ms: slept }
    : { state: kept, result, ms: slept };
}

/** BEGIN, COMMIT, ROLLBACK: a transaction sees the data as it was, and does again what it did when it is committed. */
function transaction(
  state: MysqlState,
  env: ProcessEnv,
  connection: Connection,
  account: Account,
  what: 'begin' | 'commit' | 'rollback',
): Ran {
  const open = state.transactions[connection.id];
  const { [connection.id]: _, ...rest } = state.transactions;
  let next: MysqlState = { ...state, transactions: rest };
  if (open !== undefined && what !== 'rollback')
    for (const { sql, database } of open.done) {
      const at = { ...connection, database };
      next = apply(next, sessionOf(next, env, at), account, parseStatement(sql)).state;
    }
  if (what === 'begin')
    next = { ...next, transactions: { ...rest, [connection.id]: { databases: next.databases, done: [] } } };
  return { state: next, result: { affected: 0 }, ms: 0 };
}

function sessionOf(
  state: MysqlState,
  env: ProcessEnv,
  connection: Connection,
): Session & { readonly accounts: MysqlState['accounts'] } {
  const session: Session & { readonly accounts: MysqlState['accounts'] } = {
    databases: state.databases,
    accounts: state.accounts,
    connection,
    version: state.version,
    hostname: env.hostname,
    port: state.port,
    now: env.now,
    random: env.random,
    slept: { ms: 0 },
    lastId: 0,
    query: (query, outer) => select(query, session, outer),
  };
  return session;
}

function tablesOf(statement: Statement): readonly TableName[] {
  switch (statement.kind) {
    case 'select':
      return statement.from.flatMap(({ from }) => ('kind' in from ? tablesOf(from) : [from]));
    case 'drop-table':
      return statement.names;
    case 'insert':
    case 'update':
    case 'delete':
    case 'truncate':
    case 'create-table':
    case 'alter-table':
    case 'describe':
      return [statement.name];
    default:
      return [];
  }
}

function permit(statement: Statement, session: Session, account: Account): void {
  const right = RIGHTS[statement.kind];
  if (right !== undefined)
    for (const name of tablesOf(statement)) {
      const database = databaseOf(name, session);
      if (database !== 'information_schema' && !may(account, right, database))
        throw deniedToTable(session.connection, right, name.table);
      if (right !== 'SELECT' && SYSTEM_DATABASES.includes(database))
        throw deniedToDatabase(account, database);
    }
  if (statement.kind === 'create-database' || statement.kind === 'drop-database')
    if (!may(account, statement.kind === 'create-database' ? 'CREATE' : 'DROP', statement.name))
      throw deniedToDatabase(account, statement.name);
  if ((statement.kind === 'user' || statement.kind === 'grant') && !may(account, 'CREATE USER', null))
    throw new MysqlFailure(
      1227,
      '42000',
      'Access denied; you need (at least one of) the CREATE USER privilege(s) for this operation',
    );
}

interface Done {
  readonly state: MysqlState;
  readonly result: Result;
  readonly slept: number;
}

function apply(state: MysqlState, session: Session, account: Account, statement: Statement): Done {
  const { databases } = state;
  const shown = ({ columns, rows }: Rows): Done => ({
    state,
    result: { columns, rows: rows.map((row) => row.map(textOf)) },
    slept: session.slept.ms,
  });
  const changed = (next: Databases, affected = 0): Done => ({
    state: { ...state, databases: next },
    result: { affected },
    slept: 0,
  });
  const written = (name: TableName, { table, affected, info, lastId }: Written): Done => ({
    state: { ...state, databases: withTable(databases, databaseOf(name, session), name.table, table) },
    result: { affected, info, lastId },
    slept: session.slept.ms,
  });
  switch (statement.kind) {
    case 'select':
      return shown(select(statement, session));
    case 'show':
      return shown(
        show(statement, {
          session,
          account,
          accounts: state.accounts,
          questions: state.questions,
          uptimeSeconds: Math.floor((session.now - state.readyAt) / 1000),
        }),
      );
    case 'describe':
      return shown(describe(statement.name, session));
    case 'use':
      if (!mayEnter(account, statement.database))
        throw deniedToDatabase({ ...account, host: account.host }, statement.database);
      if (!databaseExists(statement.database, session)) throw unknownDatabase(statement.database);
      return { state, result: { affected: 0, database: statement.database }, slept: 0 };
    case 'create-database':
      if (databaseExists(statement.name, session)) {
        if (statement.quietly) return changed(databases, 1);
        throw new MysqlFailure(1007, 'HY000', `Can't create database '${statement.name}'; database exists`);
      }
      return changed({ ...databases, [statement.name]: {} }, 1);
    case 'drop-database': {
      if (databases[statement.name] === undefined) {
        if (statement.quietly) return changed(databases);
        throw new MysqlFailure(
          1008,
          'HY000',
          `Can't drop database '${statement.name}'; database doesn't exist`,
        );
      }
      const { [statement.name]: gone, ...rest } = databases;
      return changed(rest, Object.keys(gone ?? {}).length);
    }
    case 'create-table': {
      const database = databaseOf(statement.name, session);
      if (databases[database]?.[statement.name.table] !== undefined) {
        if (statement.quietly) return changed(databases);
        throw new MysqlFailure(1050, '42S01', `Table '${statement.name.table}' already exists`);
      }
      return changed(withTable(databases, database, statement.name.table, newTable(statement)));
    }
    case 'drop-table':
      return changed(dropTables(databases, statement.names, session.connection.database, statement.quietly));
    case 'truncate':
      return changed(
        withTable(databases, databaseOf(statement.name, session), statement.name.table, {
          ...tableOf(statement.name, session),
          rows: [],
          nextId: 1,
        }),
      );
    case 'alter-table':
      return changed(
        alterTable(
          databases,
          databaseOf(statement.name, session),
          statement.name.table,
          statement.changes,
          session.now,
        ),
      );
    case 'insert':
      return written(statement.name, insertRows(statement, session));
    case 'update':
      return written(statement.name, updateRows(statement, session));
    case 'delete':
      return written(statement.name, deleteRows(statement, session));
    case 'user':
      return {
        state: { ...state, accounts: changeUsers(state.accounts, statement) },
        result: { affected: 0 },
        slept: 0,
      };
    case 'grant':
      return {
        state: { ...state, accounts: changeRights(state.accounts, statement) },
        result: { affected: 0 },
        slept: 0,
      };
    default:
      return { state, result: { affected: 0 }, slept: 0 };
  }
}
