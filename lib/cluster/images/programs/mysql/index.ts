export { MYSQL_CALL, mysqldProgram, SOCKET, statementsOf } from './mysqld';
export type { Result } from './run-statement';
export type { MysqlState } from './state';
export { isOld, mysqlVersion } from './version';
