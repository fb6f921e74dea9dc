import { timeParts } from '../../../../base';
import type { ProcessEnv } from '../../../seams';
import type { MysqlState } from './state';
import { isOld } from './version';

/** Where mysqld listens for those beside it. */
export const SOCKET = '/var/run/mysqld/mysqld.sock';

/** A moment as mysqld's log has it. */
export function stamp(env: ProcessEnv): string {
  const { date, clock } = timeParts(env.now);
  return `${date.join('-')}T${clock}.${String(env.now % 1000).padStart(3, '0')}000`;
}

/** Lines of the image's entrypoint. */
export const entrypoint = (env: ProcessEnv) => {
  const { date, clock } = timeParts(env.now);
  return (level: 'Note' | 'Warn' | 'ERROR', text: string): string =>
    `${date.join('-')} ${clock}+00:00 [${level}] [Entrypoint]: ${text}`;
};

/** What a server says that is ready for connections. */
export function readyLog({ version, port }: MysqlState, env: ProcessEnv): readonly string[] {
  const at = stamp(env);
  if (isOld(version))
    return [
      `${at}Z 0 [Note] mysqld (mysqld ${version}) starting as process 1 ...`,
      `${at}Z 0 [Note] Server hostname (bind-address): '*'; port: ${port}`,
      `${at}Z 0 [Note] mysqld: ready for connections.`,
      `Version: '${version}'  socket: '${SOCKET}'  port: ${port}  MySQL Community Server (GPL)`,
    ];
  return [
    `${at}Z 0 [System] [MY-010116] [Server] /usr/sbin/mysqld (mysqld ${version}) starting as process 1`,
    `${at}Z 1 [System] [MY-013576] [InnoDB] InnoDB initialization has started.`,
    `${at}Z 1 [System] [MY-013577] [InnoDB] InnoDB initialization has ended.`,
    `${at}Z 0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. Version: '${version}'  socket: '${SOCKET}'  port: ${port}  MySQL Community Server - GPL.`,
  ];
}
