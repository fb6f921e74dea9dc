import type { Executable, Json } from '../../api';
import type { Command, Image, Incoming, Listener, ProcessEnv, Serving, Stop, Turn } from '../seams';
import type { Program } from './program';
import {
  type ScriptImage,
  type ScriptState,
  type ScriptTurn,
  startScript,
  stopScript,
  turnScript,
} from './script';

/** A script with the servers that it has started; JSON. */
export type RunningScript = {
  readonly script: ScriptState;
  readonly servers: readonly Server[];
  /** Servers that ended while they served, and how: the script hears of it in its next turn. */
  readonly stopped: readonly (readonly [id: number, status: number])[];
};

type Server = {
  readonly id: number;
  readonly argv: readonly string[];
  readonly state: Json;
  readonly wakeAt: number | null;
};

/** What scripts of one image can start. */
export interface ScriptHome {
  readonly tools: readonly string[];
  readonly executables: Readonly<Record<string, Executable>>;
  programFor(argv: readonly string[]): Program<Json> | undefined;
  daemonizes(argv: readonly string[]): boolean;
}

/** Scripts as programs of an image. */
export interface ScriptRunner extends Pick<Image, 'start'> {
  turn(running: RunningScript, env: ProcessEnv): Turn;
  listens(running: RunningScript, env: ProcessEnv): readonly Listener[];
  serve(running: RunningScript, incoming: Incoming, env: ProcessEnv): Serving;
  stop(running: RunningScript, env: ProcessEnv): Stop | undefined;
  readonly command: Command;
}

/** Times that a script and its servers may wake each other within one turn. */
const MAX_ROUNDS = 20;

/** Runs the scripts of one image. */
export function scriptRunner(home: ScriptHome): ScriptRunner {
  const image: ScriptImage = {
    tools: home.tools,
    executables: home.executables,
    starts: (argv) => home.programFor(argv) !== undefined,
    daemonizes: home.daemonizes,
  };
  // Somebody who comes in starts no servers: what would be one is its control command, or nothing.
  const visitor: ScriptImage = { ...image, starts: () => false };

  function settle(first: ScriptTurn, servers: readonly Server[], env: ProcessEnv): Turn {
    let turn = first;
    let all = [...servers];
    const log = [...(first.log ?? [])];
    let files = { ...first.files };
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const stopped = new Map<number, number>();
      if (turn.becomes !== undefined) return become(turn.becomes, log, files, env);
      for (const { id, argv } of turn.started) {
        const begun = home.programFor(argv)?.start({ ...env, argv });
        log.push(...(begun?.log ?? []));
        files = { ...files, ...begun?.files };
        if (begun === undefined || begun.exitCode !== undefined) stopped.set(id, begun?.exitCode ?? 127);
        else all = [...all, { id, argv, state: begun.state, wakeAt: begun.wakeAt ?? null }];
      }
      if (turn.exitCode !== undefined || stopped.size === 0) break;
      turn = turnScript(turn.state, image, overlay(env, files), stopped);
      log.push(...(turn.log ?? []));
      files = { ...files, ...turn.files };
    }
    const moments = [turn.wakeAt, ...all.map(({ wakeAt }) => wakeAt)].filter((at) => typeof at === 'number');
    const { state: script, exitCode } = turn;
    return {
      state: { script, servers: all, stopped: [] },
      log,
      files,
      ...(exitCode === undefined ? {} : { exitCode }),
      ...(moments.length === 0 ? {} : { wakeAt: Math.min(...moments) }),
    };
  }

  function become(
    argv: readonly string[],
    log: readonly string[],
    files: Turn['files'],
    env: ProcessEnv,
  ): Turn {
    const turn = home.programFor(argv)?.start({ ...overlay(env, files), argv }) ?? {
      state: null,
      exitCode: 127,
    };
    return {
      ...turn,
      state: { own: turn.state, argv },
      log: [...log, ...(turn.log ?? [])],
      files: { ...files, ...turn.files },
    };
  }

  return {
    start: (env) => settle(startScript(image, env), [], env),
    turn(running, env) {
      const stopped = new Map(running.stopped);
      const log: string[] = [];
      let files: Turn['files'] = {};
      const servers = running.servers.flatMap((server): Server[] => {
        if (stopped.has(server.id)) return [];
        const program = home.programFor(server.argv);
        if (server.wakeAt === null || server.wakeAt > env.now || program?.turn === undefined) return [server];
        const turn = program.turn(server.state, { ...env, argv: server.argv });
        log.push(...(turn.log ?? []));
        files = { ...files, ...turn.files };
        if (turn.exitCode === undefined)
          return [{ ...server, state: turn.state, wakeAt: turn.wakeAt ?? null }];
        stopped.set(server.id, turn.exitCode);
        return [];
      });
      const turn = settle(turnScript(running.script, image, overlay(env, files), stopped), servers, env);
      return { ...turn, log: [...log, ...(turn.log ?? [])], files: { ...files, ...turn.files } };
    },
    listens: (running, env) =>
      running.servers.flatMap(
        ({ argv, state }) => home.programFor(argv)?.listens(state, { ...env, argv }) ?? [],
      ),
    serve(running, incoming, env) {
      const index = running.servers.findIndex(({ argv, state }) =>
        home
          .programFor(argv)
          ?.listens(state, { ...env, argv })
          .some(({ port }) => port === incoming.port),
      );
      const server = running.servers[index];
      const program = server && home.programFor(server.argv);
      if (server === undefined || program === undefined)
        return { state: running, reply: { kind: 'closed', why: 'reset' } };
      const { exitCode, wakeAt, ...served } = program.serve(server.state, incoming, {
        ...env,
        argv: server.argv,
      });
      const next: Server = { ...server, state: served.state, wakeAt: earlier(server.wakeAt, wakeAt) };
      if (exitCode === undefined) {
        const state = { ...running, servers: running.servers.with(index, next) };
        return { ...served, state, ...(wakeAt === undefined ? {} : { wakeAt }) };
      }
      const servers = running.servers.filter((each) => each !== server);
      const state = { ...running, servers, stopped: [...running.stopped, [server.id, exitCode] as const] };
      return { ...served, state, wakeAt: env.now };
    },
    stop(running, env) {
      const ran = stopScript(running.script, image, env);
      return ran && { log: ran.log, files: ran.files, exitCode: ran.exitCode, takesMs: ran.takesMs };
    },
    command: {
      start: (env) => ranSoFar(startScript(visitor, env)),
      goOn: (state, env) => ranSoFar(turnScript(state as ScriptState, visitor, env)),
    },
  };
}

function ranSoFar(turn: ScriptTurn): ReturnType<Command['start']> {
  const { state, out, err, exitCode, wakeAt, files, signal } = turn;
  return { state, out, err, exitCode, wakeAt, files, signal };
}

function earlier(a: number | null, b: number | undefined): number | null {
  return a === null ? (b ?? null) : Math.min(a, b ?? a);
}

/** The world with files that were written in this very turn. */
function overlay(env: ProcessEnv, files: Turn['files'] = {}): ProcessEnv {
  const written = Object.keys(files);
  if (written.length === 0) return env;
  return {
    ...env,
    readFile(path) {
      const text = files[path];
      return text === undefined ? env.readFile(path) : (text ?? undefined);
    },
    listFiles: (directory) => [
      ...new Set([
        ...env.listFiles(directory),
        ...written.filter((path) => path.startsWith(`${directory}/`)),
      ]),
    ],
  };
}
