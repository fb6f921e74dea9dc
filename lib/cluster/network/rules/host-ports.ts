import type { Pod, Protocol, Stored, View } from '../../../api';
import { sha256Hex } from '../../../base';
import { presentPods } from '../places';
import { readOnce } from '../read-once';
import type { Match, Origin, Rule, Ruleset, Table, Target } from './rules';

const DNAT = 'CNI-HOSTPORT-DNAT';
const SET_MARK = 'CNI-HOSTPORT-SETMARK';
const MASQUERADE = 'CNI-HOSTPORT-MASQ';
const MARK = 0x2000;
/** iptables' multiport takes no more. */
const PORTS_A_RULE = 15;
/** "CNI-DN-" and as many digits of a hash as a chain's name has room for. */
const HASH_DIGITS = 21;

const text = (comment: string): Match => ({ kind: 'comment', text: comment });
const jump = (chain: string): Target => ({ kind: 'jump', chain });

/** The chains that the CNI plugin `portmap` writes on a node for the host ports of its Pods; undefined where none has any. */
export function hostPortRules(view: View, node: string): Table | undefined {
  return readOnce(view, rulesByNode).get(node);
}

interface HostPort {
  readonly protocol: Protocol;
  readonly hostIP: string;
  readonly hostPort: number;
  readonly containerPort: number;
  readonly origin: Origin;
}

function rulesByNode(view: View): ReadonlyMap<string, Table> {
  const byNode = new Map<string, Record<string, Rule[]>>();
  const pods = presentPods(view)
    .map((pod) => ({ pod, ip: pod.status?.podIP ?? '', ports: hostPortsOf(pod) }))
    .filter(({ ip, ports }) => ip !== '' && ports.length > 0)
    .toSorted((left, right) => (startOf(left.pod) < startOf(right.pod) ? -1 : 1));
  for (const { pod, ip, ports } of pods) {
    const node = pod.spec?.nodeName ?? '';
    const table = byNode.get(node) ?? emptyTable();
    byNode.set(node, table);
    addPod(table, pod, ip, ports);
  }
  return byNode;
}

/** Pods of one moment come in the order of their names. */
const startOf = ({ metadata, status }: Pod): string =>
  `${status?.startTime ?? ''} ${metadata.namespace}/${metadata.name}`;

function hostPortsOf({ metadata, spec }: Stored<Pod>): readonly HostPort[] {
  if (spec?.hostNetwork === true) return [];
  return (spec?.containers ?? []).flatMap(({ name, ports = [] }) =>
    ports.flatMap(({ hostPort, hostIP = '', containerPort, protocol = 'TCP' }) =>
      hostPort === undefined || hostPort === 0
        ? []
        : [
            {
              protocol: protocol as Protocol,
              hostIP: hostIP === '0.0.0.0' ? '' : hostIP,
              hostPort,
              containerPort,
              origin: {
                resource: 'pods',
                namespace: metadata.namespace ?? '',
                name: metadata.name,
                field: `spec.containers{${name}}.ports[].hostPort`,
              },
            },
          ],
    ),
  );
}

function emptyTable(): Record<string, Rule[]> {
  return {
    [DNAT]: [],
    [MASQUERADE]: [{ matches: [{ kind: 'mark', mark: MARK }], target: { kind: 'masquerade', plain: true } }],
    [SET_MARK]: [
      { matches: [text('CNI portfwd masquerade mark')], target: { kind: 'set-mark', mark: MARK } },
    ],
  };
}

/** A chain for the Pod, and jumps to it before those of older Pods: of two that want a port the later one has it. */
function addPod(
  table: Record<string, Rule[]>,
  pod: Stored<Pod>,
  ip: string,
  ports: readonly HostPort[],
): void {
  const id = sha256Hex(`sandbox ${pod.metadata.uid}`);
  const chain = `CNI-DN-${sha256Hex(`kindnet${id}`).slice(0, HASH_DIGITS)}`;
  const comment = text(`dnat name: "kindnet" id: "${id}"`);
  const entries = (['SCTP', 'TCP', 'UDP'] as const).flatMap((protocol) => {
    const numbers = ports.filter((each) => each.protocol === protocol).map(({ hostPort }) => hostPort);
    const rules: Rule[] = [];
    for (let at = 0; at < numbers.length; at += PORTS_A_RULE) {
      const some = numbers.slice(at, at + PORTS_A_RULE);
      rules.push({ matches: [comment, { kind: 'ports', protocol, ports: some }], target: jump(chain) });
    }
    return rules;
  });
  table[DNAT] = [...entries, ...(table[DNAT] ?? [])];
  table[chain] = ports.flatMap((port) => portRules(port, ip));
}

function portRules(
  { protocol, hostIP, hostPort, containerPort, origin }: HostPort,
  ip: string,
): readonly Rule[] {
  const to: readonly Match[] = [
    ...(hostIP === '' ? [] : [{ kind: 'destination', range: hostIP } as const]),
    { kind: 'port', protocol, port: hostPort },
  ];
  const from = (range: string): Rule => ({
    matches: [{ kind: 'source', range }, ...to],
    target: jump(SET_MARK),
    origin,
  });
  return [
    from(rangeOf(ip)),
    from('127.0.0.1'),
    { matches: to, target: { kind: 'dnat', ip, port: containerPort }, origin },
  ];
}

/** The Pod range of the node, which the plugin knows by the Pod's own address and its mask. */
const rangeOf = (ip: string): string => `${ip.split('.').slice(0, 3).join('.')}.0/24`;

/** Rulesets with the chains of host ports, by both. */
const merged = new WeakMap<Ruleset, WeakMap<Table, Ruleset>>();

/** A node's rules with those for host ports: after kube-proxy's where packets come in, before them where they leave. */
export function withHostPorts(rules: Ruleset, hostPorts: Table | undefined): Ruleset {
  if (hostPorts === undefined) return rules;
  const known = merged.get(rules) ?? new WeakMap<Table, Ruleset>();
  merged.set(rules, known);
  const before = known.get(hostPorts);
  if (before !== undefined) return before;
  const { nat } = rules;
  const here: Rule = { matches: [{ kind: 'local', end: 'destination' }], target: jump(DNAT) };
  const out: Rule = { matches: [text('CNI portfwd requiring masquerade')], target: jump(MASQUERADE) };
  const fresh: Ruleset = {
    ...rules,
    nat: {
      ...nat,
      ...hostPorts,
      PREROUTING: [...(nat.PREROUTING ?? []), here],
      OUTPUT: [...(nat.OUTPUT ?? []), here],
      POSTROUTING: [out, ...(nat.POSTROUTING ?? [])],
    },
  };
  known.set(hostPorts, fresh);
  return fresh;
}
