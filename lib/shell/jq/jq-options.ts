import { FileError, type JqPrintStyle, type JqValue, JsonReader, JsonTextError } from '../../base';
import type { ToolContext } from '../process';

/** What jq's command line asks for. */
export interface JqOptions {
  readonly filter: string;
  readonly files: readonly string[];
  readonly variables: ReadonlyMap<string, JqValue>;
  readonly nullInput: boolean;
  readonly slurp: boolean;
  readonly raw: boolean;
  readonly rawOutput: boolean;
  readonly joinOutput: boolean;
  readonly nulOutput: boolean;
  readonly sequence: boolean;
  readonly exitStatus: boolean;
  readonly style: JqPrintStyle;
}

const SHORT_USAGE =
  'Usage:\tjq [OPTIONS] FILTER [FILES...]\n\tjq [OPTIONS] --args FILTER [ARGUMENTS...]\n\tjq [OPTIONS] --jsonargs FILTER [JSON_VALUES...]\n';
const USAGE = `Usage:\tjq [OPTIONS] FILTER [FILES...]
\tjq [OPTIONS] -n FILTER [FILES...]
\tjq [OPTIONS] --args FILTER [ARGUMENTS...]
\tjq [OPTIONS] --jsonargs FILTER [JSON_VALUES...]

jq is a tool for processing JSON inputs, applying the given filter to
its JSON text inputs and producing the filter's results as JSON on
standard output.
`;

/** Long options and the letter of each. */
const LONG: Readonly<Record<string, string>> = {
  slurp: 's',
  'raw-input': 'R',
  'null-input': 'n',
  'compact-output': 'c',
  'color-output': 'C',
  'monochrome-output': 'M',
  'raw-output': 'r',
  'join-output': 'j',
  'raw-output0': '0',
  'ascii-output': 'a',
  'sort-keys': 'S',
  'exit-status': 'e',
  tab: 't',
  unbuffered: 'u',
  seq: 'q',
  help: 'h',
  version: 'V',
  'from-file': 'f',
};
const LETTERS = 'sRnccCMrjaSeShVf';
const MAX_INDENT = 7;

class Usage extends Error {}

/** Reads jq's command line; a number is the status to end with, everything being said. */
export async function readJqOptions(context: ToolContext): Promise<JqOptions | number> {
  const reader = new OptionReader(context);
  try {
    return await reader.read();
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
    await context.err(
      `${error.message}Use jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://jqlang.github.io/jq\n`,
    );
    return 2;
  }
}

class OptionReader {
  readonly #context: ToolContext;
  readonly #words: string[];
  readonly #letters = new Set<string>();
  readonly #variables = new Map<string, JqValue>();
  readonly #positional: JqValue[] = [];
  readonly #files: string[] = [];
  #filter: string | undefined;
  #indent = 2;
  #rest: 'files' | 'args' | 'jsonargs' = 'files';

  constructor(context: ToolContext) {
    this.#context = context;
    this.#words = [...context.args];
  }

  async read(): Promise<JqOptions | number> {
    let onlyOperands = false;
    for (let word = this.#words.shift(); word !== undefined; word = this.#words.shift()) {
      if (onlyOperands || !word.startsWith('-') || word === '-') this.#operand(word);
      else if (word === '--') onlyOperands = true;
      else if (word.startsWith('--')) await this.#long(word.slice(2));
      else this.#short(word);
    }
    if (this.#letters.has('h')) {
      await this.#context.out(USAGE);
      return 0;
    }
    if (this.#letters.has('V')) {
      await this.#context.out('jq-1.7.1\n');
      return 0;
    }
    if (this.#letters.has('f')) await this.#fromFile();
    if (this.#filter === undefined) {
      if (!this.#context.stdin.isTerminal && this.#context.args.length === 0) this.#filter = '.';
      else throw new Usage(SHORT_USAGE);
    }
    return this.#options(this.#filter);
  }

  #operand(word: string): void {
    if (this.#filter === undefined) this.#filter = word;
    else if (this.#rest === 'files') this.#files.push(word);
    else if (this.#rest === 'args') this.#positional.push(word);
    else this.#positional.push(this.#json(word, `Invalid JSON text passed to --jsonargs`));
  }

  #short(word: string): void {
    for (const letter of word.slice(1)) {
      if (letter === 'L') {
        this.#words.shift();
        return;
      }
      if (!LETTERS.includes(letter))
        throw new Usage(`jq: Unknown arguments\n${''}`.replace('arguments', `option ${word}`));
      this.#letters.add(letter);
    }
  }

  async #long(name: string): Promise<void> {
    const letter = LONG[name];
    if (letter !== undefined) {
      this.#letters.add(letter);
      return;
    }
    switch (name) {
      case 'arg':
        this.#named(name, 2, (key, value) => this.#variables.set(`$${key}`, value));
        return;
      case 'argjson':
        this.#named(name, 2, (key, value) =>
          this.#variables.set(`$${key}`, this.#json(value, `Invalid JSON text passed to --argjson`)),
        );
        return;
      case 'slurpfile':
      case 'rawfile':
        await this.#file(name);
        return;
      case 'args':
        this.#rest = 'args';
        return;
      case 'jsonargs':
        this.#rest = 'jsonargs';
        return;
      case 'indent':
        this.#setIndent();
        return;
      case 'stream':
        throw new Usage('jq: --stream is not supported here; tostream makes the same events of a value\n');
      default:
        throw new Usage(`jq: Unknown option --${name}\n`);
    }
  }

  #setIndent(): void {
    const text = this.#words.shift();
    if (text === undefined) throw new Usage('jq: --indent takes one parameter\n');
    const width = Number.parseInt(text, 10);
    if (width < 0) throw new Usage('jq: Cannot indent less than zero\n');
    if (width > MAX_INDENT) throw new Usage('jq: Cannot indent more than 7 characters\n');
    this.#indent = Number.isNaN(width) ? 0 : width;
  }

  #named(option: string, count: number, keep: (key: string, value: string) => void): void {
    const [key, value] = [this.#words.shift(), this.#words.shift()];
    if (key === undefined || value === undefined) {
      const what =
        option === 'argjson' ? '(e.g. --argjson varname text)' : `(e.g. --${option} varname value)`;
      throw new Usage(`jq: --${option} takes ${count === 2 ? 'two' : count} parameters ${what}\n`);
    }
    keep(key, value);
  }

  async #file(option: 'slurpfile' | 'rawfile'): Promise<void> {
    const [key, path] = [this.#words.shift(), this.#words.shift()];
    if (key === undefined || path === undefined)
      throw new Usage(`jq: --${option} takes two parameters (e.g. --${option} varname filename)\n`);
    try {
      const text = await this.#context.readFile(path);
      this.#variables.set(`$${key}`, option === 'rawfile' ? text : readAll(text));
    } catch (error) {
      if (error instanceof FileError)
        throw new Usage(
          `jq: Bad JSON in --${option} ${key} ${path}: Could not open ${path}: ${error.message}\n`,
        );
      if (error instanceof JsonTextError)
        throw new Usage(`jq: Bad JSON in --${option} ${key} ${path}: ${error.message}\n`);
      throw error;
    }
  }

  async #fromFile(): Promise<void> {
    const path = this.#filter ?? '';
    try {
      this.#filter = await this.#context.readFile(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new Usage(`jq: error: Could not open ${path}: ${error.message}\n`);
    }
  }

  #json(text: string, complaint: string): JqValue {
    try {
      const [value = null, ...more] = readAll(text);
      if (more.length === 0 && text.trim() !== '') return value;
    } catch (error) {
      if (!(error instanceof JsonTextError)) throw error;
    }
    throw new Usage(`jq: ${complaint}\n`);
  }

  #options(filter: string): JqOptions {
    const has = (letter: string) => this.#letters.has(letter);
    const named = new Map([...this.#variables].map(([name, value]) => [name.slice(1), value] as const));
    const variables = new Map(this.#variables);
    variables.set('$__prog_args', this.#positional);
    variables.set(
      '$ARGS',
      new Map<string, JqValue>([
        ['positional', this.#positional],
        ['named', named],
      ]),
    );
    const compact = has('c') || this.#indent === 0;
    return {
      filter,
      files: this.#files,
      variables,
      nullInput: has('n'),
      slurp: has('s'),
      raw: has('R'),
      rawOutput: has('r') || has('j') || has('0'),
      joinOutput: has('j'),
      nulOutput: has('0'),
      sequence: has('q'),
      exitStatus: has('e'),
      style: {
        indent: has('t') ? '\t' : compact ? undefined : ' '.repeat(this.#indent),
        sortKeys: has('S'),
        color:
          !has('M') &&
          (has('C') || (this.#context.stdoutIsTerminal && this.#context.environment.NO_COLOR === undefined)),
        ascii: has('a'),
      },
    };
  }
}

function readAll(text: string): readonly JqValue[] {
  const reader = new JsonReader(text);
  const all: JqValue[] = [];
  for (let value = reader.read(); value !== undefined; value = reader.read()) all.push(value);
  return all;
}
