import type { Executable, ExecutableStep, ExecutableWorld } from '../../../../api';
import { type Result, SOCKET } from '../mysql';
import { ask, versionLine } from './connect';
import { type ClientOptions, readOptions } from './options';

type Waiting = { readonly options: ClientOptions };

const exit = (code: number, out = '', err = '', afterMs = 0): ExecutableStep => ({
  state: null,
  out,
  err,
  afterMs,
  next: { kind: 'exit', code },
});

/** mysqladmin: ping, status, version, create, drop. */
export const mysqladmin: Executable = {
  step(held, input, world) {
    if (input.kind !== 'start') {
      const { options } = held as unknown as Waiting;
      return run(
        { ...options, password: input.kind === 'line' ? input.text : options.password, asks: false },
        world,
      );
    }
    const options = readOptions('mysqladmin', world.argv.slice(1), world.env, 'root');
    if (typeof options === 'string') return exit(2, '', options);
    const err = options.warns
      ? 'mysqladmin: [Warning] Using a password on the command line interface can be insecure.\n'
      : '';
    const state: Waiting = { options };
    if (options.asks) return { state, err, next: { kind: 'read', prompt: 'Enter password: ', hidden: true } };
    return err === '' ? run(options, world) : { state, err, next: { kind: 'wait', ms: 0 } };
  },
};

function run(options: ClientOptions, world: ExecutableWorld): ExecutableStep {
  const [command = '', name = ''] = options.words;
  const connected = ask(world, options, { op: 'connect', database: null });
  if ('refusal' in connected) {
    const { code, message } = connected.refusal;
    const nearby =
      code === 2002
        ? `Check that mysqld is running and that the socket: '${SOCKET}' exists!\n`
        : code === 2003
          ? `Check that mysqld is running on ${options.host} and that the port is ${options.port}.\nYou can check this by doing 'telnet ${options.host} ${options.port}'\n`
          : '';
    const text = `mysqladmin: connect to server at '${options.host}' failed\nerror: '${message}'\n${nearby}`;
    // A server that refuses a password is alive.
    return exit(code < 2000 && command === 'ping' ? 0 : 1, '', text, connected.ms);
  }
  const id = Number(connected.body.id);
  switch (command) {
    case 'ping':
      return exit(0, 'mysqld is alive\n', '', connected.ms);
    case 'version':
    case 'status':
      return status(options, id, world, connected.ms);
    case 'create':
    case 'drop': {
      const sql = command === 'create' ? `CREATE DATABASE \`${name}\`` : `DROP DATABASE \`${name}\``;
      const answer = ask(world, options, { op: 'query', id, database: null, sql });
      if ('refusal' in answer)
        return exit(
          1,
          '',
          `mysqladmin: ${command.toUpperCase()} DATABASE failed; error: '${answer.refusal.message}'\n`,
          connected.ms + answer.ms,
        );
      return exit(0, command === 'drop' ? `Database "${name}" dropped\n` : '', '', connected.ms + answer.ms);
    }
    case '':
      return exit(1, versionLine('mysqladmin', world));
    default:
      return exit(1, '', `mysqladmin: Unknown command: '${command}'\n`, connected.ms);
  }
}

function status(options: ClientOptions, id: number, world: ExecutableWorld, ms: number): ExecutableStep {
  const answer = ask(world, options, { op: 'query', id, database: null, sql: 'SHOW STATUS' });
  const result = 'refusal' in answer ? {} : (answer.body.result as unknown as Result);
  const told = new Map((result.rows ?? []).map(([name, value]) => [name, value]));
  const of = (name: string): string => told.get(name) ?? '0';
  const [uptime, questions] = [of('Uptime'), of('Questions')];
  const average = (Number(questions) / Math.max(1, Number(uptime))).toFixed(3);
  const line = `Uptime: ${uptime}  Threads: ${of('Threads_connected')}  Questions: ${questions}  Slow queries: 0  Queries per second avg: ${average}\n`;
  return exit(0, line, '', ms + answer.ms);
}
