import type { EndpointSlice, Service, Stored, View } from '../../../api';
import type { ProxyConfig } from '../../kube-proxy-config';
import { baseRules, nodePortJumps } from './base-rules';
import type { ProxyNode } from './endpoints';
import { madeFrom, type Remembered } from './made-from';
import type { Rule, Ruleset, TableName } from './rules';
import { portsOf, SERVICE_NAME_LABEL } from './service-ports';
import { type PortRules, portRules } from './service-rules';

/** What kube-proxy watches, reduced to what rules are made of. */
export interface ProxyInputs {
  readonly services: readonly Stored<Service>[];
  /** Slices by "namespace/service". */
  readonly slices: Readonly<Record<string, readonly Stored<EndpointSlice>[]>>;
}

/** The slices of a Service. */
export function slicesOf(
  { slices }: ProxyInputs,
  { metadata }: Stored<Service>,
): readonly Stored<EndpointSlice>[] {
  return slices[`${metadata.namespace}/${metadata.name}`] ?? [];
}

/** Labels of Services, and of their slices, that another proxy looks after or that no proxy has to. */
const NOT_OURS = ['service.kubernetes.io/service-proxy-name', 'service.kubernetes.io/headless'];

const isOurs = ({ metadata }: Stored) => NOT_OURS.every((label) => metadata.labels?.[label] === undefined);

/** Reads a view as kube-proxy's informers do. */
export function readInputs(view: View): ProxyInputs {
  const slices: Record<string, Stored<EndpointSlice>[]> = {};
  for (const slice of view.list<EndpointSlice>('endpointslices.discovery.k8s.io', '')) {
    const service = slice.metadata.labels?.[SERVICE_NAME_LABEL];
    if (service === undefined || !isOurs(slice)) continue;
    const key = `${slice.metadata.namespace}/${service}`;
    const known = slices[key];
    if (known === undefined) slices[key] = [slice];
    else known.push(slice);
  }
  return { services: view.list<Service>('services', '').filter(isOurs), slices };
}

/** Whether any Service's rules differ from node to node. */
export function differsByNode(inputs: ProxyInputs): boolean {
  return inputs.services.some((service) => dependsOnNode(service, slicesOf(inputs, service)));
}

/** Rules by the Service object that they were made from: same objects, same rules, shared by all forks. */
const rulesByService = new WeakMap<Stored<Service>, Remembered<readonly PortRules[]>>();

function serviceRules(
  service: Stored<Service>,
  slices: readonly Stored<EndpointSlice>[],
  node: ProxyNode,
  config: ProxyConfig,
): readonly PortRules[] {
  const place = dependsOnNode(service, slices) ? `${node.name} ${node.ip} ${node.zone}` : '';
  return madeFrom(rulesByService, service, slices, `${place} ${JSON.stringify(config)}`, () =>
    portsOf(service, slices, config.family).map((port) => portRules(port, node, config)),
  );
}

function dependsOnNode(service: Stored<Service>, slices: readonly Stored<EndpointSlice>[]): boolean {
  const { spec } = service;
  return (
    spec?.internalTrafficPolicy === 'Local' ||
    spec?.externalTrafficPolicy === 'Local' ||
    (spec?.loadBalancerSourceRanges ?? []).length > 0 ||
    slices.some((slice) => slice.endpoints?.some(({ hints }) => hints !== undefined))
  );
}

/** Everything kube-proxy writes on a node; `nodeAddresses` are the addresses it finds on the interfaces. */
export function buildRuleset(
  inputs: ProxyInputs,
  node: ProxyNode,
  nodeAddresses: readonly string[],
  config: ProxyConfig,
): Ruleset {
  const base = baseRules(config);
  const nat: Record<string, Rule[]> = {};
  const filter: Record<string, Rule[]> = {};
  const shared = new Set<string>([...Object.keys(base.nat), ...Object.keys(base.filter)]);
  const own: { nat: Record<string, readonly Rule[]>; filter: Record<string, readonly Rule[]> } = {
    nat: {},
    filter: {},
  };
  const add = (table: TableName, chain: string, rules: readonly Rule[]) => {
    if (!shared.has(chain)) {
      own[table][chain] = rules;
      return;
    }
    const into = table === 'nat' ? nat : filter;
    const list = into[chain] ?? [];
    into[chain] = list;
    list.push(...rules);
  };
  for (const service of inputs.services) {
    for (const rules of serviceRules(service, slicesOf(inputs, service), node, config)) {
      for (const [chain, list] of Object.entries(rules.nat)) add('nat', chain, list);
      for (const [chain, list] of Object.entries(rules.filter)) add('filter', chain, list);
    }
  }
  add('nat', 'KUBE-SERVICES', nodePortJumps(config, node.ip, nodeAddresses));
  return {
    nat: { ...base.nat, ...own.nat, ...nat },
    filter: { ...base.filter, ...own.filter, ...filter },
  };
}
