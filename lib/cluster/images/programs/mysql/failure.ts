/** A statement that MySQL refuses: its number, SQLSTATE and words (share/messages_to_clients.txt). */
export class MysqlFailure extends Error {
  override name = 'MysqlFailure';
  readonly code: number;
  readonly sqlState: string;
  constructor(code: number, sqlState: string, message: string) {
    super(message);
    this.code = code;
    this.sqlState = sqlState;
  }
}

/** What cannot be parsed, from where the parser stopped. */
export function syntaxError(near: string, line: number): MysqlFailure {
  return new MysqlFailure(
    1064,
    '42000',
    `You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '${near.slice(0, 80)}' at line ${line}`,
  );
}
/** A column that none of the tables has. */
export const unknownColumn = (name: string, clause: string): MysqlFailure =>
  new MysqlFailure(1054, '42S22', `Unknown column '${name}' in '${clause}'`);
/** A table that is not there. */
export const noSuchTable = (database: string, table: string): MysqlFailure =>
  new MysqlFailure(1146, '42S02', `Table '${database}.${table}' doesn't exist`);
/** A database that is not there. */
export const unknownDatabase = (name: string): MysqlFailure =>
  new MysqlFailure(1049, '42000', `Unknown database '${name}'`);
