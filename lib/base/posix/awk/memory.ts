import { compileRegExp } from '../regular-expression';
import { ToolError } from '../tool-error';
import { toNumber, toText, type Value } from './values';

type Frame = Map<string, Value | Map<string, Value>>;
/** How deep functions may call one another. */
const MAX_DEPTH = 200;

/** What an awk program remembers: variables, arrays, and the record it looks at with its fields. */
export class AwkMemory {
  readonly #globals = new Map<string, Value>();
  readonly #arrays = new Map<string, Map<string, Value>>();
  readonly #shapes = new Map<string, RegExp>();
  readonly #frames: Frame[] = [];
  #record = '';
  #fields: string[] = [];

  constructor(environment: Readonly<Record<string, string>>) {
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
    this.#arrays.set('ENVIRON', new Map(Object.entries(environment).map(([name, text]) => [name, { text }])));
  }

  /** One of awk's own variables as text: FS, OFS, ORS, SUBSEP, FILENAME. */
  text(name: string): string {
    return toText(this.#globals.get(name) ?? '');
  }

  /** A variable where it is read; a number that was never set is an empty text. */
  read(name: string): Value {
    const local = this.#frame?.get(name);
    if (local instanceof Map) throw new ToolError(`can't use array ${name} in scalar context`, 2);
    return local ?? this.#globals.get(name) ?? { text: '' };
  }

  /** Sets a variable; to set NF changes the record. */
  write(name: string, value: Value): void {
    if (this.#frame?.has(name) === true) {
      this.#frame.set(name, value);
      return;
    }
    this.#globals.set(name, value);
    if (name !== 'NF') return;
    const count = toNumber(value);
    while (this.#fields.length < count) this.#fields.push('');
    this.#fields.length = count;
    this.#rebuild();
  }

  /** Sets a variable of the whole program, whatever function runs. */
  writeGlobal(name: string, value: Value): void {
    this.#globals.set(name, value);
  }

  /** Adds one to a counter of records. */
  count(name: 'NR' | 'FNR'): void {
    this.#globals.set(name, toNumber(this.#globals.get(name) ?? 0) + 1);
  }

  /** Whether a name means an array of the whole program. */
  isArray(name: string): boolean {
    return !this.#globals.has(name) && this.#arrays.has(name);
  }

  /** The array of that name, made where there is none. */
  array(name: string): Map<string, Value> {
    const held = this.#frame?.has(name) === true ? this.#frame.get(name) : this.#arrays.get(name);
    if (held instanceof Map) return held;
    const made = new Map<string, Value>();
    if (this.#frame?.has(name) === true) this.#frame.set(name, made);
    else this.#arrays.set(name, made);
    return made;
  }

  /** Runs a function's body with variables of its own. */
  within(name: string, frame: Frame, body: () => Value): Value {
    if (this.#frames.length > MAX_DEPTH) throw new ToolError(`function ${name}: nested too deep`, 2);
    this.#frames.push(frame);
    try {
      return body();
    } finally {
      this.#frames.pop();
    }
  }

  get #frame(): Frame | undefined {
    return this.#frames.at(-1);
  }

  /** The record: $0. */
  get record(): string {
    return this.#record;
  }

  set record(text: string) {
    this.#record = text;
    this.#fields = this.split(text, this.text('FS'));
    this.#globals.set('NF', this.#fields.length);
  }

  /** A field: $1 and so on; $0 is the record. */
  field(index: number): Value {
    return { text: index === 0 ? this.#record : (this.#fields[index - 1] ?? '') };
  }

  /** Sets a field, and the record with it. */
  writeField(index: number, text: string): void {
    if (index === 0) {
      this.record = text;
      return;
    }
    while (this.#fields.length < index) this.#fields.push('');
    this.#fields[index - 1] = text;
    this.#rebuild();
  }

  #rebuild(): void {
    this.#record = this.#fields.join(this.text('OFS'));
    this.#globals.set('NF', this.#fields.length);
  }

  /** Parts a text as FS says: one space means runs of blanks, one character itself, more a regular expression. */
  split(text: string, separator: string): string[] {
    if (text === '') return [];
    if (separator === ' ') return text.trim() === '' ? [] : text.trim().split(/[ \t\n]+/);
    if (separator === '') return [...text];
    return text.split(separator.length === 1 && separator !== '\\' ? separator : this.shape(separator));
  }

  /** A regular expression, read once. */
  shape(source: string): RegExp {
    let shape = this.#shapes.get(source);
    if (shape === undefined) {
      shape = compileRegExp(source, 'extended', '');
      this.#shapes.set(source, shape);
    }
    return shape;
  }
}
