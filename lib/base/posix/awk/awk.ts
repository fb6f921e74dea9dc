import { formatPrintf } from '../printf-text';
import { ToolError } from '../tool-error';
import { AwkExpression, type AwkWorld } from './evaluate';
import { AwkMemory } from './memory';
import { parseAwk } from './parse';
import type { AwkProgram, Expr, Rule, Stmt } from './program';
import { isTrue, toNumber, toText, type Value } from './values';

/** Rounds of loops that one record may take. */
const MAX_ROUNDS = 1_000_000;

class Jump extends Error {
  override name = 'Jump';
  readonly to: 'next' | 'break' | 'continue' | 'exit' | 'return';
  readonly value: Value;
  constructor(to: Jump['to'], value: Value) {
    super(to);
    this.to = to;
    this.value = value;
  }
}

/** One run of an awk program over records given one by one. */
export class Awk {
  readonly #program: AwkProgram;
  readonly #memory: AwkMemory;
  readonly #expression: AwkExpression;
  readonly #ranges = new Set<Rule>();
  #file: string | undefined;
  #out = '';
  #rounds = 0;
  #status = 0;
  readonly #files = new Map<string, { append: boolean; text: string }>();
  readonly #pipes = new Map<string, string>();

  constructor(program: AwkProgram, world: AwkWorld) {
    this.#program = program;
    this.#memory = new AwkMemory(world.variables);
    this.#expression = new AwkExpression(this.#memory, world, (name, args) => this.#callOwn(name, args));
  }

  /** Sets a variable before the program begins, or between files. */
  set(name: string, value: Value): void {
    this.#memory.writeGlobal(name, value);
  }

  /** What was printed since it was last taken. */
  takeOutput(): string {
    const text = this.#out;
    this.#out = '';
    return text;
  }

  /** What was printed to files, by the path typed. */
  get files(): ReadonlyMap<string, { readonly append: boolean; readonly text: string }> {
    return this.#files;
  }

  /** What was printed into commands. */
  get pipes(): ReadonlyMap<string, string> {
    return this.#pipes;
  }

  get status(): number {
    return this.#status;
  }

  /** Whether there is anything to do for records. */
  get reads(): boolean {
    return this.#rules('record').length > 0 || this.#rules('END').length > 0;
  }

  /** Runs the BEGIN or END rules; false when the program has left. */
  perform(when: 'BEGIN' | 'END'): boolean {
    this.#rounds = 0;
    return this.#guarded(() => {
      for (const rule of this.#rules(when)) if (rule.body !== undefined) this.#execute(rule.body);
    });
  }

  /** Takes one record in; false when the program wants no more. */
  record(line: string, file: string): boolean {
    this.#rounds = 0;
    if (this.#file !== file) this.#memory.writeGlobal('FNR', 0);
    this.#file = file;
    this.#memory.writeGlobal('FILENAME', file);
    this.#memory.count('NR');
    this.#memory.count('FNR');
    this.#memory.record = line;
    return this.#guarded(() => {
      for (const rule of this.#rules('record')) if (this.#selects(rule)) this.#act(rule);
    });
  }

  #rules(when: Rule['when']): readonly Rule[] {
    return this.#program.rules.filter((rule) => rule.when === when);
  }

  #guarded(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof Jump)) throw error;
      if (error.to !== 'exit') return true;
      this.#status = toNumber(error.value);
      return false;
    }
  }

  #selects(rule: Rule): boolean {
    if (rule.pattern === undefined) return true;
    if (rule.until === undefined) return isTrue(this.#expression.value(rule.pattern));
    const inside = this.#ranges.has(rule);
    if (!inside && !isTrue(this.#expression.value(rule.pattern))) return false;
    if (isTrue(this.#expression.value(rule.until))) this.#ranges.delete(rule);
    else this.#ranges.add(rule);
    return true;
  }

  #act(rule: Rule): void {
    if (rule.body === undefined) this.#out += this.#memory.record + this.#memory.text('ORS');
    else this.#execute(rule.body);
  }

  #callOwn(name: string, args: readonly Expr[]): Value {
    const found = this.#program.functions.get(name);
    if (found === undefined) throw new ToolError(`calling undefined function ${name}`, 2);
    const frame = new Map<string, Value | Map<string, Value>>();
    for (const [index, parameter] of found.parameters.entries())
      frame.set(parameter, this.#argument(args[index]));
    return this.#memory.within(name, frame, () => {
      try {
        this.#execute(found.body);
        return { text: '' };
      } catch (error) {
        if (error instanceof Jump && error.to === 'return') return error.value;
        throw error;
      }
    });
  }

  /** Arrays are given as they are, all else as its value. */
  #argument(arg: Expr | undefined): Value | Map<string, Value> {
    if (arg === undefined) return { text: '' };
    const isArray = arg.kind === 'variable' && this.#memory.isArray(arg.name);
    return isArray ? this.#memory.array(arg.name) : this.#expression.value(arg);
  }

  #print(statement: Stmt & { kind: 'print' }): void {
    const values = statement.args.map((arg) => toText(this.#expression.value(arg)));
    const [format = '', ...rest] = values;
    const text = statement.format
      ? formatPrintf(format, rest, true).text
      : (values.length === 0 ? this.#memory.record : values.join(this.#memory.text('OFS'))) +
        this.#memory.text('ORS');
    if (statement.to === undefined) {
      this.#out += text;
      return;
    }
    const target = toText(this.#expression.value(statement.to.target));
    if (statement.to.operator === '|') this.#pipes.set(target, (this.#pipes.get(target) ?? '') + text);
    else {
      const held = this.#files.get(target) ?? { append: statement.to.operator === '>>', text: '' };
      this.#files.set(target, { ...held, text: held.text + text });
    }
  }

  /** Runs a loop's body; false when the loop is left. */
  #round(body: Stmt): boolean {
    this.#rounds += 1;
    if (this.#rounds > MAX_ROUNDS)
      throw new ToolError(`stopped: more than ${MAX_ROUNDS} rounds for one record`, 2);
    try {
      this.#execute(body);
    } catch (error) {
      if (error instanceof Jump && error.to === 'break') return false;
      if (!(error instanceof Jump && error.to === 'continue')) throw error;
    }
    return true;
  }

  #execute(statement: Stmt): void {
    switch (statement.kind) {
      case 'block':
        for (const each of statement.body) this.#execute(each);
        return;
      case 'expr':
        this.#expression.value(statement.value);
        return;
      case 'print':
        this.#print(statement);
        return;
      case 'if':
        if (isTrue(this.#expression.value(statement.test))) this.#execute(statement.yes);
        else if (statement.no !== undefined) this.#execute(statement.no);
        return;
      case 'while':
        if (statement.first && !this.#round(statement.body)) return;
        while (isTrue(this.#expression.value(statement.test))) if (!this.#round(statement.body)) return;
        return;
      case 'for':
        if (statement.start !== undefined) this.#execute(statement.start);
        while (statement.test === undefined || isTrue(this.#expression.value(statement.test))) {
          if (!this.#round(statement.body)) return;
          if (statement.next !== undefined) this.#execute(statement.next);
        }
        return;
      case 'each':
        for (const key of [...this.#memory.array(statement.array).keys()]) {
          this.#expression.assign({ kind: 'variable', name: statement.variable }, { text: key });
          if (!this.#round(statement.body)) return;
        }
        return;
      case 'delete':
        if (statement.keys === undefined) this.#memory.array(statement.name).clear();
        else this.#memory.array(statement.name).delete(this.#expression.key(statement.keys));
        return;
      default:
        throw new Jump(
          statement.name,
          statement.value === undefined ? 0 : this.#expression.value(statement.value),
        );
    }
  }
}

/** An awk program ready to run; throws `ToolError` in awk's words. */
export function startAwk(source: string, world: AwkWorld): Awk {
  return new Awk(parseAwk(source), world);
}
