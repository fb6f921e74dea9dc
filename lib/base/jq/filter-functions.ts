import type { Output } from './environment';
import type { Evaluator, FilterFunction } from './evaluate';

import { getPath } from './paths';
import type { Filter } from './syntax';
import { identical, isArray, isNumber, isTrue, JqError, type JqValue, numberOf } from './value';

/** The program ends here: `halt`, `halt_error`. */
export class Halt extends Error {
  override name = 'Halt';
  readonly status: number;
  readonly value: JqValue | undefined;
  constructor(status: number, value: JqValue | undefined) {
    super('halt');
    this.status = status;
    this.value = value;
  }
}

const first = <T>(list: readonly T[]): T => {
  const [item] = list;
  if (item === undefined) throw new JqError('missing argument');
  return item;
};

const same = (input: Output, value: JqValue): Output => ({ value, trail: input.trail });

function* range(run: Evaluator, input: Output, from: JqValue, to: JqValue, by: JqValue): Generator<Output> {
  if (!isNumber(from) || !isNumber(to) || !isNumber(by)) throw new JqError('Range bounds must be numeric');
  const [start, end, step] = [numberOf(from), numberOf(to), numberOf(by)];
  if (step === 0) {
    while (start < end) {
      run.step();
      yield same(input, start);
    }
    return;
  }
  for (let at = start; step > 0 ? at < end : at > end; at += step) {
    run.step();
    yield same(input, at);
  }
}

function raise(error: Error): never {
  throw error;
}

const TABLE: Readonly<Record<string, FilterFunction>> = {
  *'empty/0'() {},
  *'error/0'(_run, _args, _scope, input) {
    yield raise(new JqError(input.value));
  },
  *'error/1'(run, args, scope, input) {
    for (const value of run.values(first(args), scope, input.value)) yield raise(new JqError(value));
  },
  *'path/1'(run, args, scope, input) {
    for (const keys of run.paths(first(args), scope, input.value)) yield same(input, keys);
  },
  *'getpath/1'(run, args, scope, input) {
    for (const keys of run.values(first(args), scope, input.value)) {
      if (!isArray(keys)) throw new JqError('Path must be specified as an array');
      const { value, trail } = input;
      if (trail !== undefined && !identical(value, trail.value))
        throw new JqError('Invalid path expression with getpath');
      const found = getPath(value, keys);
      yield {
        value: found,
        trail: trail === undefined ? undefined : { keys: [...trail.keys, ...keys], value: found },
      };
    }
  },
  *'select/1'(run, args, scope, input) {
    for (const value of run.values(first(args), scope, input.value)) if (isTrue(value)) yield input;
  },
  *'recurse/0'(run, _args, _scope, input) {
    yield* run.recurse(input);
  },
  *'recurse/1'(run, args, scope, input) {
    const filter = first(args);
    function* down(at: Output): Generator<Output> {
      yield at;
      for (const next of run.run(filter, scope, at)) yield* down(next);
    }
    yield* down(input);
  },
  *'range/1'(run, args, scope, input) {
    for (const to of run.values(first(args), scope, input.value)) yield* range(run, input, 0, to, 1);
  },
  *'range/2'(run, [from, to], scope, input) {
    if (from === undefined || to === undefined) return;
    for (const start of run.values(from, scope, input.value))
      for (const end of run.values(to, scope, input.value)) yield* range(run, input, start, end, 1);
  },
  *'range/3'(run, [from, to, by], scope, input) {
    if (from === undefined || to === undefined || by === undefined) return;
    for (const start of run.values(from, scope, input.value))
      for (const end of run.values(to, scope, input.value))
        for (const step of run.values(by, scope, input.value)) yield* range(run, input, start, end, step);
  },
  *'repeat/1'(run, args, scope, input) {
    let now: readonly Output[] = [input];
    while (now.length > 0) {
      const next: Output[] = [];
      for (const each of now) {
        run.step();
        yield each;
        next.push(...run.run(first(args), scope, each));
      }
      now = next;
    }
  },
  *'until/2'(run, [condition, update], scope, input) {
    if (condition === undefined || update === undefined) return;
    function* go(at: Output): Generator<Output> {
      let now = at;
      for (;;) {
        run.step();
        const [done = null] = run.values(condition as Filter, scope, now.value);
        if (isTrue(done)) {
          yield now;
          return;
        }
        const next = [...run.run(update as Filter, scope, now)];
        const [only] = next;
        if (next.length === 1 && only !== undefined) now = only;
        else {
          for (const each of next) yield* go(each);
          return;
        }
      }
    }
    yield* go(input);
  },
  *'while/2'(run, [condition, update], scope, input) {
    if (condition === undefined || update === undefined) return;
    let now: Output | undefined = input;
    while (now !== undefined) {
      run.step();
      const at: Output = now;
      const [goes = null] = run.values(condition, scope, at.value);
      if (!isTrue(goes)) return;
      yield at;
      const next: IteratorResult<Output> = run.run(update, scope, at).next();
      now = next.done === true ? undefined : next.value;
    }
  },
  *'limit/2'(run, [count, filter], scope, input) {
    if (count === undefined || filter === undefined) return;
    for (const most of run.values(count, scope, input.value)) {
      let left = isNumber(most) ? numberOf(most) : Number.NaN;
      if (left < 0) yield* run.run(filter, scope, input);
      if (!(left > 0)) continue;
      for (const output of run.run(filter, scope, input)) {
        yield output;
        left -= 1;
        if (left <= 0) break;
      }
    }
  },
  *'first/1'(run, args, scope, input) {
    for (const output of run.run(first(args), scope, input)) {
      yield output;
      return;
    }
  },
  *'isempty/1'(run, args, scope, input) {
    yield same(input, run.values(first(args), scope, input.value).next().done === true);
  },
  *'input/0'(run, _args, _scope, input) {
    const next = run.world.nextInput();
    if (next === undefined) throw new JqError('No more inputs');
    yield same(input, next);
  },
  *'inputs/0'(run, _args, _scope, input) {
    for (let next = run.world.nextInput(); next !== undefined; next = run.world.nextInput()) {
      run.step();
      yield same(input, next);
    }
  },
  *'halt/0'() {
    yield raise(new Halt(0, undefined));
  },
  *'halt_error/1'(run, args, scope, input) {
    for (const status of run.values(first(args), scope, input.value)) {
      if (!isNumber(status)) throw new JqError('halt_error/1: number required');
      yield raise(new Halt(numberOf(status), input.value));
    }
  },
};

/** Builtins that run their arguments themselves, by name and number of arguments. */
export const FILTER_FUNCTIONS: ReadonlyMap<string, FilterFunction> = new Map(Object.entries(TABLE));
