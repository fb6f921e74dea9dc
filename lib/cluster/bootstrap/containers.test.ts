import { describe, expect, it } from 'vitest';
import type { Event, KubeObject, Pod } from '../../api';
import { startTestCluster, type TestCluster } from './test-cluster';

const PODS = { group: '', version: 'v1', resource: 'pods' };
const CONFIG_MAPS = { group: '', version: 'v1', resource: 'configmaps' };
const SECRETS = { group: '', version: 'v1', resource: 'secrets' };

/** A cluster in which a Pod of one container has had some time. */
function running(container: object, spec: object = {}, ms = 20_000): TestCluster {
  const cluster = startTestCluster();
  cluster.advance(30_000);
  const data = { a: '1', 'file.txt': 'hello' };
  cluster.api.create(CONFIG_MAPS, 'default', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings' },
    data,
  } as KubeObject);
  cluster.api.create(SECRETS, 'default', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'secret' },
    stringData: { password: 's3cret' },
  } as unknown as KubeObject);
  cluster.api.create(PODS, 'default', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'one', labels: { app: 'x' } },
    spec: { containers: [{ name: 'c', image: 'busybox', ...container }], ...spec },
  } as KubeObject);
  cluster.advance(ms);
  return cluster;
}

const logOf = (cluster: TestCluster) =>
  cluster.containers.get('default', 'one', 'c')?.log.map(({ text }) => text) ?? [];
const podIn = (cluster: TestCluster) => cluster.view.get<Pod>('pods', 'default', 'one');
const statusOf = (cluster: TestCluster) => podIn(cluster)?.status?.containerStatuses?.[0];
const told = (cluster: TestCluster) =>
  cluster.view
    .list<Event>('events', 'default')
    .filter(({ involvedObject }) => involvedObject.name === 'one')
    .map(({ type, reason, message }) => `${type} ${reason} ${message}`);
const sh = (script: string) => ({ command: ['sh', '-c', script] });

describe("[KL13] a container's environment", () => {
  const resource = (name: string, divisor?: string) => ({
    resourceFieldRef: { resource: name, ...(divisor ? { divisor } : {}) },
  });
  const field = (fieldPath: string) => ({ fieldRef: { fieldPath } });

  it.each<[string, object, string]>([
    ['a value', { value: 'v' }, 'v'],
    ['a value made of others', { value: '$(KUBERNETES_SERVICE_PORT)-$$(A)-$(NONE)' }, '443-$(A)-$(NONE)'],
    ['a key of a ConfigMap', { valueFrom: { configMapKeyRef: { name: 'settings', key: 'a' } } }, '1'],
    ['a key of a Secret', { valueFrom: { secretKeyRef: { name: 'secret', key: 'password' } } }, 's3cret'],
    [
      'one that may be missing',
      { valueFrom: { configMapKeyRef: { name: 'no', key: 'a', optional: true } } },
      '',
    ],
    ['a name', { valueFrom: field('metadata.name') }, 'one'],
    ['a namespace', { valueFrom: field('metadata.namespace') }, 'default'],
    ['a label', { valueFrom: field("metadata.labels['app']") }, 'x'],
    ['an account', { valueFrom: field('spec.serviceAccountName') }, 'default'],
    ['a request in whole CPUs', { valueFrom: resource('requests.cpu') }, '1'],
    ['a request in thousandths', { valueFrom: resource('requests.cpu', '1m') }, '250'],
    ['a request in bytes', { valueFrom: resource('requests.memory') }, '67108864'],
    ['a limit in MiB', { valueFrom: resource('limits.memory', '1Mi') }, '128'],
    ['a limit in MB, rounded up', { valueFrom: resource('limits.memory', '1M') }, '135'],
    ["a limit that is not set: the node's", { valueFrom: resource('limits.cpu') }, '4'],
    ['a request that is not set', { valueFrom: resource('requests.ephemeral-storage') }, '0'],
  ])('%s', (_, variable, expected) => {
    const resources = { requests: { cpu: '250m', memory: '64Mi' }, limits: { memory: '128Mi' } };
    const cluster = running({
      ...sh('echo "[$X]"; sleep 1000'),
      resources,
      env: [{ name: 'X', ...variable }],
    });
    expect(logOf(cluster)).toEqual([`[${expected}]`]);
  });

  it('addresses of the Pod and its node', () => {
    const env = ['status.podIP', 'status.podIPs', 'status.hostIP', 'status.hostIPs', 'spec.nodeName'].map(
      (fieldPath, index) => ({ name: `X${index}`, valueFrom: { fieldRef: { fieldPath } } }),
    );
    const cluster = running({ ...sh('echo $X0 $X1 $X2 $X3 $X4; sleep 1000'), env });
    const { podIP, hostIP } = podIn(cluster)?.status ?? {};
    expect(logOf(cluster)).toEqual([
      `${podIP} ${podIP} ${hostIP} ${hostIP} ${podIn(cluster)?.spec?.nodeName}`,
    ]);
  });

  it('a volume has fields, and resources of the container that is named', () => {
    const items = [
      { path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } },
      { path: 'memory', resourceFieldRef: { containerName: 'c', resource: 'limits.memory' } },
      { path: 'cpu', resourceFieldRef: { containerName: 'c', resource: 'requests.cpu', divisor: '1m' } },
    ];
    const cluster = running(
      {
        ...sh('cat /i/labels; echo; cat /i/memory; echo; cat /i/cpu; echo; sleep 1000'),
        resources: { requests: { cpu: '100m' }, limits: { memory: '1Gi' } },
        volumeMounts: [{ name: 'i', mountPath: '/i' }],
      },
      { volumes: [{ name: 'i', downwardAPI: { items } }] },
    );
    expect(logOf(cluster)).toEqual(['app="x"', '1073741824', '100']);
  });
});

describe('[KL2] [KL3] containers that do not come to run', () => {
  const key = (name: string, which: string) => ({
    env: [{ name: 'X', valueFrom: { [which]: { name, key: 'zz' } } }],
  });

  it.each<[string, object, object, string, string]>([
    [
      'a ConfigMap that is missing',
      { envFrom: [{ configMapRef: { name: 'nope' } }] },
      {},
      'CreateContainerConfigError',
      'configmap "nope" not found',
    ],
    [
      'a Secret that is missing',
      { envFrom: [{ secretRef: { name: 'nope' } }] },
      {},
      'CreateContainerConfigError',
      'secret "nope" not found',
    ],
    [
      'a key that a ConfigMap lacks',
      key('settings', 'configMapKeyRef'),
      {},
      'CreateContainerConfigError',
      "couldn't find key zz in ConfigMap default/settings",
    ],
    [
      'a key that a Secret lacks',
      key('secret', 'secretKeyRef'),
      {},
      'CreateContainerConfigError',
      "couldn't find key zz in Secret default/secret",
    ],
    [
      'an image that must be there',
      { image: 'nginx:1.19', imagePullPolicy: 'Never' },
      {},
      'ErrImageNeverPull',
      'Container image "nginx:1.19" is not present with pull policy of Never',
    ],
    [
      'an image with an impossible name',
      { image: 'NGINX' },
      {},
      'InvalidImageName',
      'Failed to apply default image tag "NGINX": couldn\'t parse image name "NGINX": invalid reference format: repository name (library/NGINX) must be lowercase',
    ],
  ])('%s', (_, container, spec, reason, message) => {
    const cluster = running({ command: ['sleep', '1000'], ...container }, spec);
    expect(statusOf(cluster)?.state?.waiting).toEqual({ reason, message });
    expect(statusOf(cluster)).toMatchObject({ imageID: '' });
    expect(podIn(cluster)?.status?.phase).toBe('Pending');
  });

  it.each<[string, object, string]>([
    ['a ConfigMap', { configMap: { name: 'nope' } }, 'configmap "nope" not found'],
    [
      'a key of a ConfigMap',
      { configMap: { name: 'settings', items: [{ key: 'zz', path: 'q' }] } },
      'references non-existent config key: zz',
    ],
    ['a Secret', { secret: { secretName: 'nope' } }, 'secret "nope" not found'],
  ])('a volume without %s', (_, volume, why) => {
    const cluster = running({ command: ['sleep', '1000'] }, { volumes: [{ name: 'v', ...volume }] });
    expect(statusOf(cluster)?.state?.waiting).toEqual({ reason: 'ContainerCreating' });
    expect(told(cluster)).toContain(`Warning FailedMount MountVolume.SetUp failed for volume "v" : ${why}`);
  });

  it('a command that the image lacks', () => {
    const cluster = running({ command: ['nosuchbinary'] });
    expect(statusOf(cluster)?.lastState?.terminated).toMatchObject({ exitCode: 128, reason: 'StartError' });
    expect(statusOf(cluster)?.lastState?.terminated?.message).toContain(
      'exec: "nosuchbinary": executable file not found in $PATH',
    );
  });
});

describe('[KL14] memory', () => {
  const stress = (bytes: string, limit: string) => ({
    image: 'polinux/stress',
    command: ['stress'],
    args: ['--vm', '1', '--vm-bytes', bytes, '--vm-hang', '1'],
    resources: { limits: { memory: limit } },
  });
  it.each([
    ['150M', '200Mi', undefined],
    ['250M', '100Mi', { exitCode: 137, reason: 'OOMKilled' }],
  ])('%s under a limit of %s', (bytes, limit, ended) => {
    const cluster = running(stress(bytes, limit), { restartPolicy: 'Never' });
    const { terminated, running: runs } = statusOf(cluster)?.state ?? {};
    expect(runs === undefined).toBe(ended !== undefined);
    if (ended) expect(terminated).toMatchObject(ended);
    expect(logOf(cluster)).toEqual(['stress: info: [1] dispatching hogs: 0 cpu, 0 io, 1 vm, 0 hdd']);
  });
});

describe('[KL15] hooks and probes that fail, in the words of the kubelet', () => {
  it('a postStart command says how it ended, the event does not', () => {
    const postStart = { exec: { command: ['sh', '-c', 'echo out; exit 3'] } };
    const cluster = running({ ...sh('sleep 1000'), lifecycle: { postStart } }, {}, 4000);
    const uid = podIn(cluster)?.metadata.uid;
    const command = 'sh -c echo out; exit 3';
    expect(statusOf(cluster)?.state?.waiting).toEqual({
      reason: 'PostStartHookError',
      message: `Exec lifecycle hook ([${command}]) for Container "c" in Pod "one_default(${uid})" failed - error: command '${command}' exited with 3: , message: "out\\n"`,
    });
    expect(told(cluster)).toContain('Warning FailedPostStartHook PostStartHook failed');
  });

  it('a postStart request that is refused says so', () => {
    const postStart = { httpGet: { port: 81, path: '/x' } };
    const cluster = startTestCluster();
    cluster.setReachable(() => false);
    cluster.advance(30_000);
    cluster.api.create(PODS, 'default', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'one' },
      spec: { containers: [{ name: 'c', image: 'busybox', ...sh('sleep 1000'), lifecycle: { postStart } }] },
    } as KubeObject);
    cluster.advance(4000);
    const { metadata, status } = podIn(cluster) ?? {};
    expect(statusOf(cluster)?.state?.waiting?.message).toBe(
      `HTTP lifecycle hook (/x) for Container "c" in Pod "one_default(${metadata?.uid})" failed - error: Get "http://${status?.podIP}:81/x": dial tcp ${status?.podIP}:81: connect: connection refused`,
    );
  });

  it('readiness is not looked at before the start, not even of a container that is going', () => {
    const cluster = running({
      ...sh('sleep 1000'),
      startupProbe: { exec: { command: ['false'] }, periodSeconds: 1, failureThreshold: 2 },
      readinessProbe: { exec: { command: ['false'] }, periodSeconds: 1 },
    });
    const unhealthy = told(cluster).filter((line) => line.startsWith('Warning Unhealthy'));
    expect(unhealthy.some((line) => line.includes('Startup probe failed'))).toBe(true);
    expect(unhealthy.filter((line) => line.includes('Readiness probe failed'))).toEqual([]);
  });
});
