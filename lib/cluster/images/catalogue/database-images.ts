import type { Json } from '../../../api';
import type { Incoming, ProcessEnv } from '../../seams';
import { defineImage } from '../define-image';
import { timeParts } from '../http';
import { everywhere, exits, option, type Program, type Served } from '../program';
import { DEBIAN_TOOLS } from '../tools';

const connected = (state: Json): Served<Json> => ({ state, reply: { kind: 'connected' } });

function redisLine(env: ProcessEnv, mark: string, text: string): string {
  const { date, monthName, clock } = timeParts(env.now);
  return `1:${mark} ${date[2]} ${monthName} ${date[0]} ${clock}.${String(env.now % 1000).padStart(3, '0')} ${text}`;
}

const redisProgram: Program<Json> = {
  start: (env) => ({
    state: null,
    log: [
      redisLine(env, 'C', '* oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo'),
      redisLine(env, 'C', '* Redis version=8.4.0, bits=64, commit=00000000, modified=0, pid=1, just started'),
      redisLine(
        env,
        'C',
        '# Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
      ),
      redisLine(env, 'M', '* Running mode=standalone, port=6379.'),
      redisLine(env, 'M', '* Server initialized'),
      redisLine(env, 'M', '* Ready to accept connections tcp'),
    ],
  }),
  listens: (_, env) => [everywhere(Number(option(env.argv, 'port') ?? 6379))],
  serve(state, incoming: Incoming) {
    const { request } = incoming;
    if (request.kind === 'connect') return connected(state);
    if (request.kind !== 'bytes') return { state, reply: { kind: 'closed', why: 'empty-reply' } };
    const word = request.text.trim().split(/\s+/)[0] ?? '';
    if (word.toUpperCase() === 'PING') return { state, reply: { kind: 'bytes', text: '+PONG\r\n' } };
    return {
      state,
      reply: { kind: 'bytes', text: `-ERR unknown command '${word}', with args beginning with: \r\n` },
    };
  },
};

/** Redis: listens and answers PING. */
export const redis = defineImage({
  names: ['redis'],
  entrypoint: ['docker-entrypoint.sh'],
  cmd: ['redis-server'],
  sizeBytes: 53_000_000,
  tools: [...DEBIAN_TOOLS, 'redis-cli'],
  program: redisProgram,
});

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
