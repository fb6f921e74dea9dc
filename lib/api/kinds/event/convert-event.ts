import type { Event, NewEvent } from '../../types';

/** Fields that bear another name in each version; all others are alike. */
const NAMES = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
  ['reportingComponent', 'reportingController'],
] as const;
const TO_NEW: ReadonlyMap<string, string> = new Map(NAMES);
const TO_CORE: ReadonlyMap<string, string> = new Map(NAMES.map(([core, own]) => [own, core]));
/** What core/v1 writes even when it is empty, and events.k8s.io/v1 does not. */
const CORE_UNSET = { reportingComponent: '', reportingInstance: '' };

const renamed = (object: object, names: ReadonlyMap<string, string>): object =>
  Object.fromEntries(Object.entries(object).map(([field, value]) => [names.get(field) ?? field, value]));

/** As the store and core/v1 have it (Convert_v1_Event_To_core_Event). */
export function toCoreEvent(event: NewEvent): Event {
  const named: object = renamed(event, TO_CORE);
  return { ...CORE_UNSET, ...named, apiVersion: 'v1', kind: 'Event' } as Event;
}

/** As events.k8s.io/v1 has it; what is empty there stays away. */
export function toNewEvent(event: Event): NewEvent {
  const own = Object.entries(renamed(event, TO_NEW)).filter(
    ([field, value]) => value !== '' || (field !== 'reportingController' && field !== 'reportingInstance'),
  );
  return { ...Object.fromEntries(own), apiVersion: 'events.k8s.io/v1', kind: 'Event' } as NewEvent;
}
