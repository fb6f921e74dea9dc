import type { Event } from '../../types';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { validateObjectMeta, validateObjectMetaUpdate } from '../validation';
import { eventColumns } from './columns';
import { validateEvent } from './validate-event';

/** Event of core/v1. */
export const eventKind = defineKind<Event>({
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  schema: schemaOf('Event'),
  columns: eventColumns,
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
  validate: (event, previous) => [
    ...(previous
      ? validateObjectMetaUpdate(event.metadata, previous.metadata)
      : validateObjectMeta(event.metadata, { namespaced: true })),
    ...validateEvent(event, 'reportingComponent'),
  ],
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
