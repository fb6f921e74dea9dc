import type { Json } from '../../api';
import type {
  AccountApi,
  ApiProgram,
  Incoming,
  Listener,
  Look,
  ProcessEnv,
  Serving,
  Stop,
  Turn,
} from '../seams';

/** What an image's own program answers to one request. */
export type Served<S extends Json> = Omit<Serving, 'state'> & { readonly state: S };

/** A program over plain data: how an image of the catalogue behaves once its main process runs. */
export interface Program<S extends Json> {
  start(env: ProcessEnv): Turn & { readonly state: S };
  turn?(state: S, env: ProcessEnv): Turn & { readonly state: S };
  listens(state: S, env: ProcessEnv): readonly Listener[];
  serve(state: S, incoming: Incoming, env: ProcessEnv): Served<S>;
  /** What its stop signal does; absent for one that has no handler, which as PID 1 is not told at all. */
  stop?(state: S, env: ProcessEnv): Stop;
  /** What it is to the API server. */
  readonly client?: Omit<ApiProgram, 'look'> & {
    look(state: S, env: ProcessEnv, api: AccountApi): Look & { readonly state: S };
  };
}

/** Leaves in good order soon after its stop signal. */
export function stopsWith(exitCode: number, log: (env: ProcessEnv) => readonly string[] = () => []) {
  return (_: Json, env: ProcessEnv): Stop => ({
    exitCode,
    log: log(env),
    takesMs: STOP_MIN_MS + Math.floor(env.random.next() * (STOP_MAX_MS - STOP_MIN_MS)),
  });
}

const STOP_MIN_MS = 60;
const STOP_MAX_MS = 400;
/** What a Go program without a handler ends with: its runtime sees that the signal did not kill it. */
export const GO_TERMINATED = 2;

/** A program that says `message` and ends with `exitCode`. */
export function exits(exitCode: number, ...message: readonly string[]): Turn {
  return { state: null, log: message, exitCode };
}

/** Among an image's programs: it has whatever a container's command names. */
export const ANY_PROGRAM = '*';

/** A socket on every address. */
export function everywhere(port: number, protocol: Listener['protocol'] = 'TCP'): Listener {
  return { address: '0.0.0.0', port, protocol };
}

/** The name of the executable that argv starts: "/bin/sh" → "sh". */
export function executableName(argv: readonly string[]): string {
  const path = argv[0] ?? '';
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The value of `--name=value`, `--name value`, `-name value` or `-name=value` in argv. */
export function option(argv: readonly string[], name: string): string | undefined {
  for (const [index, word] of argv.entries()) {
    const bare = word.replace(/^--?/, '');
    if (bare === word) continue;
    if (bare === name) return argv[index + 1];
    if (bare.startsWith(`${name}=`)) return bare.slice(name.length + 1);
  }
  return undefined;
}
