import { defineImage } from '../define-image';
import { type MysqlState, mysqldProgram, mysqlVersion } from '../programs/mysql';
import { mysqladmin, mysqlClient } from '../programs/mysql-client';
import { DEBIAN_TOOLS } from '../tools';

const environment = (tag: string) => ({
  MYSQL_VERSION: `${mysqlVersion(`mysql:${tag}`)}-1`,
  GOSU_VERSION: '1.19',
});

/** MySQL: mysqld behind its entrypoint, and the clients that come with it. */
export const mysql = defineImage<MysqlState>({
  names: ['mysql'],
  entrypoint: ['docker-entrypoint.sh'],
  cmd: ['mysqld'],
  sizeBytes: 137_900_000,
  tools: DEBIAN_TOOLS.filter((tool) => tool !== 'apt-get' && tool !== 'dpkg'),
  env: environment('latest'),
  wantsConfiguration: true,
  program: mysqldProgram,
  executables: { mysql: mysqlClient, mysqladmin },
  variant: (tag) => ({ env: environment(tag) }),
});
