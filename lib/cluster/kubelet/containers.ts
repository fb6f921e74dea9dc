import BTree from 'sorted-btree';
import type { Json } from '../../api';
import { byText } from '../../base';
import type { ContainerRecord, Containers } from '../seams';
import { FRESH_NODE, type NodeRuntime, type PodRuntime } from './runtime';
import { podVolumes } from './volume-key';

/** What kubelets know, as data: containers for the network and `exec`, and what the kubelets themselves go by. */
export interface ContainerRegistry extends Containers {
  pod(key: string): PodRuntime | undefined;
  setPod(key: string, runtime: PodRuntime): void;
  /** Forgets a Pod, its containers and the volumes that live as long as it does. */
  remove(key: string): void;
  /** Forgets what a volume held. */
  removeVolume(key: string): void;
  /** Running containers whose program is this client of the API server. */
  clients(name: string): readonly ContainerRecord[];
  /** Addresses in use on a node. */
  addresses(node: string): ReadonlySet<string>;
  node(name: string): NodeRuntime;
  setNode(name: string, runtime: NodeRuntime): void;
  /** The same records going their own way; costs nothing until one of the two is written. */
  fork(): ContainerRegistry;
  snapshot(): Json;
}

interface Shelves {
  readonly records: BTree<string, ContainerRecord>;
  readonly pods: BTree<string, PodRuntime>;
  readonly nodes: BTree<string, NodeRuntime>;
  readonly volumes: BTree<string, Files>;
  /** Keys of running clients of the API server, by client and key. */
  readonly clients: BTree<string, string>;
}

type Files = Readonly<Record<string, string>>;

interface Written {
  readonly records: readonly (readonly [string, ContainerRecord])[];
  readonly pods: readonly (readonly [string, PodRuntime])[];
  readonly nodes: readonly (readonly [string, NodeRuntime])[];
  /** Absent from snapshots taken before volumes kept files. */
  readonly volumes?: readonly (readonly [string, Files])[];
}

/** Sorts after every container name under a Pod's key. */
const LAST = '\uffff';

/** An empty registry, or the one that a snapshot holds. */
export function createContainers(snapshot?: Json): ContainerRegistry {
  const written = snapshot as unknown as Written | undefined;
  const records = [...(written?.records ?? [])] as [string, ContainerRecord][];
  const clients = records.flatMap(([key, record]): [string, string][] =>
    isClient(record) ? [[clientKey(record.client, key), key]] : [],
  );
  return over(
    {
      records: new BTree(records, byText),
      clients: new BTree(clients, byText),
      pods: new BTree([...(written?.pods ?? [])] as [string, PodRuntime][], byText),
      nodes: new BTree([...(written?.nodes ?? [])] as [string, NodeRuntime][], byText),
      volumes: new BTree([...(written?.volumes ?? [])] as [string, Files][], byText),
    },
    false,
  );
}

type Client = ContainerRecord & { readonly client: string };
const isClient = (record: ContainerRecord): record is Client => record.client !== undefined && record.running;
const clientKey = (client: string, key: string): string => `${client}\u0000${key}`;

const recordKey = (namespace: string, pod: string, name: string): string => `${namespace}/${pod}/${name}`;

function over(start: Shelves, fromOther: boolean): ContainerRegistry {
  let shelves = start;
  let shared = fromOther;
  const own = (): Shelves => {
    if (shared) {
      const { records, pods, nodes, volumes, clients } = shelves;
      shelves = {
        records: records.clone(),
        clients: clients.clone(),
        pods: pods.clone(),
        nodes: nodes.clone(),
        volumes: volumes.clone(),
      };
      shared = false;
    }
    return shelves;
  };
  return {
    get: (namespace, pod, name) => shelves.records.get(recordKey(namespace, pod, name)),
    ofPod(namespace, pod) {
      const prefix = recordKey(namespace, pod, '');
      return shelves.records.getRange(prefix, prefix + LAST).map(([, record]) => record);
    },
    clients(name) {
      const prefix = clientKey(name, '');
      return shelves.clients
        .getRange(prefix, prefix + LAST)
        .flatMap(([, key]) => shelves.records.get(key) ?? []);
    },
    update(record) {
      const key = recordKey(record.namespace, record.podName, record.name);
      const mine = own();
      mine.records.set(key, record);
      if (record.client === undefined) return;
      if (isClient(record)) mine.clients.set(clientKey(record.client, key), key);
      else mine.clients.delete(clientKey(record.client, key));
    },
    pod: (key) => shelves.pods.get(key),
    setPod(key, runtime) {
      if (shelves.pods.get(key) !== runtime) own().pods.set(key, runtime);
    },
    volume: (key) => shelves.volumes.get(key),
    setVolume(key, files) {
      if (shelves.volumes.get(key) !== files) own().volumes.set(key, files);
    },
    removeVolume(key) {
      if (shelves.volumes.has(key)) own().volumes.delete(key);
    },
    remove(key) {
      const uid = shelves.pods.get(key)?.uid;
      if (uid !== undefined) {
        const prefix = podVolumes(uid);
        own().volumes.deleteRange(prefix, prefix + LAST, false);
      }
      const { pods, records, clients } = own();
      pods.delete(key);
      for (const [name, { client }] of records.getRange(`${key}/`, `${key}/${LAST}`))
        if (client !== undefined) clients.delete(clientKey(client, name));
      records.deleteRange(`${key}/`, `${key}/${LAST}`, false);
    },
    addresses(node) {
      const used = new Set<string>();
      for (const runtime of shelves.pods.values()) {
        if (runtime.node === node && runtime.ip !== undefined) used.add(runtime.ip);
      }
      return used;
    },
    node: (name) => shelves.nodes.get(name) ?? FRESH_NODE,
    setNode(name, runtime) {
      own().nodes.set(name, runtime);
    },
    fork() {
      shared = true;
      return over(shelves, true);
    },
    snapshot: () =>
      ({
        records: shelves.records.toArray(),
        pods: shelves.pods.toArray(),
        nodes: shelves.nodes.toArray(),
        volumes: shelves.volumes.toArray(),
      }) as unknown as Json,
  };
}
