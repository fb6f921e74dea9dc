import type { FileChanges } from '../../../../api';
import type { ProcessEnv } from '../../../seams';
import type { Account, Databases, MysqlState, Table } from './state';

const accountsPath = (dataDir: string): string => `${dataDir}/mysql.ibd`;
const tablePath = (dataDir: string, database: string, table: string): string =>
  `${dataDir}/${database}/${table}.ibd`;

/** Whether a directory has a database that somebody initialised. */
export const isInitialized = (env: Pick<ProcessEnv, 'readFile'>, dataDir: string): boolean =>
  env.readFile(accountsPath(dataDir)) !== undefined;

/** What a change leaves in the data directory. */
export function changedFiles(
  before: Pick<MysqlState, 'databases' | 'accounts'> | undefined,
  after: MysqlState,
): FileChanges {
  const { dataDir } = after;
  const files: Record<string, string | null> = {};
  if (before?.accounts !== after.accounts) files[accountsPath(dataDir)] = JSON.stringify(after.accounts);
  if (before?.databases === after.databases) return files;
  for (const [database, tables] of Object.entries(after.databases)) {
    const old = before?.databases[database];
    if (old === undefined) files[`${dataDir}/${database}/db.opt`] = 'default-character-set=utf8mb4\n';
    for (const [name, table] of Object.entries(tables))
      if (old?.[name] !== table) files[tablePath(dataDir, database, name)] = JSON.stringify(table);
  }
  for (const [database, tables] of Object.entries(before?.databases ?? {})) {
    const now = after.databases[database];
    if (now === undefined) files[`${dataDir}/${database}/db.opt`] = null;
    for (const name of Object.keys(tables))
      if (now?.[name] === undefined) files[tablePath(dataDir, database, name)] = null;
  }
  return files;
}

/** What the data directory has. */
export function readAll(
  env: Pick<ProcessEnv, 'readFile' | 'listFiles'>,
  dataDir: string,
): { readonly databases: Databases; readonly accounts: readonly Account[] } {
  const databases: Record<string, Record<string, Table>> = {};
  for (const path of env.listFiles(dataDir)) {
    const [database = '', file = ''] = path.slice(dataDir.length + 1).split('/');
    if (file === 'db.opt') databases[database] ??= {};
    if (!file.endsWith('.ibd')) continue;
    const tables = databases[database] ?? {};
    tables[file.slice(0, -'.ibd'.length)] = JSON.parse(env.readFile(path) ?? '') as Table;
    databases[database] = tables;
  }
  return {
    databases,
    accounts: JSON.parse(env.readFile(accountsPath(dataDir)) ?? '[]') as readonly Account[],
  };
}
