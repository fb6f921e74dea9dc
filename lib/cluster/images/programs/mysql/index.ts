export { SOCKET } from './log';
export { MYSQL_CALL, mysqldProgram } from './mysqld';
export type { Result } from './run-statement';
export type { MysqlState } from './state';
export { statementsOf } from './statements-of';
export { isOld, mysqlVersion } from './version';
