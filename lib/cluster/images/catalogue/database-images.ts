import type { Json } from '../../../api';
import { defineImage } from '../define-image';
import { timeParts } from '../http';
import { everywhere, exits, option, type Program, type Served } from '../program';
import { DEBIAN_TOOLS } from '../tools';

const connected = (state: Json): Served<Json> => ({ state, reply: { kind: 'connected' } });

const NEEDS = ['MYSQL_ROOT_PASSWORD', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'MYSQL_RANDOM_ROOT_PASSWORD'];

const mysqlProgram: Program<Json> = {
  start(env) {
    const { date, clock } = timeParts(env.now);
    const at = `${date.join('-')} ${clock}+00:00`;
    const version = /:(\d+\.\d+)/.exec(env.image)?.[1] ?? '9.5';
    const entry = (level: string, text: string) => `${at} [${level}] [Entrypoint]: ${text}`;
    const intro = entry('Note', `Entrypoint script for MySQL Server ${version} started.`);
    if (!NEEDS.some((name) => (env.env[name] ?? '') !== ''))
      return exits(
        1,
        intro,
        entry('ERROR', 'Database is uninitialized and password option is not specified'),
        '    You need to specify one of the following as an environment variable:',
        ...NEEDS.map((name) => `    - ${name}`),
      );
    return {
      state: null,
      log: [
        intro,
        entry('Note', 'MySQL init process done. Ready for start up.'),
        `${date.join('-')}T${clock}.000000Z 0 [Note] mysqld: ready for connections.`,
        `Version: '${version}'  socket: '/var/run/mysqld/mysqld.sock'  port: 3306  MySQL Community Server (GPL)`,
      ],
    };
  },
  listens: (_, env) => [everywhere(Number(option(env.argv, 'port') ?? 3306))],
  serve(state, { request }) {
    if (request.kind === 'connect') return connected(state);
    return { state, reply: { kind: 'closed', why: 'empty-reply' } };
  },
};

/** MySQL: refuses to start without a password, then listens. */
export const mysql = defineImage({
  names: ['mysql'],
  entrypoint: ['docker-entrypoint.sh'],
  cmd: ['mysqld'],
  sizeBytes: 137_900_000,
  tools: [...DEBIAN_TOOLS, 'mysql', 'mysqladmin'],
  wantsConfiguration: true,
  program: mysqlProgram,
});
