import { describe, expect, it } from 'vitest';
import {
  ALL,
  answers,
  ask,
  CLUSTER_IP,
  client,
  clusterIn,
  type EndpointSpec,
  EXTERNAL_IP,
  endpointSlice,
  LB_IP,
  type Loose,
  type Mode,
  NODE_IP,
  NODE_PORT,
  node,
  office,
  pod,
  reachable,
} from './service-cluster.test-support';

const MODES: readonly Mode[] = ['iptables', 'ipvs'];
const EVERY = 'web-1 web-2 web-3';

const [FIRST, SECOND, THIRD] = ALL as readonly [EndpointSpec, EndpointSpec, EndpointSpec];
const draining = { ready: false, serving: true, terminating: true };
const gone = { ready: false, serving: false, terminating: true };

describe.each(MODES)('%s: which endpoints', (mode) => {
  it.each<[string, Loose, readonly EndpointSpec[], string, string, number]>([
    ['a ready one wins', {}, [{ ...FIRST, ...draining }, SECOND], 'web-2', CLUSTER_IP, 80],
    [
      'none ready: those that still serve',
      {},
      [
        { ...FIRST, ...draining },
        { ...SECOND, ...draining },
      ],
      'web-1 web-2',
      CLUSTER_IP,
      80,
    ],
    [
      'those that do not serve never',
      {},
      [
        { ...FIRST, ...gone },
        { ...SECOND, ...draining },
      ],
      'web-2',
      CLUSTER_IP,
      80,
    ],
    ['none serves', {}, [{ ...FIRST, ...gone }], 'refused', CLUSTER_IP, 80],
    [
      'unready and serving, not terminating, never',
      {},
      [{ ...FIRST, ready: false, serving: true }],
      'refused',
      CLUSTER_IP,
      80,
    ],
    [
      'Local: per node, ready ones elsewhere do not matter',
      { externalTrafficPolicy: 'Local' },
      [{ ...FIRST, ...draining }, SECOND],
      'web-1',
      NODE_IP.w1,
      NODE_PORT,
    ],
    [
      'Local: and ready ones here win',
      { externalTrafficPolicy: 'Local' },
      [{ ...SECOND, ...draining }, THIRD],
      'web-3',
      NODE_IP.w2,
      NODE_PORT,
    ],
  ])('[51] terminating endpoints: %s', (_, spec, endpoints, expected, ip, port) => {
    const cluster = clusterIn(mode, [reachable(spec), endpointSlice(endpoints)]);
    expect(answers(cluster, ip === CLUSTER_IP ? client : office, ip, port)).toBe(expected);
  });

  it.each<[string, Loose, string]>([
    ['unset', {}, EVERY],
    ['VIP', { ipMode: 'VIP' }, EVERY],
    ['Proxy', { ipMode: 'Proxy' }, 'unreachable'],
    ['a host name', { ip: undefined, hostname: 'lb.example.com' }, 'unreachable'],
  ])('[52] a load balancer address, ipMode %s', (_, status, expected) => {
    const cluster = clusterIn(mode, [reachable({}, status), endpointSlice(ALL)]);
    for (const from of [client, node('control-plane')])
      expect(answers(cluster, from, LB_IP, 80)).toBe(expected);
  });

  const ranged = clusterIn(mode, [
    reachable({ loadBalancerSourceRanges: ['192.168.50.100/32', '10.244.1.8/32'] }),
    endpointSlice(ALL),
  ]);
  it.each<[string, Parameters<typeof answers>[1], string, number, string]>([
    ['a Pod that is not in them is dropped', client, LB_IP, 80, 'dropped'],
    ['a Pod that is', pod('other'), LB_IP, 80, EVERY],
    ['the node itself is not', node('worker-1'), LB_IP, 80, 'dropped'],
    ['the cluster IP stays open', client, CLUSTER_IP, 80, EVERY],
    ['the node port too', client, NODE_IP.w1, NODE_PORT, EVERY],
    ['the external IP too', client, EXTERNAL_IP, 80, EVERY],
  ])('[53] source ranges are for the load balancer address: %s', (_, from, ip, port, expected) => {
    expect(answers(ranged, from, ip, port)).toBe(expected);
  });

  const sticky = (timeoutSeconds?: number) =>
    clusterIn(mode, [
      reachable({
        sessionAffinity: 'ClientIP',
        ...(timeoutSeconds === undefined ? {} : { sessionAffinityConfig: { clientIP: { timeoutSeconds } } }),
      }),
      endpointSlice(ALL),
    ]);

  it('[55] affinity is per node and client, refreshed by use, and expires', () => {
    const cluster = sticky(60);
    const other = Array.from({ length: 3 }, () => ask(cluster, node('worker-2'), CLUSTER_IP, 80));
    expect(new Set(other).size).toBe(1);
    const first = ask(cluster, client, CLUSTER_IP, 80);
    for (let step = 0; step < 30; step += 1) {
      cluster.advance(50_000);
      expect(ask(cluster, client, CLUSTER_IP, 80)).toBe(first);
    }
    const later = new Set<string>();
    for (let step = 0; step < 30; step += 1) {
      cluster.advance(61_000 * (mode === 'ipvs' ? 7 : 1));
      later.add(ask(cluster, client, CLUSTER_IP, 80));
    }
    expect(later.size).toBeGreaterThan(1);
  });

  it('[55] it holds three hours when nothing is said, on the node port too', () => {
    const cluster = sticky();
    const first = ask(cluster, office, NODE_IP.w1, NODE_PORT);
    cluster.advance(10_799_000);
    expect(ask(cluster, office, NODE_IP.w1, NODE_PORT)).toBe(first);
    expect(answers(cluster, office, NODE_IP.w1, NODE_PORT)).toBe(first);
  });

  it('[55] when the endpoint goes, another is picked', () => {
    const before = sticky();
    const first = ask(before, client, CLUSTER_IP, 80);
    const left = ALL.filter(({ ip }) => ip !== ALL[Number(first.slice(-1)) - 1]?.ip);
    const after = clusterIn(mode, [reachable({ sessionAffinity: 'ClientIP' }), endpointSlice(left)]);
    const network = before.network.fork(after.options);
    network.kubeProxy.reconcile(after.view, 'worker-1', before.now(), after.options.random);
    const again = answers({ ...after, network }, client, CLUSTER_IP, 80);
    expect(again).not.toBe(first);
    expect(again).toMatch(/^web-\d$/);
  });

  it.each<[string, Parameters<typeof answers>[1], string, string, string]>([
    ['', node('worker-1'), '127.0.0.1', EVERY, 'refused'],
    ['', client, '10.244.1.1', EVERY, EVERY],
    ['', office, NODE_IP.cp, EVERY, EVERY],
    ['iptables: {localhostNodePorts: false}', node('worker-1'), '127.0.0.1', 'refused', 'refused'],
    ['iptables: {localhostNodePorts: false}', office, NODE_IP.w1, EVERY, EVERY],
    ['nodePortAddresses: [192.168.50.0/24]', office, NODE_IP.w1, EVERY, EVERY],
    ['nodePortAddresses: [192.168.50.0/24]', client, '10.244.1.1', 'refused', 'refused'],
    ['nodePortAddresses: [primary]', office, NODE_IP.w2, EVERY, EVERY],
    ['nodePortAddresses: [primary]', client, '10.244.1.1', 'refused', 'refused'],
    ['nodePortAddresses: [10.0.0.0/8]', office, NODE_IP.w1, 'refused', 'refused'],
  ])('[56] node ports listen everywhere unless told: "%s" %o %s', (lines, from, ip, iptables, ipvs) => {
    const cluster = clusterIn(mode, [reachable(), endpointSlice(ALL)], lines);
    expect(answers(cluster, from, ip, NODE_PORT)).toBe(mode === 'ipvs' ? ipvs : iptables);
  });

  it.each<[string, Loose, Loose]>([
    ['headless', { type: 'ClusterIP', clusterIP: 'None', clusterIPs: ['None'], externalIPs: [] }, {}],
    [
      'ExternalName',
      { type: 'ExternalName', externalName: 'example.com', clusterIP: undefined, clusterIPs: undefined },
      {},
    ],
    ['another proxy’s (service-proxy-name)', {}, { 'service.kubernetes.io/service-proxy-name': 'mine' }],
    ['headless label', {}, { 'service.kubernetes.io/headless': '' }],
  ])('[57] a Service that gets no rules: %s', (_, spec, labels) => {
    const none = clusterIn(mode, []);
    const bare = clusterIn(mode, [reachable(spec, {}, labels), endpointSlice(ALL)]);
    const shown = (cluster: typeof none) => {
      const host = cluster.network.host(node('worker-1'));
      return [cluster.network.iptablesSave('worker-1'), host?.ipvsadm('servers'), host?.ipset({})];
    };
    expect(shown(bare)).toEqual(shown(none));
  });

  const checked = clusterIn(mode, [
    reachable({ externalTrafficPolicy: 'Local', healthCheckNodePort: 32_000 }),
    endpointSlice([FIRST, { ...SECOND, ...draining }]),
  ]);
  it.each<[string, string, number, number]>([
    ['a ready one of its own', NODE_IP.w1, 200, 1],
    ['only a draining one', NODE_IP.w2, 503, 0],
    ['none', NODE_IP.cp, 503, 0],
  ])('[58] the health check node port of a node with %s', (_, ip, status, localEndpoints) => {
    const request = { kind: 'http', method: 'GET', path: '/', host: ip, headers: {}, body: '' } as const;
    const { outcome } = checked.network.send({
      from: office,
      to: { ip, port: 32_000 },
      protocol: 'TCP',
      request,
    });
    const reply = outcome.kind === 'delivered' && outcome.reply.kind === 'http' ? outcome.reply : undefined;
    expect(reply?.status).toBe(status);
    expect(JSON.parse(reply?.body ?? '')).toEqual({
      service: { namespace: 'default', name: 'web' },
      localEndpoints,
      serviceProxyHealthy: true,
    });
  });

  it('[58] it is accepted in the filter table', () => {
    const rules = checked.network.iptablesSave('worker-1', 'filter');
    expect(rules).toMatch(
      mode === 'ipvs'
        ? /-A KUBE-NODE-PORT .*-m set --match-set KUBE-HEALTH-CHECK-NODE-PORT dst -j ACCEPT/
        : /-A KUBE-NODEPORTS -p tcp -m comment --comment "default\/web health check node port" -m tcp --dport 32000 -j ACCEPT/,
    );
  });

  it('[N30] an unready slice entry of the same address does not hide a ready one', () => {
    const cluster = clusterIn(mode, [
      reachable(),
      endpointSlice([{ ...FIRST, ready: false }], undefined, 'web-a'),
      endpointSlice([FIRST], undefined, 'web-b'),
    ]);
    expect(answers(cluster, client, CLUSTER_IP, 80)).toBe('web-1');
  });
});
