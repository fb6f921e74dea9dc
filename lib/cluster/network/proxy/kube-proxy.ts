import type { KubeObject, Stored, View } from '../../../api';
import type { ActiveFault } from '../../faults';
import type { ProxyConfig } from '../../kube-proxy-config';
import type { Action, Controller } from '../../seams';
import type { HasConnections } from '../ipvs';
import { EMPTY_KERNEL, type Kernel } from '../kernel/kernel';
import { allNodes, nodeNamed } from '../places';
import { readOnce } from '../read-once';
import { type ProxyInputs, readInputs } from '../rules/build-ruleset';
import type { ProxyProcess } from '../state';
import { kubeProxyRuns } from './proxy-runs';
import { rewrite, sameInputs } from './rewrite';

/** Where the controller reads and writes: the kernels of nodes, and the kube-proxies on them. */
export interface KernelStore {
  kernel(node: string): Kernel | undefined;
  write(node: string, kernel: Kernel | undefined): void;
  process(node: string): ProxyProcess | undefined;
  /** Notes that a kube-proxy has started, or that there is none any more. */
  setProcess(node: string, process: ProxyProcess | undefined): void;
  /** The kube-proxy that runs on a node now; its configuration is read only when it is a new one. */
  running(
    view: View,
    node: string,
    now: number,
  ): { readonly containerID: string; readConfig(): ProxyConfig } | undefined;
  /** Asks about the connections that a node remembers; undefined when there are none. */
  connections(node: string): HasConnections | undefined;
  faults(): readonly ActiveFault[];
}

/** kube-proxy gathers changes for a moment before it rewrites the tables. */
const SYNC_DELAY_MS = 100;
/** How often it looks whether destinations that are to go have lost their connections (rsCheckDeleteInterval). */
const DRAIN_INTERVAL_MS = 60_000;
const DEPRECATION =
  "The ipvs proxier is now deprecated and may be removed in a future release. Please use 'nftables' instead.";

/** The Controller that stands for the kube-proxies: its keys are node names, its work is the node's kernel. */
export function createKubeProxy(store: KernelStore): Controller {
  const inputsOf = rememberingReader();
  return {
    name: 'kube-proxy',
    program: 'kube-proxy',
    delayMs: SYNC_DELAY_MS,
    eventsV1: true,
    watches: [
      { resource: 'services', keys: (_, __, view) => nodeNames(view) },
      { resource: 'endpointslices.discovery.k8s.io', keys: (_, __, view) => nodeNames(view) },
      { resource: 'nodes', keys: (object, previous) => changedNode(object, previous) },
      { resource: 'pods', keys: (object, previous) => proxyNodes(object, previous) },
    ],
    reconcile(view, key, now) {
      const node = nodeNamed(view, key);
      if (node === undefined) {
        store.write(key, undefined);
        store.setProcess(key, undefined);
        return { actions: [] };
      }
      const running = kubeProxyRuns(view, key, store.faults()) ? store.running(view, key, now) : undefined;
      if (running === undefined) return { actions: [] };
      const known = store.process(key);
      const isNew = known?.containerID !== running.containerID;
      const config = isNew ? running.readConfig() : known.config;
      if (isNew) store.setProcess(key, { containerID: running.containerID, config });
      const before = store.kernel(key) ?? EMPTY_KERNEL;
      const kernel = rewrite(before, { inputs: inputsOf(view), node, config }, store.connections(key));
      store.write(key, kernel);
      const wrote = before !== kernel;
      const draining = config.mode === 'ipvs' && Object.keys(kernel.ipvs?.draining ?? {}).length > 0;
      return {
        actions: isNew && config.mode === 'ipvs' ? deprecation(view, key) : [],
        ...(draining ? { requeueAfterMs: DRAIN_INTERVAL_MS } : {}),
        ...(wrote && config.minSyncMs > 0 ? { takesMs: config.minSyncMs } : {}),
      };
    },
  };
}

function deprecation(view: View, node: string): readonly Action[] {
  const about = view.get('nodes', '', node);
  if (about === undefined) return [];
  return [
    {
      verb: 'event',
      about,
      type: 'Warning',
      reason: 'IPVSDeprecation',
      message: DEPRECATION,
      action: 'StartKubeProxy',
    },
  ];
}

function nodeNames(view: View): readonly string[] {
  return view.list('nodes', '').map(({ metadata }) => metadata.name);
}

/** Heartbeats do not matter: only a node that comes, goes, or changes its labels or addresses. */
function changedNode(object: Stored | undefined, previous: Stored | undefined): readonly string[] {
  const name = (object ?? previous)?.metadata.name;
  const same = object !== undefined && previous !== undefined && nodeFacts(object) === nodeFacts(previous);
  return name === undefined || same ? [] : [name];
}

function nodeFacts(node: KubeObject): string {
  const { spec, status } = node as KubeObject & {
    readonly spec?: { readonly podCIDR?: string };
    readonly status?: { readonly addresses?: unknown };
  };
  return JSON.stringify([node.metadata.labels, spec?.podCIDR, status?.addresses]);
}

function proxyNodes(...objects: readonly (Stored | undefined)[]): readonly string[] {
  const names = new Set<string>();
  for (const object of objects) {
    if (object?.metadata.labels?.['k8s-app'] !== 'kube-proxy') continue;
    const { spec } = object as Stored & { readonly spec?: { readonly nodeName?: string } };
    if (spec?.nodeName !== undefined) names.add(spec.nodeName);
  }
  return [...names];
}

/** What a view holds for kube-proxy, read once for all nodes; the same as before as long as it says the same. */
function rememberingReader(): (view: View) => ProxyInputs {
  let last: ProxyInputs | undefined;
  return (view) => {
    last = sameInputs(last, readOnce(view, readInputs));
    return last;
  };
}

/** Writes the rules of every node at once, as when a cluster is made. */
export function syncAllNodes(
  controller: Controller,
  view: View,
  now: number,
  random: Parameters<Controller['reconcile']>[3],
): void {
  for (const node of allNodes(view)) controller.reconcile(view, node.name, now, random);
}
