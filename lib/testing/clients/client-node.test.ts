import { PassThrough, Writable } from 'node:stream';
import {
  type ApiException,
  CoreV1Api,
  Exec,
  KubeConfig,
  KubernetesObjectApi,
  Log,
  makeInformer,
  PatchStrategy,
  setHeaderOptions,
  type V1ConfigMap,
  type V1Status,
  Watch,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { KubeObject } from '../../api';
import { type ServedCluster, serveCluster } from './served-cluster.test-support';

let served: ServedCluster;
const config = new KubeConfig();
const namespace = 'default';

beforeAll(async () => {
  served = await serveCluster();
  config.loadFromFile(served.kubeconfig);
}, 60_000);
afterAll(() => served.stop());

const configMap = (name: string, value: string): V1ConfigMap => ({ metadata: { name }, data: { value } });
const CONFIG_MAPS = { group: '', version: 'v1', resource: 'configmaps' };

/** The code and message that the API refused with. */
async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    const { code, body } = error as ApiException<V1Status | string>;
    const status = typeof body === 'string' ? (JSON.parse(body) as V1Status) : body;
    return `${code} ${status.message}`;
  }
  return 'nothing';
}

describe('[RC2] @kubernetes/client-node', () => {
  it('creates, reads, replaces, patches, lists and deletes', async () => {
    const core = config.makeApiClient(CoreV1Api);
    const created = await core.createNamespacedConfigMap({ namespace, body: configMap('a', '1') });
    expect(created.metadata?.creationTimestamp).toBeInstanceOf(Date);
    const read = await core.readNamespacedConfigMap({ namespace, name: 'a' });
    expect(read.data).toEqual({ value: '1' });
    await core.replaceNamespacedConfigMap({ namespace, name: 'a', body: { ...read, data: { value: '2' } } });
    expect(await refusal(core.replaceNamespacedConfigMap({ namespace, name: 'a', body: read }))).toMatch(
      /^409 Operation cannot be fulfilled on configmaps "a": the object has been modified/,
    );
    const merged = await core.patchNamespacedConfigMap(
      { namespace, name: 'a', body: { metadata: { labels: { tier: 'front' } } } },
      setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
    );
    expect(merged.data).toEqual({ value: '2' });
    const list = await core.listNamespacedConfigMap({ namespace, labelSelector: 'tier=front' });
    expect(list.items.map((each) => each.metadata?.name)).toEqual(['a']);
    await core.deleteNamespacedConfigMap({ namespace, name: 'a' });
    expect(await refusal(core.readNamespacedConfigMap({ namespace, name: 'a' }))).toBe(
      '404 configmaps "a" not found',
    );
  });

  it('applies objects of any kind by what discovery tells of them', async () => {
    const objects = KubernetesObjectApi.makeApiClient(config);
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'any', namespace },
      spec: { ports: [{ port: 80 }] },
    };
    await objects.patch(service, undefined, undefined, 'tester', true, PatchStrategy.ServerSideApply);
    const found = await objects.read(service);
    expect(found.metadata?.managedFields?.map(({ manager, operation }) => `${manager} ${operation}`)).toEqual(
      ['tester Apply'],
    );
    await objects.delete(service);
  });

  it('watches', async () => {
    const core = config.makeApiClient(CoreV1Api);
    const seen: string[] = [];
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { metadata } = await core.listNamespacedConfigMap({ namespace });
    const request = await new Watch(config).watch(
      `/api/v1/namespaces/${namespace}/configmaps`,
      { resourceVersion: metadata?.resourceVersion },
      (phase: string, object: V1ConfigMap) => {
        seen.push(`${phase} ${object.metadata?.name}`);
        if (phase === 'DELETED') finish();
      },
      () => finish(),
    );
    await core.createNamespacedConfigMap({ namespace, body: configMap('w', '1') });
    await core.deleteNamespacedConfigMap({ namespace, name: 'w' });
    await finished;
    request.abort();
    expect(seen).toEqual(['ADDED w', 'DELETED w']);
  });

  it('an informer stays in step through a cut line and through 410', async () => {
    const core = config.makeApiClient(CoreV1Api);
    const informer = makeInformer(
      config,
      `/api/v1/namespaces/${namespace}/configmaps`,
      () => core.listNamespacedConfigMap({ namespace, labelSelector: 'informed=yes' }),
      'informed=yes',
    );
    let connects = 0;
    let resume: () => void = () => {};
    informer.on('connect', () => {
      connects += 1;
    });
    informer.on('error', () => {
      resume = () => void informer.start();
    });
    const present = () =>
      Object.fromEntries(informer.list(namespace).map((each) => [each.metadata?.name, each.data?.value]));
    const put = async (name: string, value: string) => {
      const metadata = { name, labels: { informed: 'yes' } };
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { value } } as KubeObject;
      await served.client.patch(CONFIG_MAPS, namespace, name, 'apply', object, {
        fieldManager: 't',
        force: true,
      });
    };
    await put('one', '1');
    await informer.start();
    await put('two', '1');
    await vi.waitFor(() => expect(present()).toEqual({ one: '1', two: '1' }));

    served.cutConnections();
    await put('one', '2');
    await served.client.delete(CONFIG_MAPS, namespace, 'two');
    await put('three', '1');
    await vi.waitFor(() => {
      resume();
      resume = () => {};
      expect(present()).toEqual({ one: '2', three: '1' });
    }, 5_000);
    expect(connects).toBeGreaterThan(1);

    // While nobody watches, more happens than the log remembers.
    const before = connects;
    await informer.stop();
    await served.client.delete(CONFIG_MAPS, namespace, 'three');
    for (let count = 0; count < 1_050; count += 1) await put('one', `late ${count}`);
    await informer.start();
    await vi.waitFor(() => {
      resume();
      resume = () => {};
      expect(present()).toEqual({ one: 'late 1049' });
    }, 10_000);
    expect(connects).toBeGreaterThan(before + 1);
    await put('four', '1');
    await vi.waitFor(() => expect(present()).toEqual({ one: 'late 1049', four: '1' }));
    await informer.stop();
  });

  it('runs processes and follows logs', async () => {
    const core = config.makeApiClient(CoreV1Api);
    const containers = [{ name: 'web', image: 'nginx' }];
    await core.createNamespacedPod({ namespace, body: { metadata: { name: 'web' }, spec: { containers } } });
    await vi.waitFor(async () => {
      const { status } = await core.readNamespacedPod({ namespace, name: 'web' });
      expect(status?.phase).toBe('Running');
    }, 10_000);
    const run = async (command: readonly string[], input?: string) => {
      const output = { out: '', err: '' };
      const into = (which: keyof typeof output) =>
        new Writable({
          write(chunk: Buffer, _encoding, done) {
            output[which] += chunk.toString();
            done();
          },
        });
      const stdin = input === undefined ? null : new PassThrough();
      const status = await new Promise<V1Status>((resolve, reject) => {
        new Exec(config)
          .exec(namespace, 'web', 'web', [...command], into('out'), into('err'), stdin, false, resolve)
          .then(() => stdin?.end(input), reject);
      });
      const code = status.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message;
      return { ...output, status: status.status, code };
    };
    expect(await run(['sh', '-c', 'echo out; echo err >&2; exit 3'])).toEqual({
      out: 'out\n',
      err: 'err\n',
      status: 'Failure',
      code: '3',
    });
    expect(await run(['cat'], 'hello')).toMatchObject({ out: 'hello', status: 'Success' });
    const log = new PassThrough();
    await new Log(config).log(namespace, 'web', 'web', log, { follow: false, tailLines: 1 });
    let text = '';
    for await (const piece of log) text += piece;
    expect(text).toMatch(/start worker process \d+\n$/);
  });
});
