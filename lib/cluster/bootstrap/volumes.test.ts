import { describe, expect, it } from 'vitest';
import type { Event, KubeObject, PersistentVolume, PersistentVolumeClaim, Pod } from '../../api';
import { startTestCluster, type TestCluster } from './test-cluster';

const core = (resource: string) => ({ group: '', version: 'v1', resource });
const CLAIMS = core('persistentvolumeclaims');
const VOLUMES = core('persistentvolumes');
const PODS = core('pods');
const CLASSES = { group: 'storage.k8s.io', version: 'v1', resource: 'storageclasses' };

const claim = (name: string, spec: object = {}): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
  }) as KubeObject;

const volume = (name: string, storage: string, spec: object = {}, metadata: object = {}): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, ...metadata },
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage },
      hostPath: { path: '/data' },
      storageClassName: 'manual',
      ...spec,
    },
  }) as KubeObject;

const pod = (name: string, claimName: string): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      containers: [{ name: 'c', image: 'nginx', volumeMounts: [{ name: 'd', mountPath: '/d' }] }],
      volumes: [{ name: 'd', persistentVolumeClaim: { claimName } }],
    },
  }) as KubeObject;

const storageClass = (name: string, more: object): KubeObject =>
  ({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name }, ...more }) as KubeObject;

function booted(): TestCluster {
  const cluster = startTestCluster();
  cluster.advance(30_000);
  return cluster;
}

const claimOf = (cluster: TestCluster, name: string) =>
  cluster.view.get<PersistentVolumeClaim>('persistentvolumeclaims', 'default', name);
const volumeOf = (cluster: TestCluster, name: string) =>
  cluster.view.get<PersistentVolume>('persistentvolumes', '', name);
const told = (cluster: TestCluster, name: string): readonly string[] =>
  cluster.view
    .list<Event>('events', '')
    .filter(({ involvedObject }) => involvedObject.name === name)
    .map(({ type, reason, message }) => `${type} ${reason} ${message}`);

describe('[PV1] claims of the default class', () => {
  it('get a volume made for them, and take it along when they go', () => {
    const cluster = booted();
    cluster.api.create(CLAIMS, 'default', claim('data'));
    cluster.advance(5000);
    const made = claimOf(cluster, 'data');
    const name = `pvc-${made?.metadata.uid}`;
    expect(made).toMatchObject({
      metadata: {
        finalizers: ['kubernetes.io/pvc-protection'],
        annotations: {
          'pv.kubernetes.io/bind-completed': 'yes',
          'pv.kubernetes.io/bound-by-controller': 'yes',
          'volume.kubernetes.io/storage-provisioner': 'rancher.io/local-path',
        },
      },
      spec: { storageClassName: 'standard', volumeName: name },
      status: { phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' } },
    });
    expect(volumeOf(cluster, name)).toMatchObject({
      metadata: { annotations: { 'pv.kubernetes.io/provisioned-by': 'rancher.io/local-path' } },
      spec: { persistentVolumeReclaimPolicy: 'Delete', claimRef: { name: 'data', namespace: 'default' } },
      status: { phase: 'Bound' },
    });
    expect(told(cluster, 'data')).toEqual([
      "Normal ExternalProvisioning Waiting for a volume to be created either by the external provisioner 'rancher.io/local-path' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.",
      'Normal Provisioning External provisioner is provisioning volume for claim "default/data"',
      `Normal ProvisioningSucceeded Successfully provisioned volume ${name}`,
    ]);
    cluster.api.delete(CLAIMS, 'default', 'data');
    cluster.advance(5000);
    expect(claimOf(cluster, 'data')).toBeUndefined();
    expect(volumeOf(cluster, name)).toBeUndefined();
  });
});

describe('[PV2] hand-made volumes', () => {
  it('the smallest that is large enough is taken, and kept when its claim goes', () => {
    const cluster = booted();
    for (const [name, size] of [
      ['large', '10Gi'],
      ['small', '500Mi'],
      ['right', '2Gi'],
    ] as const) {
      cluster.api.create(VOLUMES, '', volume(name, size));
    }
    cluster.advance(100);
    expect(volumeOf(cluster, 'right')?.status?.phase).toBe('Available');
    cluster.api.create(CLAIMS, 'default', claim('data', { storageClassName: 'manual' }));
    cluster.advance(1000);
    expect(claimOf(cluster, 'data')?.spec?.volumeName).toBe('right');
    expect(claimOf(cluster, 'data')?.status?.capacity).toEqual({ storage: '2Gi' });
    cluster.api.delete(CLAIMS, 'default', 'data');
    cluster.advance(1000);
    expect(volumeOf(cluster, 'right')?.status?.phase).toBe('Released');
    cluster.api.create(CLAIMS, 'default', claim('again', { storageClassName: 'manual' }));
    cluster.advance(1000);
    expect(claimOf(cluster, 'again')?.spec?.volumeName).toBe('large');
  });

  it('selectors, labels and names decide', () => {
    const cluster = booted();
    cluster.api.create(VOLUMES, '', volume('a', '1Gi', {}, { labels: { disk: 'a' } }));
    cluster.api.create(VOLUMES, '', volume('b', '1Gi', {}, { labels: { disk: 'b' } }));
    const selector = { matchLabels: { disk: 'b' } };
    cluster.api.create(CLAIMS, 'default', claim('one', { storageClassName: 'manual', selector }));
    cluster.api.create(CLAIMS, 'default', claim('two', { storageClassName: 'manual', volumeName: 'b' }));
    cluster.api.create(CLAIMS, 'default', claim('three', { storageClassName: '', volumeName: 'a' }));
    cluster.advance(1000);
    expect(claimOf(cluster, 'one')?.spec?.volumeName).toBe('b');
    expect(told(cluster, 'two')).toEqual([
      'Warning FailedBinding volume "b" already bound to a different claim.',
    ]);
    expect(told(cluster, 'three')).toEqual([
      'Warning VolumeMismatch Cannot bind to requested volume "a": storageClassName does not match',
    ]);
  });

  it('a deletion that is not possible is told of', () => {
    const cluster = booted();
    cluster.api.create(VOLUMES, '', volume('v', '1Gi', { persistentVolumeReclaimPolicy: 'Delete' }));
    cluster.api.create(CLAIMS, 'default', claim('data', { storageClassName: 'manual' }));
    cluster.advance(1000);
    cluster.api.delete(VOLUMES, '', 'v');
    cluster.advance(1000);
    expect(volumeOf(cluster, 'v')?.metadata.deletionTimestamp).toBeDefined();
    cluster.api.delete(CLAIMS, 'default', 'data');
    cluster.advance(1000);
    expect(volumeOf(cluster, 'v')).toBeUndefined();
    cluster.api.create(VOLUMES, '', volume('w', '1Gi', { persistentVolumeReclaimPolicy: 'Delete' }));
    cluster.api.create(CLAIMS, 'default', claim('data', { storageClassName: 'manual' }));
    cluster.advance(1000);
    cluster.api.delete(CLAIMS, 'default', 'data');
    cluster.advance(1000);
    const message = 'host_path deleter only supports /tmp/.+ but received provided /data';
    expect(volumeOf(cluster, 'w')?.status).toEqual({ phase: 'Failed', message });
    expect(told(cluster, 'w')).toEqual([`Warning VolumeFailedDelete ${message}`]);
  });

  it('a claim whose volume is gone is lost', () => {
    const cluster = booted();
    cluster.api.create(VOLUMES, '', volume('v', '1Gi'));
    cluster.api.create(CLAIMS, 'default', claim('data', { storageClassName: 'manual' }));
    cluster.advance(1000);
    cluster.api.delete(VOLUMES, '', 'v');
    cluster.api.patch(VOLUMES, '', 'v', 'merge', { metadata: { finalizers: null } });
    cluster.advance(1000);
    expect(claimOf(cluster, 'data')?.status?.phase).toBe('Lost');
    expect(told(cluster, 'data')).toEqual([
      'Warning ClaimLost Bound claim has lost its PersistentVolume. Data on the volume is lost!',
    ]);
  });
});

describe('[PV3] claims that wait', () => {
  it('for a class that is not there, and tell it again', () => {
    const cluster = booted();
    cluster.api.create(CLAIMS, 'default', claim('fast', { storageClassName: 'fast-ssd' }));
    cluster.advance(20_000);
    expect(told(cluster, 'fast')).toEqual([
      'Warning ProvisioningFailed storageclass.storage.k8s.io "fast-ssd" not found',
    ]);
    const [event] = cluster.view.list<Event>('events', 'default');
    expect(event?.count).toBe(2);
  });

  it('for any volume, when they want no class', () => {
    const cluster = booted();
    cluster.api.create(CLAIMS, 'default', claim('none', { storageClassName: '' }));
    cluster.advance(1000);
    expect(told(cluster, 'none')).toEqual([
      'Normal FailedBinding no persistent volumes available for this claim and no storage class is set',
    ]);
  });

  it('for their first consumer, whose node the volume then belongs to', () => {
    const cluster = booted();
    const late = { provisioner: 'rancher.io/local-path', volumeBindingMode: 'WaitForFirstConsumer' };
    cluster.api.create(CLASSES, '', storageClass('late', late));
    cluster.api.create(CLAIMS, 'default', claim('data', { storageClassName: 'late' }));
    cluster.advance(1000);
    expect(told(cluster, 'data')).toEqual([
      'Normal WaitForFirstConsumer waiting for first consumer to be created before binding',
    ]);
    cluster.api.create(PODS, 'default', pod('p', 'data'));
    cluster.advance(20_000);
    const [running] = cluster.view.list<Pod>('pods', 'default');
    expect(running?.status?.phase).toBe('Running');
    const made = volumeOf(cluster, claimOf(cluster, 'data')?.spec?.volumeName ?? '');
    const terms = made?.spec?.nodeAffinity?.required?.nodeSelectorTerms;
    expect(terms?.[0]?.matchExpressions?.[0]?.values).toEqual([running?.spec?.nodeName]);
  });

  it('for their first consumer, when volumes are hand-made for a node', () => {
    const cluster = booted();
    const local = { provisioner: 'kubernetes.io/no-provisioner', volumeBindingMode: 'WaitForFirstConsumer' };
    cluster.api.create(CLASSES, '', storageClass('local', local));
    const expression = { key: 'kubernetes.io/hostname', operator: 'In', values: ['worker-2'] };
    const nodeAffinity = { required: { nodeSelectorTerms: [{ matchExpressions: [expression] }] } };
    cluster.api.create(PODS, 'default', pod('p', 'data'));
    cluster.advance(1000);
    const message = (): string | undefined =>
      cluster
        .pods()[0]
        ?.status?.conditions?.find(({ type }) => type === 'PodScheduled')
        ?.message?.split('. ')[0];
    expect(message()).toBe('0/3 nodes are available: persistentvolumeclaim "data" not found');
    cluster.api.create(CLAIMS, 'default', claim('data', { storageClassName: 'local' }));
    cluster.advance(1000);
    expect(message()).toBe(
      "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't find available persistent volumes to bind",
    );
    cluster.api.create(VOLUMES, '', volume('v', '1Gi', { storageClassName: 'local', nodeAffinity }));
    cluster.advance(20_000);
    expect(cluster.pods()[0]?.spec?.nodeName).toBe('worker-2');
    expect(claimOf(cluster, 'data')?.spec?.volumeName).toBe('v');
  });
});

describe('[PV4] protection and growth', () => {
  it('a claim in use stays until its Pod is gone', () => {
    const cluster = booted();
    cluster.api.create(CLAIMS, 'default', claim('data'));
    cluster.api.create(PODS, 'default', pod('p', 'data'));
    cluster.advance(20_000);
    expect(cluster.pods()[0]?.status?.phase).toBe('Running');
    cluster.api.delete(CLAIMS, 'default', 'data');
    cluster.advance(5000);
    expect(claimOf(cluster, 'data')?.metadata.deletionTimestamp).toBeDefined();
    cluster.api.delete(PODS, 'default', 'p');
    cluster.advance(60_000);
    expect(claimOf(cluster, 'data')).toBeUndefined();
  });

  it('claims grow only when they are bound and their class lets them', () => {
    const cluster = booted();
    const grow = (): string => {
      const body = { spec: { resources: { requests: { storage: '2Gi' } } } };
      try {
        cluster.api.patch(CLAIMS, 'default', 'data', 'merge', body);
      } catch (error) {
        return (error as Error).message;
      }
      return 'accepted';
    };
    cluster.api.create(CLAIMS, 'default', claim('data'));
    expect(grow()).toContain('spec is immutable after creation except resources.requests and');
    cluster.advance(5000);
    expect(grow()).toBe(
      'persistentvolumeclaims "data" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    );
    cluster.api.patch(CLASSES, '', 'standard', 'merge', { allowVolumeExpansion: true });
    expect(grow()).toBe('accepted');
  });
});
