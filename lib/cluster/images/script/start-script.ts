import type { ProcessEnv } from '../../seams';
import { ScriptMachine } from './machine';
import type { ScriptImage, ScriptTurn } from './script-image';
import { LOGGED, type ScriptState } from './thread';

/** A script's end that its stop signal brought about. */
export interface RanCommand {
  readonly log: readonly string[];
  readonly exitCode: number;
  readonly takesMs: number;
  readonly files: ScriptTurn['files'];
}

/** Starts what argv names: a shell with its script, or one command. */
export function startScript(image: ScriptImage, world: ProcessEnv): ScriptTurn {
  const variables = { HOME: '/root', PWD: '/', ...world.env };
  const state: ScriptState = {
    programs: [null],
    threads: [
      {
        id: 1,
        program: 0,
        pc: 0,
        status: 0,
        variables,
        exported: Object.keys(variables),
        positional: [],
        functions: {},
        cwd: '/',
        options: '',
        tested: 0,
        frames: [],
        descriptors: LOGGED,
        slots: {},
        temps: {},
        loops: {},
        wait: null,
        lastJob: null,
        replaced: false,
      },
    ],
    ended: {},
    traps: {},
    nextId: 2,
    partial: '',
  };
  return turnScript(state, image, world);
}

/** Goes on until the script waits or ends; `stopped` tells which of its servers have ended, and how. */
export function turnScript(
  state: ScriptState,
  image: ScriptImage,
  world: ProcessEnv,
  stopped: ReadonlyMap<number, number> = new Map(),
): ScriptTurn {
  return new ScriptMachine(state, image, world).run(stopped);
}

/** Turns that a trap may take to its end. */
const MAX_TURNS = 1000;

/**
 * What SIGTERM does to a script: nothing without a trap, for a shell that is PID 1; else the trap runs, once the
 * command under way has ended (`wait` is left at once), and the script goes on to its end.
 */
export function stopScript(
  state: ScriptState,
  image: ScriptImage,
  world: ProcessEnv,
): RanCommand | undefined {
  const action = state.traps.TERM;
  const [main, ...others] = state.threads;
  if (action === undefined || action === '' || main === undefined) return undefined;
  const begunAt = world.now;
  const log: string[] = [];
  let files: ScriptTurn['files'] = {};
  const { program, pc, descriptors, tested, frames } = main;
  const call = {
    kind: 'call',
    program,
    pc,
    positional: null,
    locals: {},
    descriptors,
    tested,
    kept: null,
  } as const;
  const interrupted = main.wait?.for === 'jobs' || main.wait === null;
  const firstAt = interrupted ? world.now : main.wait !== null && 'at' in main.wait ? main.wait.at : null;
  if (firstAt === null) return undefined;
  const trapped = { ...main, wait: null, frames: [...frames, call], program: state.programs.length, pc: 0 };
  let next: ScriptState = { ...state, programs: [...state.programs, action], threads: [trapped, ...others] };
  let now = firstAt;
  for (let turns = 0; turns < MAX_TURNS; turns += 1) {
    const turn = turnScript(next, image, { ...world, now });
    log.push(...(turn.log ?? []));
    files = { ...files, ...turn.files };
    if (turn.exitCode !== undefined) return { log, exitCode: turn.exitCode, takesMs: now - begunAt, files };
    if (turn.wakeAt === undefined) return undefined;
    next = turn.state;
    now = turn.wakeAt;
  }
  return undefined;
}
