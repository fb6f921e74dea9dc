import { isRecord } from '../../../base';
import { type FieldSet, SetBuilder } from './field-set';
import { fieldElement, itemElement, type PathElement } from './path-element';
import type { Shape } from './shape';

/** Every leaf, entry and item that a value mentions (typed.ToFieldSet). */
export function fieldSetOf(value: unknown, shape: Shape): FieldSet {
  const set = new SetBuilder();
  collect(value, shape, [], set);
  return set.build();
}

function collect(value: unknown, shape: Shape, path: readonly PathElement[], set: SetBuilder): void {
  if (shape.kind === 'leaf') set.add(path);
  else if (shape.kind === 'list') collectItems(Array.isArray(value) ? value : [], shape, path, set);
  else if (isRecord(value)) collectEntries(value, shape, path, set);
}

function collectEntries(
  value: Readonly<Record<string, unknown>>,
  shape: Shape & { kind: 'struct' | 'map' },
  path: readonly PathElement[],
  set: SetBuilder,
): void {
  for (const [name, each] of Object.entries(value)) {
    const inner = shape.kind === 'struct' ? shape.field(name) : shape.entry();
    if (each === undefined || !inner) continue;
    const below = [...path, fieldElement(name)];
    collect(each, inner, below, set);
    const isEmpty = each === null || (isRecord(each) && Object.keys(each).length === 0);
    if (isEmpty || shape.kind === 'map') set.add(below);
  }
}

function collectItems(
  list: readonly unknown[],
  shape: Shape & { kind: 'list' },
  path: readonly PathElement[],
  set: SetBuilder,
): void {
  const counts = new Map<PathElement, number>();
  const elements = list.map((item) => itemElement(item, shape));
  for (const element of elements) if (element) counts.set(element, (counts.get(element) ?? 0) + 1);
  for (const [index, element] of elements.entries()) {
    if (!element) continue;
    const below = [...path, element];
    if (counts.get(element) === 1) collect(list[index], shape.item(), below, set);
    set.add(below);
  }
}
