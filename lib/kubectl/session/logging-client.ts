import {
  type Client,
  type ListOptions,
  pathOf,
  type ResourceRef,
  StatusError,
  type WriteOptions,
} from '../../api';

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** What `-v` tells of: where requests go, what time it is, and how a line is written. */
export interface RequestLog {
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

/** The client, each request of which is told of once it is answered (client-go's debugging round tripper at -v=6). */
export function loggingClient(client: Client, log: RequestLog): Client {
  const tell = (verb: string, path: string, query: Query, code: number, since: number): Promise<void> => {
    const url = `${log.server}${path}${encode(query)}`;
    const ms = Math.round(log.now() - since);
    return log.write(
      `round_trippers.go:632] "Response" verb="${verb}" url="${url}" status="${code} ${TEXTS[code] ?? ''}" milliseconds=${ms}`,
    );
  };
  const asked = async <T>(
    verb: string,
    path: string,
    query: Query,
    work: () => Promise<T>,
    codeOf: (answer: T) => number = () => 200,
  ): Promise<T> => {
    const since = log.now();
    try {
      const answer = await work();
      await tell(verb, path, query, codeOf(answer), since);
      return answer;
    } catch (error) {
      if (error instanceof StatusError) await tell(verb, path, query, error.code, since);
      throw error;
    }
  };
  async function* streamed<T>(path: string, query: Query, work: () => AsyncIterable<T>): AsyncGenerator<T> {
    const since = log.now();
    let told = false;
    for await (const each of work()) {
      if (!told) await tell('GET', path, query, 200, since);
      told = true;
      yield each;
    }
    if (!told) await tell('GET', path, query, 200, since);
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
      ),
    watch: (ref, namespace, options) =>
      streamed(...watched(ref, namespace, options), () => client.watch(ref, namespace, options)),
    watchTable: (ref, namespace, options) =>
      streamed(...watched(ref, namespace, options), () => client.watchTable(ref, namespace, options)),
    create: (ref, namespace, object, options) =>
      asked(
        'POST',
        pathOf(ref, namespace, options?.name, options?.subresource),
        writeQuery(options),
        () => client.create(ref, namespace, object, options),
        ({ code }) => code,
      ),
    update: (ref, namespace, object, options) =>
      asked(
        'PUT',
        pathOf(ref, namespace, object.metadata.name, options?.subresource),
        writeQuery(options),
        () => client.update(ref, namespace, object, options),
        ({ code }) => code,
      ),
    patch: (ref, namespace, name, type, body, options) =>
      asked(
        'PATCH',
        pathOf(ref, namespace, name, options?.subresource),
        { ...writeQuery(options), force: options?.force },
        () => client.patch(ref, namespace, name, type, body, options),
        ({ code }) => code,
      ),
    delete: (ref, namespace, name, options) =>
      asked(
        'DELETE',
        pathOf(ref, namespace, name),
        {},
        () => client.delete(ref, namespace, name, options),
        ({ code }) => code,
      ),
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
