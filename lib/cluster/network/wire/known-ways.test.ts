import { describe, expect, it } from 'vitest';
import type { Vantage } from '../../../api';
import { brief, GET, handMade, type PodSpec, service, slice } from '../hand-made-cluster.test-support';
import { syncAllNodes } from '../proxy/kube-proxy';

const WEB: PodSpec = { name: 'web', ip: '10.244.2.2', node: 'worker-2', image: 'nginx' };
const OTHER: PodSpec = { name: 'other', ip: '10.244.1.2', node: 'worker-1', image: 'nginx' };
const CALLER: PodSpec = {
  name: 'caller',
  ip: '10.244.1.9',
  node: 'worker-1',
  image: 'busybox',
  command: ['sleep', 'infinity'],
};
const [ONE, TWO] = ['10.96.7.7', '10.96.7.8'];
const objects = [
  service('one', { clusterIP: ONE, ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }] }),
  slice('one', { port: 80 }, [{ ip: WEB.ip, node: WEB.node }]),
  service('two', { clusterIP: TWO, ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }] }),
  slice('two', { port: 80 }, [
    { ip: WEB.ip, node: WEB.node },
    { ip: OTHER.ip, node: OTHER.node },
  ]),
];
const from: Vantage = { kind: 'pod', namespace: 'default', name: 'caller' };
const cut = {
  kind: 'cut-link',
  from: { kind: 'node', name: 'worker-1' },
  to: { kind: 'node', name: 'worker-2' },
} as const;

function asker() {
  const cluster = handMade(objects, [WEB, OTHER, CALLER]);
  const ask = (ip: string) =>
    cluster.network.send({ from, to: { ip, port: 80 }, protocol: 'TCP', request: GET });
  return { cluster, ask };
}

describe('[N39] a way on which nothing is left to chance is the same until something changes', () => {
  it.each([
    ['a Pod', WEB.ip],
    ['a Service with one endpoint', ONE],
  ])('to %s: told alike, answered anew, tracked each time', (_what, ip) => {
    const { cluster, ask } = asker();
    const [first, second] = [ask(ip), ask(ip)];
    expect(second.trace).toEqual(first.trace);
    expect(brief(second.outcome)).toBe('delivered web');
    expect(cluster.log('web')).toHaveLength(2);
    const fresh = asker();
    expect(fresh.ask(ip).trace).toEqual(first.trace);
    expect(cluster.network.state.connections.length).toBe(2 * fresh.cluster.network.state.connections.length);
  });

  it('a choice of endpoints is made for each packet', () => {
    const { ask } = asker();
    const answers = Array.from({ length: 20 }, () => brief(ask(TWO).outcome));
    expect(new Set(answers)).toEqual(new Set(['delivered web', 'delivered other']));
  });

  it('a fault counts at once, and so does its end', () => {
    const { cluster, ask } = asker();
    expect(brief(ask(WEB.ip).outcome)).toBe('delivered web');
    cluster.setFaults([cut]);
    expect(brief(ask(WEB.ip).outcome)).toBe('dropped');
    cluster.setFaults([]);
    expect(brief(ask(WEB.ip).outcome)).toBe('delivered web');
  });

  it('what kube-proxy writes counts at once', () => {
    const cluster = handMade(objects, [WEB, OTHER, CALLER], false);
    const ask = () =>
      brief(cluster.network.send({ from, to: { ip: ONE, port: 80 }, protocol: 'TCP', request: GET }).outcome);
    const before = ask();
    syncAllNodes(cluster.network.kubeProxy, cluster.view, cluster.now(), cluster.options.random);
    expect([before, ask(), ask()]).toEqual([before, 'delivered web', 'delivered web']);
    expect(before).not.toBe('delivered web');
  });
});
