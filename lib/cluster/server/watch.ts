import type { KubeObject, ListOptions, Status, WatchEvent } from '../../api';
import type { Change } from '../seams';
import type { Request } from './context';
import { listStored, present } from './kind-store';
import { parseRevision, parseSelection } from './list-page';
import { apiVersionOf, storePrefix } from './registry';

/** What a watch may ask for beyond a list. */
export type WatchRequest = ListOptions & {
  readonly allowWatchBookmarks?: boolean | undefined;
  readonly sendInitialEvents?: boolean | undefined;
};

/** Starts a watch: what is there or was missed first, then every change until stopped. */
export function watchObjects(
  request: Request,
  options: WatchRequest,
  onEvent: (event: WatchEvent) => void,
): () => void {
  const { store } = request.context;
  const prefix = storePrefix(request.kind, request.namespace);
  const selected = parseSelection(request, options);
  const from = readRevision(options);
  if (from === undefined) {
    for (const object of listStored(request)) if (selected(object)) onEvent({ type: 'ADDED', object });
    if (options.sendInitialEvents && options.allowWatchBookmarks) onEvent(initialEventsEnd(request));
  } else {
    const missed = store.since(from, prefix);
    if (!missed) {
      onEvent({ type: 'ERROR', object: tooOld(from, store.revision) as unknown as KubeObject });
      return () => {};
    }
    for (const change of missed) emit(request, change, selected, onEvent);
  }
  return store.listen((change) => {
    if (change.key.startsWith(prefix)) emit(request, change, selected, onEvent);
  });
}

/** undefined: from the state that is there now. */
function readRevision(options: WatchRequest): number | undefined {
  const text = options.resourceVersion ?? '';
  if (text === '' || text === '0' || options.sendInitialEvents) return undefined;
  return parseRevision(text);
}

/** An object that enters the selection is added to the watcher's eyes, one that leaves it is deleted. */
function emit(
  request: Request,
  change: Change,
  selected: (object: KubeObject) => boolean,
  onEvent: (event: WatchEvent) => void,
): void {
  const [object, previous] = [change.object, change.previous].map((each) => each && present(request, each));
  const is = object !== undefined && selected(object);
  const was = previous !== undefined && selected(previous);
  if (is) onEvent({ type: was ? 'MODIFIED' : 'ADDED', object });
  else if (was) onEvent({ type: 'DELETED', object: atRevision(previous, change.revision) });
}

const atRevision = (object: KubeObject, revision: number): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, resourceVersion: String(revision) },
});

function initialEventsEnd({ kind, context }: Request): WatchEvent {
  const object = {
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    metadata: {
      resourceVersion: String(context.store.revision),
      annotations: { 'k8s.io/initial-events-end': 'true' },
    },
  };
  return { type: 'BOOKMARK', object };
}

function tooOld(asked: number, current: number): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: `too old resource version: ${asked} (${current})`,
    reason: 'Expired',
    code: 410,
  };
}
