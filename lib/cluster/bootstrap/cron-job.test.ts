import { describe, expect, it } from 'vitest';
import type { CronJob, Event, Job, KubeObject } from '../../api';
import { formatTime } from '../../base';
import { startTestCluster, type TestCluster } from './test-cluster';

const CRON_JOBS = { group: 'batch', version: 'v1', resource: 'cronjobs' };
const JOBS = { group: 'batch', version: 'v1', resource: 'jobs' };
const MINUTE = 60_000;

const cronJob = (spec: object = {}, command: readonly string[] = ['sleep', '2']): KubeObject =>
  ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'tick' },
    spec: {
      schedule: '* * * * *',
      jobTemplate: {
        metadata: { labels: { app: 'tick' } },
        spec: {
          template: {
            spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox', command }] },
          },
        },
      },
      ...spec,
    },
  }) as KubeObject;

/** A cluster with a CronJob, right after a full minute. */
function started(object: KubeObject): TestCluster {
  const cluster = startTestCluster();
  cluster.advance(MINUTE - (cluster.now() % MINUTE) + 1000);
  cluster.api.create(CRON_JOBS, 'default', object);
  return cluster;
}

const cronOf = (cluster: TestCluster) => cluster.view.get<CronJob>('cronjobs.batch', 'default', 'tick');
const jobsOf = (cluster: TestCluster) => cluster.view.list<Job>('jobs.batch', 'default');
const told = (cluster: TestCluster) =>
  cluster.view
    .list<Event>('events', 'default')
    .filter(({ involvedObject }) => involvedObject?.kind === 'CronJob')
    .map(({ reason, message }) => `${reason}: ${message}`);

describe('[CJ1] a CronJob', () => {
  it('makes a Job when its time has come, and counts it', () => {
    const cluster = started(cronJob());
    cluster.advance(58_000);
    expect(jobsOf(cluster)).toEqual([]);
    cluster.advance(2000);
    const [job] = jobsOf(cluster);
    const at = Math.floor(cluster.now() / MINUTE) * MINUTE;
    expect(job).toMatchObject({
      metadata: {
        name: `tick-${at / MINUTE}`,
        labels: { app: 'tick' },
        annotations: { 'batch.kubernetes.io/cronjob-scheduled-timestamp': formatTime(at) },
        ownerReferences: [{ kind: 'CronJob', name: 'tick', controller: true, blockOwnerDeletion: true }],
      },
    });
    expect(cronOf(cluster)?.status).toMatchObject({
      active: [{ apiVersion: 'batch/v1', kind: 'Job', name: job?.metadata.name, uid: job?.metadata.uid }],
      lastScheduleTime: formatTime(at),
    });
    cluster.advance(30_000);
    expect(cronOf(cluster)?.status).toEqual({
      lastScheduleTime: formatTime(at),
      lastSuccessfulTime: jobsOf(cluster)[0]?.status?.completionTime,
    });
    expect(told(cluster)).toEqual([
      `SuccessfulCreate: Created job ${job?.metadata.name}`,
      `SawCompletedJob: Saw completed job: ${job?.metadata.name}, condition: Complete`,
    ]);
  });

  it('keeps three that succeeded, and one that failed', () => {
    const cluster = started(cronJob());
    cluster.advance(6 * MINUTE);
    expect(jobsOf(cluster).length).toBeLessThanOrEqual(4);
    expect(told(cluster).some((each) => each.startsWith('SuccessfulDelete: Deleted job tick-'))).toBe(true);
    const failing = started(
      cronJob(
        {
          jobTemplate: {
            spec: {
              backoffLimit: 0,
              template: {
                spec: {
                  restartPolicy: 'Never',
                  containers: [{ name: 'c', image: 'busybox', command: ['sh', '-c', 'exit 1'] }],
                },
              },
            },
          },
        },
        [],
      ),
    );
    failing.advance(4 * MINUTE);
    expect(jobsOf(failing).length).toBeLessThanOrEqual(2);
  });

  it.each([
    ['Allow', 3, undefined],
    [
      'Forbid',
      1,
      'JobAlreadyActive: Not starting job because prior execution is running and concurrency policy is Forbid',
    ],
    ['Replace', 1, 'SuccessfulDelete: Deleted job tick-'],
  ] as const)('lets Jobs run at once or not: %s', (concurrencyPolicy, running, event) => {
    const cluster = started(cronJob({ concurrencyPolicy }, ['sleep', '600']));
    cluster.advance(3 * MINUTE);
    expect(jobsOf(cluster)).toHaveLength(running);
    expect(cronOf(cluster)?.status?.active).toHaveLength(running);
    if (event) expect(told(cluster).some((each) => each.startsWith(event))).toBe(true);
  });

  it('rests while it is suspended, and takes up what was missed', () => {
    const cluster = started(cronJob({ suspend: true }));
    cluster.advance(5 * MINUTE);
    expect(jobsOf(cluster)).toEqual([]);
    cluster.api.patch(CRON_JOBS, 'default', 'tick', 'merge', { spec: { suspend: false } });
    cluster.advance(1000);
    expect(jobsOf(cluster)).toHaveLength(1);
  });

  it('does not start what is too late, and tells of Jobs that it does not know', () => {
    const cluster = started(cronJob({ schedule: '0 0 1 1 *', startingDeadlineSeconds: 10 }));
    cluster.advance(1000);
    const owner = cronOf(cluster);
    const own = (owner?.spec?.jobTemplate.spec ?? {}) as object;
    const ownerReferences = [
      { apiVersion: 'batch/v1', kind: 'CronJob', name: 'tick', uid: owner?.metadata.uid, controller: true },
    ];
    cluster.api.create(JOBS, 'default', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'manual', ownerReferences },
      spec: own,
    } as never);
    cluster.advance(1000);
    expect(told(cluster)).toEqual([
      'UnexpectedJob: Saw a job that the controller did not create or forgot: manual',
    ]);
  });
});
