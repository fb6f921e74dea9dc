import { describe, expect, it } from 'vitest';
import type { Vantage } from '../../../api';
import {
  ALL,
  answers,
  ask,
  CLUSTER_IP,
  client,
  clusterIn,
  EXTERNAL_IP,
  endpointSlice,
  LB_IP,
  type Mode,
  NODE_IP,
  NODE_PORT,
  node,
  office,
  pod,
  reachable,
  sources,
} from './service-cluster.test-support';

const MODES: readonly Mode[] = ['iptables', 'ipvs'];
const EVERY = 'web-1 web-2 web-3';
const ON_W2 = 'web-2 web-3';

type Row = readonly [what: string, from: Vantage, ip: string, port: number, iptables: string, ipvs?: string];

/** Rows whose last column is told only where IPVS differs. */
function rows(
  mode: Mode,
  list: readonly Row[],
): readonly (readonly [string, Vantage, string, number, string])[] {
  return list.map(([what, from, ip, port, iptables, ipvs = iptables]) => [
    what,
    from,
    ip,
    port,
    mode === 'ipvs' ? ipvs : iptables,
  ]);
}

describe.each(MODES)('%s: what answers', (mode) => {
  const plain = clusterIn(mode, [reachable(), endpointSlice(ALL)]);
  const none = clusterIn(mode, [reachable(), endpointSlice([])]);
  const unready = clusterIn(mode, [
    reachable(),
    endpointSlice(ALL.map((each) => ({ ...each, ready: false }))),
  ]);

  it.each(
    rows(mode, [
      ['the declared port', client, CLUSTER_IP, 80, EVERY],
      [
        'another port is not translated; IPVS owns the address and rejects',
        client,
        CLUSTER_IP,
        81,
        'dropped',
        'refused',
      ],
      ['nor from a node', node('worker-1'), CLUSTER_IP, 8080, 'dropped', 'refused'],
    ]),
  )('[43] a cluster IP: %s', (_, from, ip, port, expected) => {
    expect(answers(plain, from, ip, port)).toBe(expected);
  });

  it('[43] a cluster IP has one protocol a port, and answers no ping', () => {
    expect(ask(plain, client, CLUSTER_IP, 80, 'UDP')).toBe(mode === 'ipvs' ? 'refused' : 'dropped');
    for (const from of [client, node('worker-1')])
      expect(plain.network.ping({ from, ip: CLUSTER_IP }).outcome.answered).toBe(false);
  });

  it.each<[string, Vantage, string, number]>([
    ['cluster IP', client, CLUSTER_IP, 80],
    ['cluster IP from a node', node('worker-1'), CLUSTER_IP, 80],
    ['external IP', client, EXTERNAL_IP, 80],
    ['load balancer IP', client, LB_IP, 80],
    ['node port', office, NODE_IP.w1, NODE_PORT],
    ['node port from a Pod', client, NODE_IP.w2, NODE_PORT],
  ])('[44] without endpoints, or none ready: %s refuses', (_, from, ip, port) => {
    expect(answers(none, from, ip, port)).toBe('refused');
    expect(answers(unready, from, ip, port)).toBe('refused');
  });

  const elsewhere = ALL.slice(1);
  const localInside = clusterIn(mode, [
    reachable({ internalTrafficPolicy: 'Local' }),
    endpointSlice(elsewhere),
  ]);
  const localOutside = clusterIn(mode, [
    reachable({ externalTrafficPolicy: 'Local' }),
    endpointSlice(elsewhere),
  ]);
  it.each([
    ...rows(mode, [
      // IPVS lets other nodes' endpoints stand in: a Pod of the node gets its answer, others do not.
      ['internal: a Pod of a node without', client, CLUSTER_IP, 80, 'dropped', ON_W2],
      ['internal: the node without', node('worker-1'), CLUSTER_IP, 80, 'dropped', ON_W2],
      ['internal: a node with', node('worker-2'), CLUSTER_IP, 80, ON_W2],
    ]).map(([what, ...row]) => [what, localInside, ...row] as const),
    ...rows(mode, [
      ['external: the node port of a node without', office, NODE_IP.w1, NODE_PORT, 'dropped'],
      ['external: the node port of a node with', office, NODE_IP.w2, NODE_PORT, ON_W2],
    ]).map(([what, ...row]) => [what, localOutside, ...row] as const),
  ])('[45] a Local policy, endpoints elsewhere only: %s', (_, cluster, from, ip, port, expected) => {
    expect(answers(cluster, from, ip, port)).toBe(expected);
  });

  it('[46] iptables draws lots, IPVS takes turns', () => {
    const order = Array.from({ length: 300 }, () => ask(plain, client, CLUSTER_IP, 80));
    const repeats = order.filter((each, index) => each === order[index - 1]).length;
    expect(repeats > 60).toBe(mode === 'iptables');
    expect(repeats === 0).toBe(mode === 'ipvs');
    for (const each of EVERY.split(' ')) {
      const share = order.filter((one) => one === each).length / order.length;
      expect(share).toBeGreaterThan(0.25);
      expect(share).toBeLessThan(0.42);
    }
  });

  it('[47] Service ports and slice ports meet by name, not number', () => {
    const ports = [
      { name: 'http', port: 80, protocol: 'TCP', targetPort: 80 },
      { name: 'alt', port: 8080, protocol: 'TCP', targetPort: 80 },
    ];
    const named = clusterIn(mode, [
      reachable({ ports }),
      endpointSlice(ALL.slice(0, 1), [{ name: 'alt', port: 80, protocol: 'TCP' }], 'web-one'),
      endpointSlice(ALL.slice(1, 2), [{ name: 'http', port: 80, protocol: 'TCP' }], 'web-two'),
      endpointSlice(ALL.slice(2), [{ name: 'other', port: 80, protocol: 'TCP' }], 'web-three'),
    ]);
    expect(answers(named, client, CLUSTER_IP, 8080)).toBe('web-1');
    expect(answers(named, client, CLUSTER_IP, 80)).toBe('web-2');
  });

  it('[48] externalTrafficPolicy Local keeps the client and the node; Cluster masquerades', () => {
    const local = clusterIn(mode, [reachable({ externalTrafficPolicy: 'Local' }), endpointSlice(ALL)]);
    expect(sources(local, office, NODE_IP.w2, NODE_PORT)).toBe('192.168.50.100');
    expect(answers(local, office, NODE_IP.w2, NODE_PORT)).toBe(ON_W2);
    expect(sources(plain, office, NODE_IP.cp, NODE_PORT)).toBe(NODE_IP.cp);
    expect(answers(plain, office, NODE_IP.cp, NODE_PORT)).toBe(EVERY);
  });

  const local = clusterIn(mode, [reachable({ externalTrafficPolicy: 'Local' }), endpointSlice(ALL)]);
  const noDetect = clusterIn(
    mode,
    [reachable({ externalTrafficPolicy: 'Local' }), endpointSlice(ALL)],
    'clusterCIDR: ""',
  );
  it.each(
    rows(mode, [
      ['a Pod, load balancer IP', client, LB_IP, 80, EVERY, 'web-1'],
      ['a Pod, external IP', client, EXTERNAL_IP, 80, EVERY, 'web-1'],
      ['a Pod, node port of its node', client, NODE_IP.w1, NODE_PORT, EVERY, 'web-1'],
      ['the node, its own node port', node('worker-1'), NODE_IP.w1, NODE_PORT, EVERY, 'web-1'],
      ['the node, load balancer IP', node('worker-2'), LB_IP, 80, EVERY, ON_W2],
    ]),
  )(
    '[49] a Local Service from inside is as if it were Cluster; IPVS knows no such way: %s',
    (_, from, ip, port, expected) => {
      expect(answers(local, from, ip, port)).toBe(expected);
    },
  );
  it.runIf(mode === 'iptables')('[49] when Pods cannot be told apart they are as outsiders', () => {
    expect(answers(noDetect, client, LB_IP, 80)).toBe('web-1');
    expect(answers(noDetect, node('worker-1'), LB_IP, 80)).toBe(EVERY);
  });

  it('[50] each policy is for its own addresses', () => {
    const inside = clusterIn(mode, [reachable({ internalTrafficPolicy: 'Local' }), endpointSlice(ALL)]);
    expect(answers(inside, client, CLUSTER_IP, 80)).toBe('web-1');
    for (const [ip, port] of [
      [LB_IP, 80],
      [EXTERNAL_IP, 80],
      [NODE_IP.w1, NODE_PORT],
    ] as const)
      expect(answers(inside, client, ip, port)).toBe(EVERY);
    expect(answers(local, client, CLUSTER_IP, 80)).toBe(EVERY);
  });

  it('[54] a Pod that reaches itself by its Service is masqueraded', () => {
    const alone = clusterIn(mode, [reachable(), endpointSlice(ALL.slice(0, 1))]);
    expect(sources(alone, pod('web-1'), CLUSTER_IP, 80)).toBe('10.244.1.1');
    expect(sources(alone, client, CLUSTER_IP, 80)).toBe('10.244.1.9');
  });
});
