import type { KindSpec } from '../../../api';
import { changed } from '../change-value';
import type { Draw } from '../draw';

/** None, one or two places changed: one wrong field is what is met with most, and what tells most. */
export function mutated(draw: Draw, value: unknown, spec: KindSpec): unknown {
  let next = value;
  for (let change = draw.pick([0, 1, 1, 1, 2, 3]); change > 0; change -= 1)
    next = changed(draw, next, spec.schema);
  return next;
}
