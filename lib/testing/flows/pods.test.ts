import { describe, expect, it } from 'vitest';
import type { Endpoints, Vantage } from '../../api';
import { startFlow } from './flow.test-support';

const NS = 'default';

describe('Pods and nodes', () => {
  it.each<[string, boolean]>([
    ['[F39] from a Pod', false],
    ['[F40] from a Pod on its host’s network', true],
  ])('%s every Pod on every node answers over HTTP and UDP', async (_, hostNetwork) => {
    const flow = await startFlow();
    await flow.pod('test', { args: ['pause'], spec: { hostNetwork } });
    const from: Vantage = { kind: 'pod', namespace: NS, name: 'test' };
    for (const [index, { metadata }] of flow.nodes().entries())
      await flow.pod(`netserver-${index}`, { spec: { nodeName: metadata.name } });
    for (const index of flow.nodes().keys()) {
      const name = `netserver-${index}`;
      const [ip = ''] = flow.workspace.network.addresses({ kind: 'pod', namespace: NS, name });
      expect(flow.ask(from, ip, 8080)).toBe(name);
      expect(flow.ask(from, ip, 8081, 'UDP')).toBe(name);
    }
  });

  it('[F1] [F2] the API server’s own Service has endpoints and answers', async () => {
    const flow = await startFlow();
    const client = await flow.client();
    const addresses = flow
      .slices('kubernetes')
      .flatMap(({ endpoints = [] }) => endpoints.flatMap((each) => each.addresses));
    const listed = (flow.get<Endpoints>('endpoints', 'kubernetes')?.subsets ?? []).flatMap(
      ({ addresses: all = [] }) => all,
    );
    expect(addresses).toEqual(listed.map(({ ip }) => ip));
    expect(addresses.length).toBeGreaterThan(0);
    const request = {
      kind: 'http',
      method: 'GET',
      path: '/healthz',
      host: 'kubernetes',
      headers: {},
      body: '',
      tls: { serverName: 'kubernetes' },
    } as const;
    const { outcome } = flow.workspace.network.send({
      from: client,
      to: { ip: '10.96.0.1', port: 443 },
      protocol: 'TCP',
      request,
    });
    expect(outcome).toMatchObject({ kind: 'delivered', reply: { status: 200, body: 'ok' } });
  });

  it('[F41] one host port on different addresses and protocols', async () => {
    const flow = await startFlow();
    const nodeName = 'worker-1';
    const nodeIP = '192.168.50.11';
    const server = (name: string, hostIP: string, protocol: 'TCP' | 'UDP', containerPort: number) =>
      flow.pod(name, { spec: { nodeName }, ports: [{ containerPort, hostPort: 54_323, hostIP, protocol }] });
    await server('pod1', '127.0.0.1', 'TCP', 8080);
    await server('pod2', nodeIP, 'TCP', 8080);
    await server('pod3', nodeIP, 'UDP', 8081);
    const onNode: Vantage = { kind: 'node', name: nodeName };
    expect(flow.ask(onNode, '127.0.0.1', 54_323)).toBe('pod1');
    expect(flow.ask(onNode, nodeIP, 54_323)).toBe('pod2');
    expect(flow.ask(onNode, nodeIP, 54_323, 'UDP')).toBe('pod3');
    expect(flow.ask({ kind: 'office' }, nodeIP, 54_323)).toBe('pod2');
    expect(flow.ask({ kind: 'office' }, '192.168.50.12', 54_323)).toBe('refused');
  });
});
