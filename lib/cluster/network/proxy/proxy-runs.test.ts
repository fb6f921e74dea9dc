import { describe, expect, it } from 'vitest';
import type { Stored } from '../../../api';
import { handMade, proxyPods, service, stored } from '../hand-made-cluster.test-support';
import { tableView } from '../table-view.test-support';
import { kubeProxyRuns } from './proxy-runs';

const system = 'kube-system';
const config = stored('ConfigMap', system, 'kube-proxy', {});
const daemonSet = (status: object) => stored('DaemonSet', system, 'kube-proxy', { status });
const pod = (nodeName: string, phase: string) =>
  stored('Pod', system, `kube-proxy-${nodeName}`, {
    metadata: { labels: { 'k8s-app': 'kube-proxy' } },
    spec: { nodeName },
    status: { phase },
  });

describe('[N17] kube-proxy runs where its Pod runs', () => {
  it.each<[string, readonly Stored[], boolean]>([
    ['no Pods, no configuration: a process of the host', [], true],
    ['its Pod runs', [config, pod('worker-1', 'Running')], true],
    ['its Pod is pending', [config, pod('worker-1', 'Pending')], false],
    ['only the Pod of another node runs', [config, pod('worker-2', 'Running')], false],
    ['all Pods are gone', [config], false],
    [
      'a DaemonSet that is looked after has no Pod here',
      [config, daemonSet({ observedGeneration: 1 })],
      false,
    ],
    ['a DaemonSet that nobody looks after', [config, daemonSet({})], true],
  ])('%s', (_, objects, runs) => {
    expect(kubeProxyRuns(tableView(objects), 'worker-1', [])).toBe(runs);
  });
});

describe('[N17] a kube-proxy whose process is dead writes nothing, though its Pod is still said to run', () => {
  const web = service('web', { clusterIP: '10.96.1.1', clusterIPs: ['10.96.1.1'], ports: [{ port: 80 }] });
  it.each([true, false])('its process runs: %j', (running) => {
    const { network, options, view, now } = handMade([web], proxyPods('mode: ipvs'), false);
    const record = options.containers.get('kube-system', 'kube-proxy-worker-1', 'main');
    if (record) options.containers.update({ ...record, running });
    network.kubeProxy.reconcile(view, 'worker-1', now(), options.random);
    expect(network.iptablesSave('worker-1').includes('KUBE-')).toBe(running);
  });
});

describe('[N17] kube-proxy writes and then rests for minSyncPeriod', () => {
  const web = service('web', { clusterIP: '10.96.1.1', clusterIPs: ['10.96.1.1'], ports: [{ port: 80 }] });
  it.each<[string, number | undefined]>([
    ['mode: ""', 1000],
    ['iptables: {minSyncPeriod: 5s}', 5000],
    ['mode: ipvs', undefined],
    ['mode: ipvs\nipvs: {minSyncPeriod: 3s}', 3000],
  ])('%j', (lines, takesMs) => {
    const before = handMade([], proxyPods(lines));
    const after = handMade([web], proxyPods(lines));
    const network = before.network.fork(after.options);
    const sync = () => network.kubeProxy.reconcile(after.view, 'worker-1', after.now(), after.options.random);
    expect(sync().takesMs).toBe(takesMs);
    expect(sync().takesMs).toBeUndefined();
    expect(network.iptablesSave('worker-1')).not.toBe(before.network.iptablesSave('worker-1'));
  });
});
