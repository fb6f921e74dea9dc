import { describe, expect, it } from 'vitest';
import { type KubeObject, kinds, type ManagedFieldsEntry, type StatusError, type Stored } from '../../../api';
import { createRandom, formatTime } from '../../../base';
import { createStore } from '../../store';
import { APISERVER, createApiServer } from '../index';

const ref = (resource: string, group = '') => ({ group, version: 'v1', resource });
const services = ref('services');
const configMaps = ref('configmaps');
const deployments = ref('deployments', 'apps');

function newApi() {
  const clock = { at: 1_790_000_000_000, now: () => clock.at };
  const server = createApiServer({
    store: createStore({ freeze: true }),
    kinds,
    clock,
    random: createRandom(1),
    network: { serviceCIDR: '10.96.0.0/12', nodePortRange: [30000, 32767] },
  });
  const api = server.as(APISERVER);
  api.create(ref('namespaces'), '', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
  const put = (object: KubeObject, fieldManager: string) =>
    api.update(configMaps, 'default', object, { fieldManager }).object;
  return { api, clock, put };
}

const configMap = (data: Record<string, string>, metadata: object = {}): KubeObject =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', ...metadata }, data }) as KubeObject;

const entriesOf = ({ metadata }: KubeObject): readonly ManagedFieldsEntry[] => metadata.managedFields ?? [];
const owners = (object: KubeObject) =>
  Object.fromEntries(entriesOf(object).map(({ manager = '', fieldsV1 }) => [manager, fieldsV1]));

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return `${(error as StatusError).code} ${(error as StatusError).message}`;
  }
  return 'nothing';
};

const WEB = { selector: { app: 'web' }, ports: [{ port: 80 }] };
const service = (spec: object, metadata: object = {}): KubeObject =>
  ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', ...metadata }, spec }) as KubeObject;

describe('[AS12] ordinary writes', () => {
  it('own what they say and what it defaults to, not what is allocated', () => {
    const { api, clock } = newApi();
    const { object } = api.create(services, 'default', service(WEB), { fieldManager: 'kubectl-create' });
    expect(entriesOf(object)).toEqual([
      {
        manager: 'kubectl-create',
        operation: 'Update',
        apiVersion: 'v1',
        time: formatTime(clock.at),
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:spec': {
            'f:internalTrafficPolicy': {},
            'f:ports': {
              '.': {},
              'k:{"port":80,"protocol":"TCP"}': {
                '.': {},
                'f:port': {},
                'f:protocol': {},
                'f:targetPort': {},
              },
            },
            'f:selector': {},
            'f:sessionAffinity': {},
            'f:type': {},
          },
        },
      },
    ]);
  });

  it('are somebody unknown’s when they name nobody', () => {
    const { api } = newApi();
    const { object } = api.create(configMaps, 'default', configMap({ a: '1' }));
    expect(Object.keys(owners(object))).toEqual(['unknown']);
  });

  it('take fields over by changing them, and lose what others remove', () => {
    const { api, put } = newApi();
    api.create(configMaps, 'default', configMap({ a: '1', b: '2', c: '3' }), { fieldManager: 'one' });
    const changed = put(configMap({ a: '1', b: 'x' }), 'two');
    expect(owners(changed)).toEqual({
      one: { 'f:data': { '.': {}, 'f:a': {} } },
      two: { 'f:data': { 'f:b': {} } },
    });
    const back = put(configMap({ a: '1', b: 'y' }), 'one');
    expect(owners(back)).toEqual({ one: { 'f:data': { '.': {}, 'f:a': {}, 'f:b': {} } } });
  });

  it('keep their time while they change nothing, and take no revision', () => {
    const { api, clock, put } = newApi();
    const { object } = api.create(configMaps, 'default', configMap({ a: '1' }), { fieldManager: 'one' });
    clock.at += 60_000;
    expect(put(configMap({ a: '1' }), 'one')).toEqual(object);
    expect(put(configMap({ a: '1' }), 'two')).toEqual(object);
    expect(entriesOf(put(configMap({ a: '2' }), 'one'))[0]?.time).toBe(formatTime(clock.at));
  });

  it('are remembered ten at a time', () => {
    const { api, clock, put } = newApi();
    const data: Record<string, string> = { a0: '0' };
    api.create(configMaps, 'default', configMap({ ...data }), { fieldManager: 'm00' });
    let last: KubeObject | undefined;
    for (let index = 1; index < 13; index += 1) {
      clock.at += 1000;
      data[`a${index}`] = String(index);
      last = put(configMap({ ...data }), `m${String(index).padStart(2, '0')}`);
    }
    expect(last && entriesOf(last).length).toBe(10);
    expect(last && owners(last)['ancient-changes']).toEqual({
      'f:data': { '.': {}, 'f:a0': {}, 'f:a1': {}, 'f:a2': {}, 'f:a3': {} },
    });
  });

  it('may say who owns what, and may take it all back', () => {
    const { api, put } = newApi();
    api.create(configMaps, 'default', configMap({ a: '1' }), { fieldManager: 'one' });
    const entry = {
      manager: 'other',
      operation: 'Update',
      apiVersion: 'v1',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:data': { 'f:a': {} } },
    };
    const stated = put(configMap({ a: '1' }, { managedFields: [entry] }), 'two');
    expect(owners(stated)).toEqual({ other: { 'f:data': { 'f:a': {} } } });
    const broken = put(configMap({ a: '1' }, { managedFields: [{ ...entry, fieldsType: 'X' }] }), 'two');
    expect(owners(broken)).toEqual(owners(stated));
    const reset = put(configMap({ a: '1' }, { managedFields: [{}] }), 'two');
    expect(reset.metadata.managedFields).toBeUndefined();
    // Nothing is told any more of an object that nothing was told of.
    expect(put(configMap({ a: '2' }), 'two').metadata.managedFields).toBeUndefined();
  });

  it('forget what was written in a version that is served no more', () => {
    const { api, put } = newApi();
    api.create(configMaps, 'default', configMap({ a: '1' }), { fieldManager: 'one' });
    const old = {
      manager: 'old',
      operation: 'Update',
      apiVersion: 'v0',
      fieldsType: 'FieldsV1',
      fieldsV1: {},
    };
    const mine = { ...old, manager: 'mine', apiVersion: 'v1', fieldsV1: { 'f:data': { 'f:a': {} } } };
    const next = put(configMap({ a: '1' }, { managedFields: [old, mine] }), 'two');
    expect(Object.keys(owners(next))).toEqual(['mine']);
  });

  it('of a status own nothing else, under an entry of their own', () => {
    const { api } = newApi();
    api.create(services, 'default', service(WEB), { fieldManager: 'kubectl' });
    const status = { loadBalancer: { ingress: [{ ip: '10.0.0.1' }] } };
    const body = { metadata: { annotations: { a: 'b' } }, spec: { type: 'NodePort' }, status };
    const options = { fieldManager: 'kubectl', subresource: 'status' };
    const { object } = api.patch(services, 'default', 'web', 'merge', body, options);
    expect(object).toMatchObject({ spec: { type: 'ClusterIP' }, status });
    const entry = entriesOf(object).find(({ subresource }) => subresource === 'status');
    expect(entry).toMatchObject({
      manager: 'kubectl',
      fieldsV1: {
        'f:metadata': { 'f:annotations': { '.': {}, 'f:a': {} } },
        'f:status': { 'f:loadBalancer': { 'f:ingress': {} } },
      },
    });
    expect(Object.keys(entry?.fieldsV1 ?? {})).toEqual(['f:metadata', 'f:status']);
  });
});

describe('[AS11] server-side apply over what is there', () => {
  const apply = (api: ReturnType<typeof newApi>['api'], body: KubeObject, manager: string, force = false) =>
    api.patch(configMaps, 'default', 'c', 'apply', body, { fieldManager: manager, force }).object;

  it('knows what was there before the first apply', () => {
    const { api, put } = newApi();
    api.create(configMaps, 'default', configMap({ a: '1', b: '2' }), { fieldManager: 'one' });
    put(configMap({ a: '1', b: '2' }, { managedFields: [{}] }), 'one');
    expect(refusal(() => apply(api, configMap({ a: 'x' }), 'two'))).toBe(
      '409 Apply failed with 1 conflict: conflict with "before-first-apply" using v1: .data.a',
    );
    const applied = apply(api, configMap({ a: '1' }), 'two');
    expect(owners(applied)).toEqual({
      two: { 'f:data': { 'f:a': {} } },
      'before-first-apply': { 'f:data': { '.': {}, 'f:a': {}, 'f:b': {} } },
    });
  });

  it('gives no time to an applier that found everything as it wants it', () => {
    const { api } = newApi();
    apply(api, configMap({ a: '1' }), 'one');
    const second = apply(api, configMap({ a: '1' }), 'two');
    expect(entriesOf(second).map(({ manager, time }) => [manager, time !== undefined])).toEqual([
      ['two', false],
      ['one', true],
    ]);
  });

  it('takes away what only its applier owned, an emptied map included', () => {
    const { api } = newApi();
    apply(api, configMap({ a: '1' }, { labels: { x: '1' } }), 'one');
    expect(apply(api, configMap({ a: '1' }), 'one').metadata.labels).toBeUndefined();
  });

  it('leaves a field that its applier gives up to whoever shares it', () => {
    const { api } = newApi();
    apply(api, configMap({ a: '1', b: '2' }), 'one');
    apply(api, configMap({ a: '1' }), 'two');
    const left = apply(api, configMap({}), 'one') as Stored & { readonly data?: object };
    expect(left.data).toEqual({ a: '1' });
    expect(owners(left)).toEqual({ one: { 'f:data': {} }, two: { 'f:data': { 'f:a': {} } } });
  });

  it('takes over from client-side apply as kubectl, and keeps its annotation up to date', () => {
    const { api, put } = newApi();
    const key = 'kubectl.kubernetes.io/last-applied-configuration';
    const last = configMap({ a: '1', b: '2' });
    const annotations = { [key]: JSON.stringify(last) };
    const metadata = { annotations };
    api.create(configMaps, 'default', configMap({ a: '1', b: '2' }, metadata), {
      fieldManager: 'kubectl-client-side-apply',
    });
    expect(refusal(() => apply(api, configMap({ a: 'x', b: '2' }), 'other'))).toMatch(/^409 .*: \.data\.a$/);
    const applied = apply(api, configMap({ a: 'x', b: '2' }), 'kubectl');
    expect(JSON.parse(applied.metadata.annotations?.[key] ?? '')).toEqual(configMap({ a: 'x', b: '2' }));
    // What changed since client-side apply is a conflict all the same.
    put(configMap({ a: 'x', b: 'y' }, { annotations: applied.metadata.annotations }), 'editor');
    expect(refusal(() => apply(api, configMap({ a: 'z', b: 'z' }), 'kubectl'))).toBe(
      '409 Apply failed with 1 conflict: conflict with "editor" using v1: .data.b',
    );
  });

  it.each([
    [{ kind: 'Secret' }, '400 invalid object type: /v1, Kind=Secret'],
    [{ apiVersion: 'apps/v1' }, '400 invalid object type: apps/v1, Kind=ConfigMap'],
    [{ metadata: { name: 'c', managedFields: [] } }, '400 metadata.managedFields must be nil'],
    [
      { data: 5 },
      '400 failed to create typed patch object (/c; /v1, Kind=ConfigMap): .data: expected map, got &{5}',
    ],
    [
      { metadata: { name: 'c', deletionTimestamp: '' } },
      '400 failed to convert new object (/c; /v1, Kind=ConfigMap) to proper version: unable to convert unstructured object to /v1, Kind=ConfigMap: parsing time "" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "2006"',
    ],
    [
      { metadata: { name: 'other' } },
      '400 the name of the object (other) does not match the name on the URL (c)',
    ],
    [
      { metadata: {} },
      '400 the name of the object (c based on URL) was undeterminable: name must be provided',
    ],
    [
      { metadata: { name: 'c', uid: 'x' } },
      '409 Operation cannot be fulfilled on configmaps "c": uid mismatch: the provided object specified uid x, and no existing object was found',
    ],
  ])('refuses %j', (fields, expected) => {
    const { api } = newApi();
    const body = { ...configMap({ a: '1' }), ...fields } as KubeObject;
    expect(refusal(() => apply(api, body, 'one'))).toBe(expected);
  });
});

describe('[AS12] the scale of a workload', () => {
  const template = {
    metadata: { labels: { app: 'w' } },
    spec: { containers: [{ name: 'c', image: 'nginx' }] },
  };
  const spec = { replicas: 1, selector: { matchLabels: { app: 'w' } }, template };
  const workload = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'w' }, spec } as KubeObject;
  const scale = (replicas: number, more: object = {}): KubeObject =>
    ({
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: 'w' },
      spec: { replicas },
      ...more,
    }) as KubeObject;

  it('has its replicas taken by whoever scales it, at no time that anybody tells', () => {
    const { api } = newApi();
    api.create(deployments, 'default', workload, { fieldManager: 'one' });
    const options = { fieldManager: 'kubectl', subresource: 'scale' };
    api.patch(deployments, 'default', 'w', 'merge', { spec: { replicas: 3 } }, options);
    const [first, second] = entriesOf(api.get(deployments, 'default', 'w'));
    expect(first).toEqual({
      manager: 'kubectl',
      operation: 'Update',
      apiVersion: 'apps/v1',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:spec': { 'f:replicas': {} } },
      subresource: 'scale',
    });
    expect(second?.fieldsV1?.['f:spec']).not.toHaveProperty('f:replicas');
  });

  it('can be applied, with conflicts as anywhere', () => {
    const { api } = newApi();
    api.create(deployments, 'default', workload, { fieldManager: 'one' });
    const apply = (replicas: number, force: boolean) =>
      api.patch(deployments, 'default', 'w', 'apply', scale(replicas), {
        fieldManager: 'two',
        subresource: 'scale',
        force,
      }).object;
    expect(refusal(() => apply(4, false))).toBe(
      '409 Apply failed with 1 conflict: conflict with "one" using autoscaling/v1: .spec.replicas',
    );
    expect(apply(4, true)).toMatchObject({ kind: 'Scale', spec: { replicas: 4 } });
    expect(entriesOf(api.get(deployments, 'default', 'w'))[0]).toMatchObject({
      manager: 'two',
      operation: 'Apply',
      apiVersion: 'apps/v1',
      subresource: 'scale',
    });
  });
});
