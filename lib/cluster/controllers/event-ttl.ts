import type { Event, ResourceRef } from '../../api';
import { parseTime } from '../../base';
import type { Controller } from '../seams';
import { planOf, REST } from './plan';

const EVENTS: ResourceRef = { group: '', version: 'v1', resource: 'events' };
/** The API server keeps events for an hour after their last change (--event-ttl). */
const EVENT_TTL_MS = 3_600_000;
const KEY = 'all';
/** Expiry is looked at this often at most: etcd's leases are as coarse. */
const COARSE_MS = 60_000;

/** Lets events go when their hour is over, as their lease in etcd does. */
export const eventTtl: Controller = {
  name: 'event-ttl',
  delayMs: EVENT_TTL_MS,
  program: 'kube-apiserver',
  identity: () => ({ user: 'system:apiserver', groups: ['system:masters', 'system:authenticated'] }),
  watches: [
    {
      resource: 'events',
      keys: (object, previous) => (object !== undefined && previous === undefined ? [KEY] : []),
    },
  ],
  reconcile(view, _key, now) {
    const events = view.list<Event>('events', '');
    if (events.length === 0) return REST;
    const ends = events.map((event) => ({ event, at: lastTime(event) + EVENT_TTL_MS }));
    const over = ends.filter(({ at }) => at <= now);
    const next = ends.filter(({ at }) => at > now).map(({ at }) => at - now);
    return planOf(
      over.map(({ event }) => ({
        verb: 'delete',
        ref: EVENTS,
        namespace: event.metadata.namespace ?? '',
        name: event.metadata.name,
      })),
      next.length === 0 ? undefined : Math.max(COARSE_MS, Math.min(...next)),
    );
  },
};

function lastTime(event: Event & { readonly metadata: { readonly creationTimestamp: string } }): number {
  const texts = [
    event.series?.lastObservedTime,
    event.lastTimestamp,
    event.eventTime,
    event.metadata.creationTimestamp,
  ];
  for (const text of texts) {
    const at = text ? parseTime(String(text)) : undefined;
    if (at !== undefined) return at;
  }
  return 0;
}
