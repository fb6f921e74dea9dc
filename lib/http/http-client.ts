import {
  type Answer,
  type ApiResource,
  type Client,
  type DeleteOptions,
  type ExecOptions,
  type ExecStreams,
  type Impersonation,
  internalError,
  type KubeList,
  type KubeObject,
  type ListOptions,
  type LogOptions,
  type PatchOptions,
  pathOf,
  type ResourceRef,
  StatusError,
  type Stored,
  type Table,
  type WatchEvent,
  type WatchOptions,
  type WriteOptions,
} from '../api';
import type { Cancel } from '../base';
import { readRefusal, readWarnings } from './answer/answers';
import { UPGRADE_REQUIRED } from './channels/upgrade';
import { writeImpersonation } from './credentials';
import { PATCH_CONTENT_TYPES } from './request/media-type';
import { readLines, readText } from './verbs/stream';

/** How an HTTP client reaches its server. */
export interface HttpClientOptions {
  /** "https://host:6443", with a path prefix when there is one. */
  readonly server: string;
  /** Sends a request: `fetch`, or a handler itself. */
  readonly send: (request: Request) => Promise<Response>;
  readonly token?: string | undefined;
  /** Whom to be taken for. */
  readonly impersonate?: Impersonation | undefined;
  /** Runs a process over whatever streaming protocol the server speaks. */
  readonly exec?: (
    namespace: string,
    pod: string,
    options: ExecOptions,
    streams: ExecStreams,
  ) => Promise<number>;
}

interface Call {
  readonly method?: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
  readonly cancel?: Cancel;
}

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

/** A `Client` that speaks the REST API. */
export function createHttpClient(options: HttpClientOptions): Client {
  const call = (each: Call) => send(options, each);
  const json = async <T>(each: Call): Promise<T> => (await (await call(each)).json()) as T;
  const answer = async <T extends KubeObject>(each: Call): Promise<Answer<T>> => {
    const response = await call(each);
    const warnings = readWarnings(response.headers);
    return { object: (await response.json()) as T, warnings, code: response.status };
  };
  const warnings = new Map<string, readonly string[]>();
  /** A call whose answer's warnings are remembered as the resource's own. */
  const hear = (ref: ResourceRef) => async (each: Call) => {
    const response = await call(each);
    warnings.set(pathOf(ref, ''), readWarnings(response.headers));
    return response;
  };
  const read = async <T>(ref: ResourceRef, each: Call): Promise<T> =>
    (await (await hear(ref)(each)).json()) as T;
  return {
    get: (ref, namespace, name, subresource) =>
      read(ref, { path: pathOf(ref, namespace, name, subresource) }),
    list: async (ref, namespace, list = {}) =>
      withTypes(await read<KubeList<Stored>>(ref, { path: pathOf(ref, namespace), query: listQuery(list) })),
    warningsOf: async (ref) => warnings.get(pathOf(ref, '')) ?? [],
    table: (ref, namespace, { name, subresource, ...list } = {}) =>
      read<Table>(ref, {
        path: pathOf(ref, namespace, name, subresource),
        query: { ...listQuery(list), includeObject: 'Object' },
        accept: TABLE,
      }),
    watch: (ref, namespace, watch) =>
      watchEvents<KubeObject>(hear(ref), pathOf(ref, namespace), watch, undefined),
    watchTable: (ref, namespace, watch) =>
      watchEvents<Table>(hear(ref), pathOf(ref, namespace), watch, TABLE),
    create: (ref, namespace, object, { name, ...write } = {}) =>
      answer<Stored>({
        method: 'POST',
        path: pathOf(ref, namespace, name, write.subresource),
        query: writeQuery(write),
        body: object,
      }),
    update: (ref, namespace, object, write = {}) =>
      answer<Stored>({
        method: 'PUT',
        path: pathOf(ref, namespace, object.metadata.name, write.subresource),
        query: writeQuery(write),
        body: object,
      }),
    patch: (ref, namespace, name, type, body, write = {}) =>
      answer<Stored>({
        method: 'PATCH',
        path: pathOf(ref, namespace, name, write.subresource),
        query: writeQuery(write),
        body,
        contentType: PATCH_CONTENT_TYPES[type],
      }),
    delete: (ref, namespace, name, remove = {}) =>
      answer<KubeObject>({ method: 'DELETE', path: pathOf(ref, namespace, name), body: deleteBody(remove) }),
    deleteCollection: async (ref, namespace, remove) => {
      const response = await hear(ref)({
        method: 'DELETE',
        path: pathOf(ref, namespace),
        query: listQuery(remove),
        body: deleteBody(remove),
      });
      return withTypes((await response.json()) as KubeList<Stored>);
    },
    logs: (namespace, pod, logs) => readLogs(call, namespace, pod, logs),
    exec: (namespace, pod, exec, streams) => {
      if (!options.exec) throw internalError('unable to upgrade connection: no streaming protocol');
      return options.exec(namespace, pod, exec, streams);
    },
    connect: (namespace, pod, subresource, container) =>
      askToConnect(call, namespace, pod, subresource, container),
    forward: () => Promise.reject(internalError('unable to upgrade connection: no streaming protocol')),
    attach: () => Promise.reject(internalError('unable to upgrade connection: no streaming protocol')),
    resources: () => discover(json),
    version: () => json({ path: '/version' }),
    raw: async (path) => (await call({ path })).text(),
    as: ({ token = options.token, impersonate }) => createHttpClient({ ...options, token, impersonate }),
  };
}

/** What the items of a list are is said of the list alone; callers want to know it of each. */
function withTypes(list: KubeList<Stored>): KubeList<Stored> {
  const { apiVersion } = list;
  const kind = list.kind.replace(/List$/, '');
  return { ...list, items: list.items.map((item) => ({ ...item, apiVersion, kind })) };
}

async function send(options: HttpClientOptions, call: Call): Promise<Response> {
  const { server, send: fetch, token, impersonate } = options;
  const [path = '', rawQuery = ''] = call.path.split('?');
  const url = new URL(server.replace(/\/+$/, '') + path);
  url.search = rawQuery;
  for (const [key, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined && value !== false) url.searchParams.set(key, String(value));
  }
  const headers = new Headers({ accept: call.accept ?? 'application/json' });
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  if (impersonate) writeImpersonation(headers, impersonate);
  if (call.body !== undefined) headers.set('content-type', call.contentType ?? 'application/json');
  const abort = new AbortController();
  call.cancel?.onCancel(() => abort.abort());
  const request = new Request(url, {
    method: call.method ?? 'GET',
    headers,
    signal: abort.signal,
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  });
  const response = await fetch(request);
  if (response.ok) return response;
  throw await readRefusal(response);
}

const listQuery = ({
  labelSelector,
  fieldSelector,
  limit,
  continue: token,
  resourceVersion,
  resourceVersionMatch,
}: ListOptions) => ({
  labelSelector,
  fieldSelector,
  limit,
  continue: token,
  resourceVersion,
  resourceVersionMatch,
});

const writeQuery = ({ dryRun, fieldManager, fieldValidation, force }: WriteOptions & PatchOptions) => ({
  dryRun: dryRun ? 'All' : undefined,
  fieldManager,
  fieldValidation,
  force,
});

function deleteBody({ dryRun, gracePeriodSeconds, propagationPolicy, preconditions }: DeleteOptions): object {
  return {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    gracePeriodSeconds,
    propagationPolicy,
    preconditions,
    ...(dryRun ? { dryRun: ['All'] } : {}),
  };
}

type SendCall = (call: Call) => Promise<Response>;

async function* watchEvents<T>(
  call: SendCall,
  path: string,
  { cancel, allowWatchBookmarks, sendInitialEvents, onStart, ...list }: WatchOptions,
  accept: string | undefined,
): AsyncGenerator<WatchEvent<T>> {
  const initial = sendInitialEvents ? { sendInitialEvents, resourceVersionMatch: 'NotOlderThan' } : {};
  const query = { ...listQuery(list), watch: true, allowWatchBookmarks, ...initial, includeObject: 'Object' };
  const response = await call({ path, query, cancel, ...(accept === undefined ? {} : { accept }) });
  onStart?.();
  for await (const line of readLines(response, cancel)) {
    const event = JSON.parse(line) as WatchEvent<T>;
    yield event;
    if (event.type === 'ERROR') return;
  }
}

/** A server that has nothing else against it misses the upgrade. */
async function askToConnect(
  call: SendCall,
  namespace: string,
  pod: string,
  subresource: string,
  container: string,
): Promise<void> {
  const path = pathOf({ group: '', version: 'v1', resource: 'pods' }, namespace, pod, subresource);
  try {
    await call({ path, query: { container: container === '' ? undefined : container } });
  } catch (error) {
    if (error instanceof StatusError && error.message === UPGRADE_REQUIRED) return;
    throw error;
  }
}

async function* readLogs(
  call: SendCall,
  namespace: string,
  pod: string,
  { cancel, onStart, ...query }: LogOptions,
): AsyncGenerator<string> {
  const path = pathOf({ group: '', version: 'v1', resource: 'pods' }, namespace, pod, 'log');
  const response = await call({ path, query, cancel });
  onStart?.();
  yield* readText(response, cancel);
}

interface ResourceList {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly singularName: string;
    readonly namespaced: boolean;
    readonly verbs: readonly string[];
    readonly shortNames?: readonly string[];
    readonly categories?: readonly string[];
  }[];
}

/** Every resource, by the plain discovery documents that any server has. */
async function discover(json: <T>(call: Call) => Promise<T>): Promise<readonly ApiResource[]> {
  const { groups } = await json<{ groups: readonly { versions: readonly { groupVersion: string }[] }[] }>({
    path: '/apis',
  });
  // A group tells its versions in the order in which it prefers them.
  const versions = groups.flatMap((each) => each.versions);
  const roots = ['/api/v1', ...versions.map(({ groupVersion }) => `/apis/${groupVersion}`)];
  const lists = await Promise.all(roots.map((path) => json<ResourceList>({ path })));
  return lists.flatMap((list, index) => readResources(roots[index] ?? '', list));
}

function readResources(root: string, { resources }: ResourceList): readonly ApiResource[] {
  const [group = '', version = ''] = root.startsWith('/apis/') ? root.split('/').slice(2) : ['', 'v1'];
  return resources
    .filter((each) => !each.name.includes('/'))
    .map(({ name, kind, singularName, namespaced, verbs, shortNames = [], categories = [] }) => ({
      group,
      version,
      resource: name,
      kind,
      singular: singularName,
      shortNames,
      categories,
      namespaced,
      verbs,
      subresources: resources
        .filter((other) => other.name.startsWith(`${name}/`))
        .map((other) => other.name.slice(name.length + 1)),
    }));
}
