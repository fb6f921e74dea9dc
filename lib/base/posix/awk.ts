import { type AwkProgram, type Expr, parseAwk, type Rule, type Stmt } from './awk-parse';
import { isTrue, looksNumeric, toNumber, toText, type Value } from './awk-values';
import { formatPrintf } from './printf-text';
import { compileRegExp } from './regular-expression';
import { ToolError } from './tool-error';

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

/** What a program asks of the world beside its input. */
export interface AwkWorld {
  readonly variables: Readonly<Record<string, string>>;
  now(): number;
  random(): number;
}

/** One run of an awk program over records given one by one. */
export class Awk {
  readonly #program: AwkProgram;
  readonly #world: AwkWorld;
  readonly #globals = new Map<string, Value>();
  readonly #arrays = new Map<string, Map<string, Value>>();
  readonly #shapes = new Map<string, RegExp>();
  readonly #ranges = new Set<Rule>();
  #locals: Map<string, Value | Map<string, Value>>[] = [];
  #record = '';
  #fields: string[] = [];
  #out = '';
  #rounds = 0;
  #status = 0;
  readonly #files = new Map<string, { append: boolean; text: string }>();
  readonly #pipes = new Map<string, string>();

  constructor(program: AwkProgram, world: AwkWorld) {
    this.#program = program;
    this.#world = world;
    const names: Readonly<Record<string, Value>> = {
      FS: ' ',
      OFS: ' ',
      ORS: '\n',
      RS: '\n',
      SUBSEP: '\x1c',
      NR: 0,
      NF: 0,
      FNR: 0,
      FILENAME: '',
    };
    for (const [name, value] of Object.entries(names)) this.#globals.set(name, value);
    const environment = new Map(Object.entries(world.variables).map(([name, text]) => [name, { text }]));
    this.#arrays.set('ENVIRON', environment);
  }

  set(name: string, value: Value): void {
    this.#globals.set(name, value);
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
    if (toText(this.#globals.get('FILENAME') ?? '') !== file) this.#globals.set('FNR', 0);
    this.#globals.set('FILENAME', file === '-' ? '' : file);
    this.#globals.set('NR', toNumber(this.#globals.get('NR') ?? 0) + 1);
    this.#globals.set('FNR', toNumber(this.#globals.get('FNR') ?? 0) + 1);
    this.#setRecord(line);
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
    if (rule.until === undefined) return isTrue(this.#value(rule.pattern));
    const inside = this.#ranges.has(rule);
    if (!inside && !isTrue(this.#value(rule.pattern))) return false;
    if (isTrue(this.#value(rule.until))) this.#ranges.delete(rule);
    else this.#ranges.add(rule);
    return true;
  }

  #act(rule: Rule): void {
    if (rule.body === undefined) this.#out += this.#record + toText(this.#globals.get('ORS') ?? '\n');
    else this.#execute(rule.body);
  }

  #setRecord(text: string): void {
    this.#record = text;
    this.#fields = this.#split(text, toText(this.#globals.get('FS') ?? ' '));
    this.#globals.set('NF', this.#fields.length);
  }

  #split(text: string, separator: string): string[] {
    if (text === '') return [];
    if (separator === ' ') return text.trim() === '' ? [] : text.trim().split(/[ \t\n]+/);
    if (separator === '') return [...text];
    return text.split(separator.length === 1 && separator !== '\\' ? separator : this.#shape(separator));
  }

  #rebuild(): void {
    this.#record = this.#fields.join(toText(this.#globals.get('OFS') ?? ' '));
    this.#globals.set('NF', this.#fields.length);
  }

  #shape(source: string): RegExp {
    let shape = this.#shapes.get(source);
    if (shape === undefined) {
      shape = compileRegExp(source, 'extended', '');
      this.#shapes.set(source, shape);
    }
    return shape;
  }

  #pattern(expr: Expr | undefined): RegExp {
    if (expr === undefined) return /(?:)/;
    return this.#shape(expr.kind === 'regex' ? expr.source : toText(this.#value(expr)));
  }

  #array(name: string): Map<string, Value> {
    const local = this.#locals[this.#locals.length - 1];
    if (local?.has(name) === true) {
      const held = local.get(name);
      if (held instanceof Map) return held;
      const made = new Map<string, Value>();
      local.set(name, made);
      return made;
    }
    const found = this.#arrays.get(name) ?? new Map<string, Value>();
    this.#arrays.set(name, found);
    return found;
  }

  #key(keys: readonly Expr[]): string {
    return keys.map((key) => toText(this.#value(key))).join(toText(this.#globals.get('SUBSEP') ?? '\x1c'));
  }

  #assign(target: Expr, value: Value): Value {
    if (target.kind === 'element') this.#array(target.name).set(this.#key(target.keys), value);
    else if (target.kind === 'field') {
      const index = toNumber(this.#value(target.index));
      if (index === 0) this.#setRecord(toText(value));
      else {
        while (this.#fields.length < index) this.#fields.push('');
        this.#fields[index - 1] = toText(value);
        this.#rebuild();
      }
    } else if (target.kind === 'variable') {
      const local = this.#locals[this.#locals.length - 1];
      if (local?.has(target.name) === true) local.set(target.name, value);
      else {
        this.#globals.set(target.name, value);
        if (target.name === 'NF') {
          const count = toNumber(value);
          while (this.#fields.length < count) this.#fields.push('');
          this.#fields.length = count;
          this.#rebuild();
        }
      }
    }
    return value;
  }

  #value(expr: Expr): Value {
    switch (expr.kind) {
      case 'number':
      case 'string':
        return expr.value;
      case 'regex':
        return this.#shape(expr.source).test(this.#record) ? 1 : 0;
      case 'variable': {
        const local = this.#locals[this.#locals.length - 1]?.get(expr.name);
        if (local instanceof Map) throw new ToolError(`can't use array ${expr.name} in scalar context`, 2);
        return local ?? this.#globals.get(expr.name) ?? { text: '' };
      }
      case 'field': {
        const index = toNumber(this.#value(expr.index));
        return { text: index === 0 ? this.#record : (this.#fields[index - 1] ?? '') };
      }
      case 'element': {
        const array = this.#array(expr.name);
        const key = this.#key(expr.keys);
        const found = array.get(key);
        if (found === undefined) array.set(key, { text: '' });
        return found ?? { text: '' };
      }
      case 'assign': {
        const value = this.#value(expr.value);
        if (expr.operator === '') return this.#assign(expr.target, value);
        return this.#assign(expr.target, this.#calculate(expr.operator, this.#value(expr.target), value));
      }
      case 'step': {
        const before = toNumber(this.#value(expr.target));
        this.#assign(expr.target, before + expr.by);
        return expr.before ? before + expr.by : before;
      }
      case 'unary': {
        const value = this.#value(expr.operand);
        return expr.operator === '!'
          ? isTrue(value)
            ? 0
            : 1
          : expr.operator === '-'
            ? -toNumber(value)
            : toNumber(value);
      }
      case 'in':
        return this.#array(expr.name).has(this.#key(expr.keys)) ? 1 : 0;
      case 'choice':
        return this.#value(isTrue(this.#value(expr.test)) ? expr.yes : expr.no);
      case 'call':
        return this.#call(expr.name, expr.args);
      default:
        return this.#binary(expr);
    }
  }

  #binary(expr: Expr & { kind: 'binary' }): Value {
    const { operator } = expr;
    if (operator === '&&') return isTrue(this.#value(expr.left)) && isTrue(this.#value(expr.right)) ? 1 : 0;
    if (operator === '||') return isTrue(this.#value(expr.left)) || isTrue(this.#value(expr.right)) ? 1 : 0;
    const left = this.#value(expr.left);
    if (operator === '~' || operator === '!~')
      return this.#pattern(expr.right).test(toText(left)) === (operator === '~') ? 1 : 0;
    const right = this.#value(expr.right);
    if (operator === ' ') return toText(left) + toText(right);
    if (!['<', '<=', '==', '!=', '>', '>='].includes(operator)) return this.#calculate(operator, left, right);
    const numbers = looksNumeric(left) && looksNumeric(right);
    const [a, b] = numbers ? [toNumber(left), toNumber(right)] : [toText(left), toText(right)];
    const order = a < b ? -1 : a > b ? 1 : 0;
    const holds = {
      '<': order < 0,
      '<=': order <= 0,
      '==': order === 0,
      '!=': order !== 0,
      '>': order > 0,
      '>=': order >= 0,
    }[operator];
    return holds === true ? 1 : 0;
  }

  #calculate(operator: string, left: Value, right: Value): number {
    const [a, b] = [toNumber(left), toNumber(right)];
    if ((operator === '/' || operator === '%') && b === 0)
      throw new ToolError(`division by zero${operator === '%' ? ' in %' : ''}`, 2);
    switch (operator) {
      case '+':
        return a + b;
      case '-':
        return a - b;
      case '*':
        return a * b;
      case '/':
        return a / b;
      case '%':
        return a % b;
      default:
        return a ** b;
    }
  }

  #call(name: string, args: readonly Expr[]): Value {
    const [first, second, third] = args;
    const text = (expr: Expr | undefined) => (expr === undefined ? this.#record : toText(this.#value(expr)));
    const number = (expr: Expr | undefined) => (expr === undefined ? 0 : toNumber(this.#value(expr)));
    switch (name) {
      case 'length': {
        const known =
          first?.kind === 'variable' && !this.#globals.has(first.name) && this.#arrays.has(first.name);
        return known && first.kind === 'variable' ? this.#array(first.name).size : [...text(first)].length;
      }
      case 'substr': {
        const chars = [...text(first)];
        const from = Math.round(number(second));
        const count = third === undefined ? chars.length + 1 : Math.round(number(third));
        return chars
          .slice(Math.max(0, from - 1), Math.max(0, third === undefined ? chars.length : from - 1 + count))
          .join('');
      }
      case 'index':
        return text(first).indexOf(text(second)) + 1;
      case 'tolower':
        return text(first).toLowerCase();
      case 'toupper':
        return text(first).toUpperCase();
      case 'int':
        return Math.trunc(number(first));
      case 'sqrt':
        return Math.sqrt(number(first));
      case 'exp':
        return Math.exp(number(first));
      case 'log':
        return Math.log(number(first));
      case 'rand':
        return this.#world.random();
      case 'srand':
        return 0;
      case 'systime':
        return Math.floor(this.#world.now() / 1000);
      case 'sprintf': {
        const [format = '', ...rest] = args.map((arg) => this.#value(arg));
        return formatPrintf(toText(format), rest.map(toText), true).text;
      }
      case 'match': {
        const found = this.#pattern(second).exec(text(first));
        this.#globals.set('RSTART', found === null ? 0 : found.index + 1);
        this.#globals.set('RLENGTH', found === null ? -1 : found[0].length);
        return found === null ? 0 : found.index + 1;
      }
      case 'split': {
        if (second?.kind !== 'variable') throw new ToolError('split: second argument is not an array', 2);
        const source = text(first);
        const parts =
          third?.kind === 'regex'
            ? source === ''
              ? []
              : source.split(this.#shape(third.source))
            : this.#split(source, third === undefined ? toText(this.#globals.get('FS') ?? ' ') : text(third));
        const array = this.#array(second.name);
        array.clear();
        for (const [index, part] of parts.entries()) array.set(String(index + 1), { text: part });
        return parts.length;
      }
      case 'sub':
      case 'gsub':
        return this.#substitute(
          name === 'gsub',
          first,
          text(second),
          third ?? { kind: 'field', index: { kind: 'number', value: 0 } },
        );
      default:
        return this.#callOwn(name, args);
    }
  }

  #substitute(all: boolean, pattern: Expr | undefined, replacement: string, target: Expr): number {
    const source = this.#pattern(pattern).source;
    let count = 0;
    const before = toText(this.#value(target));
    const after = before.replace(new RegExp(source, all ? 'g' : ''), (match) => {
      count += 1;
      return replacement.replace(/\\&|\\\\|&/g, (piece) => (piece === '&' ? match : piece.slice(1)));
    });
    if (count > 0) this.#assign(target, after);
    return count;
  }

  #callOwn(name: string, args: readonly Expr[]): Value {
    const found = this.#program.functions.get(name);
    if (found === undefined) throw new ToolError(`calling undefined function ${name}`, 2);
    if (this.#locals.length > 200) throw new ToolError(`function ${name}: nested too deep`, 2);
    const frame = new Map<string, Value | Map<string, Value>>();
    for (const [index, parameter] of found.parameters.entries()) {
      const arg = args[index];
      const isArray = arg?.kind === 'variable' && !this.#globals.has(arg.name) && this.#arrays.has(arg.name);
      frame.set(
        parameter,
        arg === undefined
          ? { text: '' }
          : isArray && arg.kind === 'variable'
            ? this.#array(arg.name)
            : this.#value(arg),
      );
    }
    this.#locals.push(frame);
    try {
      this.#execute(found.body);
      return { text: '' };
    } catch (error) {
      if (error instanceof Jump && error.to === 'return') return error.value;
      throw error;
    } finally {
      this.#locals.pop();
    }
  }

  #print(statement: Stmt & { kind: 'print' }): void {
    const values = statement.args.map((arg) => toText(this.#value(arg)));
    const [format = '', ...rest] = values;
    const text = statement.format
      ? formatPrintf(format, rest, true).text
      : (values.length === 0 ? this.#record : values.join(toText(this.#globals.get('OFS') ?? ' '))) +
        toText(this.#globals.get('ORS') ?? '\n');
    if (statement.to === undefined) {
      this.#out += text;
      return;
    }
    const target = toText(this.#value(statement.to.target));
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
        this.#value(statement.value);
        return;
      case 'print':
        this.#print(statement);
        return;
      case 'if':
        if (isTrue(this.#value(statement.test))) this.#execute(statement.yes);
        else if (statement.no !== undefined) this.#execute(statement.no);
        return;
      case 'while':
        if (statement.first && !this.#round(statement.body)) return;
        while (isTrue(this.#value(statement.test))) if (!this.#round(statement.body)) return;
        return;
      case 'for':
        if (statement.start !== undefined) this.#execute(statement.start);
        while (statement.test === undefined || isTrue(this.#value(statement.test))) {
          if (!this.#round(statement.body)) return;
          if (statement.next !== undefined) this.#execute(statement.next);
        }
        return;
      case 'each':
        for (const key of [...this.#array(statement.array).keys()]) {
          this.#assign({ kind: 'variable', name: statement.variable }, { text: key });
          if (!this.#round(statement.body)) return;
        }
        return;
      case 'delete':
        if (statement.keys === undefined) this.#array(statement.name).clear();
        else this.#array(statement.name).delete(this.#key(statement.keys));
        return;
      default:
        throw new Jump(statement.name, statement.value === undefined ? 0 : this.#value(statement.value));
    }
  }
}

/** An awk program ready to run; throws `ToolError` in awk's words. */
export function startAwk(source: string, world: AwkWorld): Awk {
  return new Awk(parseAwk(source), world);
}
