import { describe, expect, it } from 'vitest';
import type { Protocol, Request, Vantage } from '../../../api';
import {
  brief,
  GET,
  type HandMade,
  handMade,
  node as nodeObject,
  type PodSpec,
  proxyPods,
} from '../hand-made-cluster.test-support';
import type { NetworkOptions } from '../options';
import {
  ALL,
  answers,
  CLUSTER_IP,
  client,
  clusterIn,
  type EndpointSpec,
  endpointSlice,
  type Mode,
  NODE_IP,
  NODE_PORT,
  node,
  office,
  reachable,
} from './service-cluster.test-support';

const MODES: readonly Mode[] = ['iptables', 'ipvs'];
const EVERY = 'web-1 web-2 web-3';
const ZONE = 'topology.kubernetes.io/zone';
const ZONES = { 'control-plane': 'a', 'worker-1': 'a', 'worker-2': 'b' } as const;
const zoned = (names = Object.keys(ZONES) as readonly (keyof typeof ZONES)[]) =>
  names.map((name) => nodeObject(name, Object.keys(ZONES).indexOf(name), { [ZONE]: ZONES[name] }));

const zoneOf = (on: string) => ZONES[on as keyof typeof ZONES];
/** Hints as the EndpointSlice controller writes them for a distribution. */
const near = (list: readonly EndpointSpec[]) => list.map((each) => ({ ...each, zones: [zoneOf(each.node)] }));
const nearest = (list: readonly EndpointSpec[]) =>
  near(list).map((each) => ({ ...each, nodes: [each.node] }));

describe.each(MODES)('%s: near endpoints', (mode) => {
  it.each<[string, readonly EndpointSpec[], string, string, string, boolean?]>([
    ['zone hints keep to the zone', near(ALL), 'control-plane', 'web-1', CLUSTER_IP],
    ['and to the other', near(ALL), 'worker-2', 'web-2 web-3', CLUSTER_IP],
    ['a zone without endpoints takes all', near(ALL.slice(1)), 'worker-1', 'web-2 web-3', CLUSTER_IP],
    [
      'one endpoint without hints: nobody is choosy',
      [...near(ALL.slice(1)), ALL[0] as EndpointSpec],
      'worker-2',
      EVERY,
      CLUSTER_IP,
    ],
    [
      'unless it is not ready',
      [...near(ALL.slice(1)), { ...(ALL[0] as EndpointSpec), ready: false }],
      'worker-2',
      'web-2 web-3',
      CLUSTER_IP,
    ],
    ['a node without a zone takes all', near(ALL), 'control-plane', EVERY, CLUSTER_IP, false],
    ['node hints keep to the node', nearest(ALL), 'worker-1', 'web-1', CLUSTER_IP],
    ['a node without endpoints keeps to its zone', nearest(ALL), 'control-plane', 'web-1', CLUSTER_IP],
    ['a node port as well', nearest(ALL), 'worker-2', 'web-2 web-3', NODE_IP.w2],
  ])('[N31] %s', (_, endpoints, from, expected, ip, withZones = true) => {
    const nodes = withZones ? zoned() : zoned(['worker-1', 'worker-2']);
    const cluster = clusterIn(mode, [...nodes, reachable(), endpointSlice(endpoints)]);
    expect(answers(cluster, node(from), ip, ip === CLUSTER_IP ? 80 : NODE_PORT)).toBe(expected);
  });
});

const NET: readonly PodSpec[] = [
  {
    name: 'net-1',
    ip: '10.244.1.3',
    node: 'worker-1',
    image: 'registry.k8s.io/e2e-test-images/agnhost:2.55',
    command: ['/agnhost', 'netexec'],
  },
  {
    name: 'net-2',
    ip: '10.244.2.4',
    node: 'worker-2',
    image: 'registry.k8s.io/e2e-test-images/agnhost:2.55',
    command: ['/agnhost', 'netexec', '--http-port=9090'],
  },
];
const SLEEPER: PodSpec = {
  name: 'client',
  ip: '10.244.1.9',
  node: 'worker-1',
  image: 'busybox',
  command: ['sleep', '1d'],
};

describe.each(MODES)('%s: several ports', (mode) => {
  const ports = [
    { name: 'http', port: 80, protocol: 'TCP', targetPort: 'http', nodePort: 30_080 },
    { name: 'udp', port: 80, protocol: 'UDP', targetPort: 8081, nodePort: 30_080 },
    { name: 'sctp', port: 80, protocol: 'SCTP', targetPort: 8082 },
  ];
  const cluster = handMade(
    [
      reachable({ ports }),
      endpointSlice(
        [{ ip: '10.244.1.3', node: 'worker-1' }],
        [
          { name: 'http', port: 8080, protocol: 'TCP' },
          { name: 'udp', port: 8081, protocol: 'UDP' },
        ],
        'web-a',
      ),
      // A named port that is another number on another Pod makes a slice of its own.
      endpointSlice(
        [{ ip: '10.244.2.4', node: 'worker-2' }],
        [
          { name: 'http', port: 9090, protocol: 'TCP' },
          { name: 'udp', port: 8081, protocol: 'UDP' },
        ],
        'web-b',
      ),
    ],
    [...NET, SLEEPER, ...proxyPods(`mode: ${mode}`)],
  );
  const spoken = (protocol: Protocol, ip: string, port: number, from: Vantage = client) => {
    const request: Request = protocol === 'TCP' ? GET : { kind: 'bytes', text: 'hostname\n' };
    const found = new Set<string>();
    for (let index = 0; index < 40; index += 1) {
      const { outcome } = cluster.network.send({ from, to: { ip, port }, protocol, request });
      const reply = outcome.kind === 'delivered' ? outcome.reply : undefined;
      found.add(reply?.kind === 'bytes' ? reply.text : brief(outcome).replace('delivered ', ''));
    }
    return [...found].sort().join(' ');
  };
  it('[N32] one port number serves TCP and UDP apart; a port without endpoints refuses', () => {
    expect(spoken('TCP', CLUSTER_IP, 80)).toBe('net-1 net-2');
    expect(spoken('UDP', CLUSTER_IP, 80)).toBe('net-1 net-2');
    expect(spoken('SCTP', CLUSTER_IP, 80)).toBe('refused');
    expect(spoken('UDP', NODE_IP.w2, 30_080, office)).toBe('net-1 net-2');
  });
  it('[N32] UDP to a port that nothing is bound to is refused by ICMP', () => {
    expect(spoken('UDP', '10.244.1.3', 8080)).toBe('refused');
  });
});

describe.each(MODES)('%s: kube-proxy that is behind', (mode) => {
  const before = clusterIn(mode, [reachable(), endpointSlice(ALL)]);
  const after = clusterIn(mode, [reachable(), endpointSlice(ALL.slice(0, 1))]);

  it('[N17] a stopped one sends on to endpoints that are gone, until it runs again', () => {
    const network = before.network.fork(after.options);
    const now = { ...after, network };
    after.setFaults([{ kind: 'kube-proxy-stopped', node: 'worker-1' }]);
    const sync = () => {
      for (const name of ['worker-1', 'worker-2'])
        network.kubeProxy.reconcile(after.view, name, after.now(), after.options.random);
    };
    sync();
    expect(answers(now, client, CLUSTER_IP, 80)).toBe(EVERY);
    expect(answers(now, node('worker-2'), CLUSTER_IP, 80)).toBe('web-1');
    after.setFaults([]);
    sync();
    expect(answers(now, client, CLUSTER_IP, 80)).toBe('web-1');
  });
});

describe('[N33] a change of mode', () => {
  const served = [reachable(), endpointSlice(ALL)];
  const start = clusterIn('iptables', served);
  /** The same cluster with the configuration of another mode; `restart` gives kube-proxy new containers. */
  const turned = (from: HandMade, mode: Mode, restart: boolean): HandMade => {
    const to = clusterIn(mode, served);
    const { containers } = to.options;
    const renewed: NetworkOptions = {
      ...to.options,
      containers: {
        ...containers,
        get(namespace, name, container) {
          const record = containers.get(namespace, name, container);
          return record === undefined
            ? undefined
            : { ...record, containerID: `containerd://${mode}-${restart}` };
        },
      },
    };
    const network = from.network.fork(restart ? renewed : to.options);
    for (const name of ['worker-1', 'worker-2', 'control-plane'])
      network.kubeProxy.reconcile(to.view, name, to.now(), to.options.random);
    return { ...to, network };
  };
  const servers = ({ network }: HandMade) => network.host(node('worker-1'))?.ipvsadm('servers') ?? '';
  const save = ({ network }: HandMade) => network.iptablesSave('worker-1', 'nat');
  const same = turned(start, 'ipvs', false);
  const virtual = turned(start, 'ipvs', true);
  const back = turned(virtual, 'iptables', true);

  it('needs a restart: a running kube-proxy goes on as it began', () => {
    expect(save(same)).toBe(save(start));
    expect(servers(same)).not.toContain(CLUSTER_IP);
  });
  it('to IPVS leaves the chains of Services behind, which nothing leads to any more', () => {
    expect(servers(virtual)).toContain(`TCP  ${CLUSTER_IP}:80 rr`);
    expect(save(virtual)).toMatch(/^:KUBE-SVC-/m);
    expect(save(virtual)).not.toMatch(/-A KUBE-SERVICES .* -j KUBE-SVC-/);
    expect(answers(virtual, client, CLUSTER_IP, 80)).toBe(EVERY);
  });
  it('back to iptables drops what is IPVS’s from nat, but not the virtual servers', () => {
    expect(save(back)).toMatch(/-A KUBE-SERVICES -d 10\.96\.15\.200\/32 .* -j KUBE-SVC-/);
    expect(servers(back)).toContain(`TCP  ${CLUSTER_IP}:80 rr`);
    expect(answers(back, client, CLUSTER_IP, 80)).toBe(EVERY);
  });
});
