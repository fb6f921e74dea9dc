import type { Hop, Protocol } from '../../../api';
import { inRange } from '../addresses';
import type { ConntrackState, Match, Rule, Ruleset, TableName } from '../rules/rules';
import { printRule } from '../rules/save';

/** A packet on its way through one node's tables. */
export interface Flow {
  readonly source: string;
  readonly ip: string;
  readonly port: number;
  /** ICMP for an echo, whose port is 0. */
  readonly protocol: Protocol | 'ICMP';
  readonly mark: number;
  /** Set once a DNAT rule has rewritten the destination. */
  readonly translated: boolean;
  readonly masqueraded: boolean;
  /** The virtual server that it was for, once IPVS has chosen a destination. */
  readonly virtual?: { readonly ip: string; readonly port: number } | undefined;
}

/** What a table says of a packet. 'pass' is the built-in chain's policy, which is to accept. */
export type Verdict = 'pass' | 'accept' | 'drop' | 'reject';

/** The node around the rules: its addresses, chance, and the lists of the `recent` match. */
export interface Surroundings {
  readonly node: string;
  isLocal(ip: string): boolean;
  /** A number in [0, 1), drawn only where a rule asks. */
  chance(): number;
  /** When this list last saw the source, in ms since the epoch. */
  lastSeen(list: string, source: string): number | undefined;
  remember(list: string, source: string): void;
  /** Whether an ipset of the node holds what these ends of the packet make up. */
  inSet(name: string, ends: readonly ('src' | 'dst')[], flow: Flow): boolean;
  readonly now: number;
}

/** A packet's way through one built-in chain. */
export interface Passage {
  readonly verdict: Verdict;
  readonly flow: Flow;
  readonly hops: readonly Hop[];
}

/** Chains that may be entered from each other before the rules are taken for a loop. */
const MAX_DEPTH = 16;

/** Walks a packet through a built-in chain of a table, rule by rule. */
export function runChain(
  rules: Ruleset,
  table: TableName,
  chain: string,
  flow: Flow,
  around: Surroundings,
): Passage {
  const walk: Walk = { rules, table, around, flow, hops: [] };
  const verdict = runRules(walk, chain, 0);
  return { verdict: verdict === 'return' ? 'pass' : verdict, flow: walk.flow, hops: walk.hops };
}

interface Walk {
  readonly rules: Ruleset;
  readonly table: TableName;
  readonly around: Surroundings;
  flow: Flow;
  readonly hops: Hop[];
}

function runRules(walk: Walk, chain: string, depth: number): Verdict | 'return' {
  for (const rule of walk.rules[walk.table][chain] ?? []) {
    if (!matches(walk, rule)) continue;
    const verdict = act(walk, chain, rule, depth);
    if (verdict !== undefined && verdict !== 'pass') return verdict;
  }
  return 'pass';
}

/** Does what the rule says; undefined lets the packet go on to the next rule. */
function act(walk: Walk, chain: string, rule: Rule, depth: number): Verdict | 'return' | undefined {
  const { target } = rule;
  switch (target.kind) {
    case 'none':
      return undefined;
    case 'jump':
      return enter(walk, chain, rule, target.chain, depth);
    case 'return':
      return 'return';
    case 'accept':
      return 'accept';
    case 'drop':
      note(walk, chain, rule, `drops the packet: ${reasonOf(rule)}`);
      return 'drop';
    case 'reject':
      note(walk, chain, rule, `rejects the packet: ${reasonOf(rule)}`);
      return 'reject';
    case 'set-mark':
      walk.flow = { ...walk.flow, mark: walk.flow.mark | target.mark };
      return undefined;
    case 'flip-mark':
      walk.flow = { ...walk.flow, mark: walk.flow.mark ^ target.mark };
      return undefined;
    case 'masquerade':
      walk.flow = { ...walk.flow, masqueraded: true };
      note(walk, chain, rule, "rewrites the source to the node's own address");
      return 'accept';
    case 'dnat':
      walk.flow = { ...walk.flow, ip: target.ip, port: target.port, translated: true };
      note(walk, chain, rule, `rewrites the destination to ${target.ip}:${target.port}`);
      return 'accept';
  }
}

/** Chains whose jumps are worth a hop: the rest of the plumbing would only tire the reader. */
const TOLD = /^KUBE-(SVC|SVL|EXT|FW)-[A-Z2-7]{16}$|^KUBE-NODEPORTS$/;
const ENDPOINT = /^KUBE-SEP-[A-Z2-7]{16}$/;

/** Which endpoint a chain chooses, and how: by chance, all being equal in the end, or because it knows the client. */
function choiceOf({ rules, table, flow }: Walk, chain: string, rule: Rule): string {
  const name = reasonOf(rule).split(' -> ')[1] ?? 'the endpoint';
  if (rule.matches.some(({ kind }) => kind === 'recently'))
    return `chooses ${name}, where ${flow.source} went before (ClientIP affinity)`;
  const choices = (rules[table][chain] ?? []).filter(
    ({ matches, target }) =>
      target.kind === 'jump' &&
      ENDPOINT.test(target.chain) &&
      !matches.some(({ kind }) => kind === 'recently'),
  ).length;
  return choices === 1
    ? `chooses ${name}, the only one`
    : `chooses ${name}, one of ${choices} (odds 1/${choices})`;
}

function enter(
  walk: Walk,
  chain: string,
  rule: Rule,
  next: string,
  depth: number,
): Verdict | 'return' | undefined {
  if (depth >= MAX_DEPTH) return undefined;
  if (next === 'KUBE-MARK-MASQ') note(walk, chain, rule, 'marks the packet for masquerading');
  else if (walk.table === 'nat' && ENDPOINT.test(next)) note(walk, chain, rule, choiceOf(walk, chain, rule));
  else if (walk.table === 'nat' && TOLD.test(next)) note(walk, chain, rule, `goes to ${next}`);
  const verdict = runRules(walk, next, depth + 1);
  return verdict === 'return' || verdict === 'pass' ? undefined : verdict;
}

/** A rule's own comment says why it is there. */
function reasonOf(rule: Rule): string {
  for (const match of rule.matches) {
    if (match.kind === 'comment') return match.text;
    if (match.kind === 'set')
      return `it is for an address of ${match.name}, and not for a port that is served`;
    if (match.kind === 'virtual') return `the node itself is kept from ${match.ip}:${match.port}`;
  }
  return 'no source range takes it';
}

/** Rules as printed, by rule: a packet's trace shows the same few again and again. A rule stands in one chain. */
const printed = new WeakMap<Rule, { readonly chain: string; readonly text: string }>();

function textOf(chain: string, rule: Rule): string {
  const known = printed.get(rule);
  if (known?.chain === chain) return known.text;
  const text = printRule(chain, rule);
  printed.set(rule, { chain, text });
  return text;
}

function note(walk: Walk, chain: string, rule: Rule, effect: string): void {
  const { node } = walk.around;
  walk.hops.push({
    at: `node ${node}`,
    rule: textOf(chain, rule),
    effect,
    detail: `chain ${chain} of table ${walk.table}`,
    object: rule.origin,
  });
}

function matches(walk: Walk, rule: Rule): boolean {
  for (const match of rule.matches) if (!holds(walk, match)) return false;
  return true;
}

function holds({ flow, around }: Walk, match: Match): boolean {
  switch (match.kind) {
    case 'comment':
      return true;
    case 'source':
      return inRange(flow.source, match.range) !== (match.not === true);
    case 'destination':
      return inRange(flow.ip, match.range) !== (match.not === true);
    case 'port':
      return flow.protocol === match.protocol && (match.port === undefined || match.port === flow.port);
    case 'ports':
      return flow.protocol === match.protocol && match.ports.includes(flow.port);
    case 'mark':
      return ((flow.mark & match.mark) === match.mark) !== (match.not === true);
    case 'state':
      return match.states.some((state) => inState(flow, state)) !== (match.not === true);
    case 'local':
      return around.isLocal(match.end === 'source' ? flow.source : flow.ip) !== (match.not === true);
    case 'protocol':
      return flow.protocol === match.protocol;
    case 'set':
      return around.inSet(match.name, match.ends, flow);
    case 'virtual':
      return isVirtual(flow, match);
    case 'from-bridge':
    case 'count':
      return true;
    case 'chance':
      return around.chance() < Number(match.probability);
    case 'recently': {
      const seen = around.lastSeen(match.list, flow.source);
      return seen !== undefined && around.now - seen < match.seconds * 1000;
    }
    case 'remember':
      around.remember(match.list, flow.source);
      return true;
  }
}

function isVirtual({ virtual, protocol }: Flow, match: Extract<Match, { kind: 'virtual' }>): boolean {
  return virtual?.ip === match.ip && virtual.port === match.port && protocol.toLowerCase() === match.protocol;
}

/** Only first packets are walked through the rules; what follows belongs to the same connection. */
function inState(flow: Flow, state: ConntrackState): boolean {
  return state === 'NEW' || (state === 'DNAT' && flow.translated);
}

/** A packet before any rule has seen it. */
export function newFlow(source: string, ip: string, port: number, protocol: Flow['protocol']): Flow {
  return { source, ip, port, protocol, mark: 0, translated: false, masqueraded: false };
}
