import type { Hop, Protocol } from '../../../api';

/** The object and field that a rule was written for. */
export type Origin = NonNullable<Hop['object']>;

/** What a packet must be for a rule to act on it; in the order in which kube-proxy passes them. */
export type Match =
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'source'; readonly range: string; readonly not?: true }
  | { readonly kind: 'destination'; readonly range: string; readonly not?: true }
  | { readonly kind: 'port'; readonly protocol: Protocol; readonly port?: number }
  /** Any of several ports (-m multiport). */
  | { readonly kind: 'ports'; readonly protocol: Protocol; readonly ports: readonly number[] }
  | { readonly kind: 'mark'; readonly mark: number; readonly not?: true }
  | { readonly kind: 'state'; readonly states: readonly ConntrackState[]; readonly not?: true }
  | { readonly kind: 'protocol'; readonly protocol: Protocol }
  | { readonly kind: 'local'; readonly end: 'source' | 'destination'; readonly not?: true }
  /** An ipset that holds what these ends of the packet make up. */
  | { readonly kind: 'set'; readonly name: string; readonly ends: readonly ('src' | 'dst')[] }
  /** The packet is IPVS's, and was for this virtual server. */
  | { readonly kind: 'virtual'; readonly ip: string; readonly port: number; readonly protocol: string }
  /** It came in by a bridge: no packet here does, since Pods hang on veths of their own. */
  | { readonly kind: 'from-bridge'; readonly not: true }
  | { readonly kind: 'chance'; readonly probability: string }
  | { readonly kind: 'recently'; readonly list: string; readonly seconds: number }
  | { readonly kind: 'remember'; readonly list: string }
  /** Matches everything, and counts it under a name for kube-proxy's metrics (-m nfacct). */
  | { readonly kind: 'count'; readonly counter: string };

export type ConntrackState = 'NEW' | 'ESTABLISHED' | 'RELATED' | 'INVALID' | 'DNAT';

/** What a rule does to a packet; none when the rule only comments. */
export type Target =
  | { readonly kind: 'jump'; readonly chain: string }
  | { readonly kind: 'accept' }
  | { readonly kind: 'return' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'reject' }
  | { readonly kind: 'set-mark'; readonly mark: number }
  | { readonly kind: 'flip-mark'; readonly mark: number }
  | { readonly kind: 'masquerade'; readonly plain?: true }
  | { readonly kind: 'dnat'; readonly ip: string; readonly port: number }
  | { readonly kind: 'none' };

/** One rule of a chain. */
export interface Rule {
  readonly matches: readonly Match[];
  readonly target: Target;
  readonly origin?: Origin | undefined;
}

/** The chains of one table by name; built-in chains included. */
export type Table = Readonly<Record<string, readonly Rule[]>>;

export type TableName = 'nat' | 'filter';

/** All that kube-proxy has written on one node. */
export type Ruleset = { readonly [T in TableName]: Table };

/** Chains that every table has, in the order in which iptables-save lists them. */
export const BUILT_IN: Readonly<Record<TableName, readonly string[]>> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
};

/** What a node has before kube-proxy ever ran. */
export const EMPTY_RULESET: Ruleset = {
  filter: { INPUT: [], FORWARD: [], OUTPUT: [] },
  nat: { PREROUTING: [], INPUT: [], OUTPUT: [], POSTROUTING: [] },
};
