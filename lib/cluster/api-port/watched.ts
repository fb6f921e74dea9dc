import type { ListOptions, ResourceRef } from '../../api';
import type { ServerApi } from '../server';

/** The first events of a watch, a line each: what is there now. */
export function watched(api: ServerApi, ref: ResourceRef, namespace: string, options: ListOptions): string {
  const events: unknown[] = [];
  api.watch(ref, namespace, options, (event) => events.push(event))();
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}
