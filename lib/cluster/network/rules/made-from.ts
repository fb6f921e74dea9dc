import type { EndpointSlice, Service, Stored } from '../../../api';
import { keepFew } from '../keep-few';

/** What was made from a Service and its slices, for a few nodes or configurations. */
export interface Remembered<T> {
  readonly slices: readonly Stored<EndpointSlice>[];
  readonly results: Map<string, T>;
}

/** What `make` makes of a Service and its slices; made once for the same objects and `key`. */
export function madeFrom<T>(
  memory: WeakMap<Stored<Service>, Remembered<T>>,
  service: Stored<Service>,
  slices: readonly Stored<EndpointSlice>[],
  key: string,
  make: () => T,
): T {
  let known = memory.get(service);
  if (known === undefined || !isSame(known.slices, slices)) {
    known = { slices, results: new Map() };
    memory.set(service, known);
  }
  return keepFew(known.results, key, make);
}

const isSame = (left: readonly unknown[], right: readonly unknown[]): boolean =>
  left === right || (left.length === right.length && left.every((slice, index) => slice === right[index]));
