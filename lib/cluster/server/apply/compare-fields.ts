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

/**
 * What was found at one place, in any order: elements that are members, or lead on to some. Lists are made when there is
 * something to note, for at most places there is nothing.
 */
interface Findings {
  removed: Member[] | undefined;
  modified: Member[] | undefined;
  added: Member[] | undefined;
}

const EMPTY: FieldSet = {};
const nothingFound = (): Findings => ({ removed: undefined, modified: undefined, added: undefined });

function found(findings: Findings, what: keyof Findings, element: PathElement, below: FieldSet): void {
  const known = findings[what];
  if (known) known.push([element, below]);
  else findings[what] = [[element, below]];
}

/** Compares two objects as Go holds them (typed.Compare): fields that are never left out are in both. */
export function compareFields(before: unknown, after: unknown, shape: Shape): Comparison {
  const below = nothingFound();
  if (before !== after) compareBelow(before, after, shape, below);
  return {
    removed: setOf(below.removed),
    modified: setOf(below.modified),
    added: setOf(below.added),
  };
}

const setOf = (members: Member[] | undefined): FieldSet => (members && setOfMembers(members, false)) ?? EMPTY;

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
  note(findings, 'removed', element, below, after === undefined);
  note(findings, 'modified', element, below, false);
  note(findings, 'added', element, below, before === undefined);
}

function compareBelow(before: unknown, after: unknown, shape: Shape, findings: Findings): void {
  if (shape.kind === 'list') compareItems(listOf(before), listOf(after), shape, findings);
  else if (shape.kind !== 'leaf') compareEntries(before, after, shape, findings);
}

function note(
  findings: Findings,
  what: keyof Findings,
  element: PathElement,
  below: Findings,
  member: boolean,
): void {
  const members = below[what];
  if (members === undefined && !member) return;
  const node = members === undefined ? EMPTY : setOfMembers(members, member);
  if (node) found(findings, what, element, node);
}

function compareLeaf(before: unknown, after: unknown, element: PathElement, findings: Findings): void {
  if (before === undefined) found(findings, 'added', element, EMPTY);
  else if (after === undefined) found(findings, 'removed', element, EMPTY);
  else if (!deepEqual(before, after)) found(findings, 'modified', element, EMPTY);
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
  const [were, are] = [recordOf(before), recordOf(after)];
  const compareEntry = (name: string) => {
    const was = entryOf(before, name, shape);
    const is = entryOf(after, name, shape);
    // Objects share what did not change, and most fields did not.
    if (was === is) return;
    const inner = shape.kind === 'struct' ? shape.field(name) : shape.entry();
    if (inner) compare(was, is, inner, fieldElement(name), findings);
  };
  for (const name in were) compareEntry(name);
  for (const name in are) if (!Object.hasOwn(were, name)) compareEntry(name);
  if (shape.kind === 'map') return;
  for (const name in shape.zeros)
    if (!Object.hasOwn(were, name) && !Object.hasOwn(are, name)) compareEntry(name);
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : EMPTY);

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
    if (!deepEqual(was, is)) found(findings, 'modified', element, EMPTY);
  } else if (was.length >= 2) {
    if (is.length === 1) compare(undefined, is[0], shape, element, findings);
    found(findings, 'removed', element, EMPTY);
  } else {
    if (was.length === 1) compare(was[0], undefined, shape, element, findings);
    found(findings, 'added', element, EMPTY);
  }
}
