import type { ProxyConfig } from '../../kube-proxy-config';
import type { Destination, IpvsTables } from '../ipvs';
import type { NodePlace } from '../places';
import type { ProxyInputs } from '../rules/build-ruleset';
import type { Ruleset } from '../rules/rules';

/** What a kube-proxy knew when it last wrote: its rules follow from that. Nodes share what they know alike. */
export interface Known {
  readonly inputs: ProxyInputs;
  readonly node: NodePlace;
  readonly config: ProxyConfig;
}

/** Destinations that are on their way out, by virtual server. */
export type Draining = Readonly<Record<string, readonly Destination[]>>;

/** What kube-proxy has left in a node's kernel, as data from which rules and tables are made (`builtKernel`). */
export interface Kernel {
  /** The mode of the kube-proxy that wrote last. */
  readonly mode: ProxyConfig['mode'] | undefined;
  readonly known?: Known | undefined;
  /** Of virtual servers, ipsets and kube-ipvs0: they stay when kube-proxy comes back in another mode. */
  readonly ipvs?: { readonly known: Known; readonly draining: Draining } | undefined;
  /** Chains and jumps of a kube-proxy that ran in another mode, which nobody has cleaned up. */
  readonly leftover?: Ruleset | undefined;
  /** Rules and tables as older snapshots told them, until kube-proxy writes anew. */
  readonly told?: { readonly iptables?: Ruleset; readonly ipvs?: IpvsTables } | undefined;
}

/** A node on which no kube-proxy has run. */
export const EMPTY_KERNEL: Kernel = { mode: undefined };
