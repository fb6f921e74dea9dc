import type { ProxyConfig } from '../kube-proxy-config';
import { FRESH_IPVS_MEMORY, type IpvsMemory } from './ipvs';
import type { Connection } from './kernel/connections';
import type { Kernel } from './kernel/kernel';

/** A node's running kube-proxy: what it was told when it started. */
export interface ProxyProcess {
  /** The container that it is the process of; '' for a process of the host. */
  readonly containerID: string;
  readonly config: ProxyConfig;
}

/** All that the network remembers; plain data, shared between forks. */
export interface NetworkState {
  /** What kube-proxy has written, by node. */
  readonly kernels: Readonly<Record<string, Kernel>>;
  readonly proxies: Readonly<Record<string, ProxyProcess>>;
  /** The kernel's `recent` lists: "node list source" → when it was last seen, in ms since the epoch. */
  readonly recent: Readonly<Record<string, number>>;
  readonly ipvs: IpvsMemory;
  /** Connections that kernels remember, oldest first. */
  readonly connections: readonly Connection[];
  /** How many connections there have been: the next one's port follows from it. */
  readonly count: number;
}

/** A network on which nothing has been written yet. */
export const FRESH_NETWORK: NetworkState = {
  kernels: {},
  proxies: {},
  recent: {},
  ipvs: FRESH_IPVS_MEMORY,
  connections: [],
  count: 0,
};

/** Sources that the kernel's lists keep in all; the oldest go first. */
const MAX_RECENT = 2000;

/** Notes that a list saw a source. */
export function rememberSource(state: NetworkState, key: string, now: number): NetworkState {
  const { [key]: _, ...others } = state.recent;
  const entries = Object.entries(others);
  const kept = entries.length < MAX_RECENT ? others : Object.fromEntries(entries.slice(1));
  return { ...state, recent: { ...kept, [key]: now } };
}

/** The state after a node has lost its memory. */
export function withoutNode(state: NetworkState, node: string): NetworkState {
  const { [node]: _, ...kernels } = state.kernels;
  const { [node]: __, ...proxies } = state.proxies;
  const mine = (key: string) => key.startsWith(`${node} `);
  const others = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).filter(([key]) => !mine(key)));
  const { last, clients, counters } = state.ipvs;
  return {
    ...state,
    kernels,
    proxies,
    recent: others(state.recent),
    ipvs: { last: others(last), clients: others(clients), counters: others(counters) },
    connections: state.connections.filter((each) => each.node !== node),
  };
}
