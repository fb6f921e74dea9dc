import type { EndpointSlice, Service, Stored, View } from '../../api';
import type { ProxyConfig } from '../kube-proxy-config';
import { baseRules, nodePortJumps } from './base-rules';
import type { ProxyNode } from './endpoints';
import type { Rule, Ruleset, TableName } from './rules';
import { SERVICE_NAME_LABEL, servicePorts } from './service-ports';
import { type PortRules, portRules } from './service-rules';

/** What kube-proxy watches, reduced to what rules are made of. */
export interface ProxyInputs {
  readonly services: readonly Stored<Service>[];
  /** Slices by "namespace/service". */
  readonly slices: ReadonlyMap<string, readonly Stored<EndpointSlice>[]>;
}

/** Labels of Services, and of their slices, that another proxy looks after or that no proxy has to. */
const NOT_OURS = ['service.kubernetes.io/service-proxy-name', 'service.kubernetes.io/headless'];

const isOurs = ({ metadata }: Stored) => NOT_OURS.every((label) => metadata.labels?.[label] === undefined);

/** Reads a view as kube-proxy's informers do. */
export function readInputs(view: View): ProxyInputs {
  const slices = new Map<string, Stored<EndpointSlice>[]>();
  for (const slice of view.list<EndpointSlice>('endpointslices.discovery.k8s.io', '')) {
    const service = slice.metadata.labels?.[SERVICE_NAME_LABEL];
    if (service === undefined || !isOurs(slice)) continue;
    const key = `${slice.metadata.namespace}/${service}`;
    const known = slices.get(key);
    if (known === undefined) slices.set(key, [slice]);
    else known.push(slice);
  }
  return { services: view.list<Service>('services', '').filter(isOurs), slices };
}

/** Whether any Service's rules differ from node to node. */
export function differsByNode({ services, slices }: ProxyInputs): boolean {
  return services.some((service) =>
    dependsOnNode(service, slices.get(`${service.metadata.namespace}/${service.metadata.name}`) ?? []),
  );
}

interface Remembered {
  readonly slices: readonly Stored<EndpointSlice>[];
  readonly config: string;
  readonly rules: readonly PortRules[];
}

/** Rules by the Service object they were made from: same objects, same rules, shared by all forks. */
const remembered = new WeakMap<Stored<Service>, Map<string, Remembered>>();

function serviceRules(
  service: Stored<Service>,
  slices: readonly Stored<EndpointSlice>[],
  node: ProxyNode,
  config: ProxyConfig,
): readonly PortRules[] {
  const config_ = JSON.stringify(config);
  const place = dependsOnNode(service, slices) ? `${node.name} ${node.ip} ${node.zone}` : '';
  const byPlace = remembered.get(service) ?? new Map<string, Remembered>();
  remembered.set(service, byPlace);
  const known = byPlace.get(place);
  const same =
    known !== undefined &&
    known.config === config_ &&
    known.slices.length === slices.length &&
    known.slices.every((slice, index) => slice === slices[index]);
  if (same) return known.rules;
  const rules = servicePorts(service, slices, config.family).map((port) => portRules(port, node, config));
  byPlace.set(place, { slices, config: config_, rules });
  return rules;
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
    const slices = inputs.slices.get(`${service.metadata.namespace}/${service.metadata.name}`) ?? [];
    for (const rules of serviceRules(service, slices, node, config)) {
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
