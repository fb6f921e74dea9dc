import type { ProxyConfig } from '../../kube-proxy-config';
import { kubeletRules, masqueradeRules } from '../rules/base-rules';
import type { Match, Rule, Ruleset, Target } from '../rules/rules';
import type { PortTables } from './service-tables';
import { SET_KINDS } from './set-kinds';
import type { IpSet } from './tables';

type Chains = Readonly<Record<string, readonly Rule[]>>;
type Sets = Readonly<Record<string, IpSet>>;

const jump = (chain: string): Target => ({ kind: 'jump', chain });
const comment = (text: string): Match => ({ kind: 'comment', text });
const rule = (target: Target, ...matches: readonly Match[]): Rule => ({ matches, target });
const RETURN: Target = { kind: 'return' };
const ACCEPT: Target = { kind: 'accept' };

function inSet(name: string, ...ends: readonly ('src' | 'dst')[]): Match {
  return { kind: 'set', name, ends };
}

/** A rule over a set, with kube-proxy's comment for it. */
function overSet(
  name: string,
  ends: readonly ('src' | 'dst')[],
  target: Target,
  ...more: readonly Match[]
): Rule {
  return rule(target, ...more, comment(SET_KINDS[name]?.comment ?? ''), inSet(name, ...ends));
}

/** The iptables rules of IPVS mode: few, and the same for every Service; what they ask for is in the sets. */
export function ipvsRules(config: ProxyConfig, sets: Sets, barred: PortTables['barred']): Ruleset {
  const has = (name: string) => (sets[name]?.entries.length ?? 0) > 0;
  const whenFilled = (name: string, make: () => Rule): readonly Rule[] => (has(name) ? [make()] : []);
  const { filter: kubelet, nat: kubeletNat } = kubeletRules(config);
  return {
    filter: {
      ...kubelet,
      INPUT: [
        rule(jump('KUBE-IPVS-FILTER'), comment('kubernetes ipvs access filter')),
        rule(jump('KUBE-PROXY-FIREWALL'), comment('kube-proxy firewall rules')),
        rule(jump('KUBE-NODE-PORT'), comment('kubernetes health check rules')),
        ...(kubelet.INPUT ?? []),
      ],
      FORWARD: [
        rule(jump('KUBE-PROXY-FIREWALL'), comment('kube-proxy firewall rules')),
        rule(jump('KUBE-FORWARD'), comment('kubernetes forwarding rules')),
      ],
      OUTPUT: [
        rule(jump('KUBE-IPVS-OUT-FILTER'), comment('kubernetes ipvs access filter')),
        ...(kubelet.OUTPUT ?? []),
      ],
      'KUBE-FORWARD': [
        rule(ACCEPT, comment('kubernetes forwarding rules'), {
          kind: 'mark',
          mark: 1 << config.masqueradeBit,
        }),
        rule(ACCEPT, comment('kubernetes forwarding conntrack rule'), {
          kind: 'state',
          states: ['RELATED', 'ESTABLISHED'],
        }),
      ],
      'KUBE-IPVS-FILTER': [
        ...['KUBE-LOAD-BALANCER', 'KUBE-CLUSTER-IP', 'KUBE-EXTERNAL-IP', 'KUBE-EXTERNAL-IP-LOCAL'].map(
          (name) => rule(RETURN, inSet(name, 'dst', 'dst')),
        ),
        rule(RETURN, inSet('KUBE-HEALTH-CHECK-NODE-PORT', 'dst')),
        rule({ kind: 'reject' }, { kind: 'state', states: ['NEW'] }, inSet('KUBE-IPVS-IPS', 'dst')),
      ],
      'KUBE-IPVS-OUT-FILTER': barred.map(({ ip, port, protocol }) =>
        rule({ kind: 'drop' }, { kind: 'source', range: ip }, { kind: 'virtual', ip, port, protocol }),
      ),
      'KUBE-NODE-PORT': [overSet('KUBE-HEALTH-CHECK-NODE-PORT', ['dst'], ACCEPT)],
      'KUBE-PROXY-FIREWALL': whenFilled('KUBE-LOAD-BALANCER-FW', () =>
        overSet('KUBE-LOAD-BALANCER-FW', ['dst', 'dst'], jump('KUBE-SOURCE-RANGES-FIREWALL')),
      ),
      'KUBE-SOURCE-RANGES-FIREWALL': [
        ...['KUBE-LOAD-BALANCER-SOURCE-CIDR', 'KUBE-LOAD-BALANCER-SOURCE-IP'].flatMap((name) =>
          whenFilled(name, () => overSet(name, ['dst', 'dst', 'src'], RETURN)),
        ),
        rule({ kind: 'drop' }),
      ],
    },
    nat: {
      ...kubeletNat,
      PREROUTING: [rule(jump('KUBE-SERVICES'), comment('kubernetes service portals'))],
      INPUT: [],
      OUTPUT: [rule(jump('KUBE-SERVICES'), comment('kubernetes service portals'))],
      POSTROUTING: [rule(jump('KUBE-POSTROUTING'), comment('kubernetes postrouting rules'))],
      'KUBE-LOAD-BALANCER': [
        ...whenFilled('KUBE-LOAD-BALANCER-LOCAL', () =>
          overSet('KUBE-LOAD-BALANCER-LOCAL', ['dst', 'dst'], RETURN),
        ),
        rule(jump('KUBE-MARK-MASQ')),
      ],
      ...masqueradeRules(
        config,
        whenFilled('KUBE-LOOP-BACK', () =>
          overSet('KUBE-LOOP-BACK', ['dst', 'dst', 'src'], { kind: 'masquerade', plain: true }),
        ),
      ),
      'KUBE-NODE-PORT': nodePortRules(has),
      'KUBE-SERVICES': servicesRules(config, whenFilled),
    },
  };
}

function nodePortRules(has: (name: string) => boolean): readonly Rule[] {
  return (['TCP', 'UDP', 'SCTP'] as const).flatMap((protocol) => {
    const suffix = protocol === 'SCTP' ? 'SCTP-HASH' : protocol;
    const ends = protocol === 'SCTP' ? (['dst', 'dst'] as const) : (['dst'] as const);
    const local = `KUBE-NODE-PORT-LOCAL-${suffix}`;
    const all = `KUBE-NODE-PORT-${suffix}`;
    const only: Match = { kind: 'protocol', protocol };
    return [
      ...(has(local) ? [overSet(local, ends, RETURN, only)] : []),
      ...(has(all) ? [overSet(all, ends, jump('KUBE-MARK-MASQ'), only)] : []),
    ];
  });
}

function servicesRules(
  config: ProxyConfig,
  whenFilled: (name: string, make: () => Rule) => readonly Rule[],
): Chains[string] {
  const both = ['dst', 'dst'] as const;
  const external = (name: string): readonly Rule[] => [
    ...whenFilled(name, () =>
      overSetMore(name, [
        { kind: 'from-bridge', not: true },
        { kind: 'local', end: 'source', not: true },
      ]),
    ),
    ...whenFilled(name, () => overSetMore(name, [{ kind: 'local', end: 'destination' }])),
  ];
  return [
    rule(RETURN, { kind: 'source', range: '127.0.0.0/8' }),
    ...whenFilled('KUBE-LOAD-BALANCER', () =>
      overSet('KUBE-LOAD-BALANCER', both, jump('KUBE-LOAD-BALANCER')),
    ),
    ...whenFilled('KUBE-CLUSTER-IP', () => clusterIPRule(config)),
    ...whenFilled('KUBE-EXTERNAL-IP', () => overSet('KUBE-EXTERNAL-IP', both, jump('KUBE-MARK-MASQ'))),
    ...external('KUBE-EXTERNAL-IP'),
    ...external('KUBE-EXTERNAL-IP-LOCAL'),
    rule(jump('KUBE-NODE-PORT'), { kind: 'local', end: 'destination' }),
    ...['KUBE-CLUSTER-IP', 'KUBE-LOAD-BALANCER'].flatMap((name) =>
      whenFilled(name, () => rule(ACCEPT, inSet(name, ...both))),
    ),
  ];
}

function overSetMore(name: string, after: readonly Match[]): Rule {
  return rule(ACCEPT, comment(SET_KINDS[name]?.comment ?? ''), inSet(name, 'dst', 'dst'), ...after);
}

/** Traffic from outside of the cluster to a cluster IP is masqueraded, as it may have to leave the node again. */
function clusterIPRule({ masqueradeAll, localRange }: ProxyConfig): Rule {
  const name = 'KUBE-CLUSTER-IP';
  const mark = jump('KUBE-MARK-MASQ');
  if (masqueradeAll) return overSet(name, ['dst', 'dst'], mark);
  if (localRange === undefined) return overSet(name, ['src', 'dst'], mark);
  return overSet(name, ['dst', 'dst'], mark, { kind: 'source', range: localRange, not: true });
}
