import { describe, expect, it } from 'vitest';
import type { Event, Job, KubeObject, Pod } from '../../api';
import { startTestCluster, type TestCluster } from './test-cluster';

const JOBS = { group: 'batch', version: 'v1', resource: 'jobs' };
const PODS = { group: '', version: 'v1', resource: 'pods' };

const shell = (script: string): readonly string[] => ['sh', '-c', script];

function jobOf(command: readonly string[], spec: object = {}, restartPolicy = 'Never'): KubeObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'work' },
    spec: {
      template: { spec: { restartPolicy, containers: [{ name: 'c', image: 'busybox', command }] } },
      ...spec,
    },
  } as KubeObject;
}

function started(object: KubeObject, ms: number): TestCluster {
  const cluster = startTestCluster();
  cluster.advance(30_000);
  cluster.api.create(JOBS, 'default', object);
  cluster.advance(ms);
  return cluster;
}

const jobIn = (cluster: TestCluster) => cluster.view.get<Job>('jobs.batch', 'default', 'work');
const conditions = (cluster: TestCluster) =>
  jobIn(cluster)?.status?.conditions?.map(({ type, status, reason }) => `${type}=${status} ${reason}`);
const indexOf = ({ metadata }: Pod) => metadata.annotations?.['batch.kubernetes.io/job-completion-index'];
const told = (cluster: TestCluster) =>
  cluster.view
    .list<Event>('events', 'default')
    .filter(({ involvedObject }) => involvedObject.kind === 'Job')
    .map(({ type, reason, message }) => `${type} ${reason} ${message}`);

const INDEXED = { completionMode: 'Indexed', completions: 3, parallelism: 3 };
const onExit = (action: string, values: readonly number[]) => ({
  podFailurePolicy: { rules: [{ action, onExitCodes: { operator: 'In', values } }] },
});

describe('[JB1] how a Job ends', () => {
  it.each<[string, KubeObject, readonly string[], object]>([
    [
      'enough successes',
      jobOf(shell('sleep 2'), { completions: 3, parallelism: 2 }),
      ['SuccessCriteriaMet=True CompletionsReached', 'Complete=True CompletionsReached'],
      { succeeded: 3, ready: 0, terminating: 0 },
    ],
    [
      'a work queue: one success, and nobody at work any more',
      jobOf(shell('sleep 2'), { parallelism: 2 }),
      ['SuccessCriteriaMet=True CompletionsReached', 'Complete=True CompletionsReached'],
      { succeeded: 2 },
    ],
    [
      'every index',
      jobOf(shell('true'), INDEXED),
      ['SuccessCriteriaMet=True CompletionsReached', 'Complete=True CompletionsReached'],
      { succeeded: 3, completedIndexes: '0-2' },
    ],
    [
      'more failures than it may have',
      jobOf(shell('exit 1'), { backoffLimit: 2 }),
      ['FailureTarget=True BackoffLimitExceeded', 'Failed=True BackoffLimitExceeded'],
      { failed: 3 },
    ],
    [
      'as many restarts as it may have failures',
      jobOf(shell('exit 1'), { backoffLimit: 2 }, 'OnFailure'),
      ['FailureTarget=True BackoffLimitExceeded', 'Failed=True BackoffLimitExceeded'],
      { failed: 1 },
    ],
    [
      'its deadline',
      jobOf(shell('sleep 600'), { activeDeadlineSeconds: 20 }),
      ['FailureTarget=True DeadlineExceeded', 'Failed=True DeadlineExceeded'],
      { failed: 1 },
    ],
    [
      'an exit code that a rule makes the end of it',
      jobOf(shell('exit 42'), onExit('FailJob', [42])),
      ['FailureTarget=True PodFailurePolicy', 'Failed=True PodFailurePolicy'],
      { failed: 1 },
    ],
    [
      'indexes that failed too often, each by itself',
      jobOf(shell('[ $JOB_COMPLETION_INDEX != 1 ]'), { ...INDEXED, backoffLimitPerIndex: 1 }),
      ['FailureTarget=True FailedIndexes', 'Failed=True FailedIndexes'],
      { succeeded: 2, failed: 2, completedIndexes: '0,2', failedIndexes: '1' },
    ],
    [
      'an exit code that gives an index up',
      jobOf(shell('[ $JOB_COMPLETION_INDEX != 1 ] || exit 9'), {
        ...INDEXED,
        backoffLimitPerIndex: 5,
        ...onExit('FailIndex', [9]),
      }),
      ['FailureTarget=True FailedIndexes', 'Failed=True FailedIndexes'],
      { failed: 1, failedIndexes: '1' },
    ],
    [
      'more failed indexes than it may have',
      jobOf(shell('exit 1'), { ...INDEXED, backoffLimitPerIndex: 0, maxFailedIndexes: 1 }),
      ['FailureTarget=True MaxFailedIndexesExceeded', 'Failed=True MaxFailedIndexesExceeded'],
      {},
    ],
    [
      'indexes that a success policy is content with',
      jobOf(shell('[ $JOB_COMPLETION_INDEX = 0 ] || sleep 600'), {
        ...INDEXED,
        successPolicy: { rules: [{ succeededIndexes: '0' }] },
      }),
      ['SuccessCriteriaMet=True SuccessPolicy', 'Complete=True SuccessPolicy'],
      { succeeded: 1, completedIndexes: '0' },
    ],
  ])('%s', (_, object, expected, status) => {
    const cluster = started(object, 150_000);
    expect(conditions(cluster)).toEqual(expected);
    expect(jobIn(cluster)?.status).toMatchObject(status);
    expect(jobIn(cluster)?.status?.active).toBeUndefined();
    // Whatever has been counted is let go.
    expect(cluster.pods().flatMap(({ metadata }) => metadata.finalizers ?? [])).toEqual([]);
  });

  it('the messages of rules name the container and the rule', () => {
    const cluster = started(jobOf(shell('exit 42'), onExit('FailJob', [1, 42])), 10_000);
    const [pod] = cluster.pods();
    const message = `Container c for pod default/${pod?.metadata.name} failed with exit code 42 matching FailJob rule at index 0`;
    expect(jobIn(cluster)?.status?.conditions?.at(-1)).toMatchObject({ type: 'Failed', message });
    expect(told(cluster)).toContain(`Warning PodFailurePolicy ${message}`);
  });
});

describe('[JB2] a Job on its way', () => {
  it('failed Pods are replaced after 10 s, 20 s and so on', () => {
    const cluster = started(jobOf(shell('exit 1')), 0);
    const seen: number[] = [];
    for (let second = 0; second < 90; second += 1) {
      seen.push(cluster.pods().length);
      cluster.advance(1000);
    }
    const grewAt = [2, 3, 4].map((count) => seen.indexOf(count));
    const gaps = [grewAt[0] ?? 0, (grewAt[1] ?? 0) - (grewAt[0] ?? 0), (grewAt[2] ?? 0) - (grewAt[1] ?? 0)];
    for (const [index, least] of [10, 20, 40].entries()) {
      expect(gaps[index]).toBeGreaterThanOrEqual(least);
      expect(gaps[index]).toBeLessThanOrEqual(least + 5);
    }
  });

  it('failures that are to be ignored are replaced and not counted', () => {
    const cluster = started(jobOf(shell('exit 7'), { backoffLimit: 0, ...onExit('Ignore', [7]) }), 60_000);
    expect(conditions(cluster)).toBeUndefined();
    expect(jobIn(cluster)?.status?.failed).toBeUndefined();
    expect(cluster.pods().length).toBeGreaterThan(1);
  });

  it('numbered Pods know their number by name, label, annotation, host name and environment', () => {
    const cluster = started(jobOf(shell('sleep 600'), INDEXED), 10_000);
    const pods = cluster.pods();
    expect(pods.map(indexOf)).toEqual(['0', '1', '2']);
    for (const [index, { metadata, spec }] of pods.entries()) {
      expect(metadata.name).toMatch(new RegExp(`^work-${index}-[a-z0-9]{5}$`));
      expect(metadata.labels).toMatchObject({ 'batch.kubernetes.io/job-completion-index': String(index) });
      expect(metadata.finalizers).toEqual(['batch.kubernetes.io/job-tracking']);
      expect(spec?.hostname).toBe(`work-${index}`);
      expect(spec?.containers[0]?.env).toEqual([
        {
          name: 'JOB_COMPLETION_INDEX',
          valueFrom: {
            fieldRef: {
              apiVersion: 'v1',
              fieldPath: "metadata.labels['batch.kubernetes.io/job-completion-index']",
            },
          },
        },
      ]);
    }
  });

  it('a Pod that is deleted counts as failed at once, and is replaced', () => {
    const cluster = started(jobOf(shell('sleep 600')), 10_000);
    cluster.api.delete(PODS, 'default', cluster.pods()[0]?.metadata.name ?? '');
    cluster.advance(1000);
    expect(jobIn(cluster)?.status).toMatchObject({ failed: 1, terminating: 1 });
    cluster.advance(60_000);
    expect(jobIn(cluster)?.status).toMatchObject({ failed: 1, active: 1, terminating: 0 });
    expect(cluster.pods().length).toBe(1);
  });

  it('with podReplacementPolicy Failed it is replaced only when it is gone', () => {
    const cluster = started(jobOf(shell('sleep 600'), { podReplacementPolicy: 'Failed' }), 10_000);
    cluster.api.delete(PODS, 'default', cluster.pods()[0]?.metadata.name ?? '');
    cluster.advance(20_000);
    expect(cluster.pods().length).toBe(1);
    cluster.advance(60_000);
    expect(jobIn(cluster)?.status).toMatchObject({ active: 1, failed: 1 });
  });

  it('suspended, it deletes its Pods and counts none; resumed, it begins anew', () => {
    const cluster = started(jobOf(shell('sleep 600'), { parallelism: 2 }), 10_000);
    const suspend = (value: boolean): void => {
      cluster.api.patch(JOBS, 'default', 'work', 'merge', { spec: { suspend: value } });
      cluster.advance(40_000);
    };
    suspend(true);
    expect(cluster.pods()).toEqual([]);
    expect(conditions(cluster)).toEqual(['Suspended=True JobSuspended']);
    expect(jobIn(cluster)?.status).toEqual(expect.not.objectContaining({ failed: expect.anything() }));
    suspend(false);
    expect(conditions(cluster)).toEqual(['Suspended=False JobResumed']);
    expect(jobIn(cluster)?.status).toMatchObject({ active: 2, ready: 2 });
    expect(told(cluster)).toEqual(
      expect.arrayContaining(['Normal Suspended Job suspended', 'Normal Resumed Job resumed']),
    );
  });

  it.each(['Background', 'Foreground', 'Orphan'] as const)('deleted (%s), it lets its Pods go', (policy) => {
    const cluster = started(jobOf(shell('sleep 600')), 10_000);
    cluster.api.delete(JOBS, 'default', 'work', { propagationPolicy: policy });
    cluster.advance(60_000);
    expect(jobIn(cluster)).toBeUndefined();
    expect(cluster.pods().map(({ metadata }) => [metadata.ownerReferences, metadata.finalizers])).toEqual(
      policy === 'Orphan' ? [[undefined, undefined]] : [],
    );
  });

  it('ttlSecondsAfterFinished takes a finished one away', () => {
    const cluster = started(jobOf(shell('true'), { ttlSecondsAfterFinished: 30 }), 20_000);
    expect(conditions(cluster)).toContain('Complete=True CompletionsReached');
    cluster.advance(40_000);
    expect(jobIn(cluster)).toBeUndefined();
    expect(cluster.pods()).toEqual([]);
  });
});
