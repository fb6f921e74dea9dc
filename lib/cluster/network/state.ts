import type { Json } from '../../api';
import type { Ruleset } from './rules';

/** Damage done to the network on purpose; plain data. */
export interface NetworkFaults {
  /** Nodes that answer nothing. */
  readonly downNodes: readonly string[];
  /** Pairs of nodes between which nothing passes. */
  readonly cutLinks: readonly (readonly [string, string])[];
  /** Nodes whose kube-proxy has stopped writing rules. */
  readonly stoppedProxies: readonly string[];
}

/** All that the network remembers; plain data, shared between forks. */
export interface NetworkState {
  /** What kube-proxy has written, by node. */
  readonly rules: Readonly<Record<string, Ruleset>>;
  /** The kernel's `recent` lists: "node list source" → when it was last seen, in ms since the epoch. */
  readonly recent: Readonly<Record<string, number>>;
  readonly faults: NetworkFaults;
}

/** A network on which nothing has been written yet. */
export const FRESH_NETWORK: NetworkState = {
  rules: {},
  recent: {},
  faults: { downNodes: [], cutLinks: [], stoppedProxies: [] },
};

/** How a snapshot looks: rulesets that nodes share are written once. */
interface Written {
  readonly rulesets: readonly Ruleset[];
  readonly nodes: Readonly<Record<string, number>>;
  readonly recent: Readonly<Record<string, number>>;
  readonly faults: NetworkFaults;
}

/** The state as JSON. */
export function writeState(state: NetworkState): Json {
  const rulesets = [...new Set(Object.values(state.rules))];
  const nodes = Object.fromEntries(
    Object.entries(state.rules).map(([node, rules]) => [node, rulesets.indexOf(rules)]),
  );
  const written: Written = { rulesets, nodes, recent: state.recent, faults: state.faults };
  return written as unknown as Json;
}

/** The state that `writeState` wrote. */
export function readState(json: Json): NetworkState {
  const { rulesets, nodes, recent, faults } = json as unknown as Written;
  const rules: Record<string, Ruleset> = {};
  for (const [node, index] of Object.entries(nodes)) {
    const ruleset = rulesets[index];
    if (ruleset !== undefined) rules[node] = ruleset;
  }
  return { rules, recent, faults };
}

/** Sources that the kernel's lists keep in all; the oldest go first. */
const MAX_RECENT = 2000;

/** Notes that a list saw a source. */
export function rememberSource(state: NetworkState, key: string, now: number): NetworkState {
  const { [key]: _, ...others } = state.recent;
  const entries = Object.entries(others);
  const kept = entries.length < MAX_RECENT ? others : Object.fromEntries(entries.slice(1));
  return { ...state, recent: { ...kept, [key]: now } };
}
