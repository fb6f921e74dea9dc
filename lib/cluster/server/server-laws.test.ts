import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KubeObject, kinds, StatusError, type WatchEvent } from '../../api';
import { createRandom } from '../../base';
import { createStore, restoreStore } from '../store';
import { APISERVER, createApiServer } from './index';

const ref = (resource: string, group = '') => ({ group, version: 'v1', resource });
const network = { serviceCIDR: '10.96.0.0/12', nodePortRange: [30000, 32767] } as const;
const clock = { now: () => 1_790_000_000_000 };

function newServer() {
  const store = createStore({ freeze: true });
  const server = createApiServer({ store, kinds, clock, random: createRandom(1), network });
  const api = server.as(APISERVER);
  api.create(ref('namespaces'), '', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } };
  api.create(ref('serviceaccounts'), 'default', account);
  return { api, store, server };
}

/** A refusal in the API's own words, of the kinds that a client may cause. */
function attempt(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    expect(error.code).toBeLessThan(500);
  }
}

const names = fc.constantFrom('a', 'b', 'web', 'Bad_Name', '');
const scalars = fc.oneof(
  fc.constantFrom<unknown>(
    '',
    'None',
    'ClusterIP',
    'NodePort',
    'Local',
    '10.96.0.7',
    'IPv4',
    'TCP',
    'x',
    null,
  ),
  fc.integer({ min: -1, max: 70000 }),
  fc.boolean(),
);
const anything = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalars,
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('name', 'port', 'app', 'ip', 'image', 'protocol'), tie('value'), {
      maxKeys: 3,
    }),
  ),
})).value;
const serviceFields = fc.constantFrom(
  'ports',
  'selector',
  'type',
  'clusterIP',
  'clusterIPs',
  'externalName',
  'ipFamilies',
  'ipFamilyPolicy',
  'externalIPs',
  'sessionAffinity',
  'sessionAffinityConfig',
  'externalTrafficPolicy',
  'healthCheckNodePort',
  'loadBalancerSourceRanges',
);
const podFields = fc.constantFrom(
  'containers',
  'volumes',
  'tolerations',
  'affinity',
  'restartPolicy',
  'hostNetwork',
);
const bodies = (kind: string, fields: fc.Arbitrary<string>) =>
  fc
    .record({ name: names, spec: fc.dictionary(fields, anything, { maxKeys: 5 }) })
    .map(({ name, spec }) => ({ apiVersion: 'v1', kind, metadata: { name }, spec }) as unknown as KubeObject);

describe('laws of the API server', () => {
  it('never fails on a malformed Service or Pod but in the words of the API', () => {
    fc.assert(
      fc.property(bodies('Service', serviceFields), bodies('Pod', podFields), (service, pod) => {
        const { api } = newServer();
        attempt(() => api.create(ref('services'), 'default', service));
        attempt(() => api.create(ref('pods'), 'default', pod));
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it('never fails on a malformed patch but in the words of the API', () => {
    const patches = fc.record({
      spec: fc.dictionary(serviceFields, anything, { maxKeys: 4 }),
      metadata: fc.dictionary(fc.constantFrom('labels', 'annotations', 'finalizers', 'name'), anything, {
        maxKeys: 2,
      }),
    });
    const base = { selector: { app: 'web' }, ports: [{ port: 80 }] };
    const kinds = fc.constantFrom('merge', 'strategic', 'apply', 'json' as const);
    fc.assert(
      fc.property(patches, kinds, (patch, type) => {
        const { api } = newServer();
        const body = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: base };
        api.create(ref('services'), 'default', body as KubeObject);
        const whole = { apiVersion: 'v1', kind: 'Service', ...patch };
        const sent =
          type === 'json'
            ? [{ op: 'replace', path: '/spec', value: patch.spec }]
            : type === 'apply'
              ? whole
              : patch;
        attempt(() => api.patch(ref('services'), 'default', 'web', type, sent, { fieldManager: 'fuzz' }));
      }),
      { numRuns: 150, seed: 2 },
    );
  });

  it('[AS9] the events of a watch, applied to the first list, give the second', () => {
    const steps = fc.array(
      fc.record({
        verb: fc.constantFrom('create', 'label', 'delete' as const),
        name: fc.constantFrom('a', 'b', 'c'),
        app: fc.constantFrom('web', 'db'),
      }),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(steps, (list) => {
        const { api } = newServer();
        const selection = { labelSelector: 'app=web' };
        const seen = new Map<string, KubeObject>();
        api.watch(ref('services'), 'default', selection, ({ type, object }: WatchEvent) => {
          const name = object.metadata.name ?? '';
          if (type === 'DELETED') seen.delete(name);
          else seen.set(name, object);
        });
        for (const { verb, name, app } of list) {
          const metadata = { name, labels: { app } };
          const body = {
            apiVersion: 'v1',
            kind: 'Service',
            metadata,
            spec: { ports: [{ port: 80 }] },
          } as KubeObject;
          attempt(() => {
            if (verb === 'create') api.create(ref('services'), 'default', body);
            else if (verb === 'delete') api.delete(ref('services'), 'default', name);
            else api.patch(ref('services'), 'default', name, 'merge', { metadata: { labels: { app } } });
          });
        }
        const now = api.list(ref('services'), 'default', selection).items;
        expect(
          [...seen.values()].sort((x, y) => ((x.metadata.name ?? '') < (y.metadata.name ?? '') ? -1 : 1)),
        ).toEqual(now);
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it('a restored server goes on exactly as the one it was taken from', () => {
    const { api, store } = newServer();
    const body = (name: string) =>
      ({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name },
        spec: { ports: [{ port: 80 }] },
      }) as KubeObject;
    api.create(ref('services'), 'default', body('a'));
    const restored = restoreStore(JSON.parse(JSON.stringify(store.snapshot())));
    const [one, two] = [store.fork(), restored].map((each) => {
      const server = createApiServer({ store: each, kinds, clock, random: createRandom(9), network });
      return server.as(APISERVER).create(ref('services'), 'default', body('b')).object;
    });
    expect(two).toEqual(one);
  });
});
