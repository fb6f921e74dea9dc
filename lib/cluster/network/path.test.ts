import { describe, expect, it } from 'vitest';
import type { Protocol, ResolverKind, Vantage } from '../../api';
import {
  brief,
  GET,
  type HandMade,
  handMade,
  NOW,
  type PodSpec,
  service,
  slice,
} from './hand-made-cluster.test-support';

const WEB: readonly PodSpec[] = [
  { name: 'web-1', ip: '10.244.1.2', node: 'worker-1', image: 'nginx' },
  { name: 'web-2', ip: '10.244.2.2', node: 'worker-2', image: 'nginx' },
];
const CLIENT: PodSpec = {
  name: 'client',
  ip: '10.244.1.9',
  node: 'worker-1',
  image: 'busybox',
  command: ['sleep', 'infinity'],
};
const DNS: PodSpec = {
  name: 'coredns-1',
  namespace: 'kube-system',
  ip: '10.244.0.2',
  node: 'control-plane',
  image: 'registry.k8s.io/coredns/coredns:v1.13.1',
  ports: [53],
};
const client: Vantage = { kind: 'pod', namespace: 'default', name: 'client' };
const office: Vantage = { kind: 'office' };
const worker2: Vantage = { kind: 'node', name: 'worker-2' };

const endpoints = WEB.map(({ ip, node }) => ({ ip, node }));
const clusterIP = '10.96.15.200';
const http = (extra: object = {}) => [{ port: 80, protocol: 'TCP', targetPort: 80, ...extra }];
const web = service('web', { clusterIP, clusterIPs: [clusterIP], ports: http() });
const nodePort = service('web', {
  type: 'NodePort',
  clusterIP,
  clusterIPs: [clusterIP],
  ports: http({ nodePort: 30007 }),
});
const kubeDns = service(
  'kube-dns',
  {
    clusterIP: '10.96.0.10',
    clusterIPs: ['10.96.0.10'],
    ports: [{ name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 }],
  },
  'kube-system',
);
const dnsSlice = (ready: boolean) =>
  slice(
    'kube-dns',
    { name: 'dns', port: 53, protocol: 'UDP' },
    ready ? [{ ip: DNS.ip, node: DNS.node }] : [],
    'kube-system',
  );

const outcome = (cluster: HandMade, from: Vantage, ip: string, port: number, protocol: Protocol = 'TCP') =>
  cluster.network.send({ from, to: { ip, port }, protocol, request: GET });

/** Every answer that many tries get. */
function seen(cluster: HandMade, from: Vantage, ip: string, port: number): readonly string[] {
  const found = new Set<string>();
  for (let index = 0; index < 60; index += 1) found.add(brief(outcome(cluster, from, ip, port).outcome));
  return [...found].sort();
}

const BOTH = ['delivered web-1', 'delivered web-2'];

describe('[N2] the way of a packet', () => {
  const plain = handMade([web, slice('web', { port: 80 }, endpoints)], [...WEB, CLIENT]);
  const ports = handMade([nodePort, slice('web', { port: 80 }, endpoints)], [...WEB, CLIENT]);
  const empty = handMade([nodePort, slice('web', { port: 80 }, [])], [...WEB, CLIENT]);
  const wrong = handMade([web, slice('web', { port: 8080 }, endpoints)], [...WEB, CLIENT]);
  const unsynced = handMade([web, slice('web', { port: 80 }, endpoints)], [...WEB, CLIENT], false);

  it.each<[string, HandMade, Vantage, string, number, readonly string[]]>([
    ['a cluster IP from a Pod reaches every endpoint', plain, client, clusterIP, 80, BOTH],
    ['a cluster IP from a node reaches every endpoint', plain, worker2, clusterIP, 80, BOTH],
    ['a cluster IP from the office leads nowhere', plain, office, clusterIP, 80, ['dropped']],
    ['a Pod IP from a Pod reaches that Pod', plain, client, '10.244.2.2', 80, ['delivered web-2']],
    ['a Pod IP from the office leads nowhere', plain, office, '10.244.2.2', 80, ['dropped']],
    ['a Pod IP that nobody has is unreachable', plain, client, '10.244.2.77', 80, ['unreachable']],
    ['a port that the Service does not declare is dropped', plain, client, clusterIP, 81, ['dropped']],
    ['a port that nothing listens on is refused', plain, client, '10.244.1.2', 81, ['refused']],
    ['a wrong target port is refused by the Pod', wrong, client, clusterIP, 80, ['refused']],
    ['no endpoints: the cluster IP refuses', empty, client, clusterIP, 80, ['refused']],
    ['no endpoints: the node port refuses', empty, office, '192.168.50.11', 30007, ['refused']],
    ['a node port answers on a node with a Pod', ports, office, '192.168.50.11', 30007, BOTH],
    ['a node port answers on a node without Pods', ports, office, '192.168.50.10', 30007, BOTH],
    ['a node port answers on the node itself', ports, worker2, '127.0.0.1', 30007, BOTH],
    ['a node port answers Pods', ports, client, '192.168.50.12', 30007, BOTH],
    ['another port of a node is refused', ports, office, '192.168.50.11', 30008, ['refused']],
    [
      'an address of the office that nobody has is unreachable',
      plain,
      office,
      '192.168.50.77',
      80,
      ['unreachable'],
    ],
    ['the internet reaches nothing', ports, { kind: 'internet' }, '192.168.50.11', 30007, ['dropped']],
    ['rules that kube-proxy never wrote route nothing', unsynced, client, clusterIP, 80, ['dropped']],
    ['the API server answers Pods', plain, client, '192.168.50.10', 6443, ['delivered control-plane']],
  ])('%s', (_, cluster, from, ip, port, expected) => {
    expect(seen(cluster, from, ip, port)).toEqual(expected);
  });

  it.each<[string, HandMade, Vantage, string, number, readonly string[]]>([
    ['a Pod is seen by its own address', plain, client, clusterIP, 80, ['10.244.1.9']],
    [
      'the office is seen as a node through a node port',
      ports,
      office,
      '192.168.50.10',
      30007,
      ['192.168.50.10'],
    ],
    [
      'the local gateway is seen when the Pod is on the same node',
      ports,
      office,
      '192.168.50.11',
      30007,
      ['10.244.1.1', '192.168.50.11'],
    ],
  ])('[N3] %s', (_, cluster, from, ip, port, expected) => {
    const sources = new Set<string>();
    for (let index = 0; index < 60; index += 1) {
      const { outcome: found } = outcome(cluster, from, ip, port);
      if (found.kind === 'delivered') sources.add(found.sourceSeen);
    }
    expect([...sources].sort()).toEqual(expected);
  });

  it('[N3] a Pod that reaches itself through its Service is masqueraded', () => {
    const alone = handMade([web, slice('web', { port: 80 }, endpoints.slice(0, 1))], [...WEB]);
    const sent = outcome(alone, { kind: 'pod', namespace: 'default', name: 'web-1' }, clusterIP, 80);
    expect(sent.outcome).toMatchObject({
      kind: 'delivered',
      sourceSeen: '10.244.1.1',
      server: { ip: '10.244.1.2' },
    });
  });

  it('[N4] the trace tells the rule, the object and the field', () => {
    const { trace } = outcome(empty, client, clusterIP, 80);
    expect(trace.at(-1)).toMatchObject({
      at: 'node worker-1',
      rule: '-A KUBE-SERVICES -d 10.96.15.200/32 -p tcp -m comment --comment "default/web has no endpoints" -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable',
      object: { resource: 'services', namespace: 'default', name: 'web', field: 'spec.selector' },
    });
    expect(outcome(plain, client, clusterIP, 81).trace.at(-1)?.detail).toBe(
      'the Service has the ports 80/TCP',
    );
    expect(outcome(wrong, client, clusterIP, 80).trace.at(-1)?.detail).toBe(
      'the Pod listens on 0.0.0.0:80/TCP, [::]:80/TCP',
    );
  });

  it('[N4] an endpoint that is not ready is named, and a wrong target port is the Service’s', () => {
    const unready = handMade(
      [web, slice('web', { port: 80 }, [{ ip: '10.244.1.2', node: 'worker-1', ready: false }])],
      [...WEB, CLIENT],
    );
    expect(outcome(unready, client, clusterIP, 80).trace.at(-1)).toMatchObject({
      effect: 'rejects the packet: default/web has no endpoints',
      object: { name: 'web-80', field: 'endpoints[0].conditions.ready' },
    });
    expect(outcome(wrong, client, clusterIP, 80).trace.at(-1)).toMatchObject({
      effect: 'refused: nothing listens on port 8080',
      object: { resource: 'services', name: 'web', field: 'spec.ports[].targetPort' },
    });
  });

  it('[N5] externalTrafficPolicy Local keeps the client and drops on a node without Pods', () => {
    const spec = {
      type: 'NodePort',
      externalTrafficPolicy: 'Local',
      clusterIP,
      clusterIPs: [clusterIP],
      ports: http({ nodePort: 30007 }),
    };
    const local = handMade([service('web', spec), slice('web', { port: 80 }, endpoints)], [...WEB, CLIENT]);
    expect(outcome(local, office, '192.168.50.12', 30007).outcome).toMatchObject({
      sourceSeen: '192.168.50.100',
      server: { ip: '10.244.2.2' },
    });
    expect(outcome(local, office, '192.168.50.10', 30007).outcome.kind).toBe('dropped');
    expect(seen(local, client, '192.168.50.11', 30007)).toEqual(BOTH);
  });

  it('[N6] ClientIP affinity keeps a client on one Pod', () => {
    const spec = { clusterIP, clusterIPs: [clusterIP], ports: http(), sessionAffinity: 'ClientIP' };
    const sticky = handMade([service('web', spec), slice('web', { port: 80 }, endpoints)], [...WEB, CLIENT]);
    expect(seen(sticky, client, clusterIP, 80)).toHaveLength(1);
  });

  it('[N7] named ports meet by name: a slice port of another name does not serve', () => {
    const named = service('web', { clusterIP, clusterIPs: [clusterIP], ports: http({ name: 'http' }) });
    const right = handMade([named, slice('web', { name: 'http', port: 80 }, endpoints)], [...WEB, CLIENT]);
    const other = handMade([named, slice('web', { name: 'web', port: 80 }, endpoints)], [...WEB, CLIENT]);
    expect(seen(right, client, clusterIP, 80)).toEqual(BOTH);
    expect(seen(other, client, clusterIP, 80)).toEqual(['refused']);
  });

  it('[N8] a program bound to 127.0.0.1 refuses others and answers its own Pod', () => {
    const mongo: PodSpec = {
      name: 'mongo-0',
      ip: '10.244.2.8',
      node: 'worker-2',
      image: 'mongo',
      command: ['mongod'],
    };
    const cluster = handMade([], [mongo, CLIENT]);
    expect(outcome(cluster, client, mongo.ip, 27_017).outcome.kind).toBe('refused');
    expect(
      outcome(cluster, { kind: 'pod', namespace: 'default', name: 'mongo-0' }, '127.0.0.1', 27_017).outcome
        .kind,
    ).toBe('delivered');
  });

  it('[N9] nginx logs who asked', () => {
    const cluster = handMade([web, slice('web', { port: 80 }, endpoints.slice(0, 1))], [...WEB, CLIENT]);
    outcome(cluster, client, clusterIP, 80);
    expect(cluster.log('web-1')).toEqual([
      '10.244.1.9 - - [23/Nov/2026:22:55:25 +0000] "GET / HTTP/1.1" 200 615 "-" "-" "-"',
    ]);
  });
});

describe('[N10] names', () => {
  const headless = service('nodes', { clusterIP: 'None', clusterIPs: ['None'], ports: http() });
  const objects = [
    web,
    headless,
    slice('web', { port: 80 }, endpoints),
    slice('nodes', { port: 80 }, endpoints),
    kubeDns,
  ];
  const cluster = handMade([...objects, dnsSlice(true)], [...WEB, CLIENT, DNS]);

  it.each<[string, Vantage, readonly string[] | 'not-found']>([
    ['web', client, [clusterIP]],
    ['web.default', client, [clusterIP]],
    ['web.default.svc.cluster.local', client, [clusterIP]],
    ['nodes', client, ['10.244.1.2', '10.244.2.2']],
    ['10-244-1-2.nodes', client, ['10.244.1.2']],
    ['nosuch', client, 'not-found'],
    ['web', office, 'not-found'],
    ['web.default.svc.cluster.local', worker2, 'not-found'],
    ['10.1.2.3', office, ['10.1.2.3']],
    ['client', client, ['10.244.1.9']],
  ])('%s', (name, from, expected) => {
    const { outcome: found } = cluster.network.lookup(from, name);
    expect(found.error ?? [...found.addresses].sort()).toEqual(expected);
  });

  it.each<[string, 'glibc' | 'musl', readonly string[] | 'not-found', tries: number]>([
    ['web', 'musl', [clusterIP], 1],
    ['web.default.svc.cluster.local', 'musl', [clusterIP], 4],
    ['nosuch', 'musl', 'not-found', 4],
    // With as many dots as ndots nothing is searched for.
    ['a.b.c.d.e.web', 'glibc', 'not-found', 4],
    ['a.b.c.d.e.web', 'musl', 'not-found', 0],
    // The namespace is a name of the domain, without addresses of its own: glibc goes on, musl ends.
    ['default', 'glibc', 'not-found', 4],
    ['default', 'musl', 'not-found', 2],
  ])('[N38] %s by %s', (name, libc, expected, tries) => {
    const { outcome: found, trace } = cluster.network.lookup(client, name, libc);
    expect(found.error ?? [...found.addresses].sort()).toEqual(expected);
    expect(trace.filter(({ effect }) => effect.startsWith('tries '))).toHaveLength(tries);
  });

  it('[N11] with no DNS Pod the query is refused on its way, and the name does not resolve', () => {
    const without = handMade([...objects, dnsSlice(false)], [...WEB, CLIENT]);
    const { outcome: found, trace } = without.network.lookup(client, 'web');
    expect(found).toMatchObject({ addresses: [], error: 'no-server' });
    expect(trace.some(({ rule }) => rule.includes('kube-system/kube-dns:dns has no endpoints'))).toBe(true);
  });

  it.each<[ResolverKind, tries: number]>([
    ['glibc', 1],
    ['musl', 1],
    // Go searches on, whatever it met.
    ['go', 4],
  ])('[N11] what rejects the query is told to who resolves by %s', (by, tries) => {
    const without = handMade([...objects, dnsSlice(false)], [...WEB, CLIENT]);
    const { outcome, trace } = without.network.lookup(client, 'web', by);
    expect(outcome).toMatchObject({ error: 'no-server', failure: { server: '10.96.0.10', why: 'refused' } });
    expect(trace.filter(({ effect }) => effect.startsWith('tries '))).toHaveLength(tries);
  });

  it('[N12] a headless name leads straight to Pods, past every rule', () => {
    const sent = cluster.network.sendTo(client, 'nodes', 80, GET);
    expect(brief(sent.outcome)).toMatch(/^delivered web-/);
    expect(sent.trace.some(({ rule }) => rule.includes('default/nodes'))).toBe(false);
  });
});

describe('[N13] a network is a value', () => {
  it('a fork goes its own way and a snapshot restores the rules', async () => {
    const { createNetwork } = await import('./create-network');
    const cluster = handMade([web, slice('web', { port: 80 }, endpoints)], [...WEB, CLIENT]);
    const fork = cluster.network.fork(cluster.options);
    fork.reboot('worker-1');
    expect(
      fork.send({ from: client, to: { ip: clusterIP, port: 80 }, protocol: 'TCP', request: GET }).outcome
        .kind,
    ).toBe('dropped');
    expect(outcome(cluster, client, clusterIP, 80).outcome.kind).toBe('delivered');
    const restored = createNetwork(cluster.options, JSON.parse(JSON.stringify(cluster.network.snapshot())));
    expect(restored.iptablesSave('worker-1')).toBe(cluster.network.iptablesSave('worker-1'));
  });

  it('a stopped kube-proxy leaves stale rules behind', () => {
    const before = handMade([web, slice('web', { port: 80 }, endpoints)], [...WEB, CLIENT]);
    const after = handMade([web, slice('web', { port: 80 }, [])], [...WEB, CLIENT], false);
    const network = before.network.fork(after.options);
    after.setFaults([{ kind: 'kube-proxy-stopped', node: 'worker-1' }]);
    for (const name of ['worker-1', 'worker-2'])
      network.kubeProxy.reconcile(after.view, name, NOW, after.options.random);
    expect(network.iptablesSave('worker-1')).toContain('KUBE-SVC-');
    expect(network.iptablesSave('worker-2')).toContain('default/web has no endpoints');
  });
});

describe('[N14] ping', () => {
  const cluster = handMade([web, slice('web', { port: 80 }, endpoints)], [...WEB, CLIENT]);
  it.each([
    ['10.244.2.2', true],
    [clusterIP, false],
    ['192.168.50.11', true],
    ['10.244.2.77', false],
  ])('%s from a Pod: %s', (ip, answered) => {
    expect(cluster.network.ping({ from: client, ip }).outcome.answered).toBe(answered);
  });
});
