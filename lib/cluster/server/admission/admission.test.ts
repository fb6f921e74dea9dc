import { describe, expect, it } from 'vitest';
import type { Ingress, Node, PersistentVolume, PersistentVolumeClaim, Pod } from '../../../api';
import { pod, startTestServer, type TestServer } from './test-server.test-support';

const classes = (
  server: TestServer,
  apiVersion: string,
  kind: string,
  annotation: string,
  more: object,
): void => {
  for (const [name, isDefault] of [
    ['old', 'true'],
    ['new', 'true'],
    ['plain', 'false'],
  ] as const) {
    server.clock.at += 1000;
    server.create({
      apiVersion,
      kind,
      metadata: { name, annotations: { [annotation]: isDefault } },
      ...more,
    });
  }
};
const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };

describe('[AD6] defaults that admission knows', () => {
  it('the newest default StorageClass, unless the claim says otherwise', () => {
    const server = startTestServer();
    classes(server, 'storage.k8s.io/v1', 'StorageClass', 'storageclass.kubernetes.io/is-default-class', {
      provisioner: 'a/b',
    });
    const made = (name: string, metadata: object, spec: object): PersistentVolumeClaim =>
      server.create({
        kind: 'PersistentVolumeClaim',
        metadata: { name, ...metadata },
        spec: { ...claim, ...spec },
      }) as PersistentVolumeClaim;
    expect(made('a', {}, {}).spec?.storageClassName).toBe('new');
    expect(made('b', {}, { storageClassName: '' }).spec?.storageClassName).toBe('');
    const annotations = { 'volume.beta.kubernetes.io/storage-class': 'plain' };
    expect(made('c', { annotations }, {}).spec?.storageClassName).toBeUndefined();
  });

  it('the newest default IngressClass, unless the Ingress says otherwise, the old way too', () => {
    const server = startTestServer();
    const spec = { defaultBackend: { service: { name: 'a', port: { number: 80 } } } };
    const made = (name: string, annotations: object = {}): Ingress =>
      server.create({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name, annotations },
        spec,
      }) as Ingress;
    expect(made('before').spec?.ingressClassName).toBeUndefined();
    const annotation = 'ingressclass.kubernetes.io/is-default-class';
    classes(server, 'networking.k8s.io/v1', 'IngressClass', annotation, { spec: { controller: 'a/b' } });
    expect(made('a').spec?.ingressClassName).toBe('new');
    expect(made('b', { 'kubernetes.io/ingress.class': 'nginx' }).spec?.ingressClassName).toBeUndefined();
  });

  it('finalizers for claims and volumes, a taint for new nodes', () => {
    const server = startTestServer();
    const made = server.create({ kind: 'PersistentVolumeClaim', metadata: { name: 'a' }, spec: claim });
    expect((made as PersistentVolumeClaim).metadata.finalizers).toEqual(['kubernetes.io/pvc-protection']);
    const volume = server.create({
      kind: 'PersistentVolume',
      metadata: { name: 'a', finalizers: ['a/b'] },
      spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/d' } },
    });
    expect((volume as PersistentVolume).metadata.finalizers).toEqual(['a/b', 'kubernetes.io/pv-protection']);
    const node = server.create({
      kind: 'Node',
      metadata: { name: 'n' },
      spec: { taints: [{ key: 'a', effect: 'NoExecute' }] },
    });
    expect((node as Node).spec?.taints).toEqual([
      { key: 'a', effect: 'NoExecute' },
      { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' },
    ]);
  });
});

describe('[AD7] priorities', () => {
  const priorityClass = (name: string, value: number, more: object = {}): object => ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    value,
    ...more,
  });

  it('come from the class, the default class, or are 0', () => {
    const server = startTestServer();
    server.create(priorityClass('high', 1000, { preemptionPolicy: 'Never' }));
    const of = (name: string, spec: object = {}): object | undefined => {
      const { priorityClassName, priority, preemptionPolicy } = (server.create(pod(name, {}, spec)) as Pod)
        .spec ?? {
        containers: [],
      };
      return { priorityClassName, priority, preemptionPolicy };
    };
    expect(of('a')).toEqual({ priority: 0, preemptionPolicy: 'PreemptLowerPriority' });
    expect(of('b', { priorityClassName: 'high' })).toEqual({
      priorityClassName: 'high',
      priority: 1000,
      preemptionPolicy: 'Never',
    });
    server.create(priorityClass('usual', 5, { globalDefault: true }));
    expect(of('c')).toEqual({
      priorityClassName: 'usual',
      priority: 5,
      preemptionPolicy: 'PreemptLowerPriority',
    });
  });

  it.each<[string, object, string]>([
    ['an unknown class', { priorityClassName: 'x' }, 'no PriorityClass with name x was found'],
    [
      'a number of one’s own',
      { priority: 7 },
      'the integer value of priority (7) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
    ],
    [
      'a policy of one’s own',
      { preemptionPolicy: 'Never' },
      'the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed PreemptLowerPriority from the given PriorityClass name',
    ],
  ])('%s is refused', (_title, spec, why) => {
    expect(startTestServer().say(pod('p', {}, spec))).toBe(`pods "p" is forbidden: ${why}`);
  });

  it('one class at most is the default', () => {
    const server = startTestServer();
    server.create(priorityClass('a', 1, { globalDefault: true }));
    expect(server.say(priorityClass('b', 1, { globalDefault: true }))).toBe(
      'priorityclasses.scheduling.k8s.io "b" is forbidden: PriorityClass a is already marked as default. Only one default can exist',
    );
  });
});

describe('[AD8] a Pod that is still to be named', () => {
  it('is called by its generateName until it is', () => {
    const server = startTestServer();
    const body = { kind: 'Pod', metadata: { generateName: 'web-' }, spec: { serviceAccountName: 'x' } };
    expect(server.say(body)).toBe(
      'pods "web-" is forbidden: error looking up service account team/x: serviceaccount "x" not found',
    );
  });
});
