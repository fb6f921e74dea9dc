import type { Hop } from '../../../api';
import type { Ruleset, TableName } from '../rules/rules';
import { type Flow, type Passage, runChain, type Surroundings, type Verdict } from './interpret';

/** What became of a packet on one node. */
export interface Traversal {
  readonly verdict: Verdict;
  readonly flow: Flow;
  /** Whether it is for the node itself, after translation. */
  readonly local: boolean;
  readonly hops: readonly Hop[];
}

/** Where a packet comes from, as seen by the node: a process of its own, one of its Pods, or the wire. */
export type Entry = 'own-process' | 'pod' | 'interface';

/** What IPVS does with a packet: nothing, a destination, or a refusal since its virtual server has none. */
export interface Scheduled {
  readonly to: { readonly ip: string; readonly port: number } | undefined;
  readonly hop: Hop;
}

/** The node's IPVS; undefined for packets that are for none of its virtual servers. */
export type Schedule = (flow: Flow) => Scheduled | undefined;

/**
 * Takes a packet through netfilter's hooks in the kernel's order: PREROUTING or OUTPUT, the routing decision,
 * INPUT or FORWARD, POSTROUTING. IPVS takes what is for its virtual servers after INPUT (or the nat table's OUTPUT)
 * and sends it on through the filter table's OUTPUT.
 */
export function traverse(
  rules: Ruleset,
  entry: Entry,
  start: Flow,
  around: Surroundings,
  schedule: Schedule = () => undefined,
): Traversal {
  const hops: Hop[] = [];
  let flow = start;
  let accepted: Verdict = 'pass';
  const pass = (table: TableName, chain: string): Verdict => {
    const passage: Passage = runChain(rules, table, chain, flow, around);
    flow = passage.flow;
    hops.push(...passage.hops);
    if (table === 'filter' && passage.verdict === 'accept') accepted = passage.verdict;
    return passage.verdict;
  };
  const done = (verdict: Verdict): Traversal => ({ verdict, flow, local: around.isLocal(flow.ip), hops });
  const stops = (verdict: Verdict) => verdict === 'drop' || verdict === 'reject';
  /** Whether IPVS has a destination for the packet, none, or nothing to do with it. */
  const balance = (): 'sent' | 'refused' | 'not-its' => {
    const chosen = schedule(flow);
    if (chosen === undefined) return 'not-its';
    hops.push(chosen.hop);
    if (chosen.to === undefined) return 'refused';
    const virtual = { ip: flow.ip, port: flow.port };
    flow = { ...flow, ...chosen.to, translated: true, virtual };
    return 'sent';
  };

  if (entry === 'own-process') {
    const first = pass('nat', 'OUTPUT');
    if (stops(first)) return done(first);
    if (balance() === 'refused') return done('reject');
    for (const chain of around.isLocal(flow.ip) ? ['OUTPUT', 'INPUT'] : ['OUTPUT']) {
      const verdict = pass('filter', chain);
      if (stops(verdict)) return done(verdict);
    }
    pass('nat', 'POSTROUTING');
    return done(accepted);
  }
  const first = pass('nat', 'PREROUTING');
  if (stops(first)) return done(first);
  const local = around.isLocal(flow.ip);
  const verdict = pass('filter', local ? 'INPUT' : 'FORWARD');
  if (stops(verdict)) return done(verdict);
  if (!local) {
    pass('nat', 'POSTROUTING');
    return done(accepted);
  }
  const balanced = balance();
  if (balanced === 'refused') return done('reject');
  if (balanced === 'sent') {
    const out = pass('filter', 'OUTPUT');
    if (stops(out)) return done(out);
    pass('nat', 'POSTROUTING');
  }
  return done(accepted);
}
