import type { KubeObject, Stored, View } from '../../api';
import type { Controller } from '../seams';
import { buildRuleset, type ProxyInputs, readInputs } from './build-ruleset';
import { allNodes, type NodePlace, nodeNamed } from './places';
import type { ProxyConfig } from './proxy-config';
import { kubeProxyRuns } from './proxy-runs';
import type { Ruleset } from './rules';
import type { NetworkFaults } from './state';

/** Where the controller writes: the rules of nodes. */
export interface RuleStore {
  write(node: string, rules: Ruleset | undefined): void;
  faults(): NetworkFaults;
}

/** kube-proxy gathers changes for a moment before it rewrites the tables. */
const SYNC_DELAY_MS = 100;

/** The Controller that stands for the kube-proxies: its keys are node names, its work is the node's rules. */
export function createKubeProxy(store: RuleStore, config: ProxyConfig): Controller {
  const build = rememberingBuilder(config);
  return {
    name: 'kube-proxy',
    delayMs: SYNC_DELAY_MS,
    watches: [
      { resource: 'services', keys: (_, __, view) => nodeNames(view) },
      { resource: 'endpointslices.discovery.k8s.io', keys: (_, __, view) => nodeNames(view) },
      { resource: 'nodes', keys: (object, previous) => changedNode(object, previous) },
      { resource: 'pods', keys: (object, previous) => proxyNodes(object, previous) },
    ],
    reconcile(view, key) {
      const node = nodeNamed(view, key);
      if (node === undefined) store.write(key, undefined);
      else if (kubeProxyRuns(view, key, store.faults())) store.write(key, build(readInputs(view), node));
      return { actions: [] };
    },
  };
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

interface Built {
  readonly inputs: ProxyInputs;
  readonly byPlace: Map<string, Ruleset>;
}

/** Nodes whose rules come out the same share one ruleset, and unchanged objects give the one built before. */
function rememberingBuilder(config: ProxyConfig): (inputs: ProxyInputs, node: NodePlace) => Ruleset {
  let last: Built | undefined;
  return (inputs, node) => {
    if (last === undefined || !sameInputs(last.inputs, inputs)) last = { inputs, byPlace: new Map() };
    const place = dependsOnNode(inputs, config) ? `${node.name} ${node.ip} ${node.zone}` : '';
    const known = last.byPlace.get(place);
    if (known !== undefined) return known;
    const addresses = [...node.addresses, '127.0.0.1'];
    const rules = buildRuleset(inputs, { name: node.name, ip: node.ip, zone: node.zone }, addresses, config);
    last.byPlace.set(place, rules);
    return rules;
  };
}

function dependsOnNode({ services, slices }: ProxyInputs, config: ProxyConfig): boolean {
  if (config.nodePortAddresses.length > 0) return true;
  const local = services.some(
    ({ spec }) =>
      spec?.internalTrafficPolicy === 'Local' ||
      spec?.externalTrafficPolicy === 'Local' ||
      (spec?.loadBalancerSourceRanges ?? []).length > 0,
  );
  const hinted = () =>
    [...slices.values()].some((list) =>
      list.some((slice) => slice.endpoints?.some(({ hints }) => hints !== undefined)),
    );
  return local || hinted();
}

function sameInputs(left: ProxyInputs, right: ProxyInputs): boolean {
  if (!sameList(left.services, right.services) || left.slices.size !== right.slices.size) return false;
  for (const [key, list] of left.slices) if (!sameList(list, right.slices.get(key) ?? [])) return false;
  return true;
}

function sameList(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
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
