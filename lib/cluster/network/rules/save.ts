import type { SaveQuery } from '../../../api';
import { asRange } from '../addresses';
import {
  BUILT_IN,
  type Match,
  type Rule,
  type Ruleset,
  type Table,
  type TableName,
  type Target,
} from './rules';

/** Words that iptables-save leaves without quotes. */
const BARE_COMMENT = /^[A-Za-z0-9_-]+$/;

/** `-m ipvs` prints protocols by number. */
const IP_PROTOCOLS: Readonly<Record<string, number>> = { tcp: 6, udp: 17, sctp: 132 };

/** Matches that say the protocol, the first of which is printed. */
const SPOKEN = ['port', 'ports', 'protocol'] as const;

/** The kernel keeps a probability as a fraction of 2^31. */
const PROBABILITY_SCALE = 2 ** 31;

/** One rule as iptables-save prints it. */
export function printRule(chain: string, rule: Rule): string {
  const parts = [`-A ${chain}`];
  for (const kind of ['source', 'destination'] as const) {
    const match = rule.matches.find((candidate) => candidate.kind === kind);
    if (match?.kind === kind)
      parts.push(`${match.not ? '! ' : ''}${kind === 'source' ? '-s' : '-d'} ${asRange(match.range)}`);
  }
  for (const kind of SPOKEN) {
    const spoken = rule.matches.find((match) => match.kind === kind);
    if (spoken?.kind !== kind) continue;
    parts.push(`-p ${spoken.protocol.toLowerCase()}`);
    break;
  }
  for (const match of rule.matches) {
    const text = printMatch(match);
    if (text !== undefined) parts.push(text);
  }
  const target = printTarget(rule.target);
  if (target !== undefined) parts.push(target);
  return parts.join(' ');
}

function printMatch(match: Match): string | undefined {
  switch (match.kind) {
    case 'source':
    case 'destination':
    case 'protocol':
      return undefined;
    case 'set':
      return `-m set --match-set ${match.name} ${match.ends.join(',')}`;
    case 'virtual':
      return `-m ipvs --vproto ${IP_PROTOCOLS[match.protocol] ?? match.protocol} --vaddr ${asRange(match.ip)} --vport ${match.port}`;
    case 'from-bridge':
      return '-m physdev ! --physdev-is-in';
    case 'comment':
      return `-m comment --comment ${BARE_COMMENT.test(match.text) ? match.text : `"${match.text.replace(/["\\]/g, '\\$&')}"`}`;
    case 'port': {
      const protocol = match.protocol.toLowerCase();
      return match.port === undefined ? `-m ${protocol}` : `-m ${protocol} --dport ${match.port}`;
    }
    case 'ports':
      return `-m multiport --dports ${match.ports.join(',')}`;
    case 'mark':
      return `-m mark ${match.not ? '! ' : ''}--mark ${hex(match.mark)}/${hex(match.mark)}`;
    case 'state':
      return `-m conntrack ${match.not ? '! ' : ''}--ctstate ${match.states.join(',')}`;
    case 'local':
      return `-m addrtype ${match.not ? '! ' : ''}--${match.end === 'source' ? 'src' : 'dst'}-type LOCAL`;
    case 'chance': {
      const kept = Math.round(Number(match.probability) * PROBABILITY_SCALE) / PROBABILITY_SCALE;
      return `-m statistic --mode random --probability ${kept.toFixed(11)}`;
    }
    case 'recently':
      return `-m recent --rcheck --seconds ${match.seconds} --reap --name ${match.list} --mask 255.255.255.255 --rsource`;
    case 'count':
      // libxt_nfacct leaves two blanks.
      return `-m nfacct --nfacct-name  ${match.counter}`;
    case 'remember':
      return `-m recent --set --name ${match.list} --mask 255.255.255.255 --rsource`;
  }
}

function printTarget(target: Target): string | undefined {
  switch (target.kind) {
    case 'jump':
      return `-j ${target.chain}`;
    case 'set-mark':
      return `-j MARK --set-xmark ${hex(target.mark)}/${hex(target.mark)}`;
    case 'flip-mark':
      return `-j MARK --set-xmark ${hex(target.mark)}/0x0`;
    case 'masquerade':
      return target.plain ? '-j MASQUERADE' : '-j MASQUERADE --random-fully';
    case 'dnat':
      return `-j DNAT --to-destination ${target.ip.includes(':') ? `[${target.ip}]` : target.ip}:${target.port}`;
    case 'reject':
      return '-j REJECT --reject-with icmp-port-unreachable';
    case 'none':
      return undefined;
    default:
      return `-j ${target.kind.toUpperCase()}`;
  }
}

function hex(mark: number): string {
  return `0x${mark.toString(16)}`;
}

/** What `iptables-save` prints on a node: of all tables or of one, with counters before each rule if wanted. */
export function iptablesSave(rules: Ruleset, when: string, { table, counters }: SaveQuery = {}): string {
  const tables = table === undefined ? (['mangle', 'filter', 'nat'] as const) : [table];
  return tables
    .map((name) => saveTable(name === 'mangle' ? mangle(rules) : rules[name], name, when, counters))
    .join('');
}

/** kube-proxy and the kubelet only leave chains in the mangle table by which they notice when rules are flushed. */
function mangle({ nat }: Ruleset): Table {
  const canaries = ['KUBE-KUBELET-CANARY', 'KUBE-PROXY-CANARY'].filter((chain) => nat[chain] !== undefined);
  const chains = nat['KUBE-KUBELET-CANARY'] === undefined ? canaries : ['KUBE-IPTABLES-HINT', ...canaries];
  return Object.fromEntries(chains.map((chain) => [chain, []]));
}

const MANGLE_CHAINS = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'];

function saveTable(
  table: Table,
  name: TableName | 'mangle',
  when: string,
  counters: boolean | undefined,
): string {
  const builtIn = name === 'mangle' ? MANGLE_CHAINS : BUILT_IN[name];
  const own = Object.keys(table)
    .filter((chain) => !builtIn.includes(chain))
    .sort();
  const order = [...builtIn, ...own];
  const before = counters === true ? '[0:0] ' : '';
  const lines = [
    `# Generated by iptables-save v1.8.9 (nf_tables) on ${when}`,
    `*${name}`,
    ...order.map((chain) => `:${chain} ${builtIn.includes(chain) ? 'ACCEPT' : '-'} [0:0]`),
    ...order.flatMap((chain) => (table[chain] ?? []).map((rule) => before + printRule(chain, rule))),
    'COMMIT',
    `# Completed on ${when}`,
  ];
  return `${lines.join('\n')}\n`;
}
