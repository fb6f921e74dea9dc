import type { Json } from '../../api';
import type { Image, Incoming, Listener, ProcessEnv, Turn } from '../seams';
import { executableName, type Program, type Served } from './program';
import { SCRIPT_COMMANDS, type ScriptState, startScript, turnScript } from './programs/script';

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
  /** Its program ends at once unless the environment configures it. */
  readonly wantsConfiguration?: boolean;
  readonly program: Program<S>;
}

/** An image of the catalogue with what resolving a reference and a command needs. */
export interface CatalogueImage extends Image {
  readonly registries: readonly string[];
  readonly programs: readonly string[];
  readonly wantsConfiguration: boolean;
}

type Running = { readonly script: ScriptState } | { readonly own: Json; readonly argv: readonly string[] };

/**
 * An image from its description. argv that names a shell or a coreutil runs the small script interpreter,
 * anything else the image's own program; a script may end by becoming that program.
 */
export function defineImage<S extends Json>(spec: ImageSpec<S>): CatalogueImage {
  const { program, cmd = [] } = spec;
  const candidates = [...(spec.programs ?? []), executableName(spec.entrypoint), executableName(cmd)];
  const own = new Set(candidates.filter((name) => name !== '' && !spec.tools.includes(name)));
  const isScript = (argv: readonly string[]) =>
    SCRIPT_COMMANDS.has(executableName(argv)) && !own.has(executableName(argv));

  function startOwn(argv: readonly string[], env: ProcessEnv, log: readonly string[] = []): Turn {
    const turn = program.start({ ...env, argv });
    return { ...turn, state: { own: turn.state, argv }, log: [...log, ...(turn.log ?? [])] };
  }

  function afterScript(turn: ReturnType<typeof startScript>, env: ProcessEnv): Turn {
    if (turn.becomes !== undefined) return startOwn(turn.becomes, env, turn.log);
    const { becomes: _, ...rest } = turn;
    return { ...rest, state: { script: turn.state } };
  }

  return {
    names: spec.names,
    registries: spec.registries ?? ['docker.io'],
    ...(spec.tags === undefined ? {} : { tags: spec.tags }),
    entrypoint: spec.entrypoint,
    cmd,
    programs: [...own],
    wantsConfiguration: spec.wantsConfiguration ?? false,
    sizeBytes: spec.sizeBytes,
    tools: spec.tools,
    ...(spec.files === undefined ? {} : { files: spec.files }),
    ...(spec.env === undefined ? {} : { env: spec.env }),
    start(env) {
      const inner = behindEntrypoint(env.argv, cmd);
      if (isScript(inner))
        return afterScript(startScript({ ...env, argv: inner }, own), { ...env, argv: inner });
      return startOwn(env.argv, env);
    },
    turn(state, env) {
      const running = state as Running;
      if ('script' in running) {
        const inner = { ...env, argv: behindEntrypoint(env.argv, cmd) };
        return afterScript(turnScript(running.script, inner, own), inner);
      }
      if (program.turn === undefined) return { state };
      const turn = program.turn(running.own as S, { ...env, argv: running.argv });
      return { ...turn, state: { own: turn.state, argv: running.argv } };
    },
    listens(state, env): readonly Listener[] {
      const running = state as Running | null;
      if (running === null || 'script' in running) return [];
      return program.listens(running.own as S, { ...env, argv: running.argv });
    },
    serve(state, incoming: Incoming, env) {
      const running = state as Running;
      if ('script' in running) return { state, reply: { kind: 'closed', why: 'reset' } };
      const served: Served<S> = program.serve(running.own as S, incoming, { ...env, argv: running.argv });
      return { ...served, state: { own: served.state, argv: running.argv } };
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
