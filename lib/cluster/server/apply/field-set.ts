import type { JsonObject } from '../../../api';
import { isRecord } from '../../../base';
import { compareElements, elementText, type PathElement } from './path-element';
import type { Shape } from './shape';

/**
 * A set of field paths, in the very form of `fieldsV1`: each element leads to what is owned below it. One that leads to
 * `{}`, or holds ".", is itself a member; one that does neither is only on the way to members.
 */
export type FieldSet = JsonObject;

export const EMPTY_SET: FieldSet = {};
const SELF = '.';

/** Sets are walked without lists of their keys: every write of an object walks some. */
export function isEmptySet(set: FieldSet): boolean {
  for (const _element in set) return false;
  return true;
}

const childOf = (set: FieldSet, element: PathElement): FieldSet | undefined => {
  const child = Object.hasOwn(set, element) ? set[element] : undefined;
  return isRecord(child) ? (child as FieldSet) : undefined;
};

const isMember = (node: FieldSet): boolean => SELF in node || isEmptySet(node);

/** A node that is a member or not, with what is owned below it; undefined when it is neither. */
function nodeOf(
  member: boolean,
  children: readonly (readonly [PathElement, FieldSet])[],
): FieldSet | undefined {
  if (children.length === 0) return member ? EMPTY_SET : undefined;
  const node: { [element: PathElement]: FieldSet } = {};
  if (member) node[SELF] = EMPTY_SET;
  // No element is "__proto__": each begins with what it is.
  for (const [element, below] of children) node[element] = below;
  return node;
}

interface Combination {
  readonly member: (left: boolean, right: boolean) => boolean;
  readonly keepsLeft: boolean;
  readonly keepsRight: boolean;
}

const UNION: Combination = { member: (a, b) => a || b, keepsLeft: true, keepsRight: true };
const DIFFERENCE: Combination = { member: (a, b) => a && !b, keepsLeft: true, keepsRight: false };
const INTERSECTION: Combination = { member: (a, b) => a && b, keepsLeft: false, keepsRight: false };

/** What either set has. */
export const unite = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, UNION);
/** What the first has and the second has not; owning a node says nothing of what is below it. */
export const subtract = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, DIFFERENCE);
/** What both have. */
export const intersect = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, INTERSECTION);

function combine(a: FieldSet, b: FieldSet, how: Combination): FieldSet {
  return combineNodes(a, false, b, false, how) ?? EMPTY_SET;
}

/** Gives back the left node itself where nothing becomes of it but itself, so that sets share their parts. */
function combineNodes(
  left: FieldSet,
  leftIn: boolean,
  right: FieldSet,
  rightIn: boolean,
  how: Combination,
): FieldSet | undefined {
  const changes = changesOf(left, right, how);
  const member = how.member(leftIn, rightIn);
  if (changes === undefined && member === leftIn) return left;
  const children: Member[] = [];
  for (const element in left) {
    if (element === SELF) continue;
    const next = changes?.has(element) ? changes.get(element) : childOf(left, element);
    if (next) children.push([element, next]);
  }
  const kept = children.length;
  for (const [element, next] of changes ?? [])
    if (next && !Object.hasOwn(left, element)) children.push([element, next]);
  if (children.length > kept) children.sort(byElement);
  return nodeOf(member, children);
}

/** What the right node makes of the left one's elements, and those that it adds; undefined when it changes nothing. */
function changesOf(
  left: FieldSet,
  right: FieldSet,
  how: Combination,
): ReadonlyMap<PathElement, FieldSet | undefined> | undefined {
  let changes: Map<PathElement, FieldSet | undefined> | undefined;
  for (const element in right) {
    if (element === SELF) continue;
    const other = childOf(right, element) ?? EMPTY_SET;
    const mine = childOf(left, element);
    if (mine === undefined && !how.keepsRight) continue;
    const next = mine === undefined ? other : combineNodes(mine, isMember(mine), other, isMember(other), how);
    if (next === mine) continue;
    changes ??= new Map();
    changes.set(element, next);
  }
  if (how.keepsLeft) return changes;
  for (const element in left) {
    if (element === SELF || Object.hasOwn(right, element)) continue;
    changes ??= new Map();
    changes.set(element, undefined);
  }
  return changes;
}

/** The elements that lead on from a node. */
const elementsOf = (set: FieldSet): readonly PathElement[] =>
  Object.keys(set).filter((element) => element !== SELF);

const childrenOf = (set: FieldSet): readonly (readonly [PathElement, FieldSet])[] =>
  elementsOf(set).map((element) => [element, childOf(set, element) ?? EMPTY_SET]);

/** The set without the members of another and all that is below them. */
export function subtractDeep(set: FieldSet, excluded: FieldSet): FieldSet {
  const elements = elementsOf(excluded).filter((element) => Object.hasOwn(set, element));
  if (elements.length === 0) return set;
  const children = elementsOf(set).flatMap((element): [PathElement, FieldSet][] => {
    const mine = childOf(set, element) ?? EMPTY_SET;
    const other = childOf(excluded, element);
    if (!other) return [[element, mine]];
    if (isMember(other)) return [];
    const left = nodeOf(isMember(mine), childrenOf(subtractDeep(mine, other)));
    return left ? [[element, left]] : [];
  });
  return nodeOf(SELF in set, children) ?? EMPTY_SET;
}

/** The set with every declared field on the way to a member a member too (EnsureNamedFieldsAreMembers). */
export function withNamedFields(set: FieldSet, shape: Shape | undefined): FieldSet {
  const children = elementsOf(set).map((element): [PathElement, FieldSet] => {
    const mine = childOf(set, element) ?? EMPTY_SET;
    const inner = shapeBelow(shape, element);
    const named = shape?.kind === 'struct' && inner !== undefined;
    const below = childrenOf(withNamedFields(mine, inner));
    return [element, nodeOf(named || isMember(mine), below) ?? EMPTY_SET];
  });
  return nodeOf(SELF in set, children) ?? EMPTY_SET;
}

/** The shape that an element leads to. */
export function shapeBelow(shape: Shape | undefined, element: PathElement): Shape | undefined {
  if (shape?.kind === 'struct') return shape.field(element.slice(2));
  if (shape?.kind === 'map') return shape.entry();
  return shape?.kind === 'list' ? shape.item() : undefined;
}

/** Whether an element of the set is a member, and what is owned below it. */
export function lookUp(
  set: FieldSet,
  element: PathElement,
): { readonly member: boolean; readonly below: FieldSet } {
  const node = childOf(set, element);
  return node ? { member: isMember(node), below: node } : { member: false, below: EMPTY_SET };
}

/** Whether a path leads to a member. */
export function hasPath(set: FieldSet, path: readonly PathElement[]): boolean {
  const [first, ...rest] = path;
  const node = first === undefined ? undefined : childOf(set, first);
  return node !== undefined && (rest.length === 0 ? isMember(node) : hasPath(node, rest));
}

/** All members' paths: at each level the members themselves, then what is below. */
export function pathsOf(set: FieldSet): readonly (readonly PathElement[])[] {
  const elements = [...elementsOf(set)].sort(compareElements);
  const members = elements.filter((element) => isMember(childOf(set, element) ?? EMPTY_SET));
  const below = elements.flatMap((element) =>
    pathsOf(childOf(set, element) ?? EMPTY_SET).map((path) => [element, ...path]),
  );
  return [...members.map((element) => [element]), ...below];
}

/** A path as messages name it: `.spec.ports[port=80,protocol="TCP"].targetPort`. */
export const pathText = (path: readonly PathElement[]): string => path.map(elementText).join('');

/** The set of one path. */
export function setOf(...path: readonly PathElement[]): FieldSet {
  return path.reduceRight<FieldSet>((below, element) => ({ [element]: below }), EMPTY_SET);
}

/** What an element leads to: `{}` makes the element itself a member. */
export type Member = [element: PathElement, below: FieldSet];

/** A node of these elements, put in order in place, itself a member or not; undefined when it is neither. */
export function setOfMembers(below: Member[], member: boolean): FieldSet | undefined {
  if (below.length > 1) below.sort(byElement);
  return nodeOf(member, below);
}

const byElement = ([a]: Member, [b]: Member): number => compareElements(a, b);

/** Gathers paths in any order. */
export class SetBuilder {
  #root: Branch = { member: false, children: new Map() };

  /** Adds a path; the empty path stands for the whole object, which nobody owns. */
  add(path: readonly PathElement[]): void {
    let node = this.#root;
    for (const element of path) {
      let next = node.children.get(element);
      if (!next) {
        next = { member: false, children: new Map() };
        node.children.set(element, next);
      }
      node = next;
    }
    if (path.length > 0) node.member = true;
  }

  build(): FieldSet {
    return finish(this.#root) ?? EMPTY_SET;
  }
}

interface Branch {
  member: boolean;
  readonly children: Map<PathElement, Branch>;
}

function finish({ member, children }: Branch): FieldSet | undefined {
  const below: Member[] = [];
  for (const [element, branch] of children) {
    const node = finish(branch);
    if (node) below.push([element, node]);
  }
  return setOfMembers(below, member);
}
