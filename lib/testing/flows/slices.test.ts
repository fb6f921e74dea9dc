import { describe, expect, it } from 'vitest';
import { type EndpointSlice, type Endpoints, StatusError } from '../../api';
import { ENDPOINTS, type Flow, PODS, SERVICES, SLICES, startFlow } from './flow.test-support';

const NS = 'default';
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';

/** Slices as text: "example:3000 → pod1". */
const told = (slices: readonly EndpointSlice[]): readonly string[] =>
  slices
    .map(({ ports, endpoints }) => {
      const served = (ports ?? []).map(({ name, port }) => `${name}:${port}`).sort();
      return `${served.join(' ')} → ${(endpoints ?? []).map(({ targetRef }) => targetRef?.name).join(' ')}`;
    })
    .sort();

async function twoPods(flow: Flow): Promise<void> {
  const pause = ['pause'];
  await flow.pod('pod1', {
    args: pause,
    labels: { pod1: '', shared12: '' },
    ports: [{ name: 'example-name', containerPort: 3000 }],
  });
  await flow.pod('pod2', {
    args: pause,
    labels: { pod2: '', shared12: '' },
    ports: [
      { name: 'example-name', containerPort: 3001 },
      { name: 'other-port', containerPort: 3002 },
    ],
  });
}

const handMade = (name: string, service: string, ports: readonly object[], endpoints: readonly object[]) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name, labels: { 'kubernetes.io/service-name': service } },
  addressType: 'IPv4',
  ports,
  endpoints,
});

describe('EndpointSlices and Endpoints', () => {
  it('[F27] [F35] a Service without Pods has a slice and Endpoints, both empty, as long as it is there', async () => {
    const flow = await startFlow();
    await flow.service('empty', { selector: { does: 'not-match' }, ports: [{ port: 80 }] });
    await flow.eventually('a slice', () => flow.slices('empty').length > 0);
    const [slice] = flow.slices('empty');
    expect(slice?.metadata.labels?.[MANAGED_BY]).toBe('endpointslice-controller.k8s.io');
    expect(slice?.endpoints ?? []).toEqual([]);
    await flow.eventually('Endpoints', () => flow.get('endpoints', 'empty') !== undefined);
    expect(flow.get<Endpoints>('endpoints', 'empty')?.subsets ?? []).toEqual([]);
    await flow.workspace.client.delete(SERVICES, NS, 'empty');
    await flow.eventually(
      'they go',
      () => flow.slices('empty').length === 0 && !flow.get('endpoints', 'empty'),
    );
  });

  it('[F28] [F34] slices and Endpoints are split by the ports that Pods really have', async () => {
    const flow = await startFlow();
    await twoPods(flow);
    const publishNotReadyAddresses = true;
    const service = (name: string, selector: object, ports: readonly object[]) =>
      flow.service(name, { selector, ports, publishNotReadyAddresses });
    await service('svc1', { pod1: '' }, [{ name: 'example', port: 80, targetPort: 3000 }]);
    await service('svc2', { shared12: '' }, [{ name: 'http', port: 80, targetPort: 'example-name' }]);
    await service('svc3', { shared12: '' }, [
      { name: 'a', port: 80, targetPort: 'example-name' },
      { name: 'b', port: 81, targetPort: 'other-port' },
    ]);
    await flow.advance(3000);
    expect(told(flow.slices('svc1'))).toEqual(['example:3000 → pod1']);
    expect(told(flow.slices('svc2'))).toEqual(['http:3000 → pod1', 'http:3001 → pod2']);
    expect(told(flow.slices('svc3'))).toEqual(['a:3000 → pod1', 'a:3001 b:3002 → pod2']);
    expect(flow.endpoints('svc2')).toBe('pod1:3000 pod2:3001');
    expect(flow.get<Endpoints>('endpoints', 'svc3')?.subsets).toHaveLength(2);
    for (const { endpoints = [] } of flow.slices('svc3'))
      for (const { addresses, nodeName, targetRef } of endpoints) {
        const pod = { kind: 'pod', namespace: NS, name: targetRef?.name ?? '' } as const;
        expect(addresses).toEqual(flow.workspace.network.addresses(pod));
        expect(nodeName).toBeDefined();
      }
    for (const name of ['pod1', 'pod2']) await flow.workspace.client.delete(PODS, NS, name);
    await flow.eventually('nobody is left', () => flow.endpoints('svc2') === '');
    expect(told(flow.slices('svc2')).every((text) => text.endsWith('→ '))).toBe(true);
  });

  it('[F29] hand-made slices serve by the names of their ports', async () => {
    const flow = await startFlow();
    const client = await flow.client();
    await flow.pod('pod1', { args: ['netexec', '--http-port=8090'] });
    await flow.pod('pod2', { args: ['netexec', '--http-port=8090'] });
    const address = (name: string) => ({
      addresses: flow.workspace.network.addresses({ kind: 'pod', namespace: NS, name }),
    });
    await flow.service('two', {
      ports: [
        { name: 'port80', port: 80 },
        { name: 'port81', port: 81 },
      ],
    });
    await flow.create(SLICES, handMade('two-a', 'two', [{ name: 'port80', port: 8090 }], [address('pod1')]));
    await flow.create(SLICES, handMade('two-b', 'two', [{ name: 'port81', port: 8090 }], [address('pod2')]));
    await flow.advance(3000);
    expect([flow.askAll(client, 'two', 80), flow.askAll(client, 'two', 81)]).toEqual(['pod1', 'pod2']);
  });

  it('[F30] one Pod serves two ports by two slices', async () => {
    const flow = await startFlow();
    const client = await flow.client();
    await flow.pod('pod1', { args: ['netexec', '--http-port=8090'] });
    await flow.service('one', {
      ports: [
        { name: 'port80', port: 80 },
        { name: 'port81', port: 81 },
      ],
    });
    const endpoints = [
      { addresses: flow.workspace.network.addresses({ kind: 'pod', namespace: NS, name: 'pod1' }) },
    ];
    for (const name of ['port80', 'port81'])
      await flow.create(SLICES, handMade(`one-${name}`, 'one', [{ name, port: 8090 }], endpoints));
    await flow.advance(3000);
    expect([flow.askAll(client, 'one', 80), flow.askAll(client, 'one', 81)]).toEqual(['pod1', 'pod1']);
  });

  it('[F32] Endpoints made by hand are mirrored, and answer', async () => {
    const flow = await startFlow();
    const client = await flow.client();
    await flow.pod('pod1', { args: ['netexec', '--http-port=80'] });
    const [ip] = flow.workspace.network.addresses({ kind: 'pod', namespace: NS, name: 'pod1' });
    await flow.service('custom', { ports: [{ name: 'example', port: 80 }] });
    const object = (address: string) => ({
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { name: 'custom' },
      subsets: [{ addresses: [{ ip: address }], ports: [{ name: 'example', port: 80 }] }],
    });
    const mirrored = () =>
      flow.slices('custom').flatMap(({ endpoints = [] }) => endpoints.flatMap((each) => each.addresses));
    await flow.create(ENDPOINTS, object('10.1.2.3'));
    await flow.eventually('a mirror', () => mirrored().join() === '10.1.2.3');
    await flow.advance(3000);
    expect(flow.ask(client, 'custom', 80)).toBe('dropped');
    await flow.workspace.client.update(ENDPOINTS, NS, object(ip ?? '') as never);
    await flow.eventually('it follows', () => mirrored().join() === ip);
    await flow.advance(3000);
    expect(flow.ask(client, 'custom', 80)).toBe('pod1');
    expect(flow.slices('custom')).toHaveLength(1);
    await flow.workspace.client.delete(ENDPOINTS, NS, 'custom');
    await flow.eventually('it goes', () => flow.slices('custom').length === 0);
    await flow.advance(3000);
    expect(flow.ask(client, 'custom', 80)).toBe('refused');
  });

  it('[F33] the life of Endpoints', async () => {
    const flow = await startFlow();
    const { client } = flow.workspace;
    const subsets = (ip: string, port: number) => [{ addresses: [{ ip }], ports: [{ port }] }];
    const labels = { 'test-endpoint-static': 'true' };
    const made = await flow.create<Endpoints>(ENDPOINTS, {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { name: 'life', labels },
      subsets: subsets('10.0.0.24', 80),
    });
    await client.update(ENDPOINTS, NS, {
      ...made,
      metadata: { ...made.metadata, labels: { ...labels, x: 'y' } },
    });
    await client.patch(ENDPOINTS, NS, 'life', 'merge', { subsets: subsets('10.0.0.25', 8080) });
    expect(flow.get<Endpoints>('endpoints', 'life')).toMatchObject({
      metadata: { labels: { ...labels, x: 'y' } },
      subsets: [{ addresses: [{ ip: '10.0.0.25' }], ports: [{ port: 8080 }] }],
    });
    await client.deleteCollection(ENDPOINTS, NS, { labelSelector: 'test-endpoint-static=true' });
    await expect(client.get(ENDPOINTS, NS, 'life')).rejects.toBeInstanceOf(StatusError);
  });
});
