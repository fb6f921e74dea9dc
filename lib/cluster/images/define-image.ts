import type { Executable, Json } from '../../api';
import type { ApiProgram, Image, ProcessEnv, Stop } from '../seams';
import { baseFiles } from './base-files';
import { ANY_PROGRAM, executableName, type Program } from './program';
import { type RunningScript, scriptRunner } from './running-script';

/** What one file of the catalogue tells about its image. */
export interface ImageSpec<S extends Json> {
  readonly names: readonly string[];
  /** Registries that have it; docker.io when absent. */
  readonly registries?: readonly string[];
  readonly tags?: readonly string[];
  readonly entrypoint: readonly string[];
  readonly cmd?: readonly string[];
  /** Executables of the image that start its program, beside those of entrypoint and cmd. */
  readonly programs?: readonly string[];
  readonly sizeBytes: number;
  readonly tools: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Whom it runs as; root when absent. */
  readonly user?: string;
  /** Its program ends at once unless the environment configures it. */
  readonly wantsConfiguration?: boolean;
  readonly program: Program<S>;
  /** Whether a command line of its own starts the program as a server; all do when absent. */
  serves?(argv: readonly string[]): boolean;
  /** Whether the server then leaves its terminal and runs on by itself. */
  daemonizes?(argv: readonly string[]): boolean;
  /** Servers among its tools (busybox's httpd, nc -l). */
  readonly servers?: Readonly<Record<string, ToolServer>>;
  /** What the image differs in under a tag ("1.27-alpine", "4.4"); undefined where it does not. */
  variant?(tag: string): Partial<Omit<ImageSpec<S>, 'variant' | 'names'>> | undefined;
  /** In mode `any` an image of this name is like those of no catalogue. */
  readonly onlyCatalogue?: boolean;
  /** Programs for those who come in. */
  readonly executables?: Readonly<Record<string, Executable>>;
}

/** A tool that some command lines make a server of. */
export interface ToolServer {
  serves(argv: readonly string[]): boolean;
  daemonizes?(argv: readonly string[]): boolean;
  readonly program: Program<Json>;
}

/** An image of the catalogue with what resolving a reference and a command needs. */
export interface CatalogueImage extends Image {
  readonly registries: readonly string[];
  readonly programs: readonly string[];
  readonly executables: Readonly<Record<string, Executable>>;
  readonly wantsConfiguration: boolean;
  readonly onlyCatalogue: boolean;
  /** The image as it is under a tag. */
  tagged(tag: string): CatalogueImage;
}

type Running = RunningScript | { readonly own: Json; readonly argv: readonly string[] };

/**
 * An image from its description. argv that starts its program, or a server among its tools, runs that; anything
 * else runs in the script machine, where it may start them too, or become one of them.
 */
export function defineImage<S extends Json>(spec: ImageSpec<S>): CatalogueImage {
  const { variant, ...plain } = spec;
  const { cmd = [], servers = {}, executables = {} } = spec;
  const candidates = [...(spec.programs ?? []), executableName(spec.entrypoint), executableName(cmd)];
  const own = new Set(candidates.filter((name) => name !== '' && !spec.tools.includes(name)));
  const programFor = (argv: readonly string[]): Program<Json> | undefined => {
    const name = executableName(argv);
    if (own.has(name) || (own.has(ANY_PROGRAM) && !spec.tools.includes(name)))
      return spec.serves?.(argv) === false ? undefined : (spec.program as unknown as Program<Json>);
    return servers[name]?.serves(argv) === true ? servers[name].program : undefined;
  };
  const scripts = scriptRunner({
    tools: spec.tools,
    executables,
    programFor,
    daemonizes: (argv) =>
      own.has(executableName(argv))
        ? (spec.daemonizes?.(argv) ?? false)
        : (servers[executableName(argv)]?.daemonizes?.(argv) ?? false),
  });
  const inner = (env: ProcessEnv): ProcessEnv => ({ ...env, argv: behindEntrypoint(env.argv, cmd) });

  /** The entrypoint's talk belongs to the program, which gets the whole command line. */
  function start(env: ProcessEnv) {
    const program = programFor(inner(env).argv);
    if (program === undefined) return scripts.start(inner(env));
    const turn = program.start(env);
    return { ...turn, state: { own: turn.state, argv: env.argv } };
  }

  const image: CatalogueImage = {
    names: spec.names,
    registries: spec.registries ?? ['docker.io'],
    ...(spec.tags === undefined ? {} : { tags: spec.tags }),
    entrypoint: spec.entrypoint,
    cmd,
    programs: [...own],
    executables,
    wantsConfiguration: spec.wantsConfiguration ?? false,
    onlyCatalogue: spec.onlyCatalogue ?? false,
    tagged(tag) {
      const different = variant?.(tag);
      return different === undefined ? image : defineImage({ ...plain, ...different });
    },
    sizeBytes: spec.sizeBytes,
    tools: spec.tools,
    files: { ...baseFiles(spec.tools), ...spec.files },
    ...(spec.env === undefined ? {} : { env: spec.env }),
    ...(spec.user === undefined ? {} : { user: spec.user }),
    start,
    turn(state, env) {
      const running = state as Running;
      if ('script' in running) return scripts.turn(running, inner(env));
      const program = programFor(behindEntrypoint(running.argv, cmd));
      if (program?.turn === undefined) return { state };
      const turn = program.turn(running.own, { ...env, argv: running.argv });
      return { ...turn, state: { own: turn.state, argv: running.argv } };
    },
    listens(state, env) {
      const running = state as Running | null;
      if (running === null) return [];
      if ('script' in running) return scripts.listens(running, inner(env));
      const program = programFor(behindEntrypoint(running.argv, cmd));
      return program?.listens(running.own, { ...env, argv: running.argv }) ?? [];
    },
    serve(state, incoming, env) {
      const running = state as Running;
      if ('script' in running) return scripts.serve(running, incoming, inner(env));
      const program = programFor(behindEntrypoint(running.argv, cmd));
      if (program === undefined) return { state, reply: { kind: 'closed', why: 'reset' } };
      const served = program.serve(running.own, incoming, { ...env, argv: running.argv });
      return { ...served, state: { own: served.state, argv: running.argv } };
    },
    stop(state, env): Stop | undefined {
      const running = state as Running;
      if ('script' in running) return scripts.stop(running, inner(env));
      const program = programFor(behindEntrypoint(running.argv, cmd));
      const stop = program?.stop?.(running.own, { ...env, argv: running.argv });
      if (stop?.state === undefined) return stop;
      return { ...stop, state: { own: stop.state, argv: running.argv } };
    },
    command: scripts.command,
    ...(spec.program.client === undefined ? {} : { client: clientOf(spec.program.client) }),
  };
  return image;
}

/** A client of the API server around its own state; a container that runs something else is none. */
function clientOf<S extends Json>(client: NonNullable<Program<S>['client']>): ApiProgram {
  return {
    ...client,
    look(state, env, api) {
      const running = state as Running | null;
      if (running === null || 'script' in running) return { state };
      const look = client.look(running.own as unknown as S, { ...env, argv: running.argv }, api);
      return { ...look, state: { own: look.state, argv: running.argv } };
    },
  };
}

const ENTRYPOINT_SCRIPTS: ReadonlySet<string> = new Set(['docker-entrypoint.sh', 'entrypoint.sh']);

/** What an entrypoint script execs: its arguments, or the image's program with them when they are options. */
function behindEntrypoint(argv: readonly string[], cmd: readonly string[]): readonly string[] {
  if (!ENTRYPOINT_SCRIPTS.has(executableName(argv))) return argv;
  const rest = argv.slice(1);
  return rest[0]?.startsWith('-') ? [...cmd.slice(0, 1), ...rest] : rest;
}
