import {
  type Client,
  type KubeObject,
  type ListOptions,
  pathOf,
  type ResourceRef,
  StatusError,
  type Table,
  type WriteOptions,
} from '../../api';
import { type Exchange, TABLES, tellRequest, tellResponse } from './tell-exchange';

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** What `-v` tells of: where requests go, what time it is, and how a line is written. */
export interface RequestLog {
  /** What `-v` is: requests from 6 on, their headers from 7, bodies from 8, as curl from 9. */
  readonly level: number;
  readonly server: string;
  now(): number;
  write(what: string): Promise<void>;
}

/** http.StatusText. */
const TEXTS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** How many items kubectl asks for at a time (--chunk-size). */
const CHUNK = 500;

const escapeQuery = (text: string): string =>
  encodeURIComponent(text)
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, '+');

/** url.Values.Encode: by name. */
function encode(query: Query): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== false)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${escapeQuery(key)}=${escapeQuery(String(value))}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

const listQuery = ({ labelSelector, fieldSelector, limit, resourceVersion }: ListOptions = {}): Query => ({
  labelSelector: labelSelector || undefined,
  fieldSelector: fieldSelector || undefined,
  limit: limit ?? CHUNK,
  resourceVersion,
});

const writeQuery = ({ dryRun, fieldManager, fieldValidation }: WriteOptions = {}): Query => ({
  dryRun: dryRun ? 'All' : undefined,
  fieldManager,
  fieldValidation,
});

/** What is told of a request beyond where it went. */
type Asked<T> = Partial<Omit<Exchange, 'verb' | 'url'>> & {
  codeOf?(answer: T): number;
  bodyOf?(answer: T): unknown;
};

const PATCHES = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

/** A table as it goes over the wire: of each object its metadata. */
function bareTable(table: Table): unknown {
  const rows = table.rows.map(({ cells, object }) => ({
    cells,
    object: {
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: (object as KubeObject).metadata,
    },
  }));
  return { ...table, rows };
}

/** The client, each request of which is told of once it is answered (client-go's debugging round tripper at -v=6). */
export function loggingClient(client: Client, log: RequestLog): Client {
  const asked = async <T>(
    verb: string,
    path: string,
    query: Query,
    work: () => Promise<T>,
    how: Asked<T> = {},
  ): Promise<T> => {
    const since = log.now();
    const exchange = { verb, url: `${log.server}${path}${encode(query)}`, ...how };
    await tellRequest(log, exchange);
    const done = (code: number, body: unknown): Promise<void> =>
      tellResponse(log, exchange, { status: `${code} ${TEXTS[code] ?? ''}`, since, body });
    try {
      const answer = await work();
      await done(how.codeOf?.(answer) ?? 200, how.bodyOf?.(answer) ?? answer);
      return answer;
    } catch (error) {
      if (error instanceof StatusError) await done(error.code, error.status);
      throw error;
    }
  };
  const wrote = <T extends { readonly code: number; readonly object: unknown }>(
    verb: string,
    path: string,
    query: Query,
    work: () => Promise<T>,
    how: Asked<T>,
  ): Promise<T> =>
    asked(verb, path, query, work, {
      contentType: 'application/json',
      ...how,
      codeOf: ({ code }) => code,
      bodyOf: ({ object }) => object,
    });
  const tell = async (verb: string, path: string, query: Query, since: number): Promise<void> => {
    const exchange = { verb, url: `${log.server}${path}${encode(query)}` };
    await tellRequest(log, exchange);
    await tellResponse(log, exchange, { status: '200 OK', since, body: undefined });
  };
  async function* streamed<T>(path: string, query: Query, work: () => AsyncIterable<T>): AsyncGenerator<T> {
    const since = log.now();
    let told = false;
    for await (const each of work()) {
      if (!told) await tell('GET', path, query, since);
      told = true;
      yield each;
    }
    if (!told) await tell('GET', path, query, since);
  }
  const watched = (ref: ResourceRef, namespace: string, options: ListOptions): readonly [string, Query] => [
    pathOf(ref, namespace),
    { ...listQuery(options), limit: undefined, watch: true },
  ];
  const PODS = { group: '', version: 'v1', resource: 'pods' };
  return {
    ...client,
    get: (ref, namespace, name, subresource) =>
      asked('GET', pathOf(ref, namespace, name, subresource), {}, () =>
        client.get(ref, namespace, name, subresource),
      ),
    list: (ref, namespace, options) =>
      asked('GET', pathOf(ref, namespace), listQuery(options), () => client.list(ref, namespace, options)),
    table: (ref, namespace, options) =>
      asked(
        'GET',
        pathOf(ref, namespace, options?.name),
        options?.name === undefined ? listQuery(options) : {},
        () => client.table(ref, namespace, options),
        { accept: TABLES, bodyOf: bareTable },
      ),
    watch: (ref, namespace, options) =>
      streamed(...watched(ref, namespace, options), () => client.watch(ref, namespace, options)),
    watchTable: (ref, namespace, options) =>
      streamed(...watched(ref, namespace, options), () => client.watchTable(ref, namespace, options)),
    create: (ref, namespace, object, options) =>
      wrote(
        'POST',
        pathOf(ref, namespace, options?.name, options?.subresource),
        writeQuery(options),
        () => client.create(ref, namespace, object, options),
        { body: object },
      ),
    update: (ref, namespace, object, options) =>
      wrote(
        'PUT',
        pathOf(ref, namespace, object.metadata.name, options?.subresource),
        writeQuery(options),
        () => client.update(ref, namespace, object, options),
        { body: object },
      ),
    patch: (ref, namespace, name, type, body, options) =>
      wrote(
        'PATCH',
        pathOf(ref, namespace, name, options?.subresource),
        { ...writeQuery(options), force: options?.force },
        () => client.patch(ref, namespace, name, type, body, options),
        { body, contentType: PATCHES[type] },
      ),
    delete: (ref, namespace, name, options) =>
      wrote('DELETE', pathOf(ref, namespace, name), {}, () => client.delete(ref, namespace, name, options), {
        body: {
          propagationPolicy: options?.propagationPolicy,
          gracePeriodSeconds: options?.gracePeriodSeconds,
        },
      }),
    logs: (namespace, pod, options) => {
      const { container, follow, previous, tailLines, sinceSeconds, sinceTime, timestamps, limitBytes } =
        options;
      const query = {
        container,
        follow,
        previous,
        tailLines,
        sinceSeconds,
        sinceTime,
        timestamps,
        limitBytes,
      };
      return streamed(pathOf(PODS, namespace, pod, 'log'), query, () => client.logs(namespace, pod, options));
    },
    version: () => asked('GET', '/version', { timeout: '32s' }, () => client.version()),
    raw: (path) => asked('GET', path, {}, () => client.raw(path)),
  };
}
