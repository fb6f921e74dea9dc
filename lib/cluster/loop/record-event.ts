import { type KubeObject, type ResourceRef, StatusError, type View } from '../../api';
import { formatMicroTime, formatTime, type Random } from '../../base';
import type { Action, Api, Controller, Identity } from '../seams';
import { combine } from './combine-events';
import type { Ledger } from './ledger';

const EVENTS: ResourceRef = { group: '', version: 'v1', resource: 'events' };
const NODE_USER = 'system:node:';

/** What the controller saw and wants told. */
export type EventAction = Extract<Action, { readonly verb: 'event' }>;

/** Where events go and who tells them. */
export interface Recorder {
  readonly api: Api;
  /** Where the events told so far are seen: recorders may write events, not read them. */
  readonly view: View;
  readonly ledger: Ledger;
  readonly controller: Controller;
  readonly identity: Identity;
  readonly now: number;
  readonly random: Random;
}

/**
 * Writes an event as client-go's recorders do: a new object the first time, one more in `count` (or in `series`,
 * for the newer events API) when the same thing happens to the same object again. A refusal is let go, as there.
 */
export function recordEvent(recorder: Recorder, told: EventAction): void {
  try {
    const kind = similarityOf(recorder, told);
    const combined = recorder.controller.eventsV1 ? undefined : combine(recorder, kind, told.message);
    const action = combined === undefined ? told : { ...told, message: combined };
    const correlation = combined === undefined ? correlationOf(recorder, action) : kind;
    const known = recorder.ledger.event(correlation);
    if (known !== undefined && raise(recorder, action, known)) return;
    const event = newEvent(recorder, action);
    recorder.api.create(EVENTS, event.metadata.namespace ?? '', event);
    recorder.ledger.setEvent(correlation, event.metadata.name ?? '');
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
}

const namespaceOf = (about: KubeObject): string => about.metadata.namespace || 'default';

function partsOf(
  { controller, identity }: Recorder,
  { about }: EventAction,
): readonly (string | undefined)[] {
  const { name, uid } = about.metadata;
  return [controller.name, identity.user, about.kind, namespaceOf(about), name, uid];
}

/** Events are similar when they are about the same object and for the same reason (EventAggregatorByReasonFunc). */
function similarityOf(recorder: Recorder, action: EventAction): string {
  return [...partsOf(recorder, action), action.type, action.reason].join('\u0000');
}

/** Events are the same when their message is, too (getEventKey). */
function correlationOf(recorder: Recorder, action: EventAction): string {
  const what = recorder.controller.eventsV1 ? action.action : action.message;
  const rest = [action.fieldPath, action.type, action.reason, what];
  return [...partsOf(recorder, action), ...rest].join('\u0000');
}

type Counted = KubeObject & { readonly count?: number; readonly series?: { readonly count: number } };

/** Counts one more on an event that is still there; false when it is gone. */
function raise({ api, view, controller, now }: Recorder, action: EventAction, name: string): boolean {
  const namespace = namespaceOf(action.about);
  try {
    const known = view.get<Counted>('events', namespace, name);
    if (!known) return false;
    const body = controller.eventsV1
      ? { series: { count: (known.series?.count ?? 1) + 1, lastObservedTime: formatMicroTime(now) } }
      : { count: (known.count ?? 1) + 1, lastTimestamp: formatTime(now), message: action.message };
    api.patch(EVENTS, namespace, name, 'merge', body);
    return true;
  } catch (error) {
    if (error instanceof StatusError && error.code === 404) return false;
    throw error;
  }
}

/** `<object>.<time in nanoseconds, hexadecimal>`, as the recorders name events. */
function eventName({ ledger, now, random }: Recorder, about: KubeObject): string {
  // Events of one millisecond keep their order by name.
  const within = (ledger.nextNumber() % 10_000) * 100 + Math.floor(random.next() * 100);
  const nanoseconds = BigInt(now) * 1_000_000n + BigInt(within);
  return `${about.metadata.name ?? ''}.${nanoseconds.toString(16)}`;
}

function newEvent(recorder: Recorder, action: EventAction): KubeObject {
  const { controller, identity, now } = recorder;
  const { about, type, reason, message } = action;
  const { name, namespace, uid, resourceVersion } = about.metadata;
  const host = identity.user.startsWith(NODE_USER) ? identity.user.slice(NODE_USER.length) : undefined;
  const component = controller.component ?? controller.name;
  const times = controller.eventsV1
    ? {
        source: {},
        firstTimestamp: null,
        lastTimestamp: null,
        eventTime: formatMicroTime(now),
        action: action.action,
        reportingComponent: component,
        reportingInstance: `${component}-control-plane`,
      }
    : {
        source: host === undefined ? { component } : { component, host },
        firstTimestamp: formatTime(now),
        lastTimestamp: formatTime(now),
        count: action.count ?? 1,
        eventTime: null,
        reportingComponent: component,
        reportingInstance: host ?? '',
      };
  // A kubelet speaks of its own node without a version.
  const apiVersion = about.apiVersion === '' ? undefined : about.apiVersion;
  const involved = { kind: about.kind, namespace, name, uid, apiVersion, resourceVersion };
  const event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: eventName(recorder, about), namespace: namespaceOf(about) },
    involvedObject: action.fieldPath === undefined ? involved : { ...involved, fieldPath: action.fieldPath },
    reason,
    message,
    type,
    ...times,
  };
  return event;
}
