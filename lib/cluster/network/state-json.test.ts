import { describe, expect, it } from 'vitest';
import type { Json, Vantage } from '../../api';
import { createNetwork } from './create-network';
import { type HandMade, handMade, proxyPods, service, slice } from './hand-made-cluster.test-support';
import { kernelOf } from './kernel/node-kernel';
import { createMemory } from './memory';

const NODES = ['control-plane', 'worker-1', 'worker-2'];
const clusterIP = '10.96.15.200';
const web = service('web', {
  clusterIP,
  clusterIPs: [clusterIP],
  ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
});
const endpoints = [{ ip: '10.244.1.2', node: 'worker-1' }];
const made = (mode: string): HandMade =>
  handMade([web, slice('web', { port: 80 }, endpoints)], proxyPods(`mode: ${mode}`));

const copied = (json: Json): Json => JSON.parse(JSON.stringify(json));
const printed = (network: HandMade['network']) =>
  NODES.map((name) => {
    const host = network.host({ kind: 'node', name } satisfies Vantage);
    return [network.iptablesSave(name), host?.ipvsadm('servers'), host?.ipset({})];
  });

describe.each(['iptables', 'ipvs'])('[N13] snapshots, kube-proxy in mode %s', (mode) => {
  const cluster = made(mode);
  const snapshot = copied(cluster.network.snapshot()) as unknown as {
    readonly shared: readonly unknown[];
    readonly nodes: Readonly<Record<string, unknown>>;
  };
  const restored = createNetwork(cluster.options, copied(snapshot as unknown as Json));

  it('tell what nodes know alike once, and restore rules and tables', () => {
    expect(snapshot.shared.filter((part) => JSON.stringify(part).includes(clusterIP))).toHaveLength(1);
    expect(printed(restored)).toEqual(printed(cluster.network));
  });

  it('of a restored network are the same to the byte', () => {
    expect(JSON.stringify(restored.snapshot())).toBe(JSON.stringify(cluster.network.snapshot()));
  });

  it('of older make, which told rules and tables, are read until kube-proxy writes anew', () => {
    const memory = createMemory(cluster.network.state);
    const kernels = NODES.map((name) => kernelOf(memory, name));
    const shared = kernels.flatMap(({ iptables, ipvs }) => [iptables, ipvs ?? null]);
    const nodes = Object.fromEntries(
      NODES.map((name, index) => [
        name,
        { mode, iptables: 2 * index, ...(mode === 'ipvs' ? { ipvs: 2 * index + 1 } : {}) },
      ]),
    );
    const { proxies, recent, ipvs, connections, count } = cluster.network.state;
    const older = { shared, nodes, proxies, recent, ipvs, connections, count } as unknown as Json;
    const network = createNetwork(cluster.options, copied(older));
    expect(printed(network)).toEqual(printed(cluster.network));
    for (const name of NODES)
      network.kubeProxy.reconcile(cluster.view, name, cluster.now(), cluster.options.random);
    expect(printed(network)).toEqual(printed(cluster.network));
    expect(JSON.stringify(network.snapshot())).not.toContain('"told"');
  });
});

describe('[N13] snapshots of the first make', () => {
  it('told rulesets', () => {
    const cluster = made('iptables');
    const rules = kernelOf(createMemory(cluster.network.state), 'worker-1').iptables;
    const first = {
      rulesets: [rules],
      nodes: Object.fromEntries(NODES.map((name) => [name, 0])),
      recent: {},
    };
    const network = createNetwork(cluster.options, copied(first as unknown as Json));
    expect(network.iptablesSave('worker-2')).toBe(cluster.network.iptablesSave('worker-2'));
  });
});
