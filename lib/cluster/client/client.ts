import {
  type AttachOptions,
  badRequest,
  type Client,
  type ExecOptions,
  type ExecStreams,
  type KubeObject,
  type NamespaceName,
  type ResourceRef,
  SERVER_VERSION,
  type Table,
  type WatchEvent,
  type WatchOptions,
} from '../../api';
import type { Input } from '../../base';
import type { ServerApi } from '../server';
import { checkEnterable, chooseContainer } from './containers';
import { createEventQueue } from './event-queue';
import { speakWithPort } from './forward';
import { lateClient } from './late-client';
import { readLogs } from './logs';
import type { ClientPorts } from './ports';
import { getRaw } from './raw';

/** The in-process client of one identity: every promise settles by microtasks alone. */
export function createClient(api: ServerApi, ports: ClientPorts): Client {
  const client: Client = {
    get: async (ref, namespace, name, subresource) => api.get(ref, namespace, name, subresource),
    list: async (ref, namespace, options) => api.list(ref, namespace, options),
    table: async (ref, namespace, options) => api.table(ref, namespace, options),
    warningsOf: async (ref) => api.warningsOf(ref),
    watch: (ref, namespace, options) => watch(api, ref, namespace, options),
    watchTable: (ref, namespace, options) => watchTable(api, ref, namespace, options),
    create: async (ref, namespace, object, options) => api.create(ref, namespace, object, named(options)),
    update: async (ref, namespace, object, options) => api.update(ref, namespace, object, named(options)),
    patch: async (ref, namespace, name, type, body, options) =>
      api.patch(ref, namespace, name, type, body, type === 'apply' ? options : named(options)),
    delete: async (ref, namespace, name, options) => api.delete(ref, namespace, name, options),
    deleteCollection: async (ref, namespace, options) => api.deleteCollection(ref, namespace, options),
    logs: (namespace, pod, options) => readLogs(api, ports, namespace, pod, options),
    connect: async (namespace, pod, subresource, container) => {
      if (subresource === 'portforward') reachForward(api, ports, namespace, pod);
      else choose(api, namespace, pod, subresource, container);
    },
    attach: (namespace, pod, options, streams) => attach(api, ports, namespace, pod, options, streams),
    forward: async (namespace, pod, port, streams) => {
      const found = reachForward(api, ports, namespace, pod);
      await speakWithPort(found, port, ports.send, streams);
    },
    exec: (namespace, pod, options, streams) => exec(api, ports, namespace, pod, options, streams),
    resources: async () => api.resources(),
    version: async () => SERVER_VERSION,
    raw: async (path) => getRaw(api, path),
    // Whom to be taken for next is said by who is connected, not by whom that one is taken for now.
    as: (credentials) =>
      lateClient(
        () => ports.become(credentials),
        (next) => client.as({ token: credentials.token, ...next }),
      ),
  };
  return client;
}

/** A watcher that lets so many changes wait is cut off after them, as upstream's cacher does, and has to begin anew. */
const WATCH_BACKLOG = 5_000;
/** The program that the in-process client is for: whoever names no manager is known by its User-Agent. */
const KUBECTL = 'kubectl';

const named = <T extends { readonly fieldManager?: string | undefined }>(options: T | undefined) => ({
  ...options,
  fieldManager: options?.fieldManager ?? KUBECTL,
});

async function* watch(
  api: ServerApi,
  ref: ResourceRef,
  namespace: NamespaceName,
  options: WatchOptions,
): AsyncGenerator<WatchEvent> {
  let stop = () => {};
  const queue = createEventQueue<WatchEvent>(options.cancel, () => stop());
  let stands = false;
  stop = api.watch(ref, namespace, options, (event) => {
    if (stands && queue.size >= WATCH_BACKLOG) queue.end();
    else queue.push(event);
  });
  stands = true;
  if (options.cancel.cancelled) stop();
  options.onStart?.();
  for await (const event of queue) {
    yield event;
    if (event.type === 'ERROR') return;
  }
}

async function* watchTable(
  api: ServerApi,
  ref: ResourceRef,
  namespace: NamespaceName,
  options: WatchOptions,
): AsyncGenerator<WatchEvent<Table>> {
  let isFirst = true;
  for await (const { type, object } of watch(api, ref, namespace, options)) {
    yield {
      type,
      object: type === 'ERROR' ? (object as unknown as Table) : oneRow(api, ref, object, isFirst),
    };
    isFirst = false;
  }
}

function oneRow(api: ServerApi, ref: ResourceRef, object: KubeObject, isFirst: boolean): Table {
  const table = api.rows(ref, [object]);
  const { resourceVersion = '' } = object.metadata;
  return {
    ...table,
    metadata: { resourceVersion },
    columnDefinitions: isFirst ? table.columnDefinitions : [],
  };
}

/** A Pod whose ports are asked for; no container is meant (PortForwardLocation). */
function reachForward(api: ServerApi, ports: ClientPorts, namespace: string, name: string) {
  const { pod } = api.connect(namespace, name, 'portforward');
  if (!pod.spec?.nodeName) throw badRequest(`pod ${name} does not have a host assigned`);
  ports.dial?.(pod.spec.nodeName);
  return pod;
}

/** The Pod and the container that somebody wants to be connected with (pod strategy's streamLocation). */
function choose(
  api: ServerApi,
  namespace: string,
  name: string,
  subresource: Parameters<ServerApi['connect']>[2],
  asked: string,
) {
  const { pod } = api.connect(namespace, name, subresource);
  const container = chooseContainer(pod, asked);
  if (!pod.spec?.nodeName) throw badRequest(`pod ${name} does not have a host assigned`);
  return { pod, container };
}

async function attach(
  api: ServerApi,
  ports: ClientPorts,
  namespace: string,
  name: string,
  options: AttachOptions,
  streams: ExecStreams,
): Promise<void> {
  const { pod, container } = choose(api, namespace, name, 'attach', options.container);
  checkEnterable(pod, container);
  const { stdin, stdout, cancel } = streams;
  const target = { namespace, pod: name, container };
  const conversation = stdin === undefined ? undefined : ports.attach(target, streams);
  if (conversation) return conversation;
  // A program that never reads leaves what is written to it where it is.
  void drain(stdin);
  const reading = { container, follow: true, tailLines: 0, cancel };
  const log = readLogs(api, ports, namespace, name, reading, 'attach');
  for await (const piece of log) await stdout.write(piece);
}

async function drain(input: Input | undefined): Promise<void> {
  while ((await input?.read()) !== undefined);
}

async function exec(
  api: ServerApi,
  ports: ClientPorts,
  namespace: string,
  name: string,
  options: ExecOptions,
  streams: ExecStreams,
): Promise<number> {
  const { pod, container } = choose(api, namespace, name, 'exec', options.container);
  checkEnterable(pod, container);
  ports.dial?.(pod.spec?.nodeName ?? '');
  return ports.exec({ namespace, pod: name, container, command: options.command }, streams);
}
