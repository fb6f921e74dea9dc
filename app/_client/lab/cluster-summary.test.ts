import { expect, test } from 'vitest';
import type { KubeObject } from '../../../lib/api';
import { summariseCluster } from './cluster-summary';

function object(
  kind: string,
  name: string,
  rest: Record<string, unknown>,
  metadata = {},
): Record<string, KubeObject> {
  const made = { apiVersion: 'v1', kind, metadata: { name, namespace: 'default', ...metadata }, ...rest };
  return { [`${kind}/${name}`]: made as KubeObject };
}
const pod = (name: string, status: Record<string, unknown>, metadata = {}) =>
  object('Pod', name, { status }, metadata);
const ready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };

test.each([
  ['a ready Pod', pod('p', ready), 'ready', 'Running'],
  ['a Pod that starts', pod('p', { phase: 'Pending' }), 'starting', 'Pending'],
  [
    'a Pod whose image cannot be pulled',
    pod('p', {
      phase: 'Pending',
      containerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff' } } }],
    }),
    'trouble',
    'ImagePullBackOff',
  ],
  [
    'a Pod that is being deleted',
    pod('p', ready, { deletionTimestamp: '2026-01-01T00:00:00Z' }),
    'leaving',
    'Terminating',
  ],
])('%s', (_title, objects, condition, status) => {
  expect(summariseCluster(objects).pods).toMatchObject([{ condition, status }]);
});

test('a Service gathers ready and unready addresses from its own slices', () => {
  const label = { labels: { 'kubernetes.io/service-name': 'web' } };
  const endpoints = [
    { addresses: ['10.244.1.9'], conditions: { ready: false } },
    { addresses: ['10.244.1.4'], conditions: { ready: true } },
    { addresses: ['10.244.2.7'], conditions: {} },
  ];
  const { services } = summariseCluster({
    ...object('Service', 'web', { spec: { clusterIP: '10.96.0.9', ports: [{ port: 80, nodePort: 30007 }] } }),
    ...object('EndpointSlice', 'web-x', { endpoints }, label),
    ...object('EndpointSlice', 'other-x', { endpoints: [{ addresses: ['10.244.9.9'] }] }),
  });
  expect(services).toMatchObject([
    { name: 'web', ports: '80:30007/TCP', ready: ['10.244.1.4', '10.244.2.7'], notReady: ['10.244.1.9'] },
  ]);
});

test('kube-system is left out', () => {
  expect(summariseCluster(pod('coredns', ready, { namespace: 'kube-system' })).pods).toEqual([]);
});
