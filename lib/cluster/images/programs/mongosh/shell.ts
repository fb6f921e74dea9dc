import type { Executable, ExecutableInput, ExecutableStep, ExecutableWorld, Json } from '../../../../api';
import { connectingLines, greeting } from './banner';
import { Connection } from './connection';
import { type ConnectionOptions, readShellOptions, type ShellOptions } from './connection-options';
import {
  attempt,
  type Evaluated,
  evaluateLine,
  type Home,
  type Lasting,
  runSource,
  type Waiting,
} from './evaluate';
import { formatValue } from './format';
import { extendedJson } from './globals';
import { promptOf } from './prompt';
import { readSyntax } from './syntax';

/** What a shell is doing, and what it has to do before it asks. */
type State = {
  readonly options: ShellOptions;
  readonly lasting: Lasting;
  /** Lines of an unfinished input. */
  readonly buffer: string;
  readonly doing: Doing | null;
  readonly waiting: Waiting | null;
  /** Texts of --eval and the file, still to run. */
  readonly queue: readonly Doing[];
};

type Doing = { readonly kind: 'greet' } | { readonly kind: 'line' | 'eval' | 'file'; readonly text: string };

const NEXT_LINE = '... ';

/** mongosh, or the shell before it, as a program that a person or a script runs. */
export function mongoShell(legacy: boolean): Executable {
  const appName = legacy ? 'MongoDB Shell' : 'mongosh+2.5.10';

  function start(world: ExecutableWorld): ExecutableStep {
    const options = readShellOptions(world.argv, appName);
    if (typeof options === 'string')
      return { state: null, err: `${options}\n`, next: { kind: 'exit', code: 1 } };
    if (options.version)
      return {
        state: null,
        out: legacy ? 'MongoDB shell version v4.4.30\n' : '2.5.10\n',
        next: { kind: 'exit', code: 0 },
      };
    const { connection } = options;
    if (connection === null)
      return {
        state: null,
        err: 'MongoshUnimplementedError: --nodb is not offered here\n',
        next: { kind: 'exit', code: 1 },
      };
    const state: State = {
      options,
      lasting: {
        db: connection.database,
        readPreference: connection.readPreference,
        variables: {},
        cursor: null,
        warned: [],
      },
      buffer: '',
      doing: null,
      waiting: null,
      queue: [],
    };
    if (connection.user !== '' && connection.password === null && options.asksPassword)
      return { state, next: { kind: 'read', prompt: 'Enter password: ', hidden: true } };
    return connect(state, world, '');
  }

  function connect(state: State, world: ExecutableWorld, out: string): ExecutableStep {
    const { options } = state;
    const quiet = options.quiet || options.evals.length > 0 || options.file !== null;
    const lines =
      quiet || options.connection === null ? '' : connectingLines(world, options.connection, legacy);
    const queue: Doing[] = options.evals.map((text) => ({ kind: 'eval', text }));
    if (options.file !== null) queue.push({ kind: 'file', text: options.file });
    return goOn({ ...state, doing: { kind: 'greet' }, queue }, world, out + lines);
  }

  /** Goes on with what it does, then with what is queued, then asks. */
  function goOn(first: State, world: ExecutableWorld, said: string): ExecutableStep {
    let state = first;
    let out = said;
    let afterMs = 0;
    for (;;) {
      const { doing, options } = state;
      if (doing === null) {
        const [next, ...queue] = state.queue;
        if (next === undefined) return ask(state, world, out, afterMs);
        state = { ...state, doing: next, queue };
        continue;
      }
      const done = run(state, doing, world);
      out += done.text;
      afterMs += done.elapsedMs;
      state = { ...state, lasting: done.lasting, waiting: null };
      switch (done.outcome.kind) {
        case 'wait':
          return {
            state: { ...state, waiting: done.outcome.waiting },
            out,
            afterMs,
            next: { kind: 'wait', ms: done.outcome.ms },
          };
        case 'leave':
          return { state: null, out, afterMs, next: { kind: 'exit', code: done.outcome.code } };
        case 'failed': {
          if (doing.kind === 'line') {
            out += done.outcome.error.endsWith('\n') ? done.outcome.error : `${done.outcome.error}\n`;
            break;
          }
          const err =
            legacy && doing.kind === 'greet'
              ? legacyFailure(options, done.outcome.plain)
              : `${done.outcome.plain}\n`;
          return { state: null, out, err, afterMs, next: { kind: 'exit', code: 1 } };
        }
        default:
      }
      state = { ...state, doing: null };
    }
  }

  function run(state: State, doing: Doing, world: ExecutableWorld): Evaluated {
    const home = homeOf(state, world);
    const { options, lasting, waiting } = state;
    return attempt(home, lasting, waiting, (session, variables) => {
      switch (doing.kind) {
        case 'greet': {
          session.connection.connect();
          if (!options.quiet && options.evals.length === 0 && options.file === null)
            session.print(greeting(session));
          else if (session.connection.options.user !== '')
            session.connection.run('admin', { connectionStatus: 1 });
          return;
        }
        case 'line':
          evaluateLine(session, variables, doing.text);
          return;
        case 'eval': {
          const value = runSource(doing.text, variables);
          const shown = options.json
            ? JSON.stringify(extendedJson(value), null, 2)
            : formatValue(session, value);
          if (shown !== '' && shown !== undefined) session.print(shown);
          return;
        }
        case 'file': {
          const load = variables.get('load');
          if (typeof load === 'function') load(doing.text);
        }
      }
    });
  }

  function homeOf({ options }: State, world: ExecutableWorld): Home {
    return { connection: options.connection as ConnectionOptions, legacy, world };
  }

  function ask(state: State, world: ExecutableWorld, out: string, afterMs: number): ExecutableStep {
    const { options, buffer, lasting } = state;
    if ((options.evals.length > 0 || options.file !== null) && !options.shell)
      return { state: null, out, afterMs, next: { kind: 'exit', code: 0 } };
    const connection = new Connection(
      homeOf(state, world).connection,
      world,
      [],
      lasting.readPreference,
      legacy,
    );
    const prompt = buffer === '' ? promptOf(connection, lasting.db, legacy) : NEXT_LINE;
    // Without a terminal the prompts are written all the same, but for the old shell.
    if (world.terminal) return { state, out, afterMs, next: { kind: 'read', prompt } };
    return { state, out: legacy ? out : out + prompt, afterMs, next: { kind: 'read', prompt: '' } };
  }

  function line(state: State, text: string, world: ExecutableWorld): ExecutableStep {
    const whole = state.buffer === '' ? text : `${state.buffer}\n${text}`;
    if (whole.trim() === '') return ask({ ...state, buffer: '' }, world, '', 0);
    const isCommand =
      state.buffer === '' && /^\s*(?:use|show|it|exit|quit|help|cls|\.exit)\b(?!\s*[.(=])/.test(text);
    if (!isCommand && readSyntax(`${whole}\n`).kind === 'more')
      return ask({ ...state, buffer: whole }, world, '', 0);
    return goOn(
      { ...state, buffer: '', doing: { kind: 'line', text: isCommand ? whole : `${whole}\n` } },
      world,
      '',
    );
  }

  return {
    step(held: Json, input: ExecutableInput, world: ExecutableWorld): ExecutableStep {
      if (input.kind === 'start') return start(world);
      const state = held as unknown as State;
      switch (input.kind) {
        case 'again':
          return goOn(state, world, '');
        case 'line':
          if (state.doing === null && state.queue.length === 0 && isAsking(state))
            return line(state, input.text, world);
          return connect(withPassword(state, input.text), world, '');
        case 'interrupt':
          return state.buffer === '' && isAsking(state)
            ? ask({ ...state, buffer: '' }, world, '', 0)
            : { ...ask({ ...state, buffer: '' }, world, '\n', 0) };
        default:
          return { state: null, out: world.terminal ? '' : '\n', next: { kind: 'exit', code: 0 } };
      }
    },
  };
}

/** It was told its password, where it has to have one. */
function isAsking({ options }: State): boolean {
  return options.connection?.user === '' || options.connection?.password !== null;
}

function withPassword(state: State, password: string): State {
  const { connection } = state.options;
  return connection === null
    ? state
    : { ...state, options: { ...state.options, connection: { ...connection, password } } };
}

function legacyFailure({ connection }: ShellOptions, plain: string): string {
  const [host = ''] = connection?.hosts ?? [];
  return `Error: couldn't connect to server ${host}, connection attempt failed: SocketException: Error connecting to ${host} :: caused by :: ${plain.replace(/^\w+: /, '')}\nexception: connect failed\nexiting with code 1\n`;
}
