import { expect, test } from 'vitest';
import type { Hop } from '../../../../lib/api';
import type { ServiceLine } from '../cluster-summary';
import { courseOf, placeOf } from './places';

const web: ServiceLine = {
  key: 'Service/default/web',
  namespace: 'default',
  name: 'web',
  type: 'ClusterIP',
  address: '10.96.0.9',
  ports: '80/TCP',
  ready: [],
  notReady: [],
  endpoints: [],
  outside: [],
  slices: ['web-abc'],
};
const hop = (at: string, object?: Hop['object']): Hop => ({ at, rule: '', effect: '', object });
const of = (resource: string, name: string, namespace = 'default') => ({ resource, namespace, name });

test.each<[string, Hop, string | undefined]>([
  ['a Pod', hop('pod default/web-1'), 'Pod/default/web-1'],
  ['the name server', hop('DNS'), 'dns'],
  ['a Pod of CoreDNS', hop('pod kube-system/coredns-x'), 'dns'],
  ['a rule of a Service', hop('node worker-1', of('services', 'web')), 'Service/default/web'],
  [
    'the choice of an endpoint',
    hop('node worker-1', of('endpointslices.discovery.k8s.io', 'web-abc')),
    'Service/default/web',
  ],
  [
    'a rule of kube-dns, on the way to the name server',
    hop('node worker-1', of('services', 'kube-dns', 'kube-system')),
    undefined,
  ],
  ['a route', hop('node worker-1', of('nodes', 'worker-2', '')), undefined],
  ["a node's own socket", hop('node worker-1'), 'node/worker-1'],
  ['the office', hop('office network'), 'office'],
  ['the internet', hop('internet'), 'internet'],
  ['the search list', hop('resolver'), undefined],
])('%s', (_title, step, place) => {
  expect(placeOf(step, [web])).toBe(place);
});

test('a step that happens nowhere else stays where the request is', () => {
  const trace = [
    hop('resolver'),
    hop('DNS'),
    hop('node worker-1', of('services', 'web')),
    hop('pod default/web-1'),
  ];
  const sender = { kind: 'pod', namespace: 'default', name: 'client' } as const;
  const way = { host: 'web', port: 80, from: 'Pod client', sender, outcome: '', reached: true, trace };
  expect(courseOf(way, [web])).toEqual([
    'Pod/default/client',
    'dns',
    'Service/default/web',
    'Pod/default/web-1',
  ]);
});
