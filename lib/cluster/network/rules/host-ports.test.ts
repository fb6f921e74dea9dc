import { describe, expect, it } from 'vitest';
import type { Vantage } from '../../../api';
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

const CLIENT: PodSpec = {
  name: 'client',
  ip: '10.244.1.9',
  node: 'worker-1',
  image: 'busybox',
  command: ['sleep', '1d'],
};
const client: Vantage = { kind: 'pod', namespace: 'default', name: 'client' };
const web1: Vantage = { kind: 'pod', namespace: 'default', name: 'web-1' };
const office: Vantage = { kind: 'office' };
const node: Vantage = { kind: 'node', name: 'worker-1' };

const withPorts = (name: string, ip: string, ports: readonly object[], on = 'worker-1'): PodSpec => ({
  name,
  ip,
  node: on,
  image: 'nginx',
  spec: { containers: [{ name: 'main', image: 'nginx', ports }] },
});
const WEB = withPorts('web-1', '10.244.1.2', [{ containerPort: 80, hostPort: 8080 }]);
const clusterIP = '10.96.15.200';
const nodePort = service('web', {
  type: 'NodePort',
  clusterIP,
  clusterIPs: [clusterIP],
  ports: [{ port: 80, protocol: 'TCP', targetPort: 80, nodePort: 30_007 }],
});

function ask(cluster: HandMade, from: Vantage, ip: string, port = 8080) {
  const { outcome, trace } = cluster.network.send({ from, to: { ip, port }, protocol: 'TCP', request: GET });
  const seen = outcome.kind === 'delivered' ? ` ${outcome.sourceSeen}` : '';
  return { what: `${brief(outcome)}${seen}`, trace };
}

describe.each(['iptables', 'ipvs'])('[N34] host ports, kube-proxy in mode %s', (mode) => {
  const cluster = handMade([], [WEB, CLIENT, ...proxyPods(`mode: ${mode}`)]);
  it.each<[string, Vantage, string, string]>([
    ['the office, which the Pod sees', office, '192.168.50.11', 'delivered web-1 192.168.50.100'],
    ['another node only on the Pod’s own', office, '192.168.50.12', 'refused'],
    ['a Pod of the node is masqueraded', client, '192.168.50.11', 'delivered web-1 10.244.1.1'],
    ['the Pod itself too', web1, '192.168.50.11', 'delivered web-1 10.244.1.1'],
    ['localhost too', node, '127.0.0.1', 'delivered web-1 10.244.1.1'],
    ['the node by its own address', node, '192.168.50.11', 'delivered web-1 192.168.50.11'],
  ])('%s', (_, from, ip, expected) => {
    expect(ask(cluster, from, ip).what).toBe(expected);
  });

  it('bound to one address', () => {
    const bound = withPorts('web-1', '10.244.1.2', [
      { containerPort: 80, hostPort: 8080, hostIP: '127.0.0.1' },
    ]);
    const local = handMade([], [bound, CLIENT, ...proxyPods(`mode: ${mode}`)]);
    expect(ask(local, node, '127.0.0.1').what).toMatch(/^delivered web-1/);
    expect(ask(local, office, '192.168.50.11').what).toBe('refused');
  });

  it('a node port of the same number is asked first', () => {
    const same = withPorts('web-1', '10.244.1.2', [{ containerPort: 80, hostPort: 30_007 }]);
    const other: PodSpec = { name: 'web-2', ip: '10.244.2.2', node: 'worker-2', image: 'nginx' };
    const both = handMade(
      [nodePort, slice('web', { port: 80 }, [{ ip: other.ip, node: other.node }])],
      [same, other, ...proxyPods(`mode: ${mode}`)],
    );
    expect(ask(both, office, '192.168.50.11', 30_007).what).toMatch(
      mode === 'ipvs' ? /^delivered web-1/ : /^delivered web-2/,
    );
  });

  it('the trace tells the field', () => {
    expect(ask(cluster, office, '192.168.50.11').trace).toContainEqual(
      expect.objectContaining({
        effect: 'rewrites the destination to 10.244.1.2:80',
        object: {
          resource: 'pods',
          namespace: 'default',
          name: 'web-1',
          field: 'spec.containers{main}.ports[].hostPort',
        },
      }),
    );
  });
});

describe('[N34] rules of host ports', () => {
  const many = Array.from({ length: 16 }, (_, index) => ({ containerPort: 80, hostPort: 9000 + index }));
  it('are portmap’s', () => {
    const saved = handMade([], [WEB]).network.iptablesSave('worker-1', 'nat');
    const lines = saved.split('\n').filter((line) => line.includes('CNI-'));
    const chain = /CNI-DN-[0-9a-f]{21}/.exec(saved)?.[0] ?? '';
    const id = /id: \\"([0-9a-f]{64})\\"/.exec(saved)?.[1];
    expect(lines).toEqual([
      `:${chain} - [0:0]`,
      ':CNI-HOSTPORT-DNAT - [0:0]',
      ':CNI-HOSTPORT-MASQ - [0:0]',
      ':CNI-HOSTPORT-SETMARK - [0:0]',
      '-A PREROUTING -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT',
      '-A OUTPUT -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT',
      '-A POSTROUTING -m comment --comment "CNI portfwd requiring masquerade" -j CNI-HOSTPORT-MASQ',
      `-A ${chain} -s 10.244.1.0/24 -p tcp -m tcp --dport 8080 -j CNI-HOSTPORT-SETMARK`,
      `-A ${chain} -s 127.0.0.1/32 -p tcp -m tcp --dport 8080 -j CNI-HOSTPORT-SETMARK`,
      `-A ${chain} -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.244.1.2:80`,
      `-A CNI-HOSTPORT-DNAT -p tcp -m comment --comment "dnat name: \\"kindnet\\" id: \\"${id}\\"" -m multiport --dports 8080 -j ${chain}`,
      '-A CNI-HOSTPORT-MASQ -m mark --mark 0x2000/0x2000 -j MASQUERADE',
      '-A CNI-HOSTPORT-SETMARK -m comment --comment "CNI portfwd masquerade mark" -j MARK --set-xmark 0x2000/0x2000',
    ]);
  });
  it('name fifteen ports at a time, and are only where such Pods are', () => {
    const { network } = handMade([], [withPorts('web-1', '10.244.1.2', many)]);
    expect(network.iptablesSave('worker-1', 'nat').match(/-m multiport/g)).toHaveLength(2);
    expect(network.iptablesSave('worker-2', 'nat')).not.toContain('CNI-');
  });
});
