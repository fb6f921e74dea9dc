import type { View } from '../../api';

interface Reading {
  readonly revision: number;
  readonly results: Map<unknown, unknown>;
}

/** What was read from views that have not changed since. */
const readings = new WeakMap<View, Reading>();

/** What `reader` makes of a view; worked out anew only when the view has changed. */
export function readOnce<T>(view: View, reader: (view: View) => T): T {
  let reading = readings.get(view);
  if (reading?.revision !== view.revision) {
    reading = { revision: view.revision, results: new Map() };
    readings.set(view, reading);
  }
  const known = reading.results.get(reader);
  if (known !== undefined) return known as T;
  const result = reader(view);
  reading.results.set(reader, result);
  return result;
}
