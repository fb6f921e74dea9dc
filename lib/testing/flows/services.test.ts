import { describe, expect, it } from 'vitest';
import type { Service, Vantage } from '../../api';
import { type Flow, PODS, SERVICES, startFlow } from './flow.test-support';

const NS = 'default';
const ports = (targetPort: number | string) => [{ port: 80, targetPort }];
const hostnameServer = ['serve-hostname'];

/** Requests from every node's address and, by name and cluster IP, from a Pod, reach all replicas. */
function reaches(flow: Flow, client: Vantage, name: string, replicas: number): void {
  const { spec } = flow.get<Service>('services', name) ?? {};
  const all = (host: string, port: number) => flow.askAll(client, host, port).split(' ');
  for (const answers of [all(name, 80), all(spec?.clusterIP ?? '', 80)]) {
    expect(answers).toHaveLength(replicas);
    for (const each of answers) expect(each).toMatch(new RegExp(`^${name}-`));
  }
  const nodePort = spec?.ports?.[0]?.nodePort;
  if (nodePort === undefined) return;
  for (const { status } of flow.nodes())
    for (const { type, address } of status?.addresses ?? [])
      if (type === 'InternalIP' || type === 'ExternalIP')
        expect(all(address, nodePort)).toHaveLength(replicas);
}

const same = (flow: Flow, client: Vantage, host: string, port: number): number =>
  new Set(Array.from({ length: 15 }, () => flow.ask(client, host, port))).size;

describe('Services', () => {
  it('[F3] serve a basic endpoint from Pods', async () => {
    const flow = await startFlow();
    const client = await flow.client();
    await flow.service('basic', { selector: { app: 'basic' }, ports: ports(80) });
    const is = (list: string) =>
      flow.eventually(`endpoints [${list}]`, () => flow.endpoints('basic') === list);
    await is('');
    await flow.advance(2000);
    expect(flow.ask(client, 'basic', 80)).toBe('refused');
    const options = { labels: { app: 'basic' }, args: ['netexec', '--http-port=80'] };
    await flow.pod('pod1', options);
    await is('pod1:80');
    await flow.advance(2000);
    expect(flow.askAll(client, 'basic', 80)).toBe('pod1');
    await flow.pod('pod2', options);
    await is('pod1:80 pod2:80');
    await flow.advance(2000);
    expect(flow.askAll(client, 'basic', 80)).toBe('pod1 pod2');
    await flow.workspace.client.delete(PODS, NS, 'pod1');
    await is('pod2:80');
    await flow.advance(2000);
    expect(flow.askAll(client, 'basic', 80)).toBe('pod2');
    await flow.workspace.client.delete(PODS, NS, 'pod2');
    await is('');
    await flow.advance(2000);
    expect(flow.ask(client, 'basic', 80)).toBe('refused');
    expect(flow.get('services', 'basic')).toBeDefined();
  });

  it('[F4] serve multiport endpoints from Pods', async () => {
    const flow = await startFlow();
    const client = await flow.client();
    await flow.service('multi', {
      selector: { app: 'multi' },
      ports: [
        { name: 'portname1', port: 80, targetPort: 'svc1' },
        { name: 'portname2', port: 81, targetPort: 'svc2' },
      ],
    });
    const is = (list: string) =>
      flow.eventually(`endpoints [${list}]`, () => flow.endpoints('multi') === list);
    const labels = { app: 'multi' };
    await flow.pod('pod1', {
      labels,
      args: ['netexec', '--http-port=100'],
      ports: [{ name: 'svc1', containerPort: 100 }],
    });
    await is('pod1:100');
    await flow.pod('pod2', {
      labels,
      args: ['netexec', '--http-port=101'],
      ports: [{ name: 'svc2', containerPort: 101 }],
    });
    await is('pod1:100 pod2:101');
    await flow.advance(2000);
    expect([flow.askAll(client, 'multi', 80), flow.askAll(client, 'multi', 81)]).toEqual(['pod1', 'pod2']);
    expect(flow.slices('multi')).toHaveLength(2);
    await flow.workspace.client.delete(PODS, NS, 'pod1');
    await is('pod2:101');
    await flow.advance(2000);
    expect([flow.askAll(client, 'multi', 80), flow.askAll(client, 'multi', 81)]).toEqual(['refused', 'pod2']);
    await flow.workspace.client.delete(PODS, NS, 'pod2');
    await is('');
  });

  it('[F5] a NodePort Service answers by name, cluster IP and every node', async () => {
    const flow = await startFlow();
    const client = await flow.client();
    await flow.replicas('nodeport', 2, hostnameServer);
    await flow.service('nodeport', { type: 'NodePort', selector: { name: 'nodeport' }, ports: ports(9376) });
    await flow.advance(3000);
    reaches(flow, client, 'nodeport', 2);
  });

  it.each(['ClusterIP', 'NodePort'])('[F6] [F7] ExternalName becomes %s', async (type) => {
    const flow = await startFlow();
    const client = await flow.client();
    await flow.replicas('changed', 2, hostnameServer);
    const made = await flow.service('changed', { type: 'ExternalName', externalName: 'foo.example.com' });
    expect(made.spec?.clusterIP).toBeUndefined();
    const { object } = await flow.workspace.client.update(SERVICES, NS, {
      ...made,
      spec: { type, selector: { name: 'changed' }, ports: ports(9376) },
    } as Service);
    expect((object as Service).spec?.clusterIP).toMatch(/^10\./);
    expect((object as Service).spec?.ports?.[0]?.nodePort !== undefined).toBe(type === 'NodePort');
    await flow.advance(3000);
    reaches(flow, client, 'changed', 2);
  });

  it.each(['ClusterIP', 'NodePort'])('[F8] [F9] %s becomes ExternalName', async (type) => {
    const flow = await startFlow();
    const client = await flow.client();
    await flow.replicas('target', 1, hostnameServer);
    const target = await flow.service('target', { selector: { name: 'target' }, ports: ports(9376) });
    const made = await flow.service('changed', { type, selector: { name: 'target' }, ports: ports(9376) });
    await flow.workspace.client.patch(SERVICES, NS, 'changed', 'merge', {
      spec: { type: 'ExternalName', externalName: `target.${NS}.svc.cluster.local` },
    });
    expect(flow.get<Service>('services', 'changed')?.spec?.clusterIP ?? '').toBe('');
    await flow.advance(30_000);
    const found = flow.workspace.network.lookup(client, 'changed').outcome;
    expect([found.canonicalName, found.addresses]).toEqual([
      `target.${NS}.svc.cluster.local`,
      [target.spec?.clusterIP],
    ]);
    expect(flow.ask(client, 'changed', 80)).toMatch(/^target-/);
    const nodePort = made.spec?.ports?.[0]?.nodePort;
    if (nodePort !== undefined)
      expect(flow.ask(client, flow.nodes()[0]?.status?.addresses?.[0]?.address ?? '', nodePort)).toBe(
        'refused',
      );
  });

  it.each(['ClusterIP', 'NodePort'])(
    '[F10] [F11] [F12] [F13] session affinity by %s, and its change',
    async (type) => {
      const flow = await startFlow();
      const client = await flow.client();
      await flow.replicas('sticky', 3, hostnameServer);
      const made = await flow.service('sticky', {
        type,
        sessionAffinity: 'ClientIP',
        selector: { name: 'sticky' },
        ports: ports(9376),
      });
      await flow.advance(3000);
      const [node] = flow.nodes();
      const host =
        type === 'ClusterIP' ? (made.spec?.clusterIP ?? '') : (node?.status?.addresses?.[0]?.address ?? '');
      const port = made.spec?.ports?.[0]?.nodePort ?? 80;
      expect(same(flow, client, host, port)).toBe(1);
      const become = async (sessionAffinity: string) => {
        await flow.workspace.client.patch(SERVICES, NS, 'sticky', 'merge', {
          spec: { sessionAffinity, ...(sessionAffinity === 'None' ? { sessionAffinityConfig: null } : {}) },
        });
        await flow.advance(3000);
      };
      await become('None');
      expect(same(flow, client, host, port)).toBeGreaterThan(1);
      await become('ClientIP');
      expect(same(flow, client, host, port)).toBe(1);
    },
  );

  it('[F17] one port number, two protocols', async () => {
    const flow = await startFlow();
    const client = await flow.client();
    await flow.pod('pod1', {
      labels: { app: 'multi' },
      args: ['netexec', '--http-port=80', '--udp-port=80'],
    });
    const tcp = { name: 'tcp-port', port: 80, protocol: 'TCP', targetPort: 80 };
    const udp = { name: 'udp-port', port: 80, protocol: 'UDP', targetPort: 80 };
    const made = await flow.service('multi', { selector: { app: 'multi' }, ports: [tcp, udp] });
    await flow.advance(3000);
    const both = () => [flow.askAll(client, 'multi', 80), flow.askAll(client, 'multi', 80, 'UDP')];
    expect(both()).toEqual(['pod1', 'pod1']);
    const become = async (list: readonly object[]) => {
      const before = Number(flow.get('services', 'multi')?.metadata.resourceVersion);
      const answer = await flow.workspace.client.patch(SERVICES, NS, 'multi', 'merge', {
        spec: { ports: list },
      });
      expect(Number(answer.object.metadata.resourceVersion)).toBeGreaterThan(before);
      await flow.advance(3000);
    };
    await become([tcp]);
    expect(both()).toEqual(['pod1', 'dropped']);
    await become([udp]);
    expect(both()).toEqual(['dropped', 'pod1']);
    expect(made.spec?.clusterIP).toBe(flow.get<Service>('services', 'multi')?.spec?.clusterIP);
  });

  it('[F18] endpoints of a hundred Services come soon', async () => {
    const flow = await startFlow();
    await flow.pod('pod1', { labels: { app: 'latency' } });
    const times: number[] = [];
    for (let index = 0; index < 100; index += 1) {
      const began = flow.workspace.now;
      await flow.service(`latency-${index}`, { selector: { app: 'latency' }, ports: ports(8080) });
      while (flow.endpoints(`latency-${index}`) === '') await flow.advance(5);
      times.push(flow.workspace.now - began);
    }
    times.sort((a, b) => a - b);
    expect(times.at(-1)).toBeLessThanOrEqual(20_000);
  });
});
