import { unknownNames } from './check-names';
import { type JqWorld, type Scope, withName } from './environment';
import { Evaluator, type Library } from './evaluate';
import { FILTER_FUNCTIONS } from './filter-functions';
import { JqSyntaxError } from './jq-syntax-error';
import { parseDefinitions, parseFilter } from './parse-filter';
import { PRELUDE } from './prelude';
import type { Filter } from './syntax';
import type { JqValue } from './value';
import { VALUE_FUNCTIONS } from './value-functions';

/** A filter that does not compile; the message is jq's, with the line it is about. */
export class JqCompileError extends Error {
  override name = 'JqCompileError';
}

/** A filter ready to run. */
export interface CompiledFilter {
  run(input: JqValue, world: JqWorld): Generator<JqValue>;
  /** The same, telling where in the input each output stands; undefined when it is not a part of it. */
  trace(
    input: JqValue,
    world: JqWorld,
  ): Generator<{ readonly value: JqValue; readonly keys: readonly JqValue[] | undefined }>;
}

let library: Library | undefined;

function standardLibrary(): Library {
  library ??= {
    values: VALUE_FUNCTIONS,
    filters: FILTER_FUNCTIONS,
    definitions: new Map(
      parseDefinitions(PRELUDE).map((each) => [`${each.name}/${each.params.length}`, each] as const),
    ),
  };
  return library;
}

/** jq's report of mistakes: each with its line, blanks up to its place, and their number. */
function report(
  text: string,
  mistakes: readonly { readonly message: string; readonly pos: number }[],
): string {
  const parts = mistakes.map(({ message, pos }) => {
    const start = text.lastIndexOf('\n', pos - 1) + 1;
    const end = text.indexOf('\n', pos);
    const line = text.slice(start, end < 0 ? text.length : end);
    const number = text.slice(0, start).split('\n').length;
    return `jq: error: ${message} at <top-level>, line ${number}:\n${line}${' '.repeat(Math.max(0, pos - start))}\n`;
  });
  return `${parts.join('')}jq: ${mistakes.length} compile error${mistakes.length === 1 ? '' : 's'}\n`;
}

/** Compiles a filter; `variables` are those of the command line, with their `$`. */
export function compileFilter(
  text: string,
  variables: ReadonlyMap<string, JqValue> = new Map(),
): CompiledFilter {
  let filter: Filter;
  try {
    filter = parseFilter(text);
  } catch (error) {
    if (!(error instanceof JqSyntaxError)) throw error;
    const message = `${error.message} (Unix shell quoting issues?)`;
    const also = error.also === undefined ? [] : [error.also];
    throw new JqCompileError(report(text, [{ message, pos: error.pos }, ...also]));
  }
  const known = standardLibrary();
  const unknown = unknownNames(filter, known, new Set(variables.keys()));
  if (unknown.length > 0) throw new JqCompileError(report(text, unknown));
  let scope: Scope | undefined;
  for (const [name, value] of variables) scope = withName(scope, name, { kind: 'value', value });
  return {
    run: (input, world) => new Evaluator(known, world).outputs(filter, scope, input),
    trace: (input, world) => new Evaluator(known, world).traced(filter, scope, input),
  };
}
