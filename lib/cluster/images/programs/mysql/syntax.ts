import type { Value } from './values';

/** An expression; `text` in a select list is what was written, which is its column's heading. */
export type Expr =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'default' }
  | { readonly kind: 'column'; readonly table: string | null; readonly name: string }
  | { readonly kind: 'star'; readonly table: string | null }
  | { readonly kind: 'variable'; readonly name: string }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Expr[];
      readonly distinct: boolean;
    }
  | { readonly kind: 'unary'; readonly op: '-' | 'NOT'; readonly operand: Expr }
  | { readonly kind: 'binary'; readonly op: string; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'between'; readonly operand: Expr; readonly low: Expr; readonly high: Expr }
  | { readonly kind: 'in'; readonly operand: Expr; readonly list: readonly Expr[] | Select }
  | { readonly kind: 'null'; readonly operand: Expr }
  | {
      readonly kind: 'case';
      readonly subject: Expr | null;
      readonly whens: readonly (readonly [Expr, Expr])[];
      readonly otherwise: Expr | null;
    }
  | { readonly kind: 'query'; readonly query: Select; readonly exists: boolean }
  | { readonly kind: 'interval'; readonly amount: Expr; readonly unit: string };

/** A table's name as written. */
export interface TableName {
  readonly database: string | null;
  readonly table: string;
}
/** What rows come from. */
export interface Source {
  readonly from: TableName | Select;
  readonly alias: string;
  readonly join: 'inner' | 'left' | 'right';
  readonly on: Expr | null;
}
/** SELECT. */
export interface Select {
  readonly kind: 'select';
  readonly distinct: boolean;
  readonly fields: readonly { readonly expr: Expr; readonly name: string }[];
  readonly from: readonly Source[];
  readonly where: Expr | null;
  readonly groupBy: readonly Expr[];
  readonly having: Expr | null;
  readonly orderBy: readonly { readonly expr: Expr; readonly descending: boolean }[];
  readonly limit: number | null;
  readonly offset: number;
}
/** A column's type: "varchar" with its length, "decimal" with its scale. */
export type ColumnType = {
  readonly name: string;
  readonly length: number | null;
  readonly scale: number | null;
  readonly unsigned: boolean;
  /** Of an ENUM. */
  readonly values: readonly string[];
};
/** A column as it is declared and kept; JSON. */
export type Column = {
  readonly name: string;
  readonly type: ColumnType;
  readonly notNull: boolean;
  /** A default of "now" is the moment of the insert. */
  readonly fallback: string | number | null | { readonly now: true };
  readonly hasDefault: boolean;
  readonly autoIncrement: boolean;
  readonly updatesNow: boolean;
};
/** A key; JSON. */
export type Key = { readonly name: string; readonly unique: boolean; readonly columns: readonly string[] };

type Assignments = readonly { readonly column: string; readonly value: Expr }[];
/** A statement. */
export type Statement =
  | Select
  | { readonly kind: 'use'; readonly database: string }
  | { readonly kind: 'create-database'; readonly name: string; readonly quietly: boolean }
  | { readonly kind: 'drop-database'; readonly name: string; readonly quietly: boolean }
  | {
      readonly kind: 'create-table';
      readonly name: TableName;
      readonly quietly: boolean;
      readonly columns: readonly Column[];
      readonly keys: readonly Key[];
    }
  | { readonly kind: 'drop-table'; readonly names: readonly TableName[]; readonly quietly: boolean }
  | { readonly kind: 'truncate'; readonly name: TableName }
  | { readonly kind: 'alter-table'; readonly name: TableName; readonly changes: readonly Change[] }
  | {
      readonly kind: 'insert';
      readonly name: TableName;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly Expr[])[] | Select;
      readonly mode: 'plain' | 'ignore' | 'replace';
      readonly onDuplicate: Assignments;
    }
  | {
      readonly kind: 'update';
      readonly name: TableName;
      readonly set: Assignments;
      readonly where: Expr | null;
      readonly limit: number | null;
    }
  | {
      readonly kind: 'delete';
      readonly name: TableName;
      readonly where: Expr | null;
      readonly limit: number | null;
    }
  | { readonly kind: 'describe'; readonly name: TableName }
  | {
      readonly kind: 'show';
      readonly what: string;
      readonly of: TableName | null;
      readonly like: string | null;
    }
  | { readonly kind: 'transaction'; readonly what: 'begin' | 'commit' | 'rollback' }
  | {
      readonly kind: 'user';
      readonly what: 'create' | 'alter' | 'drop';
      readonly user: string;
      readonly host: string;
      readonly password: string | null;
      readonly quietly: boolean;
    }
  | {
      readonly kind: 'grant';
      readonly revokes: boolean;
      readonly rights: readonly string[];
      readonly database: string;
      readonly user: string;
      readonly host: string;
    }
  | { readonly kind: 'nothing' };

/** One change of ALTER TABLE. */
export type Change =
  | { readonly kind: 'add'; readonly column: Column }
  | { readonly kind: 'modify'; readonly from: string; readonly column: Column }
  | { readonly kind: 'drop'; readonly column: string }
  | { readonly kind: 'key'; readonly key: Key }
  | { readonly kind: 'rename'; readonly to: string };
