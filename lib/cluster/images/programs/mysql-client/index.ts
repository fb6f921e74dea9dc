export { mysqlClient } from './mysql';
export { mysqladmin } from './mysqladmin';
