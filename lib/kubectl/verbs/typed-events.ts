import type { Event } from '../../api';

/** The fields of Go's types, in their order: what `kubectl events` prints, it has decoded first. */
const META = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
];
const REFERENCE = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'];
const EVENT = [
  'kind',
  'apiVersion',
  'metadata',
  'involvedObject',
  'reason',
  'message',
  'source',
  'firstTimestamp',
  'lastTimestamp',
  'count',
  'type',
  'eventTime',
  'series',
  'action',
  'related',
  'reportingComponent',
  'reportingInstance',
];

/** An event as a Go type holds it: its fields in that type's order. */
export function typedEvent(event: Event): object {
  const { metadata, involvedObject = {}, related } = event;
  const inner = {
    metadata: inOrder(META, metadata),
    involvedObject: inOrder(REFERENCE, involvedObject),
    ...(related ? { related: inOrder(REFERENCE, related) } : {}),
  };
  return inOrder(EVENT, { ...event, ...inner });
}

/** Events as a list of that type. */
export const typedEventList = (events: readonly Event[]): object => ({
  kind: 'EventList',
  apiVersion: 'v1',
  metadata: {},
  items: events.map(typedEvent),
});

function inOrder(keys: readonly string[], value: object): object {
  const known = new Map(Object.entries(value));
  return Object.fromEntries(keys.filter((key) => known.has(key)).map((key) => [key, known.get(key)]));
}
