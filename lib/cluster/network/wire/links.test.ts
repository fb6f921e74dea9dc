import { describe, expect, it } from 'vitest';
import type { Fault, Protocol, Request, Vantage } from '../../../api';
import { brief, GET, handMade, node, type PodSpec, service, slice } from '../hand-made-cluster.test-support';

const WEB: PodSpec = { name: 'web', ip: '10.244.2.2', node: 'worker-2', image: 'nginx' };
const DNS: PodSpec = {
  name: 'dns',
  ip: '10.244.2.3',
  node: 'worker-2',
  image: 'registry.k8s.io/coredns/coredns:v1.13.1',
};
const idle = { image: 'busybox', command: ['sleep', 'infinity'] } as const;
const clusterIP = '10.96.7.7';
const objects = [
  service('web', {
    type: 'NodePort',
    clusterIP,
    clusterIPs: [clusterIP],
    ports: [{ port: 80, protocol: 'TCP', targetPort: 80, nodePort: 30007 }],
  }),
  slice('web', { port: 80 }, [{ ip: WEB.ip, node: WEB.node }]),
  node('worker-2', 2, {}, '198.51.100.12'),
];
const pods = [
  WEB,
  DNS,
  { name: 'near', ip: '10.244.2.9', node: 'worker-2', ...idle },
  { name: 'far', ip: '10.244.1.9', node: 'worker-1', ...idle },
];

const pod = (name: string): Vantage => ({ kind: 'pod', namespace: 'default', name });
const on = (name: string): Vantage => ({ kind: 'node', name });
const office: Vantage = { kind: 'office' };
const internet: Vantage = { kind: 'internet' };
const cut = (from: Vantage, to: Vantage, oneWay?: true): Fault => ({ kind: 'cut-link', from, to, oneWay });
const QUERY: Request = { kind: 'dns', query: { name: 'example.com.', type: 'A' } };

function ask(faults: readonly Fault[], from: Vantage, ip: string, port: number, protocol: Protocol = 'TCP') {
  const cluster = handMade(objects, pods);
  cluster.setFaults(faults);
  const request = protocol === 'UDP' ? QUERY : GET;
  const { outcome, trace } = cluster.network.send({ from, to: { ip, port }, protocol, request });
  return { got: brief(outcome), why: trace.at(-1)?.effect ?? '', log: cluster.log('web') };
}

describe('[FA1] cut links', () => {
  const between = [cut(on('worker-1'), on('worker-2'))];
  const there = [cut(on('worker-1'), on('worker-2'), true)];
  const back = [cut(on('worker-2'), on('worker-1'), true)];
  const CUT = 'the packet is lost: the link is cut';
  const NO_ANSWER = /^its answer is lost: the link from node worker-2 to node worker-1 is cut$/;
  it.each<[string, readonly Fault[], Vantage, string, number, string, RegExp | string]>([
    ['nodes: from one side', between, pod('far'), WEB.ip, 80, 'dropped', CUT],
    ['nodes: from the other', between, pod('near'), '10.244.1.9', 80, 'dropped', CUT],
    ['nodes: within one nothing is cut', between, pod('near'), WEB.ip, 80, 'delivered web', /answers/],
    [
      'nodes: round about by a third',
      between,
      pod('far'),
      '192.168.50.10',
      22,
      'delivered control-plane',
      /answers/,
    ],
    ['one way, sent that way', there, pod('far'), WEB.ip, 80, 'dropped', CUT],
    ['one way, sent the other way: the answer is lost', back, pod('far'), WEB.ip, 80, 'dropped', NO_ANSWER],
    ['one way, by a cluster IP', back, pod('far'), clusterIP, 80, 'dropped', NO_ANSWER],
    ['one way, to a daemon', back, on('worker-1'), '192.168.50.12', 22, 'dropped', NO_ANSWER],
    ['one way, to a port that would refuse', back, on('worker-1'), '192.168.50.12', 23, 'dropped', NO_ANSWER],
    [
      'a Pod and its node: nothing comes in',
      [cut(pod('web'), on('worker-2'))],
      on('worker-2'),
      WEB.ip,
      80,
      'dropped',
      CUT,
    ],
    [
      'a Pod and its node: nothing goes out',
      [cut(pod('far'), on('worker-1'))],
      pod('far'),
      WEB.ip,
      80,
      'dropped',
      CUT,
    ],
    ['two Pods', [cut(pod('far'), pod('web'))], pod('far'), clusterIP, 80, 'dropped', CUT],
    [
      'two Pods: others are not meant',
      [cut(pod('far'), pod('web'))],
      pod('near'),
      clusterIP,
      80,
      'delivered web',
      /answers/,
    ],
    ['the office and a node', [cut(office, on('worker-1'))], office, '192.168.50.11', 30007, 'dropped', CUT],
    [
      'the office and a node: by another',
      [cut(office, on('worker-1'))],
      office,
      '192.168.50.10',
      30007,
      'delivered web',
      /answers/,
    ],
    [
      'the office and a Pod, by whatever node',
      [cut(office, pod('web'))],
      office,
      '192.168.50.10',
      30007,
      'dropped',
      CUT,
    ],
    [
      'a node and the internet',
      [cut(on('worker-1'), internet)],
      pod('far'),
      '23.192.228.80',
      80,
      'dropped',
      CUT,
    ],
    [
      'another node and the internet',
      [cut(on('worker-1'), internet)],
      pod('near'),
      '23.192.228.80',
      80,
      'delivered 23.192.228.80',
      /answers/,
    ],
  ])('%s', (_, faults, from, ip, port, expected, why) => {
    const found = ask(faults, from, ip, port);
    expect(found.got).toBe(expected);
    expect(found.why).toMatch(why);
  });

  it('without a way back no program sees anything by TCP, and a datagram arrives', () => {
    expect(ask(back, pod('far'), WEB.ip, 80).log).toEqual([]);
    expect(ask(back, pod('far'), DNS.ip, 53, 'UDP')).toMatchObject({
      got: 'dropped',
      why: expect.stringMatching(NO_ANSWER),
    });
    expect(ask([], pod('far'), DNS.ip, 53, 'UDP').got).toBe('delivered dns');
  });

  it('an echo is cut like everything else', () => {
    const cluster = handMade(objects, pods);
    expect(cluster.network.ping({ from: pod('far'), ip: WEB.ip }).outcome.answered).toBe(true);
    cluster.setFaults(back);
    expect(cluster.network.ping({ from: pod('far'), ip: WEB.ip }).outcome.answered).toBe(false);
  });
});

describe('[N28] what each vantage point reaches, and how it fails', () => {
  it.each<[string, Vantage, string, number, string]>([
    ['the internet: a private address is lost', internet, '192.168.50.11', 30007, 'dropped'],
    ['the internet: a Pod', internet, WEB.ip, 80, 'dropped'],
    ['the internet: a node that has an address there', internet, '198.51.100.12', 30007, 'delivered web'],
    ['the internet: another port of it', internet, '198.51.100.12', 30008, 'refused'],
    ['the internet: another host', internet, '23.192.228.80', 80, 'delivered 23.192.228.80'],
    ['the internet: nobody', internet, '198.51.100.99', 80, 'dropped'],
    ['the office: a Pod', office, WEB.ip, 80, 'dropped'],
    ['the office: a cluster IP', office, clusterIP, 80, 'dropped'],
    ['the office: nobody on the wire', office, '192.168.50.77', 80, 'unreachable'],
    ['the office: itself', office, '192.168.50.100', 80, 'refused'],
    ['a node: an address of its own', on('worker-2'), '198.51.100.12', 30007, 'delivered web'],
    ['a Pod: the internet', pod('far'), '23.192.228.80', 80, 'delivered 23.192.228.80'],
    ['a Pod: a Pod that there is not', pod('far'), '10.244.2.99', 80, 'unreachable'],
    ['a Pod: a node that there is not', pod('far'), '192.168.50.77', 80, 'unreachable'],
  ])('%s', (_, from, ip, port, expected) => {
    expect(ask([], from, ip, port).got).toBe(expected);
  });
  it('the internet resolves by a resolver of its own', () => {
    const { network } = handMade(objects, pods);
    expect(network.lookup(internet, 'example.com').outcome.addresses).not.toEqual([]);
    expect(network.lookup(internet, 'web.default.svc.cluster.local').outcome.error).toBe('not-found');
  });
});
