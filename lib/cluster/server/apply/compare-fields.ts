import { deepEqual, isRecord } from '../../../base';
import { type FieldSet, type Member, setOfMembers } from './field-set';
import { fieldElement, itemElement, type PathElement } from './path-element';
import type { Shape } from './shape';

/** What became of an object's fields; none is in more than one of the sets. */
export interface Comparison {
  readonly removed: FieldSet;
  readonly modified: FieldSet;
  readonly added: FieldSet;
}

/** What was found at one place, in any order: elements that are members, or lead on to some. */
interface Findings {
  readonly removed: Member[];
  readonly modified: Member[];
  readonly added: Member[];
}

const EMPTY: FieldSet = {};
const nothingFound = (): Findings => ({ removed: [], modified: [], added: [] });

/** Compares two objects as Go holds them (typed.Compare): fields that are never left out are in both. */
export function compareFields(before: unknown, after: unknown, shape: Shape): Comparison {
  const below = nothingFound();
  if (before !== after) compareBelow(before, after, shape, below);
  return {
    removed: setOfMembers(below.removed, false) ?? EMPTY,
    modified: setOfMembers(below.modified, false) ?? EMPTY,
    added: setOfMembers(below.added, false) ?? EMPTY,
  };
}

/** undefined stands for a value that is not there, null for one that Go writes as null. */
function compare(
  before: unknown,
  after: unknown,
  shape: Shape,
  element: PathElement,
  findings: Findings,
): void {
  if (before === after) return;
  if (shape.kind === 'leaf' || (isEmptyValue(before, shape) && isEmptyValue(after, shape))) {
    compareLeaf(before, after, element, findings);
    return;
  }
  const below = nothingFound();
  compareBelow(before, after, shape, below);
  note(findings.removed, element, below.removed, after === undefined);
  note(findings.modified, element, below.modified, false);
  note(findings.added, element, below.added, before === undefined);
}

function compareBelow(before: unknown, after: unknown, shape: Shape, findings: Findings): void {
  if (shape.kind === 'list') compareItems(listOf(before), listOf(after), shape, findings);
  else if (shape.kind !== 'leaf') compareEntries(before, after, shape, findings);
}

function note(into: Member[], element: PathElement, below: Member[], member: boolean): void {
  const node = setOfMembers(below, member);
  if (node) into.push([element, node]);
}

function compareLeaf(before: unknown, after: unknown, element: PathElement, findings: Findings): void {
  if (before === undefined) findings.added.push([element, EMPTY]);
  else if (after === undefined) findings.removed.push([element, EMPTY]);
  else if (!deepEqual(before, after)) findings.modified.push([element, EMPTY]);
}

function isEmptyValue(value: unknown, shape: Shape): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (!isRecord(value)) return false;
  if (shape.kind === 'struct' && Object.keys(shape.zeros).length > 0) return false;
  return Object.values(value).every((each) => each === undefined);
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function compareEntries(
  before: unknown,
  after: unknown,
  shape: Shape & { kind: 'struct' | 'map' },
  findings: Findings,
): void {
  for (const name of namesOf(before, after, shape)) {
    const was = entryOf(before, name, shape);
    const is = entryOf(after, name, shape);
    // Objects share what did not change, and most fields did not.
    if (was === is) continue;
    const inner = shape.kind === 'struct' ? shape.field(name) : shape.entry();
    if (inner) compare(was, is, inner, fieldElement(name), findings);
  }
}

function namesOf(before: unknown, after: unknown, shape: Shape): ReadonlySet<string> {
  const zeros = shape.kind === 'struct' ? Object.keys(shape.zeros) : [];
  const own = (value: unknown) => (isRecord(value) ? Object.keys(value) : []);
  return new Set([...own(before), ...own(after), ...zeros]);
}

function entryOf(value: unknown, name: string, shape: Shape): unknown {
  if (!isRecord(value)) return undefined;
  const own = Object.hasOwn(value, name) ? value[name] : undefined;
  if (own !== undefined || shape.kind !== 'struct') return own;
  return Object.hasOwn(shape.zeros, name) ? shape.zeros[name] : undefined;
}

type Items = ReadonlyMap<PathElement, readonly unknown[]>;

function compareItems(
  before: readonly unknown[],
  after: readonly unknown[],
  shape: Shape & { kind: 'list' },
  findings: Findings,
): void {
  const [were, are] = [itemsOf(before, shape), itemsOf(after, shape)];
  for (const element of new Set([...were.keys(), ...are.keys()])) {
    const [was = [], is = []] = [were.get(element), are.get(element)];
    compareAlike(was, is, shape.item(), element, findings);
  }
}

function itemsOf(list: readonly unknown[], shape: Shape & { kind: 'list' }): Items {
  const items = new Map<PathElement, unknown[]>();
  for (const item of list) {
    const element = itemElement(item, shape);
    if (element === undefined) continue;
    const known = items.get(element);
    if (known) known.push(item);
    else items.set(element, [item]);
  }
  return items;
}

/** Items of one key. Two or more are owned as one piece, for nobody can tell them apart. */
function compareAlike(
  was: readonly unknown[],
  is: readonly unknown[],
  shape: Shape,
  element: PathElement,
  findings: Findings,
): void {
  if (was.length <= 1 && is.length <= 1) {
    compare(was[0], is[0], shape, element, findings);
  } else if (was.length >= 2 && is.length >= 2) {
    if (!deepEqual(was, is)) findings.modified.push([element, EMPTY]);
  } else if (was.length >= 2) {
    if (is.length === 1) compare(undefined, is[0], shape, element, findings);
    findings.removed.push([element, EMPTY]);
  } else {
    if (was.length === 1) compare(was[0], undefined, shape, element, findings);
    findings.added.push([element, EMPTY]);
  }
}
