import { MysqlFailure } from './failure';
import type { Account, Connection } from './state';
import type { Statement } from './syntax';

/** Whom a connection is taken for; undefined when user, host and password fit nobody. */
export function accountFor(
  accounts: readonly Account[],
  user: string,
  host: string,
  password: string,
): Account | undefined {
  const found = findAccount(accounts, user, host);
  return found?.password === password ? found : undefined;
}

/** The account that a user from a host gets: the nearest host first. */
export function findAccount(accounts: readonly Account[], user: string, host: string): Account | undefined {
  const fits = (pattern: string): boolean =>
    pattern === '%' || pattern === host || (pattern.endsWith('%') && host.startsWith(pattern.slice(0, -1)));
  return accounts
    .filter((each) => each.user === user && fits(each.host))
    .sort((a, b) => Number(a.host === '%') - Number(b.host === '%'))[0];
}

const covers = (rights: readonly string[] | undefined, right: string): boolean =>
  rights?.some((each) => each === right || each.startsWith('ALL')) === true;

/** Whether an account may do something in a database. */
export const may = ({ rights }: Account, right: string, database: string | null): boolean =>
  covers(rights['*'], right) || (database !== null && covers(rights[database], right));

/** Whether an account has anything to do with a database. */
export const mayEnter = (account: Account, database: string): boolean =>
  database === 'information_schema' ||
  account.rights['*'] !== undefined ||
  account.rights[database] !== undefined;

/** 1044. */
export const deniedToDatabase = ({ user, host }: Account, database: string): MysqlFailure =>
  new MysqlFailure(1044, '42000', `Access denied for user '${user}'@'${host}' to database '${database}'`);

/** 1142. */
export const deniedToTable = ({ user, host }: Connection, right: string, table: string): MysqlFailure =>
  new MysqlFailure(1142, '42000', `${right} command denied to user '${user}'@'${host}' for table '${table}'`);

/** CREATE USER, ALTER USER, DROP USER. */
export function changeUsers(
  accounts: readonly Account[],
  statement: Extract<Statement, { kind: 'user' }>,
): readonly Account[] {
  const { what, user, host, password, quietly } = statement;
  const index = accounts.findIndex((each) => each.user === user && each.host === host);
  const failed = new MysqlFailure(
    1396,
    'HY000',
    `Operation ${what.toUpperCase()} USER failed for '${user}'@'${host}'`,
  );
  if (index >= 0 === (what === 'create')) {
    if (quietly) return accounts;
    throw failed;
  }
  if (what === 'create') return [...accounts, { user, host, password: password ?? '', rights: {} }];
  if (what === 'drop') return accounts.filter((_, at) => at !== index);
  return accounts.map((each, at) => (at === index && password !== null ? { ...each, password } : each));
}

/** GRANT and REVOKE. */
export function changeRights(
  accounts: readonly Account[],
  statement: Extract<Statement, { kind: 'grant' }>,
): readonly Account[] {
  const { user, host, database, revokes } = statement;
  if (!accounts.some((each) => each.user === user && each.host === host)) {
    if (revokes)
      throw new MysqlFailure(
        1141,
        '42000',
        `There is no such grant defined for user '${user}' on host '${host}'`,
      );
    throw new MysqlFailure(1410, '42000', 'You are not allowed to create a user with GRANT');
  }
  return accounts.map((each) => {
    if (each.user !== user || each.host !== host) return each;
    const had = each.rights[database] ?? [];
    const all = statement.rights.some((right) => right.startsWith('ALL'));
    const left = revokes
      ? all
        ? []
        : had.filter((right) => !statement.rights.includes(right))
      : [...new Set([...had, ...statement.rights])];
    const { [database]: _, ...rest } = each.rights;
    return { ...each, rights: left.length === 0 ? rest : { ...rest, [database]: left } };
  });
}
