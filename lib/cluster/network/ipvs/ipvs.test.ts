import { describe, expect, it } from 'vitest';
import type { Stored, Vantage } from '../../../api';
import {
  brief,
  GET,
  type HandMade,
  handMade,
  type PodSpec,
  proxyPods,
  service,
  slice,
} from '../hand-made-cluster.test-support';

const WEB: readonly PodSpec[] = [
  { name: 'web-1', ip: '10.244.1.2', node: 'worker-1', image: 'nginx' },
  { name: 'web-2', ip: '10.244.2.2', node: 'worker-2', image: 'nginx' },
  { name: 'web-3', ip: '10.244.2.3', node: 'worker-2', image: 'nginx' },
];
const CLIENT: PodSpec = {
  name: 'client',
  ip: '10.244.1.9',
  node: 'worker-1',
  image: 'busybox',
  command: ['sleep', 'infinity'],
};
const client = { kind: 'pod', namespace: 'default', name: 'client' } as const;
const office: Vantage = { kind: 'office' };
const node = (name: string): Vantage => ({ kind: 'node', name });
const clusterIP = '10.96.15.200';
const endpoints = WEB.map(({ ip, node: on }) => ({ ip, node: on }));
const spec = (extra: object = {}) => ({
  clusterIP,
  clusterIPs: [clusterIP],
  ports: [{ port: 80, protocol: 'TCP', targetPort: 80, nodePort: 30007 }],
  type: 'NodePort',
  ...extra,
});
const slices = (list: readonly { ip: string; node: string }[] = endpoints) =>
  slice('web', { port: 80 }, list);
const ipvs = (extra: object = {}, list = endpoints, lines = 'mode: ipvs') =>
  handMade([service('web', spec(extra)), slices(list)], [...WEB, CLIENT, ...proxyPods(lines)]);

const shown = (network: HandMade['network'], what: 'servers' | 'statistics' | 'connections'): string =>
  network.host(node('worker-1'))?.ipvsadm(what) ?? '';
const ask = (cluster: HandMade, from: Vantage, ip: string, port: number) =>
  cluster.network.send({ from, to: { ip, port }, protocol: 'TCP', request: GET });
const order = (cluster: HandMade, times: number, from: Vantage = client, ip = clusterIP, port = 80): string =>
  Array.from({ length: times }, () =>
    brief(ask(cluster, from, ip, port).outcome).replace('delivered ', ''),
  ).join(' ');

describe('[N22] IPVS: the way of a packet', () => {
  const plain = ipvs();
  const empty = ipvs({}, []);
  const local = ipvs({ externalTrafficPolicy: 'Local' });
  const external = ipvs({ externalIPs: ['192.168.50.200'] });
  const strict = ipvs({ externalIPs: ['192.168.50.200'] }, endpoints, 'mode: ipvs\nipvs: {strictARP: true}');
  const primary = ipvs({}, endpoints, 'mode: ipvs\nnodePortAddresses: [primary]');
  it.each<[string, HandMade, Vantage, string, number, RegExp]>([
    ['a cluster IP from a Pod', plain, client, clusterIP, 80, /^delivered web-/],
    ['a cluster IP from a node', plain, node('control-plane'), clusterIP, 80, /^delivered web-/],
    [
      'a port that the Service lacks refuses: kube-ipvs0 has the address',
      plain,
      client,
      clusterIP,
      81,
      /^refused/,
    ],
    ['also the host’s own ports are not to be had by it', plain, client, clusterIP, 22, /^refused/],
    ['no endpoints: refused', empty, client, clusterIP, 80, /^refused/],
    ['no endpoints: the node port refuses', empty, office, '192.168.50.11', 30007, /^refused/],
    ['a node port', plain, office, '192.168.50.10', 30007, /^delivered web-/],
    ['a node port on the gateway of the Pods', plain, client, '10.244.1.1', 30007, /^delivered web-/],
    ['only primary addresses', primary, client, '10.244.1.1', 30007, /^refused/],
    ['no node port on localhost', plain, node('worker-1'), '127.0.0.1', 30007, /^refused/],
    [
      'a node port on the node’s own address',
      plain,
      node('worker-1'),
      '192.168.50.11',
      30007,
      /^delivered web-/,
    ],
    ['Local: a node with an endpoint', local, office, '192.168.50.11', 30007, /^delivered web-1/],
    ['Local: without one the answer never comes back', local, office, '192.168.50.10', 30007, /^dropped/],
    ['Local: a Pod of the node reaches all', local, client, '192.168.50.11', 30007, /^delivered web-/],
    [
      'an external IP of the office: a node answers for it',
      external,
      office,
      '192.168.50.200',
      80,
      /^delivered web-/,
    ],
    ['strictARP: nobody does', strict, office, '192.168.50.200', 80, /^unreachable/],
    ['an external IP from a Pod', strict, client, '192.168.50.200', 80, /^delivered web-/],
  ])('%s', (_, cluster, from, ip, port, expected) => {
    expect(brief(ask(cluster, from, ip, port).outcome)).toMatch(expected);
  });

  it.each<[string, HandMade, Vantage, string, number, RegExp]>([
    ['a Pod is seen by its own address', plain, client, clusterIP, 80, /^10\.244\.1\.9$/],
    [
      'a node that asks a cluster IP by its own, not by the cluster IP',
      plain,
      node('worker-1'),
      clusterIP,
      80,
      /^(192\.168\.50\.11|10\.244\.1\.1)$/,
    ],
    ['the office by the node that it came by', plain, office, '192.168.50.10', 30007, /^192\.168\.50\.10$/],
    ['Local keeps the office', local, office, '192.168.50.12', 30007, /^192\.168\.50\.100$/],
  ])('%s', (_, cluster, from, ip, port, expected) => {
    expect(ask(cluster, from, ip, port).outcome).toMatchObject({
      sourceSeen: expect.stringMatching(expected),
    });
  });

  it('a Pod that reaches itself is masqueraded', () => {
    const alone = ipvs({}, [{ ip: '10.244.1.2', node: 'worker-1' }]);
    const self: Vantage = { kind: 'pod', namespace: 'default', name: 'web-1' };
    expect(ask(alone, self, clusterIP, 80).outcome).toMatchObject({ sourceSeen: '10.244.1.1' });
  });

  it('a cluster IP rejects pings: KUBE-IPVS-FILTER spares declared ports only', () => {
    expect(plain.network.ping({ from: node('worker-1'), ip: clusterIP }).outcome.answered).toBe(false);
  });
});

describe('[N23] IPVS: schedulers', () => {
  const scheduler = (name: string) => ipvs({}, endpoints, `mode: ipvs\nipvs: {scheduler: ${name}}`);
  it.each([
    ['rr', 'web-1 web-2 web-3 web-1 web-2 web-3'],
    ['wrr', 'web-1 web-2 web-3 web-1 web-2 web-3'],
    ['lc', 'web-1 web-2 web-3 web-1 web-2 web-3'],
    ['sed', 'web-1 web-1 web-1 web-1 web-1 web-1'],
    ['nq', 'web-1 web-1 web-1 web-1 web-1 web-1'],
  ])('%s', (name, expected) => {
    expect(order(scheduler(name), 6)).toBe(expected);
  });
  it.each(['sh', 'dh'])('%s stays with one for a client', (name) => {
    expect(new Set(order(scheduler(name), 6).split(' ')).size).toBe(1);
  });
  it('each node goes its own round, and each virtual server', () => {
    const cluster = ipvs();
    expect(order(cluster, 2)).toBe('web-1 web-2');
    expect(order(cluster, 1, node('worker-2'))).toBe('web-1');
    expect(order(cluster, 1, client, '192.168.50.11', 30007)).toBe('web-1');
    expect(order(cluster, 1)).toBe('web-3');
  });
  it('a fork and a snapshot go on where it was', async () => {
    const { createNetwork } = await import('../create-network');
    const cluster = ipvs();
    order(cluster, 1);
    const restored = createNetwork(cluster.options, JSON.parse(JSON.stringify(cluster.network.snapshot())));
    expect(order({ ...cluster, network: restored }, 1)).toBe('web-2');
    expect(order({ ...cluster, network: cluster.network.fork(cluster.options) }, 2)).toBe('web-2 web-3');
    expect(order(cluster, 1)).toBe('web-2');
  });
});

describe('[N24] IPVS: session affinity', () => {
  const sticky = { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } } };
  it('keeps a client, refreshed by use, until its time is over', () => {
    const cluster = ipvs(sticky);
    expect(order(cluster, 3)).toBe('web-1 web-1 web-1');
    expect(order(cluster, 2, node('worker-1'))).toBe('web-2 web-2');
    cluster.advance(50_000);
    expect(order(cluster, 1)).toBe('web-1');
    cluster.advance(50_000);
    expect(order(cluster, 1)).toBe('web-1');
    cluster.advance(61_000);
    expect(order(cluster, 1)).toBe('web-3');
  });
  it('is printed', () => {
    expect(shown(ipvs(sticky).network, 'servers')).toContain(`TCP  ${clusterIP}:80 rr persistent 60\n`);
  });
});

describe('[N25] IPVS is printed as it is there', () => {
  it('ipvsadm -Ln', () => {
    const cluster = ipvs({}, endpoints.slice(0, 2));
    order(cluster, 3);
    const text = shown(cluster.network, 'servers');
    expect(text.split('\n').slice(0, 6)).toEqual([
      'IP Virtual Server version 1.2.1 (size=4096)',
      'Prot LocalAddress:Port Scheduler Flags',
      '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
      'TCP  10.96.15.200:80 rr',
      '  -> 10.244.1.2:80                Masq    1      0          2         ',
      '  -> 10.244.2.2:80                Masq    1      0          1         ',
    ]);
    expect(text).toContain('TCP  10.244.1.1:30007 rr\n');
    expect(text).toContain('TCP  192.168.50.11:30007 rr\n');
    cluster.advance(121_000);
    expect(shown(cluster.network, 'servers')).toContain(
      '  -> 10.244.1.2:80                Masq    1      0          0         \n',
    );
  });
  it('ipvsadm -Ln --stats and -Lnc', () => {
    const cluster = ipvs();
    order(cluster, 3);
    const stats = shown(cluster.network, 'statistics').split('\n');
    expect(stats[1]).toBe('Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes');
    expect(stats.find((line) => line.startsWith('TCP  10.96.15.200:80'))).toMatch(
      /^TCP {2}10\.96\.15\.200:80 {13} {8}3 {7}18 {7}12 /,
    );
    const [, , first] = shown(cluster.network, 'connections').split('\n');
    expect(first).toMatch(
      /^TCP 02:00 {2}TIME_WAIT {3}10\.244\.1\.9:\d{5} {3}10\.96\.15\.200:80 {4}10\.244\.1\.2:80$/,
    );
  });
  it('iptables-save', () => {
    const saved = ipvs().network.iptablesSave('worker-1');
    for (const line of [
      '-A INPUT -m comment --comment "kubernetes ipvs access filter" -j KUBE-IPVS-FILTER',
      '-A KUBE-SERVICES -s 127.0.0.0/8 -j RETURN',
      '-A KUBE-SERVICES ! -s 10.244.0.0/16 -m comment --comment "Kubernetes service cluster ip + port for masquerade purpose" -m set --match-set KUBE-CLUSTER-IP dst,dst -j KUBE-MARK-MASQ',
      '-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODE-PORT',
      '-A KUBE-NODE-PORT -p tcp -m comment --comment "Kubernetes nodeport TCP port for masquerade purpose" -m set --match-set KUBE-NODE-PORT-TCP dst -j KUBE-MARK-MASQ',
      '-A KUBE-IPVS-FILTER -m conntrack --ctstate NEW -m set --match-set KUBE-IPVS-IPS dst -j REJECT --reject-with icmp-port-unreachable',
      '-A KUBE-POSTROUTING -m comment --comment "Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose" -m set --match-set KUBE-LOOP-BACK dst,dst,src -j MASQUERADE',
    ])
      expect(saved).toContain(`${line}\n`);
    expect(saved).not.toContain('KUBE-SVC-');
  });
  it('ipset list', () => {
    const host = ipvs().network.host(node('worker-1'));
    const text = host?.ipset({ only: 'KUBE-CLUSTER-IP' });
    expect(text).toMatch(/^Name: KUBE-CLUSTER-IP\nType: hash:ip,port\n/);
    expect(text).toContain('References: 3\nNumber of entries: 1\nMembers:\n10.96.15.200,tcp:80\n');
    expect(host?.ipset({ only: 'KUBE-LOOP-BACK' })).toContain('Members:\n10.244.1.2,tcp:80,10.244.1.2\n');
    expect(host?.ipset({ only: 'NO' })).toBeUndefined();
  });
});

describe('[N26] IPVS: a destination that goes', () => {
  it('keeps its place with weight 0 while connections are remembered, and gets nothing new', () => {
    const before = ipvs();
    order(before, 3);
    const after = ipvs({}, endpoints.slice(1));
    const network = before.network.fork(after.options);
    const plan = network.kubeProxy.reconcile(after.view, 'worker-1', before.now(), after.options.random);
    expect(plan.requeueAfterMs).toBe(60_000);
    expect(shown(network, 'servers')).toContain(
      '  -> 10.244.1.2:80                Masq    0      0          1         \n',
    );
    expect(order({ ...after, network }, 4)).toBe('web-2 web-3 web-2 web-3');
    after.advance(121_000);
    network.kubeProxy.reconcile(after.view, 'worker-1', before.now(), after.options.random);
    expect(shown(network, 'servers')).not.toContain('10.244.1.2:80');
  });
});

describe('[N27] IPVS: load balancer addresses and source ranges', () => {
  const balancer = (ranges: readonly string[]): Stored =>
    service('web', spec({ type: 'LoadBalancer', loadBalancerSourceRanges: ranges }), 'default');
  const withIngress = (ranges: readonly string[]) => {
    const made = {
      ...balancer(ranges),
      status: { loadBalancer: { ingress: [{ ip: '192.168.50.240' }] } },
    } as Stored;
    return handMade([made, slices()], [...WEB, CLIENT, ...proxyPods('mode: ipvs')]);
  };
  it.each<[string, readonly string[], Vantage, RegExp]>([
    ['no ranges: everybody', [], office, /^delivered/],
    ['within', ['192.168.50.0/24'], office, /^delivered/],
    ['outside: dropped', ['203.0.113.0/24'], office, /^dropped/],
    ['Pods too', ['192.168.50.0/24'], client, /^dropped/],
    ['the node itself, when it is outside', ['203.0.113.0/24'], node('worker-1'), /^dropped/],
    ['the node itself, when it is within', ['192.168.50.0/24'], node('worker-1'), /^delivered/],
  ])('%s', (_, ranges, from, expected) => {
    expect(brief(ask(withIngress(ranges), from, '192.168.50.240', 80).outcome)).toMatch(expected);
  });
});
