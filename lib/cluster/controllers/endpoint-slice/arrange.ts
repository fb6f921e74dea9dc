import type { Endpoint } from '../../../api';
import { semanticEqual } from '../../../base';

/** The endpoints of one slice, and whether they differ from what the slice holds. */
export interface Arranged<S> {
  readonly slice: S;
  readonly endpoints: readonly Endpoint[];
  readonly changed: boolean;
}

/** How endpoints are spread over slices: those kept, those given up, and those to be made. */
export interface Arrangement<S> {
  readonly kept: readonly Arranged<S>[];
  readonly emptied: readonly S[];
  readonly created: readonly (readonly Endpoint[])[];
}

const ids = new WeakMap<Endpoint, string>();

function idOf(endpoint: Endpoint): string {
  const known = ids.get(endpoint);
  if (known !== undefined) return known;
  const { targetRef, addresses } = endpoint;
  const id = `${targetRef?.uid ?? ''} ${targetRef?.namespace ?? ''}/${targetRef?.name ?? ''} ${addresses.join(',')}`;
  ids.set(endpoint, id);
  return id;
}

/** What each stored endpoint was last found equal to: most are asked about again and again. */
const equals = new WeakMap<Endpoint, Endpoint>();

function isSame(stored: Endpoint, wanted: Endpoint): boolean {
  if (equals.get(stored) === wanted) return true;
  if (!semanticEqual(wanted, stored)) return false;
  equals.set(stored, wanted);
  return true;
}

/**
 * Spreads endpoints over slices with as few writes as may be (reconcileByPortMapping): each stays where it is;
 * new ones fill slices that change anyway, then one slice that fits closest, then new slices.
 */
export function arrange<S>(
  slices: readonly { readonly slice: S; readonly endpoints: readonly Endpoint[]; readonly stale: boolean }[],
  desired: readonly Endpoint[],
  most: number,
): Arrangement<S> {
  const left = new Map(desired.map((endpoint) => [idOf(endpoint), endpoint]));
  const kept: { slice: S; endpoints: Endpoint[]; changed: boolean }[] = [];
  const emptied: S[] = [];
  for (const { slice, endpoints, stale } of slices) {
    const next: Endpoint[] = [];
    let changed = stale;
    for (const endpoint of endpoints) {
      const wanted = left.get(idOf(endpoint));
      left.delete(idOf(endpoint));
      if (wanted !== undefined) next.push(wanted);
      changed ||= wanted === undefined || !isSame(endpoint, wanted);
    }
    if (next.length === 0) emptied.push(slice);
    else kept.push({ slice, endpoints: next, changed });
  }
  const rest = [...left.values()];
  fillChanged(kept, rest, most);
  const created: Endpoint[][] = [];
  while (rest.length > 0) {
    const room = closest(kept, rest.length, most);
    if (room === undefined) created.push(rest.splice(0, most));
    else {
      room.endpoints.push(...rest.splice(0, most - room.endpoints.length));
      room.changed = true;
    }
  }
  return { kept, emptied, created };
}

interface Filling {
  endpoints: Endpoint[];
  changed: boolean;
}

function fillChanged(kept: readonly Filling[], rest: Endpoint[], most: number): void {
  const changed = kept
    .filter((each) => each.changed)
    .toSorted((a, b) => b.endpoints.length - a.endpoints.length);
  for (const each of changed)
    each.endpoints.push(...rest.splice(0, Math.max(0, most - each.endpoints.length)));
}

/** The unchanged slice with the least room that still takes all that is left over from full slices. */
function closest<F extends Filling>(kept: readonly F[], count: number, most: number): F | undefined {
  if (count >= most) return undefined;
  return kept
    .filter((each) => each.endpoints.length + count <= most)
    .toSorted((a, b) => b.endpoints.length - a.endpoints.length)[0];
}
