import type { Event, KubeObject } from '../../api';
import { parseTime } from '../../base';
import type { Session } from '../session';
import { listIfAllowed } from './list-if-allowed';
import type { Page } from './page';
import { ageOf } from './times';

const EVENTS = { group: '', version: 'v1', resource: 'events' };

/** The events about an object; `kind` '' asks for any kind of that uid and name. */
export async function findEvents(
  session: Session,
  object: KubeObject,
  kind: string = object.kind,
  uid: string = object.metadata.uid ?? '',
): Promise<readonly Event[]> {
  const { name = '', namespace = '' } = object.metadata;
  const selector = [
    `involvedObject.name=${name}`,
    ...(namespace === '' ? [] : [`involvedObject.namespace=${namespace}`]),
    ...(kind === '' ? [] : [`involvedObject.kind=${kind}`]),
    `involvedObject.uid=${uid}`,
  ].join(',');
  return listIfAllowed<Event>(session, EVENTS, namespace, { fieldSelector: selector });
}

/** The "Events:" table, oldest first by when they were last seen. */
export function writeEvents(page: Page, events: readonly Event[], now: number): void {
  if (events.length === 0) {
    page.field(0, 'Events', '<none>');
    return;
  }
  page.flush();
  page.write(0, 'Events:\n  Type\tReason\tAge\tFrom\tMessage\n');
  page.write(1, '----\t------\t----\t----\t-------\n');
  const when = (event: Event) => parseTime(event.lastTimestamp ?? '') ?? 0;
  for (const event of events.toSorted((a, b) => when(a) - when(b))) {
    const source = event.source?.component || event.reportingComponent || '';
    const text = (event.message ?? '').trim();
    const path = event.involvedObject?.fieldPath;
    const message = path ? `${path}: ${text}` : text;
    page.write(
      1,
      `${event.type ?? ''}\t${event.reason ?? ''}\t${intervalText(event, now)}\t${source}\t${message}\n`,
    );
  }
}

/** "5s", or "5s (x3 over 2m)" for an event seen several times. */
export function intervalText(event: Event, now: number): string {
  const first = event.eventTime ? ageOf(event.eventTime, now) : ageOf(event.firstTimestamp, now);
  if (event.series) {
    return `${ageOf(event.series.lastObservedTime, now)} (x${event.series.count ?? 0} over ${first})`;
  }
  if ((event.count ?? 0) > 1) return `${ageOf(event.lastTimestamp, now)} (x${event.count} over ${first})`;
  return first;
}
