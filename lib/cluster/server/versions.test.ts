import { describe, expect, it } from 'vitest';
import type { KubeObject, ResourceRef } from '../../api';
import { said, startTestServer } from './admission/test-server.test-support';

const CORE: ResourceRef = { group: '', version: 'v1', resource: 'events' };
const NEW: ResourceRef = { group: 'events.k8s.io', version: 'v1', resource: 'events' };
const HPA = 'horizontalpodautoscalers';
const V1: ResourceRef = { group: 'autoscaling', version: 'v1', resource: HPA };
const V2: ResourceRef = { group: 'autoscaling', version: 'v2', resource: HPA };

const newEvent = {
  apiVersion: 'events.k8s.io/v1',
  kind: 'Event',
  metadata: { name: 'e', namespace: 'team' },
  eventTime: '2026-01-01T00:00:00.000000Z',
  type: 'Normal',
  action: 'Binding',
  reason: 'Scheduled',
  note: 'Successfully assigned team/web to node',
  regarding: { kind: 'Pod', namespace: 'team', name: 'web' },
  reportingController: 'default-scheduler',
  reportingInstance: 'default-scheduler-1',
};

describe('[AS13] events, in two versions', () => {
  it('are one stored object, under the names of each version', () => {
    const { create, api } = startTestServer();
    const made = create(newEvent);
    const core = api.get(CORE, 'team', 'e');
    expect(core).toMatchObject({
      apiVersion: 'v1',
      involvedObject: { kind: 'Pod', name: 'web' },
      message: newEvent.note,
      reportingComponent: 'default-scheduler',
    });
    expect(core).not.toHaveProperty('regarding');
    expect(api.get(NEW, 'team', 'e')).toEqual(made);
    expect(made.metadata.uid).toBe(core.metadata.uid);
    api.delete(NEW, 'team', 'e', {});
    expect(said(() => api.get(CORE, 'team', 'e'))).toBe('events "e" not found');
  });

  it('are listed, selected and watched by either', () => {
    const { create, api } = startTestServer();
    const seen: string[] = [];
    api.watch(NEW, 'team', { sendInitialEvents: false }, (event) => {
      if (event.type === 'BOOKMARK' || event.type === 'ERROR') return;
      const object = event.object as KubeObject & { readonly note?: string };
      seen.push(`${event.type} ${object.apiVersion} ${object.note}`);
    });
    create({
      kind: 'Event',
      metadata: { name: 'old', namespace: 'team' },
      involvedObject: { kind: 'Node', namespace: 'team', name: 'n' },
      message: 'hello',
    });
    create(newEvent);
    const names = (ref: ResourceRef, fieldSelector: string): readonly string[] =>
      api.list(ref, 'team', { fieldSelector }).items.map(({ metadata }) => metadata.name ?? '');
    expect(names(NEW, 'regarding.kind=Pod')).toEqual(['e']);
    expect(names(CORE, 'involvedObject.kind=Node')).toEqual(['old']);
    expect(said(() => names(NEW, 'involvedObject.kind=Pod'))).toContain(
      'field label not supported: involvedObject.kind',
    );
    expect(seen).toEqual([
      'ADDED events.k8s.io/v1 hello',
      'ADDED events.k8s.io/v1 Successfully assigned team/web to node',
    ]);
  });

  it.each<[string, object, string]>([
    ['eventTime', { eventTime: null }, 'eventTime: Required value'],
    ['type', { type: 'Odd' }, 'type: Invalid value: "": has invalid value: Odd'],
    ['deprecatedCount', { deprecatedCount: 2 }, 'count: Invalid value: "": needs to be unset'],
    [
      'series',
      { series: { count: 1, lastObservedTime: '2026-01-01T00:00:00.000000Z' } },
      'series.count: Invalid value: "": should be at least 2',
    ],
    ['reportingInstance', { reportingInstance: '' }, 'reportingInstance: Required value'],
  ])('judge %s strictly in events.k8s.io', (_, change, message) => {
    expect(startTestServer().say({ ...newEvent, ...change })).toBe(
      `Event.events.k8s.io "e" is invalid: ${message}`,
    );
  });

  it('keep all but the series', () => {
    const { create, api } = startTestServer();
    create(newEvent);
    const change = (body: object) => said(() => api.patch(NEW, 'team', 'e', 'merge', body, {}));
    expect(change({ note: 'other' })).toContain('message: Invalid value: "other": field is immutable');
    expect(change({ series: { count: 2, lastObservedTime: '2026-01-01T00:00:01.000000Z' } })).toBe(
      'accepted',
    );
  });
});

const scaled = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web', namespace: 'team' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    minReplicas: 2,
    maxReplicas: 5,
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
      },
      {
        type: 'Resource',
        resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '1024Mi' } },
      },
    ],
  },
};

describe('[AS13] autoscalers, in two versions', () => {
  it('show what v1 has no field for as annotations, and take it back', () => {
    const { create, api } = startTestServer();
    const made = create(scaled);
    expect(made).toMatchObject({
      spec: { metrics: [{}, { resource: { target: { averageValue: '1Gi' } } }] },
    });
    const old = api.get(V1, 'team', 'web') as KubeObject & { readonly spec: object };
    expect(old.spec).toEqual({
      scaleTargetRef: scaled.spec.scaleTargetRef,
      minReplicas: 2,
      maxReplicas: 5,
      targetCPUUtilizationPercentage: 50,
    });
    expect(old.metadata.annotations).toEqual({
      'autoscaling.alpha.kubernetes.io/metrics':
        '[{"type":"Resource","resource":{"name":"memory","targetAverageValue":"1Gi"}}]',
    });
    api.patch(V1, 'team', 'web', 'merge', { spec: { maxReplicas: 7 } }, {});
    const now = api.get(V2, 'team', 'web') as KubeObject & { readonly spec: { readonly metrics: object[] } };
    expect(now.spec).toMatchObject({ maxReplicas: 7 });
    expect(now.spec.metrics).toHaveLength(2);
    expect(now.metadata.annotations).toBeUndefined();
  });

  it('aim at 80 % of the CPU when nothing is said', () => {
    const { create, api } = startTestServer();
    const { scaleTargetRef } = scaled.spec;
    create({ ...scaled, apiVersion: 'autoscaling/v1', spec: { scaleTargetRef, maxReplicas: 3 } });
    expect(api.get(V2, 'team', 'web')).toMatchObject({
      spec: {
        minReplicas: 1,
        metrics: [{ resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }],
      },
    });
  });

  it.each<[string, object, string]>([
    [
      'maxReplicas',
      { maxReplicas: 0 },
      '[spec.maxReplicas: Invalid value: 0: must be greater than 0, spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`]',
    ],
    [
      'maxReplicas',
      { maxReplicas: 1 },
      'spec.maxReplicas: Invalid value: 1: must be greater than or equal to `minReplicas`',
    ],
    [
      'minReplicas',
      { minReplicas: 0 },
      '[spec.minReplicas: Invalid value: 0: must be greater than or equal to 1, spec.metrics: Forbidden: must specify at least one Object or External metric to support scaling to zero replicas]',
    ],
    [
      'scaleTargetRef',
      { scaleTargetRef: { kind: 'Deployment' } },
      'spec.scaleTargetRef.name: Required value',
    ],
    [
      'metrics',
      { metrics: [{ type: 'Resource' }] },
      'spec.metrics[0].resource: Required value: must populate information for the given metric source',
    ],
    [
      'behavior',
      { behavior: { scaleUp: { selectPolicy: 'Odd' } } },
      'spec.behavior.scaleUp.selectPolicy: Unsupported value: "Odd": supported values: "Disabled", "Max", "Min"',
    ],
  ])('are judged by %s', (_, spec, message) => {
    expect(startTestServer().say({ ...scaled, spec: { ...scaled.spec, ...spec } })).toBe(
      `HorizontalPodAutoscaler.autoscaling "web" is invalid: ${message}`,
    );
  });
});

describe('[AS14] what is deprecated', () => {
  const ENDPOINTS: ResourceRef = { group: '', version: 'v1', resource: 'endpoints' };
  const DEPRECATED = 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice';

  it('is told with every answer', () => {
    const { api } = startTestServer();
    const endpoints = { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'web' } };
    const made = api.create(ENDPOINTS, 'team', endpoints);
    expect(made.warnings).toEqual([DEPRECATED]);
    expect(api.update(ENDPOINTS, 'team', made.object).warnings).toEqual([DEPRECATED]);
    expect(api.patch(ENDPOINTS, 'team', 'web', 'merge', {}).warnings).toEqual([DEPRECATED]);
    expect(api.delete(ENDPOINTS, 'team', 'web').warnings).toEqual([DEPRECATED]);
    expect(api.warningsOf(ENDPOINTS)).toEqual([DEPRECATED]);
    expect(api.warningsOf(CORE)).toEqual([]);
  });
});
