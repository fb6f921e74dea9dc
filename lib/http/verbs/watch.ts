import { type KubeObject, StatusError, type Table, type WatchEvent, type WatchOptions } from '../../api';
import type { CancelSource } from '../../base';
import type { Agreed, Target } from '../answer/accept';
import { eventText } from '../answer/kept-text';
import { asPartial, asTable, readIncludeObject } from '../answer/transform';
import type { ReadListOptions } from '../options/list-options';
import { withBookmarks } from './bookmarks';
import { bodyKind, type Call } from './call';
import { cancelOf, startStream, streamResponse } from './stream';

/** A watch that says nothing of its length ends after 30 to 60 minutes (min-request-timeout). */
const LEAST_MS = 30 * 60_000;

interface Event {
  readonly type: string;
  readonly object: object;
}

/** Streams a watch's events, one JSON object a line. */
export async function watchCollection(
  call: Call,
  options: ReadListOptions,
  { target }: Agreed,
): Promise<Response> {
  const { client, request, route, query, timers } = call;
  const { ref, namespace } = route;
  const include = target?.kind === 'Table' ? readIncludeObject(query) : 'Metadata';
  const cancel = cancelOf(request);
  const { timeoutSeconds = 0 } = options;
  const lengthMs = timeoutSeconds > 0 ? timeoutSeconds * 1000 : LEAST_MS * (1 + Math.random());
  cancel.onCancel(timers.after(Math.min(lengthMs, LONGEST_TIMER_MS), () => cancel.cancel()));
  const watch = await watchOptions(call, options, cancel);
  const events = startStream<Event>((onStart) => {
    const started = { ...watch, onStart };
    if (target?.kind === 'Table')
      return tableEvents(client.watchTable(ref, namespace, started), target, include);
    const plain = client.watch(ref, namespace, started);
    return options.allowWatchBookmarks
      ? withBookmarks(objectEvents(plain, target), () => bookmark(call, target), timers, cancel)
      : objectEvents(plain, target);
  });
  return streamResponse({ ...events, pieces: lines(events.pieces) }, 'application/json', cancel);
}

/** What timers can count to; a watch asked for longer ends all the same. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

async function watchOptions(
  { client, route }: Call,
  { list, allowWatchBookmarks, sendInitialEvents }: ReadListOptions,
  cancel: CancelSource,
): Promise<WatchOptions> {
  const options = { ...list, allowWatchBookmarks, cancel };
  const fromNow = sendInitialEvents === false && ['', '0'].includes(list.resourceVersion ?? '');
  if (!fromNow) return { ...options, sendInitialEvents: sendInitialEvents ?? false };
  // No initial events, from no version: from the one there is now.
  const { metadata } = await client.list(route.ref, route.namespace, { limit: 1 });
  return { ...options, resourceVersion: metadata.resourceVersion };
}

async function* tableEvents(
  events: AsyncIterable<WatchEvent<Table>>,
  target: Target,
  include: Parameters<typeof asTable>[2],
): AsyncGenerator<Event> {
  for await (const { type, object } of events) {
    // The end of the initial events is told by an annotation, so that row shows its metadata in any case.
    const shown = type === 'BOOKMARK' && include === 'None' ? 'Metadata' : include;
    yield { type, object: type === 'ERROR' ? object : asTable(object, target, shown) };
  }
}

async function* objectEvents(
  events: AsyncIterable<WatchEvent>,
  target: Target | undefined,
): AsyncGenerator<Event> {
  for await (const { type, object } of events) {
    yield { type, object: target && type !== 'ERROR' ? asPartial(object, target) : object };
  }
}

async function* lines(events: AsyncIterable<Event>): AsyncGenerator<string> {
  for await (const { type, object } of events) yield eventText(type, object);
}

/** Tells a watcher how far it has seen; nothing when that cannot be told to it. */
async function bookmark(call: Call, target: Target | undefined): Promise<Event | undefined> {
  const { client, route } = call;
  try {
    const { metadata } = await client.list(route.ref, route.namespace, { limit: 1 });
    const { resourceVersion } = metadata;
    const object = { ...bodyKind(call), metadata: { resourceVersion } } as KubeObject;
    return { type: 'BOOKMARK', object: target ? asPartial(object, target) : object };
  } catch (error) {
    // Who may watch but not list goes without.
    if (error instanceof StatusError) return undefined;
    throw error;
  }
}
