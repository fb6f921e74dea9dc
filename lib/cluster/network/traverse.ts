import type { Hop } from '../../api';
import { type Flow, type Passage, runChain, type Surroundings, type Verdict } from './interpret';
import type { Ruleset, TableName } from './rules';

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

/**
 * Takes a packet through netfilter's hooks in the kernel's order: PREROUTING or OUTPUT, the routing decision,
 * INPUT or FORWARD, POSTROUTING.
 */
export function traverse(rules: Ruleset, entry: Entry, start: Flow, around: Surroundings): Traversal {
  const hops: Hop[] = [];
  let flow = start;
  const pass = (table: TableName, chain: string): Verdict => {
    const passage: Passage = runChain(rules, table, chain, flow, around);
    flow = passage.flow;
    hops.push(...passage.hops);
    return passage.verdict;
  };
  const done = (verdict: Verdict): Traversal => ({ verdict, flow, local: around.isLocal(flow.ip), hops });
  const stops = (verdict: Verdict) => verdict === 'drop' || verdict === 'reject';

  const own = entry === 'own-process';
  const first = pass('nat', own ? 'OUTPUT' : 'PREROUTING');
  if (stops(first)) return done(first);
  const local = around.isLocal(flow.ip);
  const filters = own ? (local ? ['OUTPUT', 'INPUT'] : ['OUTPUT']) : [local ? 'INPUT' : 'FORWARD'];
  let accepted: Verdict = 'pass';
  for (const chain of filters) {
    const verdict = pass('filter', chain);
    if (stops(verdict)) return done(verdict);
    if (verdict === 'accept') accepted = verdict;
  }
  if (!local || own) pass('nat', 'POSTROUTING');
  return done(accepted);
}
