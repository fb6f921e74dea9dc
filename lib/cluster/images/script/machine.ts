import { matchesPattern } from '../../../base';
import type { ProcessEnv } from '../../seams';
import { compileScript, ScriptSyntaxError } from './compile';
import { holds } from './conditions';
import { calculate, expandFields, expandPattern, expandText, ScriptFailure } from './expand';
import { flushStages } from './flush-stages';
import { LiveThread } from './live-thread';
import { redirected } from './redirects';
import { CommandRunner, FLUSHED } from './run-command';
import { scopeOf } from './scope';
import { ScriptFiles } from './script-files';
import type { ScriptHost } from './script-host';
import type { ScriptImage, ScriptTurn } from './script-image';
import type { Compiled, Step } from './steps';
import type { ScriptState, Target } from './thread';
import { settled } from './waits';

/** Steps that one turn may take before the script must yield: a loop without a sleep would never end. */
const MAX_STEPS = 2000;
const YIELD_MS = 100;
/** Text that a pipe or a substitution may gather. */
const MAX_TEXT = 1024 * 1024;
/** The command line itself as a program. */
const ARGV: Compiled = { steps: [{ op: 'argv' }], temps: new Map() };

/** One turn of a script: goes on with every thread until all of them wait. */
export class ScriptMachine implements ScriptHost {
  readonly files: ScriptFiles;
  readonly image: ScriptImage;
  readonly world: ProcessEnv;
  readonly threads: LiveThread[];
  readonly programs: (string | null)[];
  readonly ended: Record<string, number>;
  readonly traps: Record<string, string>;
  readonly started: { readonly id: number; readonly argv: readonly string[] }[] = [];
  nextId: number;
  becomes: readonly string[] | undefined;
  signal: ScriptTurn['signal'];
  out = '';
  err = '';
  readonly log: string[] = [];
  private partial: string;
  private exitCode: number | undefined;
  private readonly runner = new CommandRunner(this);

  constructor(state: ScriptState, image: ScriptImage, world: ProcessEnv) {
    this.image = image;
    this.world = world;
    this.files = new ScriptFiles(world);
    this.threads = state.threads.map((thread) => new LiveThread(thread));
    this.programs = [...state.programs];
    this.ended = { ...state.ended };
    this.traps = { ...state.traps };
    this.nextId = state.nextId;
    this.partial = state.partial;
  }

  /** Servers of the image that have ended, with their status, are told by number. */
  run(stopped: ReadonlyMap<number, number>): ScriptTurn {
    let budget = MAX_STEPS;
    for (let moved = true; moved && this.exitCode === undefined && this.becomes === undefined; ) {
      moved = false;
      // Threads that are begun on the way get their turn too.
      for (let index = 0; index < this.threads.length; index += 1) {
        const thread = this.threads[index];
        if (thread === undefined) continue;
        while (budget > 0 && this.goesOn(thread, stopped)) {
          budget -= 1;
          moved = true;
          this.step(thread);
          if (this.exitCode !== undefined || this.becomes !== undefined) break;
        }
      }
      if (budget <= 0) break;
    }
    return this.turn(budget <= 0 ? this.world.now + YIELD_MS : undefined);
  }

  private goesOn(thread: LiveThread, stopped: ReadonlyMap<number, number>): boolean {
    return !thread.ended && (thread.wait === null || settled(this, thread, stopped));
  }

  private turn(yieldAt: number | undefined): ScriptTurn {
    const live = this.threads.filter((thread) => !thread.ended);
    for (const thread of live) flushStages(this, thread);
    const { log, out, err, started, becomes, signal, exitCode } = this;
    const moments = live.flatMap(({ wait }) =>
      wait !== null && 'at' in wait && wait.at !== null ? [wait.at] : [],
    );
    const wakeAt = Math.min(...moments, yieldAt ?? Number.POSITIVE_INFINITY);
    const last = exitCode !== undefined && this.partial !== '' ? [this.partial] : [];
    return {
      state: {
        programs: this.programs,
        threads: live.map((thread) => thread.kept),
        ended: this.ended,
        traps: this.traps,
        nextId: this.nextId,
        partial: exitCode === undefined ? this.partial : '',
      },
      log: [...log, ...last],
      files: this.files.changes,
      started,
      out,
      err,
      ...(becomes === undefined ? {} : { becomes }),
      ...(signal === undefined ? {} : { signal }),
      ...(exitCode === undefined ? (Number.isFinite(wakeAt) ? { wakeAt } : {}) : { exitCode }),
    };
  }

  /** Writes to where a descriptor leads. */
  write(thread: LiveThread, target: Target, text: string, isError = false): void {
    if (text === '' || target.to === 'null') return;
    if (target.to === 'file') {
      const failure = this.files.append(target.path, text);
      if (failure !== undefined)
        this.write(thread, { to: 'log' }, `${this.shellName}: write error: ${failure}\n`, true);
    } else if (target.to === 'text') {
      const before = thread.slots[target.slot] ?? '';
      thread.slots[target.slot] = before.length > MAX_TEXT ? before : before + text;
    } else {
      if (isError) this.err += text;
      else this.out += text;
      const lines = (this.partial + text).split('\n');
      this.partial = lines.pop() ?? '';
      this.log.push(...lines);
    }
  }

  get shellName(): string {
    const name = (this.world.argv[0] ?? 'sh').replace(/^.*\//, '');
    return /^(ba|da|a)?sh$/.test(name) ? name : 'sh';
  }

  /** A complaint of the shell's own. */
  complain(thread: LiveThread, message: string): void {
    const place =
      this.shellName === 'bash' ? 'bash: line 1: ' : this.isDash ? 'sh: 1: ' : `${this.shellName}: `;
    this.write(thread, thread.descriptors.err, `${place}${message}\n`, true);
  }

  get isDash(): boolean {
    return this.shellName === 'sh' && !this.image.tools.includes('ash');
  }

  compiled(program: number): Compiled {
    const source = this.programs[program];
    if (source === null || source === undefined) return ARGV;
    try {
      return compileScript(source);
    } catch (error) {
      if (!(error instanceof ScriptSyntaxError)) throw error;
      throw new ScriptFailure(error.message, 2);
    }
  }

  /** The number under which a text is run. */
  program(source: string): number {
    const known = this.programs.indexOf(source);
    if (known >= 0) return known;
    this.programs.push(source);
    return this.programs.length - 1;
  }

  private step(thread: LiveThread): void {
    try {
      const { steps } = this.compiled(thread.program);
      const step = steps[thread.pc];
      if (step === undefined) this.returns(thread, thread.status);
      else {
        thread.pc += 1;
        this.take(thread, step);
      }
    } catch (error) {
      if (!(error instanceof ScriptFailure)) throw error;
      this.complain(thread, error.message);
      thread.status = error.status;
      this.exit(thread, error.status);
    }
  }

  private take(thread: LiveThread, step: Step): void {
    const scope = scopeOf(this, thread);
    switch (step.op) {
      case 'run':
        this.runner.run(thread, step.command);
        return;
      case 'argv':
        this.runner.start(thread, this.world.argv, thread.descriptors, thread.environment);
        return;
      case 'jump':
        thread.pc = step.to;
        return;
      case 'jumpIf':
        if ((thread.status === 0) === step.succeeded) thread.pc = step.to;
        return;
      case 'negate':
        thread.status = thread.status === 0 ? 1 : 0;
        return;
      case 'status':
        thread.status = step.status;
        return;
      case 'tested':
        thread.tested += step.on ? 1 : -1;
        return;
      case 'forStart': {
        const words = step.words?.flatMap((word) => expandFields(scope, word)) ?? thread.positional;
        thread.loops[loopKey(thread, step.slot)] = { words, at: 0 };
        return;
      }
      case 'forNext':
        this.nextRound(thread, step);
        return;
      case 'case': {
        const text = expandText(scope, step.word);
        const found = step.items.find(({ patterns }) =>
          patterns.some((each) => matchesPattern(expandPattern(scope, each), text)),
        );
        thread.pc = found?.to ?? step.to;
        thread.status = 0;
        return;
      }
      case 'test':
        thread.status = holds(step.expression, scope, { files: this.files, cwd: thread.cwd }) ? 0 : 1;
        this.mayLeave(thread);
        return;
      case 'calculate':
        thread.status = calculate(scope, step.text) === 0n ? 1 : 0;
        return;
      case 'redirect':
        thread.push({ kind: 'redirect', descriptors: thread.descriptors });
        thread.descriptors = redirected(thread, scope, this.files, step.redirects);
        return;
      case 'unredirect':
        this.unredirect(thread);
        return;
      case 'enter':
        this.enter(thread, step);
        return;
      case 'leave':
        this.leave(thread);
        return;
      case 'spawn':
        this.spawn(thread, step.end);
        return;
      case 'halt':
        this.halt(thread);
        return;
      case 'define':
        thread.functions = { ...thread.functions, [step.name]: [thread.program, thread.pc] };
        thread.pc = step.to;
        thread.status = 0;
        return;
      case 'return':
        this.returns(thread, thread.status);
    }
  }

  private nextRound(thread: LiveThread, step: Extract<Step, { op: 'forNext' }>): void {
    const key = loopKey(thread, step.slot);
    const loop = thread.loops[key];
    const word = loop?.words[loop.at];
    if (loop === undefined || word === undefined) {
      delete thread.loops[key];
      thread.pc = step.to;
      return;
    }
    thread.variables[step.name] = word;
    thread.loops[key] = { ...loop, at: loop.at + 1 };
  }

  private unredirect(thread: LiveThread): void {
    const frame = thread.frames.at(-1);
    if (frame?.kind !== 'redirect') return;
    thread.descriptors = frame.descriptors;
    thread.frames = thread.frames.slice(0, -1);
  }

  private enter(thread: LiveThread, step: Extract<Step, { op: 'enter' }>): void {
    const slot = step.apart === 'capture' || step.writes === true ? thread.slot() : undefined;
    const { program, descriptors, tested } = thread;
    const { apart, end, temp } = step;
    thread.push({ kind: 'apart', program, end, kept: thread.own, descriptors, tested, slot, temp, apart });
    if (step.reads === true) {
      thread.descriptors = {
        ...thread.descriptors,
        in: { from: 'text', slot: thread.slot(thread.slots.pipe ?? '') },
      };
      delete thread.slots.pipe;
    }
    if (slot === undefined) return;
    const target = { to: 'text', slot } as const;
    thread.descriptors = {
      ...thread.descriptors,
      out: target,
      ...(step.errorsToo === true ? { err: target } : {}),
    };
  }

  private leave(thread: LiveThread): void {
    const frame = thread.frames.at(-1);
    if (frame?.kind !== 'apart') return;
    thread.frames = thread.frames.slice(0, -1);
    thread.restore(frame.kept);
    const source = thread.descriptors.in;
    if (frame.apart === 'stage' && source.from === 'text' && source !== frame.descriptors.in)
      delete thread.slots[source.slot];
    thread.descriptors = frame.descriptors;
    thread.tested = frame.tested;
    if (frame.slot !== undefined) {
      const text = thread.slots[frame.slot] ?? '';
      delete thread.slots[frame.slot];
      if (frame.apart === 'capture') thread.temps[frame.temp ?? 0] = text.replace(/\n+$/, '');
      else {
        thread.slots.pipe = text;
        const flushed = `flushed ${frame.slot}`;
        if (thread.slots[flushed] !== undefined) thread.slots[FLUSHED] = '1';
        delete thread.slots[flushed];
      }
    }
    if (frame.apart !== 'capture') this.mayLeave(thread);
  }

  private spawn(thread: LiveThread, end: number): void {
    const id = this.nextId;
    this.nextId += 1;
    const beside = new LiveThread({ ...thread.kept, id, frames: [], wait: null });
    beside.descriptors = { ...thread.descriptors, in: { from: 'nothing' } };
    this.threads.push(beside);
    thread.lastJob = id;
    thread.pc = end;
    thread.status = 0;
  }

  /** Ends a thread; with the first one the script is over. */
  private halt(thread: LiveThread): void {
    if (thread !== this.threads[0]) {
      thread.ended = true;
      this.ended[thread.id] = thread.status;
      return;
    }
    const trap = this.traps.EXIT;
    if (trap === undefined || trap === '') this.exitCode = thread.status;
    else {
      delete this.traps.EXIT;
      thread.frames = [];
      thread.program = this.program(`${trap}\nexit ${thread.status}`);
      thread.pc = 0;
    }
  }

  /** Goes back to the caller, or ends at the end of the script. */
  returns(thread: LiveThread, status: number): void {
    thread.status = status;
    const index = thread.frames.findLastIndex(({ kind }) => kind === 'call');
    const frame = thread.frames[index];
    if (frame?.kind !== 'call') {
      this.halt(thread);
      return;
    }
    thread.frames = thread.frames.slice(0, index);
    thread.program = frame.program;
    thread.pc = frame.pc;
    thread.descriptors = frame.descriptors;
    thread.tested = frame.tested;
    if (frame.kept !== null) thread.restore(frame.kept);
    if (frame.positional !== null) thread.positional = frame.positional;
    for (const [name, value] of Object.entries(frame.locals)) {
      if (value === null) delete thread.variables[name];
      else thread.variables[name] = value;
    }
    this.mayLeave(thread);
  }

  /** `exit`: out of the innermost subshell, or of the script. */
  exit(thread: LiveThread, status: number): void {
    thread.status = status;
    const index = thread.frames.findLastIndex(
      (frame) => frame.kind === 'apart' || (frame.kind === 'call' && frame.kept !== null),
    );
    const frame = thread.frames[index];
    if (frame === undefined || frame.kind === 'redirect') {
      this.halt(thread);
      return;
    }
    thread.frames = thread.frames.slice(0, index + 1);
    if (frame.kind === 'call') this.returns(thread, status);
    else {
      thread.program = frame.program;
      thread.pc = frame.end;
    }
  }

  /** A command is done: one that replaced its shell takes the shell along. */
  commandEnded(thread: LiveThread): void {
    if (thread.replaced) this.exit(thread, thread.status);
    else this.mayLeave(thread);
  }

  /** `set -e`. */
  mayLeave(thread: LiveThread): void {
    if (thread.status !== 0 && thread.tested === 0 && thread.options.includes('e'))
      this.exit(thread, thread.status);
  }
}

const loopKey = (thread: LiveThread, slot: number): string =>
  `${thread.program}.${slot}.${thread.frames.length}`;
