import type { ProcessEnv, Turn } from '../../seams';
import { executableName } from '../program';
import { runCommand } from './script-commands';
import { compile, ScriptSyntaxError, type Step, type Word } from './script-compile';
import type { Ran } from './script-env';
import { type Piece, tokenize } from './script-syntax';

/** Where a script stands; a type alias so that it is JSON. */
export type ScriptState = {
  readonly pc: number;
  readonly status: number;
  readonly variables: Readonly<Record<string, string>>;
  /** How far each `for` has come, by its slot. */
  readonly loops: Readonly<Record<string, number>>;
  /** Files that it has written. */
  readonly files: Readonly<Record<string, string>>;
  /** The script's text, or null for a single command taken from argv. */
  readonly source: string | null;
};

/** What a script did until it waits, ends, or becomes the image's own program. */
export type ScriptTurn = Turn & {
  readonly state: ScriptState;
  readonly becomes?: readonly string[] | undefined;
};

/** Executables that the script interpreter stands for. */
export const SCRIPT_COMMANDS: ReadonlySet<string> = new Set(
  'sh bash ash dash sleep tail echo printf true false cat env hostname date ls exec test [ curl wget nc nslookup ping id whoami pwd uname'.split(
    ' ',
  ),
);

const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash']);

/** Steps that one turn may take before the program must yield: a loop without a sleep would never end. */
const MAX_STEPS_PER_TURN = 2000;
const YIELD_MS = 100;

/** Starts what argv names: a shell with -c, or one command. */
export function startScript(env: ProcessEnv, own: ReadonlySet<string>): ScriptTurn {
  const source = scriptOf(env);
  const state: ScriptState = { pc: 0, status: 0, variables: {}, loops: {}, files: {}, source };
  return turnScript(state, env, own);
}

/** Goes on until the script waits or ends. */
export function turnScript(state: ScriptState, env: ProcessEnv, own: ReadonlySet<string>): ScriptTurn {
  const steps = stepsOf(state, env);
  if (typeof steps === 'string') return { state, log: [`${env.argv[0]}: ${steps}`], exitCode: 2 };
  const run = new ScriptRun(state, env, own, steps);
  return run.go();
}

/** The script of `sh -c '…'`; a shell without -c reads an empty standard input and ends. */
function scriptOf(env: ProcessEnv): string | null {
  if (!SHELLS.has(executableName(env.argv))) return null;
  const flag = env.argv.findIndex((word, index) => index > 0 && /^-[a-z]*c$/.test(word));
  if (flag >= 0) return env.argv[flag + 1] ?? '';
  const file = env.argv.slice(1).find((word) => !word.startsWith('-'));
  return file === undefined ? '' : (env.readFile(file) ?? '');
}

function stepsOf(state: ScriptState, env: ProcessEnv): readonly Step[] | string {
  if (state.source === null) {
    const words = env.argv.map((text): Word => ({ pieces: [{ kind: 'text', text }], quoted: true }));
    return [{ op: 'run', words, quiet: false }];
  }
  try {
    return compile(tokenize(state.source));
  } catch (error) {
    if (error instanceof ScriptSyntaxError) return error.message;
    throw error;
  }
}

/** One turn's run over the steps. */
class ScriptRun {
  private pc: number;
  private status: number;
  private variables: Record<string, string>;
  private loops: Record<string, number>;
  private files: Record<string, string>;
  private readonly log: string[] = [];
  private partial = '';
  private readonly source: string | null;
  private readonly env: ProcessEnv;
  private readonly own: ReadonlySet<string>;
  private readonly steps: readonly Step[];

  constructor(state: ScriptState, env: ProcessEnv, own: ReadonlySet<string>, steps: readonly Step[]) {
    this.pc = state.pc;
    this.status = state.status;
    this.variables = { ...state.variables };
    this.loops = { ...state.loops };
    this.files = { ...state.files };
    this.source = state.source;
    this.env = env;
    this.own = own;
    this.steps = steps;
  }

  go(): ScriptTurn {
    for (let count = 0; count < MAX_STEPS_PER_TURN; count += 1) {
      const step = this.steps[this.pc];
      if (step === undefined) return this.ends(this.status);
      this.pc += 1;
      const turn = this.take(step);
      if (turn !== undefined) return turn;
    }
    return this.waits(this.env.now + YIELD_MS);
  }

  private take(step: Step): ScriptTurn | undefined {
    switch (step.op) {
      case 'jump':
        this.pc = step.to;
        return undefined;
      case 'jumpIf':
        if ((this.status === 0) === step.succeeded) this.pc = step.to;
        return undefined;
      case 'negate':
        this.status = this.status === 0 ? 1 : 0;
        return undefined;
      case 'succeed':
        this.status = 0;
        return undefined;
      case 'each':
        this.each(step);
        return undefined;
      case 'run':
        return this.run(step);
    }
  }

  private each(step: Extract<Step, { op: 'each' }>): void {
    const items = step.words.flatMap((word) => this.fields(word));
    const index = this.loops[step.slot] ?? 0;
    const item = items[index];
    if (item === undefined) {
      delete this.loops[step.slot];
      this.pc = step.to;
      return;
    }
    this.variables[step.name] = item;
    this.loops[step.slot] = index + 1;
  }

  private run(step: Extract<Step, { op: 'run' }>): ScriptTurn | undefined {
    const words = step.words.flatMap((word) => this.fields(word));
    const argv = words[0] === 'exec' ? words.slice(1) : words;
    if (this.own.has(executableName(argv))) return { state: this.state(), log: this.lines(), becomes: argv };
    const ran = runCommand(argv, this.shellEnv());
    this.status = ran.status;
    this.variables = { ...this.variables, ...ran.assigns };
    this.write(step, ran);
    if (ran.exit) return this.ends(ran.status);
    if (words[0] === 'exec' && argv.length > 0 && ran.waitMs === undefined) return this.ends(ran.status);
    return ran.waitMs === undefined ? undefined : this.waits(this.env.now + ran.waitMs);
  }

  private write(step: Extract<Step, { op: 'run' }>, ran: Ran): void {
    if (!step.quiet && ran.errors !== '') this.print(ran.errors);
    const path = step.into === undefined ? '/dev/stdout' : (this.fields(step.into.path)[0] ?? '');
    if (path.startsWith('/dev/std') || path.startsWith('/proc/')) this.print(ran.output);
    else if (path !== '/dev/null') {
      const before = step.into?.append === true ? (this.files[path] ?? this.env.readFile(path) ?? '') : '';
      this.files[path] = before + ran.output;
    }
  }

  private print(text: string): void {
    const lines = (this.partial + text).split('\n');
    this.partial = lines.pop() ?? '';
    this.log.push(...lines);
  }

  private fields(word: Word): readonly string[] {
    const text = word.pieces.map((piece) => this.fill(piece)).join('');
    const splits = !word.quoted && word.pieces.some((piece) => piece.kind !== 'text');
    if (splits) return text.split(/\s+/).filter((field) => field !== '');
    return [text];
  }

  private fill(piece: Piece): string {
    if (piece.kind === 'text') return piece.text;
    if (piece.kind === 'variable') return this.variable(piece.name) ?? piece.fallback;
    if (piece.kind === 'arithmetic') return String(this.arithmetic(piece.source));
    const argv = tokenize(piece.source).flatMap((token) => (token.kind === 'word' ? this.fields(token) : []));
    return runCommand(argv, this.shellEnv()).output.replace(/\n+$/, '');
  }

  private variable(name: string): string | undefined {
    if (name === '?') return String(this.status);
    if (name === 'HOSTNAME') return this.env.hostname;
    return this.variables[name] ?? this.env.env[name];
  }

  /** Sums and differences, which is what counters in loops need. */
  private arithmetic(source: string): number {
    let sum = 0;
    for (const term of source.matchAll(/([+-]?)\s*(\$?[A-Za-z_]\w*|\d+)/g)) {
      const name = term[2] ?? '0';
      const value = /^\d/.test(name) ? Number(name) : Number(this.variable(name.replace(/^\$/, '')) ?? 0);
      sum += term[1] === '-' ? -value : value;
    }
    return sum;
  }

  private shellEnv() {
    const { files, env } = this;
    return {
      ...env,
      readFile: (path: string) => files[path] ?? env.readFile(path),
      variables: this.variables,
    };
  }

  private state(): ScriptState {
    const { pc, status, variables, loops, files, source } = this;
    return { pc, status, variables, loops, files, source };
  }

  private lines(): readonly string[] {
    return this.partial === '' ? this.log : [...this.log, this.partial];
  }

  private waits(at: number): ScriptTurn {
    return {
      state: this.state(),
      log: this.lines(),
      files: this.files,
      ...(at === Infinity ? {} : { wakeAt: at }),
    };
  }

  private ends(exitCode: number): ScriptTurn {
    return { state: this.state(), log: this.lines(), files: this.files, exitCode };
  }
}
