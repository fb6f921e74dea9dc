import {
  type AttachOptions,
  badRequest,
  type Client,
  type ExecOptions,
  type ExecStreams,
  type KubeObject,
  type NamespaceName,
  type Pod,
  type ResourceRef,
  type Stored,
  type Table,
  type WatchEvent,
  type WatchOptions,
} from '../../api';
import type { Input } from '../../base';
import type { ServerApi } from '../server';
import { checkEnterable, chooseContainer } from './containers';
import { createEventQueue } from './event-queue';
import { readLogs } from './logs';
import type { ClientPorts } from './ports';
import { getRaw } from './raw';

const PODS = { group: '', version: 'v1', resource: 'pods' };

/** The in-process client of one identity: every promise settles by microtasks alone. */
export function createClient(api: ServerApi, ports: ClientPorts): Client {
  return {
    get: async (ref, namespace, name, subresource) => api.get(ref, namespace, name, subresource),
    list: async (ref, namespace, options) => api.list(ref, namespace, options),
    table: async (ref, namespace, options) => api.table(ref, namespace, options),
    watch: (ref, namespace, options) => watch(api, ref, namespace, options),
    watchTable: (ref, namespace, options) => watchTable(api, ref, namespace, options),
    create: async (ref, namespace, object, options) => api.create(ref, namespace, object, options),
    update: async (ref, namespace, object, options) => api.update(ref, namespace, object, options),
    patch: async (ref, namespace, name, type, body, options) =>
      api.patch(ref, namespace, name, type, body, options),
    delete: async (ref, namespace, name, options) => api.delete(ref, namespace, name, options),
    deleteCollection: async (ref, namespace, options) => api.deleteCollection(ref, namespace, options),
    logs: (namespace, pod, options) => readLogs(api, ports, namespace, pod, options),
    connect: async (namespace, pod, _subresource, container) => {
      choose(api, namespace, pod, container);
    },
    attach: (namespace, pod, options, streams) => attach(api, ports, namespace, pod, options, streams),
    exec: (namespace, pod, options, streams) => exec(api, ports, namespace, pod, options, streams),
    resources: async () => api.resources(),
    version: async () => ports.version,
    raw: async (path) => getRaw(api, ports.version, path),
  };
}

async function* watch(
  api: ServerApi,
  ref: ResourceRef,
  namespace: NamespaceName,
  options: WatchOptions,
): AsyncGenerator<WatchEvent> {
  let stop = () => {};
  const queue = createEventQueue<WatchEvent>(options.cancel, () => stop());
  stop = api.watch(ref, namespace, options, (event) => queue.push(event));
  if (options.cancel.cancelled) stop();
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

/** The Pod and the container that somebody wants to be connected with (pod strategy's streamLocation). */
function choose(api: ServerApi, namespace: string, name: string, asked: string) {
  const pod = api.get(PODS, namespace, name) as Stored<Pod>;
  const container = chooseContainer(pod, asked);
  if (!pod.spec?.nodeName) throw badRequest(`pod ${name} does not have a host assigned`);
  return { pod, container };
}

/** Programs here read no standard input: what comes is taken and dropped, as by a program that never reads. */
async function attach(
  api: ServerApi,
  ports: ClientPorts,
  namespace: string,
  name: string,
  options: AttachOptions,
  { stdin, stdout, cancel }: ExecStreams,
): Promise<void> {
  const { pod, container } = choose(api, namespace, name, options.container);
  checkEnterable(pod, container);
  void drain(stdin);
  const log = readLogs(api, ports, namespace, name, { container, follow: true, tailLines: 0, cancel });
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
  const { pod, container } = choose(api, namespace, name, options.container);
  checkEnterable(pod, container);
  return ports.exec({ namespace, pod: name, container, command: options.command }, streams);
}
