import { isRecord } from '../../../base';
import { type FieldSet, isEmptySet, lookUp } from './field-set';
import { fieldElement, itemElement } from './path-element';
import type { Shape } from './shape';

/** The value without the fields and items of a set (typed.RemoveItems); what is left empty is null. */
export function removeFields(value: unknown, set: FieldSet, shape: Shape): unknown {
  if (Array.isArray(value)) return shape.kind === 'list' ? removeItems(value, set, shape) : null;
  if (!isRecord(value)) return value;
  return shape.kind === 'struct' || shape.kind === 'map' ? removeEntries(value, set, shape) : null;
}

function removeItems(
  list: readonly unknown[],
  set: FieldSet,
  shape: Shape & { kind: 'list' },
): readonly unknown[] | null {
  const left = list.flatMap((item): readonly unknown[] => {
    const element = itemElement(item, shape);
    const { member, below } = element === undefined ? { member: false, below: {} } : lookUp(set, element);
    if (member) return [];
    return [isEmptySet(below) ? item : removeFields(item, below, shape.item())];
  });
  return left.length > 0 ? left : null;
}

function removeEntries(
  value: Readonly<Record<string, unknown>>,
  set: FieldSet,
  shape: Shape & { kind: 'struct' | 'map' },
): Readonly<Record<string, unknown>> | null {
  const left = Object.entries(value).flatMap(([name, each]): [string, unknown][] => {
    const { member, below } = lookUp(set, fieldElement(name));
    if (member) return [];
    const inner = shape.kind === 'struct' ? shape.field(name) : shape.entry();
    return [[name, isEmptySet(below) || !inner ? each : removeFields(each, below, inner)]];
  });
  return left.length > 0 ? Object.fromEntries(left) : null;
}
