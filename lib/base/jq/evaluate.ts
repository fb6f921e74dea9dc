import { assign } from './assign';
import { destructure } from './destructure';
import { findName, type JqWorld, type Output, type Scope, withName } from './environment';
import { formatText } from './formats';
import { combine } from './operators';
import { index } from './paths';
import type { Filter, FunctionDefinition } from './syntax';
import {
  identical,
  isArray,
  isNumber,
  isObject,
  isTrue,
  JqError,
  JqLimitError,
  type JqObject,
  type JqValue,
  numberOf,
  shown,
  toJsonText,
} from './value';

/** Steps that one output may take before it is given up: a bound on how long the host is kept busy. */
const MAX_STEPS = 500_000;

class Break extends Error {
  readonly mark: object;
  constructor(mark: object) {
    super('break');
    this.mark = mark;
  }
}

/** A builtin over values; its arguments are evaluated first, in all combinations. */
export type ValueFunction = (input: JqValue, args: readonly JqValue[], world: JqWorld) => JqValue;
/** A builtin that runs its arguments itself. */
export type FilterFunction = (
  run: Evaluator,
  args: readonly Filter[],
  scope: Scope | undefined,
  input: Output,
) => Generator<Output>;

/** The functions that every filter knows. */
export interface Library {
  readonly values: ReadonlyMap<string, ValueFunction>;
  readonly filters: ReadonlyMap<string, FilterFunction>;
  readonly definitions: ReadonlyMap<string, FunctionDefinition>;
}

/** Runs filters. */
export class Evaluator {
  readonly world: JqWorld;
  readonly #library: Library;
  #steps = 0;

  constructor(library: Library, world: JqWorld) {
    this.#library = library;
    this.world = world;
  }

  /** Every output of a filter on one input; each may take the same number of steps. */
  *outputs(filter: Filter, scope: Scope | undefined, input: JqValue): Generator<JqValue> {
    this.#steps = 0;
    try {
      for (const output of this.run(filter, scope, { value: input, trail: undefined })) {
        yield output.value;
        this.#steps = 0;
      }
    } catch (error) {
      if (error instanceof RangeError) throw new JqLimitError('stopped: functions nest too deep');
      throw error;
    }
  }

  /** The same outputs with their paths, where they are parts of the input as it came. */
  *traced(
    filter: Filter,
    scope: Scope | undefined,
    input: JqValue,
  ): Generator<{ readonly value: JqValue; readonly keys: readonly JqValue[] | undefined }> {
    this.#steps = 0;
    for (const { value, trail } of this.run(filter, scope, {
      value: input,
      trail: { keys: [], value: input },
    })) {
      yield { value, keys: trail !== undefined && trail.value === value ? trail.keys : undefined };
      this.#steps = 0;
    }
  }

  /** Counts one step. */
  step(): void {
    this.#steps += 1;
    if (this.#steps > MAX_STEPS)
      throw new JqLimitError(`stopped: more than ${MAX_STEPS} steps for one output`);
  }

  /** The values that a filter puts out, without paths. */
  *values(filter: Filter, scope: Scope | undefined, input: JqValue): Generator<JqValue> {
    for (const output of this.run(filter, scope, { value: input, trail: undefined })) yield output.value;
  }

  /** The paths that a filter goes to, from `input`. */
  *paths(filter: Filter, scope: Scope | undefined, input: JqValue): Generator<readonly JqValue[]> {
    const start: Output = { value: input, trail: { keys: [], value: input } };
    for (const { value, trail } of this.run(filter, scope, start)) {
      if (trail === undefined || !identical(value, trail.value))
        throw new JqError(`Invalid path expression with result ${shortJson(value)}`);
      yield trail.keys;
    }
  }

  /** Runs a filter; each output keeps its path where the input has one. */
  *run(filter: Filter, scope: Scope | undefined, input: Output): Generator<Output> {
    this.step();
    const { value, trail } = input;
    const plain = (next: JqValue): Output => ({ value: next, trail });
    switch (filter.kind) {
      case 'identity':
        yield input;
        return;
      case 'recurse':
        yield* this.recurse(input);
        return;
      case 'literal':
        yield plain(filter.value);
        return;
      case 'string':
        yield* this.#string(filter, scope, input);
        return;
      case 'format':
        yield plain(formatText(filter.name, value));
        return;
      case 'index':
        for (const key of this.values(filter.key, scope, value))
          for (const term of this.run(filter.term, scope, input)) yield this.child(term, key);
        return;
      case 'slice':
        yield* this.#slice(filter, scope, input);
        return;
      case 'iterate':
        for (const term of this.run(filter.term, scope, input)) yield* this.iterate(term);
        return;
      case 'try':
        yield* this.#try(filter, scope, input);
        return;
      case 'array':
        yield plain(filter.body === undefined ? [] : [...this.values(filter.body, scope, value)]);
        return;
      case 'object':
        for (const object of this.#object(filter.entries, 0, new Map(), scope, value)) yield plain(object);
        return;
      case 'negate':
        for (const each of this.values(filter.body, scope, value)) {
          if (!isNumber(each)) throw new JqError(`${shown(each)} cannot be negated`);
          yield plain(-numberOf(each));
        }
        return;
      case 'pipe':
        for (const left of this.run(filter.left, scope, input)) yield* this.run(filter.right, scope, left);
        return;
      case 'comma':
        yield* this.run(filter.left, scope, input);
        yield* this.run(filter.right, scope, input);
        return;
      case 'and':
      case 'or':
        for (const left of this.values(filter.left, scope, value)) {
          if (isTrue(left) === (filter.kind === 'or')) yield plain(filter.kind === 'or');
          else for (const right of this.values(filter.right, scope, value)) yield plain(isTrue(right));
        }
        return;
      case 'alternative':
        yield* this.#alternative(filter, scope, input);
        return;
      case 'binary':
        for (const right of this.values(filter.right, scope, value))
          for (const left of this.values(filter.left, scope, value))
            yield plain(combine(filter.operator, left, right));
        return;
      case 'assign':
        for (const next of assign(this, filter, scope, value)) yield plain(next);
        return;
      case 'if':
        for (const condition of this.values(filter.condition, scope, value)) {
          if (isTrue(condition)) yield* this.run(filter.then, scope, input);
          else if (filter.otherwise === undefined) yield input;
          else yield* this.run(filter.otherwise, scope, input);
        }
        return;
      case 'reduce':
        yield* this.#reduce(filter, scope, input);
        return;
      case 'foreach':
        yield* this.#foreach(filter, scope, input);
        return;
      case 'bind':
        for (const source of this.values(filter.source, scope, value))
          yield* destructure(this, filter.patterns, scope, source, (inner) =>
            this.run(filter.body, inner, input),
          );
        return;
      case 'define': {
        const { definition, body } = filter;
        const name = `${definition.name}/${definition.params.length}`;
        yield* this.run(body, withName(scope, name, { kind: 'function', definition }), input);
        return;
      }
      case 'label':
        yield* this.#label(filter, scope, input);
        return;
      case 'break': {
        const found = findName(scope, `*${filter.name}`);
        throw new Break(found?.binding.kind === 'label' ? found.binding.mark : {});
      }
      case 'variable':
        yield plain(this.#variable(filter.name, scope));
        return;
      case 'call':
        yield* this.call(filter.name, filter.args, scope, input);
    }
  }

  #variable(name: string, scope: Scope | undefined): JqValue {
    const found = findName(scope, name);
    if (found?.binding.kind === 'value') return found.binding.value;
    if (name === '$ENV') return new Map(Object.entries(this.world.environment));
    throw new JqError(`${name} is not defined`);
  }

  /** `input[key]`, with its path. */
  child({ value, trail }: Output, key: JqValue): Output {
    if (trail === undefined) return { value: index(value, key), trail };
    if (!identical(value, trail.value))
      throw new JqError(
        `Invalid path expression near attempt to access element ${toJsonText(key)} of ${toJsonText(value)}`,
      );
    const next = index(value, key);
    return { value: next, trail: { keys: [...trail.keys, key], value: next } };
  }

  /** `.[]`, with paths. */
  *iterate({ value, trail }: Output): Generator<Output> {
    if (trail !== undefined && !identical(value, trail.value))
      throw new JqError(`Invalid path expression near attempt to iterate through ${toJsonText(value)}`);
    if (!isArray(value) && !isObject(value)) throw new JqError(`Cannot iterate over ${shown(value)}`);
    for (const [key, next] of isArray(value) ? value.entries() : value) {
      this.step();
      yield {
        value: next,
        trail: trail === undefined ? undefined : { keys: [...trail.keys, key], value: next },
      };
    }
  }

  /** A value and all in it. */
  *recurse(input: Output): Generator<Output> {
    this.step();
    yield input;
    if (!isArray(input.value) && !isObject(input.value)) return;
    for (const inner of this.iterate(input)) yield* this.recurse(inner);
  }

  *#string(
    filter: Filter & { kind: 'string' },
    scope: Scope | undefined,
    { value, trail }: Output,
  ): Generator<Output> {
    const { format, parts } = filter;
    const evaluator = this;
    function* rest(count: number): Generator<string> {
      if (count === 0) {
        yield '';
        return;
      }
      const part = parts[count - 1] ?? '';
      const texts =
        typeof part === 'string'
          ? [part]
          : [...evaluator.values(part, scope, value)].map((each) => formatText(format ?? '@text', each));
      for (const text of texts) for (const before of rest(count - 1)) yield before + text;
    }
    for (const text of rest(parts.length)) yield { value: text, trail };
  }

  *#slice(filter: Filter & { kind: 'slice' }, scope: Scope | undefined, input: Output): Generator<Output> {
    const ends = (each: Filter | undefined) =>
      each === undefined ? [null] : this.values(each, scope, input.value);
    for (const end of ends(filter.to))
      for (const start of ends(filter.from))
        for (const term of this.run(filter.term, scope, input))
          yield this.child(
            term,
            new Map<string, JqValue>([
              ['start', start],
              ['end', end],
            ]),
          );
  }

  *#try(filter: Filter & { kind: 'try' }, scope: Scope | undefined, input: Output): Generator<Output> {
    try {
      yield* this.run(filter.body, scope, input);
    } catch (error) {
      if (!(error instanceof JqError)) throw error;
      const raised = error.value;
      if (filter.handler !== undefined)
        yield* this.run(filter.handler, scope, { value: raised, trail: input.trail });
    }
  }

  *#object(
    entries: readonly (readonly [Filter, Filter])[],
    at: number,
    object: JqObject,
    scope: Scope | undefined,
    input: JqValue,
  ): Generator<JqObject> {
    const entry = entries[at];
    if (entry === undefined) {
      yield object;
      return;
    }
    const [keys, values] = entry;
    for (const key of this.values(keys, scope, input)) {
      if (typeof key !== 'string') throw new JqError('Object keys must be strings');
      for (const value of this.values(values, scope, input))
        yield* this.#object(entries, at + 1, new Map(object).set(key, value), scope, input);
    }
  }

  *#alternative(
    filter: Filter & { kind: 'alternative' },
    scope: Scope | undefined,
    input: Output,
  ): Generator<Output> {
    let found = false;
    for (const left of this.run(filter.left, scope, input)) {
      if (!isTrue(left.value)) continue;
      found = true;
      yield left;
    }
    if (!found) yield* this.run(filter.right, scope, input);
  }

  *#reduce(filter: Filter & { kind: 'reduce' }, scope: Scope | undefined, input: Output): Generator<Output> {
    for (const init of this.run(filter.init, scope, input)) {
      let state: Output | undefined = init;
      for (const source of this.values(filter.source, scope, input.value)) {
        const before: Output = state ?? { value: null, trail: input.trail };
        let last: Output | undefined;
        for (const next of destructure(this, filter.patterns, scope, source, (inner) =>
          this.run(filter.update, inner, before),
        ))
          last = next;
        state = last;
      }
      yield state ?? { value: null, trail: input.trail };
    }
  }

  *#foreach(
    filter: Filter & { kind: 'foreach' },
    scope: Scope | undefined,
    input: Output,
  ): Generator<Output> {
    const evaluator = this;
    for (const init of this.run(filter.init, scope, input)) {
      let state = init;
      for (const source of this.values(filter.source, scope, input.value)) {
        yield* destructure(this, filter.patterns, scope, source, function* (inner) {
          for (const next of evaluator.run(filter.update, inner, state)) {
            state = next;
            if (filter.extract === undefined) yield next;
            else yield* evaluator.run(filter.extract, inner, next);
          }
        });
      }
    }
  }

  *#label(filter: Filter & { kind: 'label' }, scope: Scope | undefined, input: Output): Generator<Output> {
    const mark = {};
    try {
      yield* this.run(filter.body, withName(scope, `*${filter.name}`, { kind: 'label', mark }), input);
    } catch (error) {
      if (!(error instanceof Break) || error.mark !== mark) throw error;
    }
  }

  /** Calls a function by name. */
  *call(name: string, args: readonly Filter[], scope: Scope | undefined, input: Output): Generator<Output> {
    const full = `${name}/${args.length}`;
    const found = findName(scope, full);
    if (found?.binding.kind === 'closure') {
      yield* this.run(found.binding.body, found.binding.scope, input);
      return;
    }
    if (found?.binding.kind === 'function') {
      yield* this.#apply(found.binding.definition, args, found, scope, input);
      return;
    }
    const ofFilters = this.#library.filters.get(full);
    if (ofFilters !== undefined) {
      yield* ofFilters(this, args, scope, input);
      return;
    }
    const ofValues = this.#library.values.get(full);
    if (ofValues !== undefined) {
      for (const values of this.#arguments(args, scope, input.value))
        yield { value: ofValues(input.value, values, this.world), trail: input.trail };
      return;
    }
    const definition = this.#library.definitions.get(full);
    if (definition === undefined) throw new JqError(`${full} is not defined`);
    yield* this.#apply(definition, args, undefined, scope, input);
  }

  /** All combinations of argument values; the last argument turns slowest. */
  *#arguments(args: readonly Filter[], scope: Scope | undefined, input: JqValue): Generator<JqValue[]> {
    const [first, ...rest] = args;
    if (first === undefined) {
      yield [];
      return;
    }
    for (const others of this.#arguments(rest, scope, input))
      for (const value of this.values(first, scope, input)) yield [value, ...others];
  }

  *#apply(
    { params, body }: FunctionDefinition,
    args: readonly Filter[],
    defined: Scope | undefined,
    caller: Scope | undefined,
    input: Output,
  ): Generator<Output> {
    const evaluator = this;
    function* bind(at: number, scope: Scope | undefined): Generator<Output> {
      const param = params[at];
      const arg = args[at];
      if (param === undefined || arg === undefined) {
        yield* evaluator.run(body, scope, input);
        return;
      }
      if (!param.startsWith('$')) {
        yield* bind(at + 1, withName(scope, `${param}/0`, closure(arg, caller)));
        return;
      }
      for (const value of evaluator.values(arg, caller, input.value)) {
        const named = withName(scope, param, { kind: 'value', value });
        const literal: Filter = { kind: 'literal', value };
        yield* bind(at + 1, withName(named, `${param.slice(1)}/0`, closure(literal, undefined)));
      }
    }
    yield* bind(0, defined);
  }
}

const NOWHERE: Scope = { name: '', binding: { kind: 'value', value: null }, outer: undefined };

const closure = (body: Filter, scope: Scope | undefined) =>
  ({ kind: 'closure', body, scope: scope ?? NOWHERE }) as const;

/** A value as path errors show it. */
function shortJson(value: JqValue): string {
  const text = toJsonText(value);
  return text.length > 29 ? `${text.slice(0, 26)}...` : text;
}
