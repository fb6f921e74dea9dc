import type { Network } from '../../api';
import type { Output } from '../../base';
import type { Machine, World } from '../seams';
import type { Reader } from './reader';
import type { Signal } from './signal';
import type { Tool } from './tool';

/** Steps (commands, loop rounds, lines of a tool) between two breaths of the event loop. */
export const STEPS_PER_BREATH = 200;
/** Steps that one command line may take: far beyond any honest loop, and a bound on what one costs the server. */
export const MAX_STEPS = 5_000_000;
/** Characters that one command line may write in all, through pipes and to files too. */
export const MAX_OUTPUT = 64 * 1024 * 1024;
/** How deep functions, subshells and sourced scripts may nest before the host's own stack would suffer. */
export const MAX_DEPTH = 100;

/** A command line met one of the shell's limits; `message` says which. */
export class LimitError extends Error {
  override name = 'LimitError';
}

/** A process that `kill`, `wait` and `ps` can name. */
export interface Process {
  readonly pid: number;
  readonly command: string;
  readonly signal: Signal;
  readonly done: Promise<number>;
}

/** A process about to run. */
export interface ProcessStart {
  readonly kernel: Kernel;
  readonly argv: readonly string[];
  readonly io: Io;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A program that needs its descriptors themselves: a shell, kubectl. */
export type RawProgram = (start: ProcessStart) => Promise<number>;

/** What all processes of one terminal or script share. Never stored. */
export interface Kernel {
  readonly machine: Machine;
  readonly world: World;
  readonly tools: ReadonlyMap<string, Tool>;
  readonly programs: ReadonlyMap<string, RawProgram>;
  readonly processes: Map<number, Process>;
  nextPid(): number;
  /** Counts one step; when it is time to breathe, the promise to wait for. */
  step(): Promise<void> | undefined;
  countOutput(characters: number): void;
  /** A new command line: its steps and output count from nothing. */
  refill(): void;
}

/** The world as programs of this machine see it: in Alpine's images names are resolved by musl. */
function ownWorld(machine: Machine, world: World): World {
  if (machine.kind !== 'container' || machine.tools === 'all' || !machine.tools.includes('apk')) return world;
  const { network } = world;
  const lookup: Network['lookup'] = (from, name, by = 'musl') => network.lookup(from, name, by);
  return Object.create(world, {
    network: { value: Object.create(network, { lookup: { value: lookup } }) },
  }) as World;
}

/** A kernel for one terminal or script. */
export function createKernel(
  machine: Machine,
  world: World,
  installed: Pick<Kernel, 'tools' | 'programs'>,
): Kernel {
  // Whoever set it for its own commands was a shell of another terminal.
  if (machine.files.umask !== undefined) machine.files.umask = 0o022;
  let steps = 0;
  let output = 0;
  let lastPid = 4200;
  return {
    machine,
    world: ownWorld(machine, world),
    tools: installed.tools,
    programs: installed.programs,
    processes: new Map(),
    nextPid() {
      lastPid += 1;
      return lastPid;
    },
    step() {
      steps += 1;
      if (steps % STEPS_PER_BREATH !== 0) return undefined;
      if (steps > MAX_STEPS) throw new LimitError(`stopped: more than ${MAX_STEPS} steps in one command`);
      return world.breathe();
    },
    countOutput(characters) {
      output += characters;
      if (output > MAX_OUTPUT) throw new LimitError(`stopped: more than ${MAX_OUTPUT} characters of output`);
    },
    refill() {
      steps = 0;
      output = 0;
    },
  };
}

/** The write side of a descriptor. */
export interface Writer extends Output {
  /** It shows on a terminal. */
  readonly isTerminal?: boolean | undefined;
  retain?(): void;
  release?(): void;
}

/** One open file descriptor. */
export interface Descriptor {
  readonly reader?: Reader | undefined;
  readonly writer?: Writer | undefined;
}

/** The open descriptors of a process and the signal that ends it. */
export interface Io {
  readonly fds: Map<number, Descriptor>;
  readonly signal: Signal;
}
