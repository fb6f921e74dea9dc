import type { Executable, ExecutableInput, ExecutableStep, ExecutableWorld, Json } from '../../../../api';
import { REDIS_CALL, type RedisReply, splitWords } from '../redis';
import { formatRaw, formatReply, isRawCommand } from './format';
import { type CliOptions, readCliOptions } from './options';

/** A connection as the client has it. */
type Session = {
  readonly options: CliOptions;
  readonly db: number;
  readonly pass: string | null;
  readonly connected: boolean;
  /** Commands of a transaction that waits for EXEC. */
  readonly queued: readonly (readonly string[])[] | null;
  /** Times that the command is still to be run. */
  readonly left: number;
  /** Text for the last argument so far. */
  readonly gathered: string | null;
};

/** How names fail to resolve in the words of the image's C library. */
export type Libc = 'glibc' | 'musl';
/** How long Linux tries to connect to what never answers. */
const CONNECT_TIMEOUT_MS = 130_000;

type Sent =
  | { readonly kind: 'reply'; readonly reply: RedisReply; readonly ms: number }
  | { readonly kind: 'failed'; readonly why: string; readonly ms: number }
  | { readonly kind: 'closed'; readonly ms: number };

interface Ran {
  readonly session: Session;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
  readonly failed: boolean;
  /** The connection is gone. */
  readonly lost: boolean;
}

/** redis-cli. */
export function redisCli(libc: Libc): Executable {
  function send(session: Session, words: readonly string[], world: ExecutableWorld): Sent {
    const { host, port } = session.options;
    const found = world.lookup(host).outcome;
    const [ip] = found.addresses;
    if (ip === undefined) return { kind: 'failed', why: unresolved(found.error), ms: found.latencyMs };
    const body: Json = { words, db: session.db, pass: session.pass, first: !session.connected };
    const { outcome } = world.send(ip, port, { kind: 'call', name: REDIS_CALL, body });
    const ms = found.latencyMs + ('latencyMs' in outcome ? (outcome.latencyMs ?? 0) : 0);
    switch (outcome.kind) {
      case 'refused':
        return { kind: 'failed', why: 'Connection refused', ms };
      case 'unreachable':
        return { kind: 'failed', why: 'No route to host', ms };
      case 'dropped':
        return { kind: 'failed', why: 'Connection timed out', ms: CONNECT_TIMEOUT_MS };
      case 'delivered':
        return outcome.reply.kind === 'call'
          ? { kind: 'reply', reply: outcome.reply.body as unknown as RedisReply, ms }
          : { kind: 'closed', ms };
    }
  }

  function unresolved(error: 'not-found' | 'no-server' | undefined): string {
    if (error === 'no-server') return libc === 'glibc' ? 'Temporary failure in name resolution' : 'Try again';
    return libc === 'glibc' ? 'Name or service not known' : 'Name does not resolve';
  }

  const refusal = ({ options: { host, port } }: Session, why: string): string =>
    `Could not connect to Redis at ${host}:${port}: ${why}\n`;

  /** One command: what it shows, and the session after it. */
  function run(session: Session, words: readonly string[], world: ExecutableWorld): Ran {
    const name = words[0]?.toUpperCase() ?? '';
    const own = transaction(session, name, words);
    if (own !== undefined)
      return {
        session: own.session,
        out: shown(session, words, own.reply, world),
        err: '',
        ms: 0,
        failed: own.reply.kind === 'error',
        lost: false,
      };
    if (name === 'EXEC') return execute(session, world);
    const sent = send(session, words, world);
    if (sent.kind === 'failed')
      return {
        session: { ...session, connected: false },
        out: '',
        err: refusal(session, sent.why),
        ms: sent.ms,
        failed: true,
        lost: true,
      };
    if (sent.kind === 'closed') {
      const quiet = name === 'SHUTDOWN';
      return {
        session: { ...session, connected: false },
        out: '',
        err: quiet ? '' : 'Error: Server closed the connection\n',
        ms: sent.ms,
        failed: !quiet,
        lost: true,
      };
    }
    const { reply } = sent;
    const done = reply.kind === 'status';
    const next: Session = {
      ...session,
      connected: true,
      db: done && name === 'SELECT' ? Number(words[1]) : session.db,
      pass: done && name === 'AUTH' ? (words.at(-1) ?? null) : session.pass,
    };
    return {
      session: next,
      out: shown(session, words, reply, world),
      err: '',
      ms: sent.ms,
      failed: reply.kind === 'error',
      lost: false,
    };
  }

  /** MULTI and what belongs to it; the connection keeps the queue. */
  function transaction(
    session: Session,
    name: string,
    words: readonly string[],
  ): { readonly session: Session; readonly reply: RedisReply } | undefined {
    const refuse = (text: string) => ({ session, reply: { kind: 'error', text } as const });
    const status = (text: string, queued: Session['queued']) => ({
      session: { ...session, queued },
      reply: { kind: 'status', text } as const,
    });
    if (session.queued === null) {
      if (name === 'MULTI') return status('OK', []);
      if (name === 'EXEC' || name === 'DISCARD') return refuse(`ERR ${name} without MULTI`);
      return undefined;
    }
    if (name === 'MULTI') return refuse('ERR MULTI calls can not be nested');
    if (name === 'DISCARD') return status('OK', null);
    return name === 'EXEC' ? undefined : status('QUEUED', [...session.queued, words]);
  }

  function execute(session: Session, world: ExecutableWorld): Ran {
    const items: RedisReply[] = [];
    let ms = 0;
    for (const words of session.queued ?? []) {
      const sent = send(session, words, world);
      ms += sent.ms;
      if (sent.kind !== 'reply')
        return {
          session: { ...session, queued: null },
          out: '',
          err: 'Error: Server closed the connection\n',
          ms,
          failed: true,
          lost: true,
        };
      items.push(sent.reply);
    }
    const reply: RedisReply = { kind: 'array', items };
    return {
      session: { ...session, queued: null },
      out: shown(session, [], reply, world),
      err: '',
      ms,
      failed: false,
      lost: false,
    };
  }

  function shown(
    { options }: Session,
    words: readonly string[],
    reply: RedisReply,
    world: ExecutableWorld,
  ): string {
    const raw = options.raw ?? !world.terminal;
    if (!raw && !isRawCommand(words)) return formatReply(reply);
    return `${formatRaw(reply)}\n`;
  }

  function start(world: ExecutableWorld): ExecutableStep {
    const options = readCliOptions(world.argv, world.env);
    const exit = (code: number, out = '', err = ''): ExecutableStep => ({
      state: null,
      out,
      err,
      next: { kind: 'exit', code },
    });
    if (typeof options === 'string')
      return options.startsWith('redis-cli') ? exit(0, options) : exit(1, '', options);
    if (options.version) return exit(0, 'redis-cli 8.4.0\n');
    let err = options.warns
      ? "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n"
      : '';
    let session: Session = {
      options,
      db: options.db,
      pass: options.pass,
      connected: false,
      queued: null,
      left: options.repeat,
      gathered: null,
    };
    if (options.pass !== null) {
      const auth = send(
        session,
        options.user === null ? ['AUTH', options.pass] : ['AUTH', options.user, options.pass],
        world,
      );
      if (auth.kind === 'reply' && auth.reply.kind === 'error') {
        err += `AUTH failed: ${auth.reply.text}\n`;
        session = { ...session, pass: null };
      }
    }
    if (options.scan !== null)
      return once(
        { ...session, options: { ...options, raw: true, words: ['KEYS', options.scan] } },
        world,
        err,
      );
    if (options.lastFromInput)
      return { state: { ...session, gathered: '' }, err, next: { kind: 'read', prompt: '' } };
    // The warning comes before what the command prints.
    if (options.words.length > 0)
      return err === '' ? once(session, world) : { state: session, err, next: { kind: 'wait', ms: 0 } };
    const met = send(session, ['PING'], world);
    if (met.kind === 'failed') {
      err += refusal(session, met.why);
      return world.terminal
        ? ask(session, world, '', err, met.ms)
        : { state: session, err, afterMs: met.ms, next: { kind: 'exit', code: 1 } };
    }
    return ask({ ...session, connected: true }, world, '', err, met.ms);
  }

  /** The command of the command line, as often as it is wanted. */
  function once(session: Session, world: ExecutableWorld, err = ''): ExecutableStep {
    const ran = run(session, session.options.words, world);
    const base = { out: ran.out, err: err + ran.err, afterMs: ran.ms };
    const { repeat, intervalMs, exitsOnError } = session.options;
    const left = session.left - 1;
    if (ran.lost && ran.failed) return { ...base, state: null, next: { kind: 'exit', code: 1 } };
    if (left > 0 || repeat < 0)
      return { ...base, state: { ...ran.session, left }, next: { kind: 'wait', ms: intervalMs } };
    return { ...base, state: null, next: { kind: 'exit', code: ran.failed && exitsOnError ? 1 : 0 } };
  }

  function ask(
    session: Session,
    world: ExecutableWorld,
    out: string,
    err: string,
    ms: number,
  ): ExecutableStep {
    const { host, port } = session.options;
    const place = `${host}:${port}${session.db === 0 ? '' : `[${session.db}]`}${session.queued === null ? '' : '(TX)'}`;
    const prompt = world.terminal ? `${session.connected ? place : 'not connected'}> ` : '';
    return { state: session, out, err, afterMs: ms, next: { kind: 'read', prompt } };
  }

  function line(session: Session, text: string, world: ExecutableWorld): ExecutableStep {
    if (session.gathered !== null) {
      const gathered = `${session.gathered}${text}\n`;
      return { state: { ...session, gathered }, next: { kind: 'read', prompt: '' } };
    }
    const words = splitWords(text);
    const [name = ''] = words;
    if (name === '') return ask(session, world, '', '', 0);
    if ((text.match(/"/g) ?? []).length % 2 === 1) return ask(session, world, 'Invalid argument(s)\n', '', 0);
    switch (name.toLowerCase()) {
      case 'exit':
      case 'quit':
        return { state: null, next: { kind: 'exit', code: 0 } };
      case 'clear':
        return ask(session, world, '\u001b[H\u001b[2J', '', 0);
      case 'help':
      case '?':
        return ask(session, world, HELP, '', 0);
      case 'connect': {
        const options = {
          ...session.options,
          host: words[1] ?? session.options.host,
          port: Number(words[2] ?? 6379),
        };
        const met = send({ ...session, options }, ['PING'], world);
        const moved: Session = { ...session, options, connected: met.kind !== 'failed' };
        return ask(moved, world, '', met.kind === 'failed' ? refusal(moved, met.why) : '', met.ms);
      }
      default: {
        const ran = run(session, words, world);
        return ask(ran.session, world, ran.out, ran.err, ran.ms);
      }
    }
  }

  return {
    step(held: Json, input: ExecutableInput, world: ExecutableWorld): ExecutableStep {
      if (input.kind === 'start') return start(world);
      const session = held as unknown as Session;
      switch (input.kind) {
        case 'line':
          return line(session, input.text, world);
        case 'again':
          return once(session, world);
        case 'interrupt':
          return { state: null, next: { kind: 'exit', code: 0 } };
        case 'end': {
          if (session.gathered === null)
            return { state: null, out: world.terminal ? '\n' : '', next: { kind: 'exit', code: 0 } };
          const { options } = session;
          return once(
            {
              ...session,
              options: { ...options, words: [...options.words, session.gathered] },
              gathered: null,
            },
            world,
          );
        }
      }
    },
  };
}

const HELP = `redis-cli 8.4.0
To get help about Redis commands type:
      "help @<group>" to get a list of commands in <group>
      "help <command>" for help on <command>
      "help <tab>" to get a list of possible help topics
      "quit" to exit

To set redis-cli preferences:
      ":set hints" enable online hints
      ":set nohints" disable online hints
Set your preferences in ~/.redisclirc
`;
