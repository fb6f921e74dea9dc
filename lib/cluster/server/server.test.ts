import { describe, expect, it } from 'vitest';
import type { KubeObject, Service, StatusError, WatchEvent } from '../../api';
import { kinds } from '../../api/kinds';
import { base64Url, createRandom, utf8Bytes } from '../../base';
import { createStore } from '../store';
import { APISERVER, createApiServer } from './index';

const START = 1_790_000_000_000;

function newServer(serviceCIDR = '10.96.0.0/12', objectLimit?: number) {
  const store = createStore({ revision: 1000, freeze: true });
  const clock = { at: START, now: () => clock.at };
  const server = createApiServer({
    store,
    kinds,
    clock,
    random: createRandom(1),
    network: { serviceCIDR, nodePortRange: [30000, 32767] },
    objectLimit,
  });
  const api = server.as(APISERVER);
  for (const name of ['default', 'kube-system']) {
    api.create(namespaces, '', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    api.create({ ...namespaces, resource: 'serviceaccounts' }, name, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default' },
    });
  }
  return { server, api, clock, store };
}
const namespaces = { group: '', version: 'v1', resource: 'namespaces' };
const services = { group: '', version: 'v1', resource: 'services' };
const pods = { group: '', version: 'v1', resource: 'pods' };
const deployments = { group: 'apps', version: 'v1', resource: 'deployments' };

const said = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as StatusError).message;
  }
  return 'nothing';
};

const service = (name: string, spec: object = {}): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec },
  }) as KubeObject;

const pod = (name: string, more: object = {}): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: 'web' } },
    spec: { containers: [{ name: 'c', image: 'nginx' }], ...more },
  }) as KubeObject;

describe('writing', () => {
  it('[AS12] a cluster that is full (a Service counts with its address) takes no further object, in the words of etcd, until one was deleted', () => {
    const { api, store } = newServer(undefined, 6);
    while (store.size < 6) api.create(services, 'default', service(`s${store.size}`));
    expect(said(() => api.create(services, 'default', service('one-more')))).toBe(
      'etcdserver: mvcc: database space exceeded',
    );
    api.patch(services, 'default', 's4', 'merge', { metadata: { labels: { a: 'b' } } });
    api.delete(services, 'default', 's4');
    expect(api.create(services, 'default', service('one-more')).code).toBe(201);
  });

  it('gives a Service its address from the upper part of the range, the same for the same seed', () => {
    const [a, b] = [newServer(), newServer()].map(
      ({ api }) => api.create(services, 'default', service('web')).object as unknown as Service,
    );
    expect(a?.spec?.clusterIP).toMatch(/^10\.(9[6-9]|10\d|11[01])\.\d+\.\d+$/);
    expect(a?.spec?.clusterIPs).toEqual([a?.spec?.clusterIP]);
    expect(a?.spec?.ipFamilies).toEqual(['IPv4']);
    expect(b).toEqual(a);
  });

  it.each([
    [
      { selectors: { a: 'b' }, ports: [{ port: 80, targetport: 1 }] },
      'Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.ports[0].targetport", unknown field "spec.selectors"',
    ],
    [
      { ports: [{ port: '80' }] },
      'Service in version "v1" cannot be handled as a Service: json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32',
    ],
    [
      { ports: { port: 80 } },
      'Service in version "v1" cannot be handled as a Service: json: cannot unmarshal object into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort',
    ],
  ])('refuses %j strictly', (spec, message) => {
    const { api } = newServer();
    const strict = { fieldValidation: 'Strict' } as const;
    expect(said(() => api.create(services, 'default', service('web', spec), strict))).toBe(message);
  });

  it('warns of unknown fields and drops them otherwise', () => {
    const { api } = newServer();
    const answer = api.create(services, 'default', service('web', { nothing: 1 }));
    expect(answer.warnings).toEqual(['unknown field "spec.nothing"']);
    expect(answer.object).not.toHaveProperty('spec.nothing');
  });

  it('says what is missing or in the way', () => {
    const { api } = newServer();
    api.create(services, 'default', service('web'));
    expect(said(() => api.create(services, 'default', service('web')))).toBe('services "web" already exists');
    expect(said(() => api.create(services, 'nope', service('web')))).toBe('namespaces "nope" not found');
    expect(said(() => api.get(services, 'default', 'no'))).toBe('services "no" not found');
    expect(said(() => api.get({ ...services, resource: 'nope' }, 'default', 'no'))).toBe(
      'the server could not find the requested resource',
    );
  });

  it('conflicts on an old resourceVersion, and writes nothing when nothing changed', () => {
    const { api, store } = newServer();
    const { object } = api.create(services, 'default', service('web'));
    const { revision } = store;
    expect(api.update(services, 'default', object).object).toEqual(object);
    expect(store.revision).toBe(revision);
    api.patch(services, 'default', 'web', 'merge', { metadata: { labels: { a: 'b' } } });
    expect(said(() => api.update(services, 'default', object))).toBe(
      'Operation cannot be fulfilled on services "web": the object has been modified; please apply your changes to the latest version and try again',
    );
  });

  it('dry runs allocate and store nothing', () => {
    const { api, store } = newServer();
    const { revision } = store;
    api.create(services, 'default', service('web', { type: 'NodePort' }), { dryRun: true });
    expect(store.revision).toBe(revision);
  });

  it('merges lists by key in strategic patches', () => {
    const { api } = newServer();
    const ports = [
      { name: 'http', port: 80, targetPort: 8080 },
      { name: 'https', port: 443, targetPort: 8443 },
    ];
    api.create(services, 'default', service('web', { ports }));
    const { object } = api.patch(services, 'default', 'web', 'strategic', {
      spec: { ports: [{ port: 80, targetPort: 9090 }] },
    });
    expect((object as unknown as Service).spec?.ports?.map((port) => port.targetPort)).toEqual([9090, 8443]);
  });

  it('names what a strict strategic patch got wrong', () => {
    const { api } = newServer();
    api.create(services, 'default', service('web'));
    const patch = { spec: { selectors: { app: 'x' } } };
    const strict = { fieldValidation: 'Strict' } as const;
    expect(said(() => api.patch(services, 'default', 'web', 'strategic', patch, strict))).toContain(
      'patch: Invalid value: "map[spec:map[selectors:map[app:x]]]": strict decoding error: unknown field "spec.selectors"',
    );
  });
});

describe('pods', () => {
  it('[AS19] a resize changes CPU and memory of containers, and nothing else', () => {
    const { api } = newServer();
    const containers = [{ name: 'c', image: 'nginx', resources: { requests: { cpu: '100m' } } }];
    api.create(pods, 'default', pod('p', { containers }));
    const resize = (container: object) =>
      api.patch(
        pods,
        'default',
        'p',
        'strategic',
        { spec: { containers: [{ name: 'c', ...container }] } },
        { subresource: 'resize' },
      );
    const { object } = resize({ image: 'other', resources: { requests: { cpu: '200m' } } });
    expect(object).toMatchObject({
      metadata: { generation: 2 },
      spec: { containers: [{ image: 'nginx', resources: { requests: { cpu: '200m' } } }] },
    });
    expect(said(() => resize({ resources: { requests: { cpu: null, memory: '1Gi' } } }))).toBe(
      'Pod "p" is invalid: spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed',
    );
    expect(
      said(() =>
        resize({ resources: { limits: { cpu: '200m', memory: '1Gi' }, requests: { memory: '1Gi' } } }),
      ),
    ).toBe(
      'Pod "p" is invalid: spec: Invalid value: "Burstable": Pod QOS Class may not change as a result of resizing',
    );
    expect(said(() => resize({ resources: { requests: { 'ephemeral-storage': '1Gi' } } }))).toBe(
      'Pod "p" is invalid: spec: Forbidden: only cpu and memory resources are mutable',
    );
    expect(said(() => resize({ resources: { requests: { cpu: '-1' } } }))).toContain(
      'must be greater than or',
    );
    expect(said(() => api.patch(services, 'default', 'p', 'merge', {}, { subresource: 'resize' }))).toBe(
      'services "p" not found',
    );
  });

  it('run as a service account, with its token mounted and the default tolerations', () => {
    const { api } = newServer();
    const { object } = api.create(pods, 'default', pod('web'));
    expect(object).toMatchObject({
      spec: {
        serviceAccountName: 'default',
        priority: 0,
        tolerations: [{ key: 'node.kubernetes.io/not-ready' }, { key: 'node.kubernetes.io/unreachable' }],
        containers: [
          { volumeMounts: [{ mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true }] },
        ],
      },
    });
  });

  it('go at once while unscheduled, and after their grace period once bound', () => {
    const { api } = newServer();
    api.create(pods, 'default', pod('a'));
    api.delete(pods, 'default', 'a');
    expect(said(() => api.get(pods, 'default', 'a'))).toBe('pods "a" not found');
    api.create(pods, 'default', pod('b'));
    const binding = {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: 'b' },
      target: { kind: 'Node', name: 'w1' },
    };
    api.create(pods, 'default', binding, { subresource: 'binding', name: 'b' });
    expect(said(() => api.create(pods, 'default', binding, { subresource: 'binding', name: 'b' }))).toBe(
      'Operation cannot be fulfilled on pods/binding "b": pod b is already assigned to node "w1"',
    );
    const { object } = api.delete(pods, 'default', 'b', { gracePeriodSeconds: 5 });
    expect(object.metadata).toMatchObject({
      deletionGracePeriodSeconds: 5,
      deletionTimestamp: expect.any(String),
    });
    api.delete(pods, 'default', 'b', { gracePeriodSeconds: 0 });
    expect(said(() => api.get(pods, 'default', 'b'))).toBe('pods "b" not found');
  });

  it('are held by finalizers', () => {
    const { api } = newServer();
    const held = pod('a');
    api.create(pods, 'default', { ...held, metadata: { ...held.metadata, finalizers: ['x.io/y'] } });
    api.delete(pods, 'default', 'a');
    expect(api.get(pods, 'default', 'a').metadata.deletionTimestamp).toBeDefined();
    api.patch(pods, 'default', 'a', 'merge', { metadata: { finalizers: null } });
    expect(said(() => api.get(pods, 'default', 'a'))).toBe('pods "a" not found');
  });
});

describe('reading', () => {
  it('lists by page and selector', () => {
    const { api } = newServer();
    for (const name of ['c', 'a', 'b']) api.create(pods, 'default', pod(name));
    const first = api.list(pods, '', { limit: 2 });
    expect(first.items.map((each) => each.metadata.name)).toEqual(['a', 'b']);
    expect(first.metadata.remainingItemCount).toBe(1);
    const rest = api.list(pods, '', { limit: 2, continue: first.metadata.continue });
    expect(rest.items.map((each) => each.metadata.name)).toEqual(['c']);
    expect(api.list(pods, '', { labelSelector: 'app in (web),!x' }).items.length).toBe(3);
    expect(api.list(pods, '', { fieldSelector: 'metadata.name=b' }).items.length).toBe(1);
  });

  it.each([
    ['a=b=', "found '=', expected: ',' or 'end of string'"],
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    [',a', "found ',', expected: !, identifier, or 'end of string'"],
    ['a,', "found '', expected: identifier after ','"],
  ])('refuses the selector %s', (labelSelector, message) => {
    const { api } = newServer();
    expect(said(() => api.list(pods, '', { labelSelector }))).toBe(message);
  });

  it('takes a list of no values for one of the empty value', () => {
    const { api } = newServer();
    const held = pod('a');
    api.create(pods, 'default', {
      ...held,
      metadata: { ...held.metadata, labels: { app: 'web', tier: '' } },
    });
    const names = (labelSelector: string) =>
      api.list(pods, '', { labelSelector }).items.map(({ metadata }) => metadata.name);
    expect(names('tier in ()')).toEqual(['a']);
    expect(names('app in ()')).toEqual([]);
  });

  it('watches: what is there, then changes, with objects entering and leaving a selection', () => {
    const { api } = newServer();
    api.create(pods, 'default', pod('a'));
    const events: WatchEvent[] = [];
    const stop = api.watch(
      pods,
      'default',
      { labelSelector: 'app=web', sendInitialEvents: true, allowWatchBookmarks: true },
      (event) => events.push(event),
    );
    api.patch(pods, 'default', 'a', 'merge', { metadata: { labels: { app: 'other' } } });
    api.patch(pods, 'default', 'a', 'merge', { metadata: { labels: { app: 'web' } } });
    api.patch(pods, 'default', 'a', 'merge', { metadata: { labels: { more: 'x' } } });
    stop();
    api.delete(pods, 'default', 'a');
    expect(events.map((event) => event.type)).toEqual(['ADDED', 'BOOKMARK', 'DELETED', 'ADDED', 'MODIFIED']);
  });

  it('a watch older than the log ends with 410 Expired', () => {
    const { api } = newServer();
    const events: WatchEvent[] = [];
    api.watch(pods, '', { resourceVersion: '3' }, (event) => events.push(event));
    expect(events).toMatchObject([
      {
        type: 'ERROR',
        object: { code: 410, reason: 'Expired', message: 'too old resource version: 3 (1004)' },
      },
    ]);
  });
});

describe('generation', () => {
  it.each([
    [undefined, { metadata: { annotations: { note: 'x' } } }, 2],
    [undefined, { metadata: { labels: { tier: 'x' } } }, 1],
    [undefined, { spec: { paused: true } }, 2],
    ['status', { metadata: { annotations: { note: 'x' } }, status: { replicas: 1 } }, 1],
  ])('of a Deployment after a patch of %s with %j is %d', (subresource, patch, generation) => {
    const { api } = newServer();
    const template = {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'c', image: 'nginx' }] },
    };
    const spec = { selector: { matchLabels: { app: 'web' } }, template };
    const body = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec } as KubeObject;
    api.create(deployments, 'default', body);
    api.patch(deployments, 'default', 'web', 'merge', patch, { subresource });
    expect(api.get(deployments, 'default', 'web').metadata.generation).toBe(generation);
  });
});

describe('scale', () => {
  it('is one lens on replicas, and raises the generation', () => {
    const { api } = newServer();
    const spec = {
      replicas: 1,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'c', image: 'nginx' }] },
      },
    };
    const body = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec } as KubeObject;
    api.create(deployments, 'default', body);
    api.patch(deployments, 'default', 'web', 'merge', { spec: { replicas: 3 } }, { subresource: 'scale' });
    expect(api.get(deployments, 'default', 'web')).toMatchObject({
      metadata: { generation: 2 },
      spec: { replicas: 3 },
    });
    expect(api.get(deployments, 'default', 'web', 'scale')).toMatchObject({
      kind: 'Scale',
      status: { selector: 'app=web' },
    });
  });
});

describe('upkeep', () => {
  it('keeps default/kubernetes, its Endpoints and its slice', () => {
    const { api, server } = newServer();
    api.create({ ...services, resource: 'nodes' }, '', {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'cp', labels: { 'node-role.kubernetes.io/control-plane': '' } },
    });
    api.patch(
      { ...services, resource: 'nodes' },
      '',
      'cp',
      'merge',
      { status: { addresses: [{ type: 'InternalIP', address: '192.168.50.10' }] } },
      { subresource: 'status' },
    );
    const reconcile = () =>
      server.upkeep[0]?.reconcile(server.view(), 'default/kubernetes', START, createRandom(1));
    for (const action of reconcile()?.actions ?? [])
      if (action.verb === 'create') api.create(action.ref, 'default', action.object);
    expect(api.get(services, 'default', 'kubernetes')).toMatchObject({ spec: { clusterIP: '10.96.0.1' } });
    expect(api.get({ ...services, resource: 'endpoints' }, 'default', 'kubernetes')).toMatchObject({
      subsets: [{ addresses: [{ ip: '192.168.50.10' }] }],
    });
    expect(reconcile()?.actions).toEqual([]);
  });
});

describe('[AS17] lists of a state', () => {
  const names = (page: { readonly items: readonly { readonly metadata: { readonly name: string } }[] }) =>
    page.items.map((each) => each.metadata.name);

  it('pages show the state that the first one did', () => {
    const { api } = newServer();
    for (const name of ['a', 'b', 'c', 'd']) api.create(pods, 'default', pod(name));
    const before = api.list(pods, '');
    const first = api.list(pods, '', { limit: 2 });
    api.delete(pods, 'default', 'c', { gracePeriodSeconds: 0 });
    api.create(pods, 'default', pod('e'));
    api.patch(pods, 'default', 'd', 'merge', { metadata: { labels: { late: 'yes' } } });
    const rest = api.list(pods, '', { limit: 5, continue: first.metadata.continue });
    expect(rest.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
    expect([...first.items, ...rest.items]).toEqual(before.items);
  });

  it('an exact version is listed as it was, one to come is refused', () => {
    const { api } = newServer();
    api.create(pods, 'default', pod('a'));
    const { resourceVersion } = api.list(pods, '').metadata;
    api.create(pods, 'default', pod('b'));
    expect(names(api.list(pods, '', { resourceVersion, resourceVersionMatch: 'Exact' }))).toEqual(['a']);
    expect(names(api.list(pods, '', { resourceVersion, limit: 5 }))).toEqual(['a']);
    expect(names(api.list(pods, '', { resourceVersion }))).toEqual(['a', 'b']);
    expect(said(() => api.list(pods, '', { resourceVersion: '999999' }))).toMatch(
      /^Timeout: Too large resource version: 999999, current: \d+$/,
    );
  });

  it.each([
    ['!', 'invalid continue token: continue key is not valid: illegal base64 data at input byte 0'],
    [
      base64Url(utf8Bytes('{"v":"x","rv":1,"start":"a"}')),
      'invalid continue token: continue key is not valid: server does not recognize this encoded version x',
    ],
    [
      base64Url(utf8Bytes('{"v":"meta.k8s.io/v1","rv":0,"start":"a"}')),
      'invalid continue token: continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)',
    ],
    [
      base64Url(utf8Bytes('{"v":"meta.k8s.io/v1","rv":3,"start":"../a"}')),
      'invalid continue token: continue key is not valid: ../a',
    ],
  ])('refuses the token %s', (token, why) => {
    const { api } = newServer();
    expect(said(() => api.list(pods, '', { continue: token }))).toBe(why);
  });

  it('a token too old for its state says how to go on', () => {
    const { api } = newServer();
    for (const name of ['a', 'b', 'c']) api.create(pods, 'default', pod(name));
    const token = base64Url(utf8Bytes('{"v":"meta.k8s.io/v1","rv":1,"start":"default/a\\u0000"}'));
    let inconsistent: string | undefined;
    try {
      api.list(pods, '', { continue: token });
    } catch (error) {
      inconsistent = (error as StatusError).status.metadata.continue;
      expect((error as StatusError).code).toBe(410);
    }
    expect(names(api.list(pods, '', { continue: inconsistent }))).toEqual(['b', 'c']);
  });

  it('refuses a version that is no number', () => {
    const { api } = newServer();
    expect(said(() => api.list(pods, '', { resourceVersion: 'x' }))).toBe(
      'invalid resource version: resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax',
    );
  });
});
