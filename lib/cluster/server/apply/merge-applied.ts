import { isRecord } from '../../../base';
import { itemElement, type PathElement } from './path-element';
import type { Shape } from './shape';

/** What is applied laid over what is there (typed.Merge): nothing goes, and the applied wins. */
export function mergeApplied(live: unknown, applied: unknown, shape: Shape): unknown {
  if (shape.kind === 'leaf' || (isEmpty(live) && isEmpty(applied))) {
    return applied === undefined ? live : applied;
  }
  if (shape.kind === 'list') {
    const merged = mergeItems(listOf(live), listOf(applied), shape);
    return merged.length > 0 ? merged : undefined;
  }
  return mergeEntries(recordOf(live), recordOf(applied), shape);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const recordOf = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});

function mergeEntries(
  live: Readonly<Record<string, unknown>>,
  applied: Readonly<Record<string, unknown>>,
  shape: Shape & { kind: 'struct' | 'map' },
): Readonly<Record<string, unknown>> {
  const merged: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(live), ...Object.keys(applied)])) {
    const inner = shape.kind === 'struct' ? shape.field(name) : shape.entry();
    const value =
      inner && Object.hasOwn(applied, name) ? mergeApplied(live[name], applied[name], inner) : live[name];
    if (value !== undefined) merged[name] = value;
  }
  return merged;
}

interface Indexed {
  readonly elements: readonly PathElement[];
  /** Items by their element; undefined for one that several share, which nothing is merged into. */
  readonly items: ReadonlyMap<PathElement, unknown>;
  readonly list: readonly unknown[];
}

function index(list: readonly unknown[], shape: Shape & { kind: 'list' }): Indexed {
  const elements = list.map((item, at) => itemElement(item, shape) ?? `i:${at}`);
  const items = new Map<PathElement, unknown>();
  for (const [at, element] of elements.entries()) items.set(element, items.has(element) ? null : list[at]);
  return { elements, items, list };
}

/**
 * Items in an order that keeps both sides' own: what both have comes in the applied order, and what only one has stays
 * where that side has it, the live ones first where they meet.
 */
function mergeItems(
  liveList: readonly unknown[],
  appliedList: readonly unknown[],
  shape: Shape & { kind: 'list' },
): readonly unknown[] {
  const [live, applied] = [index(liveList, shape), index(appliedList, shape)];
  const merged: unknown[] = [];
  const done = new Set<PathElement>();
  const shared = applied.elements.filter((element) => live.items.has(element));
  let next = 0;
  const take = (element: PathElement, own: unknown) => {
    const value = mergeApplied(own, applied.items.get(element), shape.item());
    if (value !== undefined) merged.push(value);
  };
  for (let [i, j] = [0, 0]; i < live.elements.length || j < applied.elements.length; ) {
    const [mine, theirs] = [live.elements[i], applied.elements[j]];
    if (mine !== undefined && mine === theirs) {
      done.add(mine);
      take(mine, live.items.get(mine));
      i += 1;
      j += 1;
      next += 1;
      continue;
    }
    // Both have it, but its turn in the applied order has not come.
    if (mine !== undefined && theirs !== undefined && applied.items.has(mine)) {
      const wanted = shared[next];
      if (wanted !== undefined && wanted !== mine) {
        i += 1;
        continue;
      }
    }
    if (mine !== undefined && !applied.items.has(mine)) {
      merged.push(live.list[i]);
      i += 1;
      continue;
    }
    if (mine !== undefined && done.has(mine)) i += 1;
    if (theirs !== undefined) {
      done.add(theirs);
      take(theirs, live.items.get(theirs));
      j += 1;
      if (shared[next] === theirs) next += 1;
    }
  }
  return merged;
}
