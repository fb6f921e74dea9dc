import type { Column, Key } from './syntax';
import type { Cell } from './values';

/** A table; JSON. */
export type Table = {
  readonly columns: readonly Column[];
  readonly keys: readonly Key[];
  readonly rows: readonly (readonly Cell[])[];
  /** The next value of its AUTO_INCREMENT column. */
  readonly nextId: number;
};
/** Databases and their tables. */
export type Databases = Readonly<Record<string, Readonly<Record<string, Table>>>>;
/** A user, where it may come from, and what it may do, by database ("*": everywhere). */
export type Account = {
  readonly user: string;
  readonly host: string;
  readonly password: string;
  readonly rights: Readonly<Record<string, readonly string[]>>;
};
/** A connection that has begun a transaction: what it sees, and what it did. */
export type Transaction = {
  readonly databases: Databases;
  readonly done: readonly { readonly sql: string; readonly database: string | null }[];
};
/** All that a mysqld holds; JSON. */
export type MysqlState = {
  readonly port: number;
  readonly bind: string;
  readonly networking: boolean;
  readonly dataDir: string;
  readonly version: string;
  /** When it is ready for connections; what its entrypoint does before takes until then. */
  readonly readyAt: number;
  readonly ready: boolean;
  readonly databases: Databases;
  readonly accounts: readonly Account[];
  readonly transactions: Readonly<Record<string, Transaction>>;
  readonly nextConnection: number;
  readonly questions: number;
};

/** A connection while it asks. */
export type Connection = {
  readonly id: number;
  readonly user: string;
  /** Where it comes from: "localhost" for the socket, else an address. */
  readonly host: string;
  readonly database: string | null;
};
