import type { Scope } from './environment';
import type { Evaluator } from './evaluate';
import { combine } from './operators';
import { deletePaths, getPath, setPath } from './paths';
import type { Filter } from './syntax';
import { isTrue, type JqValue } from './value';

/** `left = right`, `left += right` and their kin: the input with its paths changed, once for each output of `right`. */
export function* assign(
  run: Evaluator,
  { operator, left, right }: Filter & { kind: 'assign' },
  scope: Scope | undefined,
  input: JqValue,
): Generator<JqValue> {
  if (operator === '|=') {
    yield update(run, left, right, scope, input);
    return;
  }
  for (const operand of run.values(right, scope, input)) {
    let out = input;
    for (const keys of run.paths(left, scope, input)) {
      const old = operator === '=' ? null : getPath(out, keys);
      const next =
        operator === '='
          ? operand
          : operator === '//='
            ? isTrue(old)
              ? old
              : operand
            : combine(operator.slice(0, -1) as '+', old, operand);
      out = setPath(out, keys, next);
    }
    yield out;
  }
}

/** `paths |= update`: the first output of `update` takes the place, none deletes it. */
function update(
  run: Evaluator,
  left: Filter,
  right: Filter,
  scope: Scope | undefined,
  input: JqValue,
): JqValue {
  let out = input;
  const gone: JqValue[] = [];
  for (const keys of run.paths(left, scope, input)) {
    const first = run.values(right, scope, getPath(out, keys)).next();
    if (first.done === true) gone.push(keys);
    else out = setPath(out, keys, first.value);
  }
  return deletePaths(out, gone);
}
