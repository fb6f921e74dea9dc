import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../../api';
import { pod, said, startTestServer } from '../test-server.test-support';

const range = (...limits: readonly object[]): object => ({
  kind: 'LimitRange',
  metadata: { name: 'limits' },
  spec: { limits },
});
const two = (first: object, second: object, init: object[] = []): object => ({
  ...pod('p'),
  spec: {
    containers: [
      { name: 'a', image: 'x', resources: first },
      { name: 'b', image: 'x', resources: second },
    ],
    initContainers: init.map((resources, index) => ({ name: `i${index}`, image: 'x', resources })),
  },
});
const cpu = (requests: string | undefined, limits: string | undefined): object => ({
  ...(requests ? { requests: { cpu: requests } } : {}),
  ...(limits ? { limits: { cpu: limits } } : {}),
});
const claim = (storage: string): object => ({
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'p' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
});

describe('[AD1] what a LimitRange refuses, in upstream’s words', () => {
  it.each<[string, object, object, string]>([
    [
      'below the minimum',
      { type: 'Container', min: { cpu: '100m' } },
      pod('p', cpu('50m', '1')),
      'minimum cpu usage per Container is 100m, but request is 50m',
    ],
    [
      'a limit above the maximum',
      { type: 'Container', max: { cpu: '1' } },
      pod('p', cpu(undefined, '2')),
      'maximum cpu usage per Container is 1, but limit is 2',
    ],
    [
      'two containers, two complaints',
      { type: 'Container', max: { cpu: '1' } },
      two(cpu('1', '2'), cpu('1', '3')),
      '[maximum cpu usage per Container is 1, but limit is 2, maximum cpu usage per Container is 1, but limit is 3]',
    ],
    [
      'the same complaint twice is told once',
      { type: 'Container', max: { cpu: '1' } },
      two(cpu('1', '2'), cpu('1', '2')),
      'maximum cpu usage per Container is 1, but limit is 2',
    ],
    [
      'init containers too',
      { type: 'Container', max: { cpu: '1' } },
      two(cpu('1', '1'), cpu('1', '1'), [cpu('2', '2')]),
      'maximum cpu usage per Container is 1, but limit is 2',
    ],
    [
      'ratio',
      { type: 'Container', maxLimitRequestRatio: { cpu: '2' } },
      pod('p', cpu('300m', '1')),
      'cpu max limit to request ratio per Container is 2, but provided ratio is 3.333333',
    ],
    [
      'ratio without a request',
      { type: 'Container', maxLimitRequestRatio: { cpu: '2' } },
      pod('p'),
      'cpu max limit to request ratio per Container is 2, but no request is specified or request is 0',
    ],
    [
      'ratio without a limit',
      { type: 'Container', maxLimitRequestRatio: { cpu: '2' } },
      pod('p', cpu('1', undefined)),
      'cpu max limit to request ratio per Container is 2, but no limit is specified or limit is 0',
    ],
    [
      'a Pod as a whole: containers together',
      { type: 'Pod', max: { cpu: '2' } },
      two(cpu('1', '1500m'), cpu('1', '1')),
      'maximum cpu usage per Pod is 2, but limit is 2500m',
    ],
    [
      'a Pod as a whole: a large init container',
      { type: 'Pod', max: { cpu: '2' } },
      two(cpu('1', '1'), cpu('1', '1'), [cpu('3', '3')]),
      'maximum cpu usage per Pod is 2, but limit is 3',
    ],
    [
      'a Pod without limits',
      { type: 'Pod', max: { cpu: '2' } },
      pod('p', cpu('1', undefined)),
      'maximum cpu usage per Pod is 2.  No limit is specified',
    ],
    [
      'a Pod without requests',
      { type: 'Pod', min: { memory: '1Gi' } },
      pod('p'),
      'minimum memory usage per Pod is 1Gi.  No request is specified',
    ],
    [
      'small claims',
      { type: 'PersistentVolumeClaim', min: { storage: '1Gi' } },
      claim('500Mi'),
      'minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 500Mi',
    ],
    [
      'large claims',
      { type: 'PersistentVolumeClaim', max: { storage: '1Gi' } },
      claim('2Gi'),
      'maximum storage usage per PersistentVolumeClaim is 1Gi, but request is 2Gi',
    ],
  ])('%s', (_title, limit, body, why) => {
    const { create, say } = startTestServer();
    create(range(limit));
    const resource = (body as { kind: string }).kind === 'Pod' ? 'pods' : 'persistentvolumeclaims';
    expect(say(body)).toBe(`${resource} "p" is forbidden: ${why}`);
  });

  it('also claims that grow', () => {
    const server = startTestServer();
    const { api, create } = server;
    create(range({ type: 'PersistentVolumeClaim', max: { storage: '1Gi' } }));
    create(claim('1Gi'));
    server.setStatus({ kind: 'PersistentVolumeClaim', metadata: { name: 'p' } }, { phase: 'Bound' });
    const claims = { group: '', version: 'v1', resource: 'persistentvolumeclaims' };
    const body = { spec: { resources: { requests: { storage: '2Gi' } } } };
    expect(said(() => api.patch(claims, 'team', 'p', 'merge', body))).toContain('is forbidden');
  });

  it('not Pods that are there already, nor other namespaces', () => {
    const { api, create, say } = startTestServer();
    create(pod('old', cpu('1', '2')));
    create(range({ type: 'Container', max: { cpu: '1' } }));
    const pods = { group: '', version: 'v1', resource: 'pods' };
    const body = { metadata: { labels: { a: 'b' } } };
    expect(said(() => api.patch(pods, 'team', 'old', 'merge', body))).toBe('accepted');
    const elsewhere = pod('p', cpu('1', '2'));
    expect(say({ ...elsewhere, metadata: { name: 'p', namespace: 'default' } })).toBe('accepted');
  });
});

describe('[AD2] what a LimitRange gives', () => {
  const defaults = {
    type: 'Container',
    default: { cpu: '200m', memory: '128Mi' },
    defaultRequest: { cpu: '100m', memory: '64Mi' },
  };

  it.each<[string, object, object, string | undefined]>([
    [
      'to a container that says nothing',
      {},
      { limits: { cpu: '200m', memory: '128Mi' }, requests: { cpu: '100m', memory: '64Mi' } },
      'LimitRanger plugin set: cpu, memory request for container c; cpu, memory limit for container c',
    ],
    [
      'where a container says something',
      { limits: { cpu: '1' } },
      { limits: { cpu: '1', memory: '128Mi' }, requests: { cpu: '1', memory: '64Mi' } },
      'LimitRanger plugin set: memory request for container c; memory limit for container c',
    ],
    [
      'nothing to one that says all',
      { limits: { cpu: '1', memory: '1Gi' } },
      { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '1', memory: '1Gi' } },
      undefined,
    ],
  ])('%s', (_title, given, expected, note) => {
    const { create } = startTestServer();
    create(range(defaults));
    const made = create(pod('p', given)) as Pod;
    expect(made.spec?.containers[0]?.resources).toEqual(expected);
    expect(made.metadata.annotations?.['kubernetes.io/limit-ranger']).toBe(note);
  });

  it('a maximum stands in for defaults, and makes a Pod Guaranteed', () => {
    const { create } = startTestServer();
    create(range({ type: 'Container', max: { cpu: '1', memory: '1Gi' } }));
    const made = create(two({}, {}, [{}])) as Pod;
    const all = [...(made.spec?.containers ?? []), ...(made.spec?.initContainers ?? [])];
    for (const { resources } of all) {
      expect(resources).toEqual({
        limits: { cpu: '1', memory: '1Gi' },
        requests: { cpu: '1', memory: '1Gi' },
      });
    }
    expect(made.status?.qosClass).toBe('Guaranteed');
    expect(made.metadata.annotations?.['kubernetes.io/limit-ranger']).toContain(
      'cpu, memory limit for init container i0',
    );
  });
});
