import {
  type AndOr,
  type CommandNode,
  type CompoundCommand,
  type CompoundList,
  type Pipeline,
  type PipelineNode,
  parse,
  type Redirected,
  type Statement,
} from 'unbash';
import type { Compiled, Step } from './steps';
import { substitutionsIn } from './substitutions';

/** A script that cannot be read; the message is without the shell's name. */
export class ScriptSyntaxError extends Error {
  override name = 'ScriptSyntaxError';
}

/** Compiled scripts by their text: a pure function's memory, the same for every cluster. */
const known = new Map<string, Compiled>();
/** Scripts remembered before the memory is emptied. */
const MAX_KNOWN = 300;

/** Turns a script into steps with jumps, so that it can stop anywhere and go on later; throws `ScriptSyntaxError`. */
export function compileScript(source: string): Compiled {
  const found = known.get(source);
  if (found !== undefined) return found;
  const script = parse(source);
  const error = script.errors?.at(-1);
  if (error !== undefined) throw new ScriptSyntaxError(complaint(source, error));
  const compiler = new Compiler();
  compiler.list(script.commands);
  if (known.size >= MAX_KNOWN) known.clear();
  const compiled = { steps: compiler.steps, temps: compiler.temps };
  known.set(source, compiled);
  return compiled;
}

/** What closes a construct that the end of the script left open. */
const CLOSERS: readonly (readonly [RegExp, string])[] = [
  [/'fi'|'then'/, 'fi'],
  [/'done'|'do'/, 'done'],
  [/'esac'|'in'/, 'esac'],
  [/'\}'/, '}'],
  [/'\)'/, ')'],
];

function complaint(
  source: string,
  { message, pos }: { readonly message: string; readonly pos: number },
): string {
  if (/unterminated (?:single|double|ANSI)/.test(message)) return 'syntax error: unterminated quoted string';
  const rest = source.slice(pos).trim();
  if (rest === '') {
    const closer = CLOSERS.find(([shape]) => shape.test(message))?.[1];
    return `syntax error: unexpected end of file${closer === undefined ? '' : ` (expecting "${closer}")`}`;
  }
  const token = /^(?:&&|\|\||;;|[;&|()<>]|[^\s;&|()<>]+)/.exec(rest)?.[0] ?? rest.charAt(0);
  return `syntax error: unexpected "${token}"`;
}

interface Loop {
  readonly start: number;
  readonly breaks: number[];
  /** Redirections around the loop's body that a jump out has to take back. */
  readonly redirects: number;
}

class Compiler {
  readonly steps: Step[] = [];
  readonly temps = new Map<object, number>();
  private loops: Loop[] = [];
  private redirects = 0;
  private slots = 0;

  list(statements: readonly Statement[]): void {
    for (const { command, background } of statements) {
      if (background !== true) this.andOr(command);
      else {
        const spawn = this.reserve();
        this.aside(() => this.andOr(command));
        this.steps.push({ op: 'halt' });
        this.steps[spawn] = { op: 'spawn', end: this.steps.length };
      }
    }
  }

  private andOr(node: PipelineNode | AndOr): void {
    if (node.type !== 'AndOr') {
      this.pipeline(node);
      return;
    }
    const [first, ...rest] = node.commands;
    if (first === undefined) return;
    this.tested(true);
    this.pipeline(first);
    this.tested(false);
    rest.forEach((command, index) => {
      const jump = this.reserve();
      const last = index === rest.length - 1;
      if (!last) this.tested(true);
      this.pipeline(command);
      if (!last) this.tested(false);
      this.steps[jump] = { op: 'jumpIf', succeeded: node.operators[index] === '||', to: this.steps.length };
    });
  }

  private pipeline(node: PipelineNode): void {
    if (node.type !== 'Pipeline') {
      this.command(node);
      return;
    }
    const negated = node.prefixes.some((prefix) => prefix.type === 'Negation');
    if (negated) this.tested(true);
    if (node.commands.length === 1) for (const only of node.commands) this.command(only);
    else this.stages(node);
    if (!negated) return;
    this.tested(false);
    this.steps.push({ op: 'negate' });
  }

  private stages({ commands, operators }: Pipeline): void {
    commands.forEach((command, index) => {
      const next = commands[index + 1];
      this.apart(
        {
          apart: 'stage',
          reads: index > 0,
          writes: next !== undefined,
          errorsToo: operators[index] === '|&',
        },
        () => this.command(command),
      );
    });
  }

  private apart(how: Omit<Extract<Step, { op: 'enter' }>, 'op' | 'end'>, body: () => void): void {
    const enter = this.reserve();
    this.aside(body);
    this.steps[enter] = { op: 'enter', ...how, end: this.steps.length };
    this.steps.push({ op: 'leave' });
  }

  /** Compiles what no `break` can leave. */
  private aside(body: () => void): void {
    const { loops, redirects } = this;
    this.loops = [];
    this.redirects = 0;
    body();
    this.loops = loops;
    this.redirects = redirects;
  }

  private command(node: CommandNode): void {
    switch (node.type) {
      case 'Command':
        this.substitute(node);
        if (this.leap(node.name?.value, node.args[0]?.text)) return;
        this.steps.push({ op: 'run', command: node });
        return;
      case 'Redirected':
        this.redirected(node);
        return;
      case 'Function': {
        const define = this.reserve();
        const body = node.body;
        this.aside(() => (body.type === 'CompoundList' ? this.list(body.commands) : this.command(body)));
        this.steps.push({ op: 'return' });
        this.steps[define] = { op: 'define', name: node.name.value, to: this.steps.length };
        return;
      }
      case 'Coproc':
        throw new ScriptSyntaxError('syntax error: unexpected "coproc"');
      default:
        this.compound(node);
    }
  }

  /** `break` and `continue`; the number of loops they leave is known where they stand. */
  private leap(name: string | undefined, count: string | undefined): boolean {
    if (name !== 'break' && name !== 'continue') return false;
    const levels = Math.max(1, Number(count ?? 1) || 1);
    const loop = this.loops.at(-Math.min(levels, this.loops.length));
    if (loop === undefined) return true;
    for (let open = this.redirects; open > loop.redirects; open -= 1) this.steps.push({ op: 'unredirect' });
    if (name === 'continue') this.steps.push({ op: 'jump', to: loop.start });
    else loop.breaks.push(this.reserve());
    return true;
  }

  private redirected({ command, redirects }: Redirected): void {
    for (const each of redirects) this.substitute(each);
    this.steps.push({ op: 'redirect', redirects });
    this.redirects += 1;
    this.compound(command);
    this.redirects -= 1;
    this.steps.push({ op: 'unredirect' });
  }

  private compound(node: CompoundCommand): void {
    switch (node.type) {
      case 'BraceGroup':
        this.list(node.body.commands);
        return;
      case 'Subshell':
        this.apart({ apart: 'subshell' }, () => this.list(node.body.commands));
        return;
      case 'If':
        this.branches([node, ...node.elif], node.else);
        return;
      case 'While':
        this.loop(node.kind === 'while', () => this.condition(node.clause), node.body);
        return;
      case 'For':
        this.each(node.name.value, node.wordlist, node.body);
        return;
      case 'ArithmeticFor':
        this.counted(node);
        return;
      case 'Case':
        this.cases(node);
        return;
      case 'TestCommand':
        this.substitute(node.expression);
        this.steps.push({ op: 'test', expression: node.expression });
        return;
      case 'ArithmeticCommand':
        this.steps.push({ op: 'calculate', text: node.body });
        return;
      default:
        throw new ScriptSyntaxError('syntax error: unexpected "select"');
    }
  }

  private condition(clause: CompoundList): void {
    this.tested(true);
    this.list(clause.commands);
    this.tested(false);
  }

  private branches(
    all: readonly { readonly clause: CompoundList; readonly then: CompoundList }[],
    otherwise: CompoundList | undefined,
  ): void {
    const ends: number[] = [];
    for (const { clause, then } of all) {
      this.condition(clause);
      const skip = this.reserve();
      this.list(then.commands);
      ends.push(this.reserve());
      this.steps[skip] = { op: 'jumpIf', succeeded: false, to: this.steps.length };
    }
    // An `if` none of whose conditions holds has succeeded.
    this.steps.push({ op: 'status', status: 0 });
    if (otherwise !== undefined) this.list(otherwise.commands);
    for (const end of ends) this.steps[end] = { op: 'jump', to: this.steps.length };
  }

  private loop(whenTrue: boolean, condition: () => void, body: CompoundList, after?: () => void): void {
    const start = this.steps.length;
    condition();
    const out = this.reserve();
    const breaks: number[] = [];
    const again = after === undefined ? start : this.steps.length;
    if (after !== undefined) {
      // The step between two rounds stands before the body, where `continue` can find it.
      const over = this.reserve();
      const update = this.steps.length;
      after();
      this.steps.push({ op: 'jump', to: start });
      this.steps[over] = { op: 'jump', to: this.steps.length };
      this.body(body, update, breaks);
    } else this.body(body, again, breaks);
    const end = this.steps.length;
    this.steps[out] = { op: 'jumpIf', succeeded: !whenTrue, to: end };
    for (const index of breaks) this.steps[index] = { op: 'jump', to: end };
    this.steps.push({ op: 'status', status: 0 });
  }

  private body(body: CompoundList, again: number, breaks: number[]): void {
    this.loops.push({ start: again, breaks, redirects: this.redirects });
    this.list(body.commands);
    this.loops.pop();
    this.steps.push({ op: 'jump', to: again });
  }

  private each(
    name: string,
    words: Extract<CompoundCommand, { type: 'For' }>['wordlist'],
    body: CompoundList,
  ) {
    for (const word of words ?? []) this.substitute(word);
    const slot = this.slots;
    this.slots += 1;
    this.steps.push({ op: 'forStart', slot, words });
    const next = this.reserve();
    const breaks: number[] = [];
    this.body(body, next, breaks);
    const end = this.steps.length;
    this.steps[next] = { op: 'forNext', slot, name, to: end };
    for (const index of breaks) this.steps[index] = { op: 'jump', to: end };
  }

  private counted(node: Extract<CompoundCommand, { type: 'ArithmeticFor' }>): void {
    const source = (part: { readonly pos: number; readonly end: number } | undefined) => textOf(part);
    if (node.initialize !== undefined) this.steps.push({ op: 'calculate', text: source(node.initialize) });
    const condition = () =>
      this.steps.push({ op: 'calculate', text: node.test === undefined ? '1' : source(node.test) });
    const { update } = node;
    this.loop(true, condition, node.body, () => {
      if (update !== undefined) this.steps.push({ op: 'calculate', text: source(update) });
    });
  }

  private cases(node: Extract<CompoundCommand, { type: 'Case' }>): void {
    this.substitute(node.word);
    for (const item of node.items) for (const pattern of item.pattern) this.substitute(pattern);
    const head = this.reserve();
    const ends: number[] = [];
    const items = node.items.map((item) => {
      const to = this.steps.length;
      this.list(item.body.commands);
      if (item.terminator !== ';&') ends.push(this.reserve());
      return { patterns: item.pattern, to };
    });
    const end = this.steps.length;
    this.steps[head] = { op: 'case', word: node.word, items, to: end };
    for (const index of ends) this.steps[index] = { op: 'jump', to: end };
  }

  /** What `$(…)` stands for is worked out before the command that it is a part of. */
  private substitute(node: object): void {
    for (const part of substitutionsIn(node)) {
      const temp = this.temps.size;
      this.temps.set(part, temp);
      this.apart({ apart: 'capture', temp }, () => this.list(part.script?.commands ?? []));
    }
  }

  private tested(on: boolean): void {
    this.steps.push({ op: 'tested', on });
  }

  private reserve(): number {
    this.steps.push({ op: 'jump', to: 0 });
    return this.steps.length - 1;
  }
}

/** The source of an arithmetic expression, written anew from its tree. */
function textOf(node: unknown): string {
  if (typeof node !== 'object' || node === null || !('type' in node)) return '';
  const { type } = node;
  const get = (name: string): unknown => (node as Readonly<Record<string, unknown>>)[name];
  if (type === 'ArithmeticBinary')
    return `${textOf(get('left'))} ${String(get('operator'))} ${textOf(get('right'))}`;
  if (type === 'ArithmeticUnary') {
    const [operator, operand] = [String(get('operator')), textOf(get('operand'))];
    return get('prefix') === true ? operator + operand : operand + operator;
  }
  if (type === 'ArithmeticTernary')
    return `${textOf(get('test'))} ? ${textOf(get('consequent'))} : ${textOf(get('alternate'))}`;
  if (type === 'ArithmeticGroup') return `(${textOf(get('expression'))})`;
  return String(get('value') ?? get('text') ?? '');
}
