import {
  type CompiledFilter,
  compileFilter,
  FileError,
  isJqTrue,
  JqCompileError,
  JqError,
  JqHalt,
  JqLimitError,
  type JqValue,
  type JqWorld,
  JsonReader,
  JsonTextError,
  jqJson,
  jqText,
  printJqJson,
} from '../../base';
import type { Tool, ToolContext } from '../process';
import { type JqOptions, readJqOptions } from './jq-options';

/** Statuses that jq ends with. */
const STATUS = { nothing: 4, falsy: 1, usage: 2, compile: 3, runtime: 5 } as const;

/** jq: filters over a stream of JSON. */
export const jq: Tool = async (context) => {
  const options = await readJqOptions(context);
  if (typeof options === 'number') return options;
  let filter: CompiledFilter;
  try {
    filter = compileFilter(options.filter, options.variables);
  } catch (error) {
    if (!(error instanceof JqCompileError)) throw error;
    await context.err(error.message);
    return STATUS.compile;
  }
  return new JqRun(context, options, filter).perform();
};

/** One source of inputs. */
interface Source {
  readonly name: string | undefined;
  readonly reader: JsonReader;
}

class JqRun {
  readonly #context: ToolContext;
  readonly #options: JqOptions;
  readonly #filter: CompiledFilter;
  readonly #told: string[] = [];
  #sources: Source[] = [];
  #source: Source | undefined;
  #lines = 0;
  #status = 0;
  #last: JqValue | undefined;

  constructor(context: ToolContext, options: JqOptions, filter: CompiledFilter) {
    this.#context = context;
    this.#options = options;
    this.#filter = filter;
  }

  async perform(): Promise<number> {
    const opened = await this.#open();
    try {
      await this.#each();
    } catch (error) {
      if (error instanceof JqHalt) return this.#halt(error);
      if (!(error instanceof JsonTextError)) throw error;
      await this.#context.err(`jq: parse error: ${error.message}\n`);
      this.#status = STATUS.usage;
    }
    if (this.#status !== 0) return this.#status;
    if (!opened) return STATUS.usage;
    if (!this.#options.exitStatus) return 0;
    if (this.#last === undefined) return STATUS.nothing;
    return isJqTrue(this.#last) ? 0 : STATUS.falsy;
  }

  /** Opens the named files; false when one could not be. */
  async #open(): Promise<boolean> {
    const { files, nullInput } = this.#options;
    let all = true;
    for (const name of files) {
      try {
        this.#sources.push({ name, reader: new JsonReader(await this.#context.readFile(name)) });
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        await this.#context.err(`jq: error: Could not open ${name}: ${error.message}\n`);
        all = false;
      }
    }
    if (files.length === 0 && !(nullInput && !/\binputs?\b/.test(this.#options.filter))) {
      this.#sources = [{ name: undefined, reader: new JsonReader(await this.#context.stdin.readAll()) }];
    }
    return all;
  }

  async #each(): Promise<void> {
    const { nullInput, slurp, raw } = this.#options;
    if (nullInput) {
      await this.#one(null);
      return;
    }
    if (raw) {
      await this.#rawInputs(slurp);
      return;
    }
    if (slurp) {
      const all: JqValue[] = [];
      for (let value = this.#next(); value !== undefined; value = this.#next()) all.push(value);
      await this.#one(all);
      return;
    }
    for (let value = this.#next(); value !== undefined; value = this.#next()) await this.#one(value);
  }

  #next(): JqValue | undefined {
    for (;;) {
      this.#source ??= this.#sources.shift();
      const source = this.#source;
      if (source === undefined) return undefined;
      const value = source.reader.read();
      this.#lines = source.reader.linesRead;
      if (value !== undefined) return value;
      this.#source = undefined;
    }
  }

  /** `-R`: lines as strings; with `-s` the whole text. */
  async #rawInputs(whole: boolean): Promise<void> {
    const text = this.#sources.map(({ reader }) => reader.text).join('');
    if (whole) {
      await this.#one(text);
      return;
    }
    const lines = text.split('\n');
    if (lines[lines.length - 1] === '') lines.pop();
    for (const [at, line] of lines.entries()) {
      this.#lines = at + 1;
      await this.#one(line);
    }
  }

  /** Runs the filter on one input; an error ends only this one. */
  async #one(input: JqValue): Promise<void> {
    const world: JqWorld = {
      now: this.#context.now,
      environment: this.#context.environment,
      nextInput: () => this.#next(),
      inputFilename: () => this.#source?.name,
      inputLine: () => this.#lines,
      tell: (text) => this.#told.push(text),
    };
    try {
      for (const output of this.#filter.run(input, world)) {
        await this.#context.step();
        await this.#tellAll();
        this.#last = output;
        await this.#print(output);
      }
      await this.#tellAll();
    } catch (error) {
      await this.#tellAll();
      if (error instanceof JqError) await this.#complain(error.value);
      else if (error instanceof JqLimitError) await this.#context.err(`jq: error: ${error.message}\n`);
      else throw error;
      this.#status = STATUS.runtime;
    }
  }

  async #complain(value: JqValue): Promise<void> {
    const where = this.#options.nullInput && this.#source === undefined ? '<unknown>' : this.#place();
    if (typeof value === 'string') await this.#context.err(`jq: error (at ${where}): ${value}\n`);
    else await this.#context.err(`jq: error (at ${where}) (not a string): ${jqJson(value)}\n`);
  }

  #place(): string {
    return `${this.#source?.name ?? '<stdin>'}:${this.#lines}`;
  }

  async #tellAll(): Promise<void> {
    for (const text of this.#told.splice(0)) await this.#context.err(text);
  }

  async #print(value: JqValue): Promise<void> {
    const { rawOutput, joinOutput, sequence, style } = this.#options;
    const text = rawOutput && typeof value === 'string' && !style.ascii ? value : printJqJson(value, style);
    const end = joinOutput ? '' : this.#options.nulOutput ? '\0' : '\n';
    await this.#context.out(`${sequence ? '\x1e' : ''}${text}${end}`);
  }

  async #halt({ status, value }: JqHalt): Promise<number> {
    await this.#tellAll();
    if (value !== undefined && value !== null) {
      await this.#context.err(typeof value === 'string' ? jqText(value) : `${jqJson(value)}\n`);
    }
    return status;
  }
}
