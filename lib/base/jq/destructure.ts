import { type Output, type Scope, withName } from './environment';
import type { Evaluator } from './evaluate';
import { index } from './paths';
import type { Pattern } from './syntax';
import { isArray, JqError, type JqValue, typeName } from './value';

/** Binds a pattern's variables and runs `body`; after an error in it, the next pattern is tried. */
export function* destructure(
  run: Evaluator,
  patterns: readonly Pattern[],
  scope: Scope | undefined,
  value: JqValue,
  body: (scope: Scope | undefined) => Generator<Output>,
): Generator<Output> {
  const [only] = patterns;
  if (patterns.length === 1 && only !== undefined) {
    for (const inner of bind(run, only, scope, value)) yield* body(inner);
    return;
  }
  const names = new Set(patterns.flatMap(variablesOf));
  let blank = scope;
  for (const name of names) blank = withName(blank, name, { kind: 'value', value: null });
  for (const [at, pattern] of patterns.entries()) {
    try {
      for (const inner of bind(run, pattern, blank, value)) yield* body(inner);
      return;
    } catch (error) {
      if (!(error instanceof JqError) || at === patterns.length - 1) throw error;
    }
  }
}

function* bind(
  run: Evaluator,
  pattern: Pattern,
  scope: Scope | undefined,
  value: JqValue,
): Generator<Scope | undefined> {
  if (pattern.kind === 'variable') {
    yield withName(scope, pattern.name, { kind: 'value', value });
    return;
  }
  if (pattern.kind === 'array') {
    if (!isArray(value) && value !== null) throw new JqError(`Cannot index ${typeName(value)} with number`);
    yield* bindItems(run, pattern.items, 0, scope, value ?? []);
    return;
  }
  yield* bindEntries(run, pattern.entries, 0, scope, value);
}

function* bindItems(
  run: Evaluator,
  items: readonly Pattern[],
  at: number,
  scope: Scope | undefined,
  values: readonly JqValue[],
): Generator<Scope | undefined> {
  const item = items[at];
  if (item === undefined) yield scope;
  else
    for (const inner of bind(run, item, scope, values[at] ?? null))
      yield* bindItems(run, items, at + 1, inner, values);
}

function* bindEntries(
  run: Evaluator,
  entries: (Pattern & { kind: 'object' })['entries'],
  at: number,
  scope: Scope | undefined,
  value: JqValue,
): Generator<Scope | undefined> {
  const entry = entries[at];
  if (entry === undefined) {
    yield scope;
    return;
  }
  for (const key of run.values(entry.key, scope, value)) {
    const found = index(value, key);
    const named =
      entry.variable === undefined ? scope : withName(scope, entry.variable, { kind: 'value', value: found });
    if (entry.value === undefined) yield* bindEntries(run, entries, at + 1, named, value);
    else
      for (const inner of bind(run, entry.value, named, found))
        yield* bindEntries(run, entries, at + 1, inner, value);
  }
}

function variablesOf(pattern: Pattern): readonly string[] {
  if (pattern.kind === 'variable') return [pattern.name];
  if (pattern.kind === 'array') return pattern.items.flatMap(variablesOf);
  return pattern.entries.flatMap((entry) => [
    ...(entry.variable === undefined ? [] : [entry.variable]),
    ...(entry.value === undefined ? [] : variablesOf(entry.value)),
  ]);
}
