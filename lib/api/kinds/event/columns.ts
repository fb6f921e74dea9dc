import { parseTime } from '../../../base';
import type { Column } from '../../kind-spec';
import type { Event } from '../../types';
import { nameColumn, since, textColumn, wide } from '../columns';

/** printEvent. */
export const eventColumns: readonly Column<Event>[] = [
  textColumn('Last Seen', 'When this was last seen.', lastSeen),
  textColumn('Type', 'Normal or Warning.', ({ type }) => type ?? ''),
  textColumn('Reason', 'Why, in one word.', ({ reason }) => reason ?? ''),
  textColumn('Object', 'The object that this is about.', eventObject),
  wide(textColumn('Subobject', 'The part of it.', ({ involvedObject }) => involvedObject?.fieldPath ?? '')),
  wide(textColumn('Source', 'Who reports this.', eventSource)),
  textColumn('Message', 'What happened.', ({ message }) => (message ?? '').trim()),
  wide(textColumn('First Seen', 'When this was first seen.', firstSeen)),
  wide({
    ...textColumn('Count', 'How often this was seen.', ({ series, count }) => series?.count ?? (count || 1)),
  }),
  wide(nameColumn()),
];

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
