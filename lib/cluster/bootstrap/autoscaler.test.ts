import { describe, expect, it } from 'vitest';
import type { Deployment, Event, HorizontalPodAutoscaler, KubeObject } from '../../api';
import { startTestCluster, type TestCluster } from './test-cluster';

const DEPLOYMENTS = { group: 'apps', version: 'v1', resource: 'deployments' };
const AUTOSCALERS = { group: 'autoscaling', version: 'v2', resource: 'horizontalpodautoscalers' };
const labels = { app: 'web' };

const deployment = (replicas: number, name = 'web'): KubeObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
    },
  }) as KubeObject;

const autoscaler = (spec: object = {}, name = 'web'): KubeObject =>
  ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: 2,
      maxReplicas: 4,
      ...spec,
    },
  }) as KubeObject;

function started(objects: readonly KubeObject[], ms = 16_000): TestCluster {
  const cluster = startTestCluster();
  cluster.advance(30_000);
  for (const object of objects) {
    cluster.api.create(object.kind === 'Deployment' ? DEPLOYMENTS : AUTOSCALERS, 'default', object);
  }
  cluster.advance(ms);
  return cluster;
}

const statusOf = (cluster: TestCluster, name = 'web') =>
  cluster.view.get<HorizontalPodAutoscaler>('horizontalpodautoscalers.autoscaling', 'default', name)?.status;
const replicasOf = (cluster: TestCluster) =>
  cluster.view.get<Deployment>('deployments.apps', 'default', 'web')?.spec?.replicas;
const told = (cluster: TestCluster) =>
  cluster.view
    .list<Event>('events', 'default')
    .filter(({ involvedObject }) => involvedObject?.kind === 'HorizontalPodAutoscaler')
    .map(({ type, reason, message, count }) => `${type} ${reason} x${count}: ${message}`);

const NOT_SERVED = 'the server could not find the requested resource';
const NO_CPU = `unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: ${NOT_SERVED} (get pods.metrics.k8s.io)`;

describe('[HP1] autoscalers without a metrics server', () => {
  it('keep the target between their bounds', () => {
    const few = started([deployment(1), autoscaler()]);
    expect(replicasOf(few)).toBe(2);
    expect(told(few)).toEqual([
      'Normal SuccessfulRescale x1: New size: 2; reason: Current number of replicas below Spec.MinReplicas',
    ]);
    expect(statusOf(few)).toMatchObject({
      currentReplicas: 1,
      desiredReplicas: 2,
      lastScaleTime: expect.any(String),
      conditions: [
        {
          type: 'AbleToScale',
          status: 'True',
          reason: 'SucceededRescale',
          message: 'the HPA controller was able to update the target scale to 2',
        },
      ],
    });
    const many = started([deployment(6), autoscaler()]);
    expect(replicasOf(many)).toBe(4);
    expect(told(many)[0]).toContain('New size: 4; reason: Current number of replicas above Spec.MaxReplicas');
  });

  it('say that nothing is measured, again and again', () => {
    const cluster = started([deployment(3), autoscaler()], 46_000);
    expect(statusOf(cluster)).toEqual({
      currentReplicas: 3,
      desiredReplicas: 0,
      currentMetrics: [{ type: '' }],
      conditions: [
        {
          type: 'AbleToScale',
          status: 'True',
          reason: 'SucceededGetScale',
          message: "the HPA controller was able to get the target's current scale",
          lastTransitionTime: expect.any(String),
        },
        {
          type: 'ScalingActive',
          status: 'False',
          reason: 'FailedGetResourceMetric',
          message: `the HPA was unable to compute the replica count: failed to get cpu utilization: ${NO_CPU}`,
          lastTransitionTime: expect.any(String),
        },
      ],
    });
    expect(told(cluster)).toEqual([
      `Warning FailedGetResourceMetric x3: failed to get cpu utilization: ${NO_CPU}`,
      `Warning FailedComputeMetricsReplicas x3: invalid metrics (1 invalid out of 1), first error is: failed to get cpu resource metric value: failed to get cpu utilization: ${NO_CPU}`,
    ]);
  });

  it.each<[string, object, string]>([
    [
      'Pods',
      { pods: { metric: { name: 'hits' }, target: { type: 'AverageValue', averageValue: '10' } } },
      'FailedGetPodsMetric: unable to get metric hits: unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered',
    ],
    [
      'Object',
      {
        object: {
          describedObject: { kind: 'Ingress', name: 'main' },
          metric: { name: 'hits' },
          target: { type: 'Value', value: '10' },
        },
      },
      'FailedGetObjectMetric: unable to get metric hits on Ingress default/main: unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered',
    ],
    [
      'External',
      {
        external: {
          metric: { name: 'queue', selector: { matchLabels: { q: 'a' } } },
          target: { type: 'Value', value: '10' },
        },
      },
      `FailedGetExternalMetric: failed to get external metric queue: unable to get external metric default/queue/&LabelSelector{MatchLabels:map[string]string{q: a,},MatchExpressions:[]LabelSelectorRequirement{},}: unable to fetch metrics from external metrics API: ${NOT_SERVED} (get queue.external.metrics.k8s.io)`,
    ],
    [
      'ContainerResource',
      {
        containerResource: {
          name: 'cpu',
          container: 'c',
          target: { type: 'Utilization', averageUtilization: 50 },
        },
      },
      `FailedGetContainerResourceMetric: failed to get cpu utilization: ${NO_CPU}`,
    ],
  ])('name what %s metrics lack', (type, source, failure) => {
    const cluster = started([deployment(3), autoscaler({ metrics: [{ type, ...source }] })]);
    const [, active] = statusOf(cluster)?.conditions ?? [];
    const [reason, error] = failure.split(/: (.*)/s);
    expect(active).toMatchObject({
      reason,
      message: `the HPA was unable to compute the replica count: ${error}`,
    });
  });

  it.each<[string, object, string]>([
    [
      'is not there',
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'no' },
      'deployments.apps "no" not found',
    ],
    ['cannot be scaled', { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'no' }, NOT_SERVED],
    [
      'is of no kind',
      { apiVersion: 'a/v1', kind: 'Web', name: 'no' },
      'no matches for kind "Web" in group "a"',
    ],
  ])('tell when their target %s', (_, scaleTargetRef, failure) => {
    const cluster = started([autoscaler({ scaleTargetRef })]);
    expect(told(cluster)).toEqual([`Warning FailedGetScale x1: ${failure}`]);
    expect(statusOf(cluster)).toMatchObject({
      conditions: [
        {
          type: 'AbleToScale',
          status: 'False',
          reason: 'FailedGetScale',
          message: `the HPA controller was unable to get the target's current scale: ${failure}`,
        },
      ],
    });
  });

  it('rest when the target is scaled to nothing, and when two of them want the same Pods', () => {
    const none = started([deployment(0), autoscaler()]);
    expect(statusOf(none)?.conditions?.[1]).toMatchObject({ reason: 'ScalingDisabled' });
    const two = started([deployment(3), autoscaler(), deployment(3, 'api'), autoscaler({}, 'api')]);
    const message = 'pods by selector app=web are controlled by multiple HPAs: [{api default} {web default}]';
    expect(statusOf(two)?.conditions?.[1]).toMatchObject({ reason: 'AmbiguousSelector', message });
  });
});
