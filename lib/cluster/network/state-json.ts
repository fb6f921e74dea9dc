import type { Json } from '../../api';
import type { ProxyConfig } from '../kube-proxy-config';
import type { IpvsTables } from './ipvs';
import type { Draining, Kernel, Known } from './kernel/kernel';
import type { NodePlace } from './places';
import type { ProxyInputs } from './rules/build-ruleset';
import type { Ruleset } from './rules/rules';
import { FRESH_NETWORK, type NetworkState } from './state';

/** How a snapshot looks: what nodes know alike is written once, and told by its place in `shared`. */
interface Written extends Omit<NetworkState, 'kernels'> {
  readonly shared: readonly unknown[];
  readonly nodes: Readonly<Record<string, WrittenKernel>>;
}
interface WrittenKnown {
  readonly inputs: number;
  readonly config: number;
  readonly node: NodePlace;
}
interface WrittenKernel {
  readonly mode: Kernel['mode'];
  readonly known?: WrittenKnown;
  /** A number in snapshots that told tables instead of what they follow from; so `iptables`. */
  readonly ipvs?: { readonly known: WrittenKnown; readonly draining: Draining } | number;
  readonly iptables?: number;
  readonly leftover?: number;
  readonly told?: Kernel['told'];
}

/** The state as JSON. */
export function writeState({ kernels, ...state }: NetworkState): Json {
  const places = new Map<unknown, number>();
  const placeOf = (part: unknown): number => {
    const place = places.get(part) ?? places.size;
    places.set(part, place);
    return place;
  };
  const writeKnown = ({ inputs, config, node }: Known): WrittenKnown => ({
    inputs: placeOf(inputs),
    config: placeOf(config),
    node,
  });
  const nodes = Object.entries(kernels).map(([node, kernel]): [string, WrittenKernel] => {
    const { mode, known, ipvs, leftover, told } = kernel;
    const written = {
      mode,
      ...(known === undefined ? {} : { known: writeKnown(known) }),
      ...(ipvs === undefined ? {} : { ipvs: { known: writeKnown(ipvs.known), draining: ipvs.draining } }),
      ...(leftover === undefined ? {} : { leftover: placeOf(leftover) }),
      ...(told === undefined ? {} : { told }),
    };
    return [node, written];
  });
  const written: Written = { ...state, shared: [...places.keys()], nodes: Object.fromEntries(nodes) };
  return written as unknown as Json;
}

/** How snapshots looked when kube-proxy knew one mode only. */
interface FirstWritten extends Pick<NetworkState, 'recent'> {
  readonly rulesets: readonly Ruleset[];
  readonly nodes: Readonly<Record<string, number>>;
}

function readFirst({ rulesets, nodes, recent }: FirstWritten): NetworkState {
  const kernels = Object.entries(nodes).flatMap(([node, index]): [string, Kernel][] => {
    const iptables = rulesets[index];
    return iptables === undefined ? [] : [[node, { mode: 'iptables', told: { iptables } }]];
  });
  return { ...FRESH_NETWORK, kernels: Object.fromEntries(kernels), recent };
}

/** The state that `writeState` wrote. */
export function readState(json: Json): NetworkState {
  if ('rulesets' in (json as object)) return readFirst(json as unknown as FirstWritten);
  const { shared, nodes, ...state } = json as unknown as Written;
  const readKnown = ({ inputs, config, node }: WrittenKnown): Known => ({
    inputs: shared[inputs] as ProxyInputs,
    config: shared[config] as ProxyConfig,
    node,
  });
  const readKernel = ({ mode, known, ipvs, iptables, leftover, told }: WrittenKernel): Kernel => {
    const rules = iptables === undefined ? {} : { iptables: shared[iptables] as Ruleset };
    const tables = typeof ipvs === 'number' ? { ipvs: shared[ipvs] as IpvsTables } : {};
    const before = { ...told, ...rules, ...tables };
    return {
      mode,
      ...(known === undefined ? {} : { known: readKnown(known) }),
      ...(typeof ipvs === 'object' ? { ipvs: { ...ipvs, known: readKnown(ipvs.known) } } : {}),
      ...(leftover === undefined ? {} : { leftover: shared[leftover] as Ruleset }),
      ...(Object.keys(before).length === 0 ? {} : { told: before }),
    };
  };
  const kernels = Object.entries(nodes).map(([node, kernel]) => [node, readKernel(kernel)] as const);
  return { ...state, kernels: Object.fromEntries(kernels) };
}
