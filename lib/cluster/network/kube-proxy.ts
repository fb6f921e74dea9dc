import type { KubeObject, Stored, View } from '../../api';
import type { ActiveFault } from '../faults';
import type { ProxyConfig } from '../kube-proxy-config';
import type { Action, Controller } from '../seams';
import { buildRuleset, differsByNode, type ProxyInputs, readInputs } from './build-ruleset';
import { buildIpvs, drain, type HasConnections, isDraining } from './ipvs';
import { EMPTY_KERNEL, type Kernel, rewrite } from './kernel';
import { allNodes, type NodePlace, nodeNamed } from './places';
import { kubeProxyRuns } from './proxy-runs';
import type { Ruleset } from './rules';
import type { ProxyProcess } from './state';

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
  hasConnections(node: string): HasConnections;
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
  const rulesOf = rememberingBuilder();
  return {
    name: 'kube-proxy',
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
      const kernel = synced(store, inputsOf(view), node, config, rulesOf);
      store.write(key, kernel);
      const draining = kernel.ipvs !== undefined && config.mode === 'ipvs' && isDraining(kernel.ipvs);
      return {
        actions: isNew && config.mode === 'ipvs' ? deprecation(view, key) : [],
        ...(draining ? { requeueAfterMs: DRAIN_INTERVAL_MS } : {}),
      };
    },
  };
}

function synced(
  store: KernelStore,
  inputs: ProxyInputs,
  node: NodePlace,
  given: ProxyConfig,
  rulesOf: ReturnType<typeof rememberingBuilder>,
): Kernel {
  const before = store.kernel(node.name) ?? EMPTY_KERNEL;
  const config = given.localRange === 'node' ? { ...given, localRange: node.podCIDR } : given;
  if (config.mode === 'iptables')
    return rewrite(before, config.mode, rulesOf(inputs, node, config), undefined);
  const { iptables, ipvs } = buildIpvs(inputs, node, config);
  return rewrite(before, config.mode, iptables, drain(before.ipvs, ipvs, store.hasConnections(node.name)));
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

/** What a view holds for kube-proxy, read once for all nodes. */
function rememberingReader(): (view: View) => ProxyInputs {
  let last: { readonly view: View; readonly revision: number; readonly inputs: ProxyInputs } | undefined;
  return (view) => {
    if (last?.view !== view || last.revision !== view.revision)
      last = { view, revision: view.revision, inputs: sameIfEqual(last?.inputs, readInputs(view)) };
    return last.inputs;
  };
}

/** The old inputs when they say the same, so that what was made from them is found again. */
function sameIfEqual(old: ProxyInputs | undefined, fresh: ProxyInputs): ProxyInputs {
  if (old === undefined) return fresh;
  if (!sameList(old.services, fresh.services) || old.slices.size !== fresh.slices.size) return fresh;
  for (const [key, list] of fresh.slices) if (!sameList(list, old.slices.get(key) ?? [])) return fresh;
  return old;
}

function sameList(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}

/** Nodes whose rules come out the same share one ruleset, and unchanged objects give the one built before. */
function rememberingBuilder(): (inputs: ProxyInputs, node: NodePlace, config: ProxyConfig) => Ruleset {
  type Built = {
    readonly inputs: ProxyInputs;
    readonly differs: boolean;
    readonly byPlace: Map<string, Ruleset>;
  };
  let last: Built | undefined;
  return (inputs, node, config) => {
    if (last?.inputs !== inputs) last = { inputs, differs: differsByNode(inputs), byPlace: new Map() };
    const place =
      last.differs || config.nodePortAddresses.length > 0 ? `${node.name} ${node.ip} ${node.zone}` : '';
    const key = `${place} ${JSON.stringify(config)}`;
    const known = last.byPlace.get(key);
    if (known !== undefined) return known;
    const addresses = [...node.addresses, ...(node.gateway === undefined ? [] : [node.gateway]), '127.0.0.1'];
    const rules = buildRuleset(inputs, { name: node.name, ip: node.ip, zone: node.zone }, addresses, config);
    last.byPlace.set(key, rules);
    return rules;
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
