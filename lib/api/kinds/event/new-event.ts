import type { Json, Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { Event, NewEvent } from '../../types';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import {
  immutable,
  invalidValue,
  required,
  sameJson,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';
import { eventColumns } from './columns';
import { toCoreEvent, toNewEvent } from './convert-event';
import { validateEvent } from './validate-event';

/** Event of events.k8s.io/v1: the same objects as core/v1's, under names of its own, and judged more strictly. */
export const newEventKind = defineKind<NewEvent>({
  group: 'events.k8s.io',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  schema: schemaOf('events.Event'),
  storage: {
    resource: 'events',
    encode: toCoreEvent,
    decode: (stored) => toNewEvent(stored as Stored<Event>) as Stored<NewEvent>,
  },
  columns: eventColumns.map((column) => ({
    ...column,
    value: (event: NewEvent, now: number) => column.value(toCoreEvent(event), now),
  })),
  selectableFields: {
    'regarding.kind': ({ regarding }) => regarding?.kind ?? '',
    'regarding.namespace': ({ regarding }) => regarding?.namespace ?? '',
    'regarding.name': ({ regarding }) => regarding?.name ?? '',
    'regarding.uid': ({ regarding }) => regarding?.uid ?? '',
    'regarding.apiVersion': ({ regarding }) => regarding?.apiVersion ?? '',
    'regarding.resourceVersion': ({ regarding }) => regarding?.resourceVersion ?? '',
    'regarding.fieldPath': ({ regarding }) => regarding?.fieldPath ?? '',
    reason: ({ reason }) => reason ?? '',
    reportingController: ({ reportingController }) => reportingController ?? '',
    type: ({ type }) => type ?? '',
  },
  setDefaults: (event) => ({ ...UNSET, ...event }),
  validate: (event, previous) => {
    const next = toCoreEvent(event);
    return previous ? validateUpdate(next, toCoreEvent(previous)) : validateCreate(next);
  },
});

/** What upstream writes even when it is not set. */
const UNSET: object = {
  deprecatedFirstTimestamp: null,
  deprecatedLastTimestamp: null,
  deprecatedSource: {},
  eventTime: null,
  regarding: {},
};

/** ValidateEventCreate: strict, and in the words of the internal type. */
function validateCreate(event: Event): FieldError[] {
  const { eventTime, type = '', firstTimestamp, lastTimestamp, count, source } = event;
  const unset = (field: string, given: unknown): FieldError[] =>
    given ? [invalidValue(field, '', 'needs to be unset')] : [];
  return [
    ...validateEvent(event, 'reportingController'),
    ...validateObjectMeta(event.metadata, { namespaced: true }),
    ...validateSeries(event),
    ...(eventTime ? [] : [required('eventTime')]),
    ...(type === 'Normal' || type === 'Warning'
      ? []
      : [invalidValue('type', '', `has invalid value: ${type}`)]),
    ...unset('firstTimestamp', firstTimestamp),
    ...unset('lastTimestamp', lastTimestamp),
    ...unset('count', count),
    ...unset('source', source?.component || source?.host),
  ];
}

/** validateV1EventSeries. */
function validateSeries({ series }: Event): FieldError[] {
  if (!series) return [];
  return [
    ...((series.count ?? 0) < 2 ? [invalidValue('series.count', '', 'should be at least 2')] : []),
    ...(series.lastObservedTime ? [] : [required('series.lastObservedTime')]),
  ];
}

const FIXED = [
  'involvedObject',
  'reason',
  'message',
  'source',
  'firstTimestamp',
  'lastTimestamp',
  'count',
  'type',
  'eventTime',
  'action',
  'related',
  'reportingComponent',
  'reportingInstance',
] as const;

/** ValidateEventUpdate: only its series may go on. */
function validateUpdate(event: Event, previous: Event): FieldError[] {
  const named = (field: string): string => (field === 'reportingComponent' ? 'reportingController' : field);
  return [
    ...validateEvent(event, 'reportingController'),
    ...validateObjectMetaUpdate(event.metadata, previous.metadata),
    ...(sameJson(event.series, previous.series) ? [] : validateSeries(event)),
    ...FIXED.flatMap((field) =>
      immutable(named(field), event[field] as Json | undefined, previous[field] as Json | undefined),
    ),
  ];
}
