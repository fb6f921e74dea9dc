import { parseTime } from '../../base';
import type { Event } from '../types';
import { nameColumn, since, textColumn, wide } from './columns';
import { defineKind } from './define-kind';
import { schemaOf } from './schema';
import { invalidValue, validateObjectMeta, validateObjectMetaUpdate } from './validation';

/** Event of core/v1. */
export const eventKind = defineKind<Event>({
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  schema: schemaOf('Event'),
  columns: [
    textColumn('Last Seen', 'When this was last seen.', lastSeen),
    textColumn('Type', 'Normal or Warning.', ({ type }) => type ?? ''),
    textColumn('Reason', 'Why, in one word.', ({ reason }) => reason ?? ''),
    textColumn('Object', 'The object that this is about.', eventObject),
    wide(textColumn('Subobject', 'The part of it.', ({ involvedObject }) => involvedObject?.fieldPath ?? '')),
    wide(textColumn('Source', 'Who reports this.', eventSource)),
    textColumn('Message', 'What happened.', ({ message }) => (message ?? '').trim()),
    wide(textColumn('First Seen', 'When this was first seen.', firstSeen)),
    wide({
      ...textColumn(
        'Count',
        'How often this was seen.',
        ({ series, count }) => series?.count ?? (count || 1),
      ),
    }),
    wide(nameColumn()),
  ],
  selectableFields: {
    'involvedObject.kind': ({ involvedObject }) => involvedObject?.kind ?? '',
    'involvedObject.namespace': ({ involvedObject }) => involvedObject?.namespace ?? '',
    'involvedObject.name': ({ involvedObject }) => involvedObject?.name ?? '',
    'involvedObject.uid': ({ involvedObject }) => involvedObject?.uid ?? '',
    'involvedObject.apiVersion': ({ involvedObject }) => involvedObject?.apiVersion ?? '',
    'involvedObject.resourceVersion': ({ involvedObject }) => involvedObject?.resourceVersion ?? '',
    'involvedObject.fieldPath': ({ involvedObject }) => involvedObject?.fieldPath ?? '',
    reason: ({ reason }) => reason ?? '',
    reportingComponent: ({ reportingComponent }) => reportingComponent ?? '',
    source: ({ source, reportingComponent }) => source?.component || reportingComponent || '',
    type: ({ type }) => type ?? '',
  },
  setDefaults: (event) => ({ ...UNSET, ...event }),
  validate: (event, previous) => {
    if (previous) return validateObjectMetaUpdate(event.metadata, previous.metadata);
    const errors = validateObjectMeta(event.metadata, { namespaced: true });
    const about = event.involvedObject?.namespace || 'default';
    if (about === event.metadata.namespace) return errors;
    const given = event.involvedObject?.namespace ?? '';
    return [...errors, invalidValue('involvedObject.namespace', given, 'does not match event.namespace')];
  },
});

/** What upstream writes even when it is not set. */
const UNSET: object = {
  eventTime: null,
  firstTimestamp: null,
  lastTimestamp: null,
  reportingComponent: '',
  reportingInstance: '',
  source: {},
};

const isSet = (time: string | undefined): time is string => !!time && parseTime(time) !== undefined;

function firstSeen({ firstTimestamp, eventTime }: Event, now: number): string {
  return since(isSet(firstTimestamp) ? firstTimestamp : eventTime, now);
}

function lastSeen(event: Event, now: number): string {
  if (event.series) return since(event.series.lastObservedTime, now);
  return isSet(event.lastTimestamp) ? since(event.lastTimestamp, now) : firstSeen(event, now);
}

function eventObject({ involvedObject }: Event): string {
  const kind = (involvedObject?.kind ?? '').toLowerCase();
  return involvedObject?.name ? `${kind}/${involvedObject.name}` : kind;
}

function eventSource({ source, reportingComponent, reportingInstance }: Event): string {
  const component = source?.component || reportingComponent || '';
  const instance = source?.host || reportingInstance || '';
  return instance === '' ? component : `${component}, ${instance}`;
}
