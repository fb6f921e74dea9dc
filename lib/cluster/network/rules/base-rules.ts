import type { ProxyConfig } from '../../kube-proxy-config';
import { inRange } from '../addresses';
import type { Match, Rule, Ruleset, Table, Target } from './rules';

function jump(chain: string, text: string, ...matches: readonly Match[]): Rule {
  const comment: readonly Match[] = text === '' ? [] : [{ kind: 'comment', text }];
  return { matches: [...matches, ...comment], target: { kind: 'jump', chain } };
}

function rule(target: Target, ...matches: readonly Match[]): Rule {
  return { matches, target };
}

const NEW: Match = { kind: 'state', states: ['NEW'] };
const EXTERNAL = 'kubernetes externally-visible service portals';
const PORTALS = 'kubernetes service portals';
const FIREWALL = 'kubernetes load balancer firewall';
const LOOPBACK = '127.0.0.0/8';

const BLOCK_LOCALNET = rule(
  { kind: 'drop' },
  { kind: 'comment', text: 'block incoming localnet connections' },
  { kind: 'destination', range: LOOPBACK },
  { kind: 'source', range: LOOPBACK, not: true },
  { kind: 'state', states: ['RELATED', 'ESTABLISHED', 'DNAT'], not: true },
);

/** What the kubelet writes on every node, whatever kube-proxy does. */
export function kubeletRules(config: ProxyConfig): Ruleset {
  const localnet = config.family === 'IPv4' && config.localhostNodePorts ? [BLOCK_LOCALNET] : [];
  const firewall = [rule({ kind: 'jump', chain: 'KUBE-FIREWALL' })];
  return {
    filter: {
      INPUT: firewall,
      FORWARD: [],
      OUTPUT: firewall,
      'KUBE-FIREWALL': localnet,
      'KUBE-KUBELET-CANARY': [],
    },
    nat: { 'KUBE-KUBELET-CANARY': [] },
  };
}

/** The chains that mark packets and masquerade them when they leave; `first` comes before the mark is asked for. */
export function masqueradeRules({ masqueradeBit }: ProxyConfig, first: readonly Rule[] = []): Table {
  const mark = 1 << masqueradeBit;
  return {
    'KUBE-MARK-MASQ': [rule({ kind: 'set-mark', mark })],
    'KUBE-POSTROUTING': [
      ...first,
      rule({ kind: 'return' }, { kind: 'mark', mark, not: true }),
      rule({ kind: 'flip-mark', mark }),
      rule({ kind: 'masquerade' }, { kind: 'comment', text: 'kubernetes service traffic requiring SNAT' }),
    ],
  };
}

/** The chains that are there before any Service: kube-proxy's jumps are prepended, so its last comes first. */
export function baseRules(config: ProxyConfig): Ruleset {
  const kubelet = kubeletRules(config);
  return {
    filter: {
      ...kubelet.filter,
      INPUT: [
        jump('KUBE-PROXY-FIREWALL', FIREWALL, NEW),
        jump('KUBE-NODEPORTS', 'kubernetes health check service ports'),
        jump('KUBE-EXTERNAL-SERVICES', EXTERNAL, NEW),
        ...(kubelet.filter.INPUT ?? []),
      ],
      FORWARD: [
        jump('KUBE-PROXY-FIREWALL', FIREWALL, NEW),
        jump('KUBE-FORWARD', 'kubernetes forwarding rules'),
        jump('KUBE-SERVICES', PORTALS, NEW),
        jump('KUBE-EXTERNAL-SERVICES', EXTERNAL, NEW),
      ],
      OUTPUT: [
        jump('KUBE-PROXY-FIREWALL', FIREWALL, NEW),
        jump('KUBE-SERVICES', PORTALS, NEW),
        ...(kubelet.filter.OUTPUT ?? []),
      ],
      'KUBE-EXTERNAL-SERVICES': [],
      'KUBE-FORWARD': forwardRules(1 << config.masqueradeBit),
      'KUBE-NODEPORTS': [],
      'KUBE-PROXY-CANARY': [],
      'KUBE-PROXY-FIREWALL': [],
      'KUBE-SERVICES': [],
    },
    nat: {
      ...kubelet.nat,
      PREROUTING: [jump('KUBE-SERVICES', PORTALS)],
      INPUT: [],
      OUTPUT: [jump('KUBE-SERVICES', PORTALS)],
      POSTROUTING: [jump('KUBE-POSTROUTING', 'kubernetes postrouting rules')],
      ...masqueradeRules(config),
      'KUBE-NODEPORTS': [],
      'KUBE-PROXY-CANARY': [],
      'KUBE-SERVICES': [],
    },
  };
}

function forwardRules(mark: number): readonly Rule[] {
  return [
    rule(
      { kind: 'drop' },
      { kind: 'state', states: ['INVALID'] },
      { kind: 'count', counter: 'ct_state_invalid_dropped_pkts' },
    ),
    rule(
      { kind: 'accept' },
      { kind: 'comment', text: 'kubernetes forwarding rules' },
      { kind: 'mark', mark },
    ),
    rule(
      { kind: 'accept' },
      { kind: 'comment', text: 'kubernetes forwarding conntrack rule' },
      { kind: 'state', states: ['RELATED', 'ESTABLISHED'] },
    ),
  ];
}

const NODE_PORTS_LAST = 'kubernetes service nodeports; NOTE: this must be the last rule in this chain';

/** The tail of KUBE-SERVICES that sends traffic for the node's own addresses to KUBE-NODEPORTS. */
export function nodePortJumps(
  config: ProxyConfig,
  nodeIP: string,
  nodeAddresses: readonly string[],
): readonly Rule[] {
  const text: Match = { kind: 'comment', text: NODE_PORTS_LAST };
  const target: Target = { kind: 'jump', chain: 'KUBE-NODEPORTS' };
  if (config.nodePortAddresses.length === 0) {
    const here: Match = { kind: 'local', end: 'destination' };
    if (config.family === 'IPv6')
      return [rule(target, text, here, { kind: 'destination', range: '::1/128', not: true })];
    if (config.localhostNodePorts) return [rule(target, text, here)];
    return [rule(target, text, here, { kind: 'destination', range: LOOPBACK, not: true })];
  }
  return nodeAddresses
    .filter((ip) =>
      config.nodePortAddresses.some((range) => (range === 'primary' ? ip === nodeIP : inRange(ip, range))),
    )
    .filter((ip) => config.localhostNodePorts || !(inRange(ip, LOOPBACK) || ip === '::1'))
    .map((ip) => rule(target, text, { kind: 'destination', range: ip }));
}
