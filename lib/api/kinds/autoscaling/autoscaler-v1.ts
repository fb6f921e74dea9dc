import { isRecord } from '../../../base';
import type { JsonObject, Stored } from '../../objects';
import type { HorizontalPodAutoscaler, HorizontalPodAutoscalerV1 } from '../../types';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { autoscalerKind } from './autoscaler';
import { cpuMetric, type MetricSpec, setAutoscalerDefaults } from './defaults';
import { fromOldMetric, toOldMetric, toOldStatus } from './old-metrics';

const ANNOTATION = 'autoscaling.alpha.kubernetes.io/';
const [METRICS, CURRENT, CONDITIONS, BEHAVIOR] = ['metrics', 'current-metrics', 'conditions', 'behavior'].map(
  (each) => `${ANNOTATION}${each}`,
) as [string, string, string, string];

/** HorizontalPodAutoscaler of autoscaling/v1: stored as v2, which it shows by its CPU target and annotations. */
export const autoscalerV1Kind = defineKind<HorizontalPodAutoscalerV1>({
  group: 'autoscaling',
  version: 'v1',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  shortNames: ['hpa'],
  categories: ['all'],
  subresources: ['status'],
  schema: schemaOf('HorizontalPodAutoscaler'),
  storage: {
    resource: 'horizontalpodautoscalers.autoscaling',
    encode: toCurrent,
    decode: (stored) => toOld(stored as Stored<HorizontalPodAutoscaler>) as Stored<HorizontalPodAutoscalerV1>,
  },
  columns: autoscalerKind.columns.map((column) => ({
    ...column,
    value: (autoscaler: HorizontalPodAutoscalerV1, now: number) => column.value(toCurrent(autoscaler), now),
  })),
  setDefaults: (autoscaler) => toOld(toCurrent(autoscaler)),
  prepareForCreate: (autoscaler) =>
    toOld(autoscalerKind.prepareForCreate(toCurrent(autoscaler)) as HorizontalPodAutoscaler),
  prepareForUpdate: (next, previous) => withStatusOf(next, previous),
  prepareForStatusUpdate: (next, previous) => withSpecOf(next, previous),
  validate: (autoscaler, previous) =>
    autoscalerKind.validate(toCurrent(autoscaler), previous && (toCurrent(previous) as Stored)),
});

function withStatusOf(
  next: HorizontalPodAutoscalerV1,
  previous: HorizontalPodAutoscalerV1,
): HorizontalPodAutoscalerV1 {
  const { status } = toCurrent(previous);
  return toOld({ ...toCurrent(next), ...(status ? { status } : {}) });
}

function withSpecOf(
  next: HorizontalPodAutoscalerV1,
  previous: HorizontalPodAutoscalerV1,
): HorizontalPodAutoscalerV1 {
  const { spec } = toCurrent(previous);
  return toOld({ ...toCurrent(next), ...(spec ? { spec } : {}) });
}

const isCpu = ({ type, resource }: MetricSpec): boolean =>
  type === 'Resource' && resource?.name === 'cpu' && resource.target?.averageUtilization !== undefined;

/** Convert_v1_HorizontalPodAutoscaler_To_autoscaling: what annotations say goes back into its fields. */
function toCurrent(old: HorizontalPodAutoscalerV1): HorizontalPodAutoscaler {
  const { annotations: given = {}, ...metadata } = old.metadata;
  const { targetCPUUtilizationPercentage: percent, ...spec } = old.spec ?? EMPTY_SPEC;
  const { currentCPUUtilizationPercentage: current, ...status } = old.status ?? EMPTY_STATUS;
  const others = readList(given[METRICS]).map(fromOldMetric);
  const metrics = [...others, ...(percent === undefined ? [] : [cpuMetric(percent)])];
  const behavior = readJson(given[BEHAVIOR]);
  const conditions = readList(given[CONDITIONS]);
  const annotations = Object.fromEntries(Object.entries(given).filter(([key]) => !OWN.has(key)));
  const cpu = { type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: current } } };
  return setAutoscalerDefaults({
    ...old,
    apiVersion: 'autoscaling/v2',
    metadata: { ...metadata, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
    spec: { ...spec, metrics, ...(isRecord(behavior) ? { behavior } : {}) },
    status: {
      ...status,
      ...(conditions.length > 0 ? { conditions } : {}),
      ...(current === undefined ? {} : { currentMetrics: [cpu] }),
    },
  } as unknown as HorizontalPodAutoscaler);
}

const EMPTY_SPEC: NonNullable<HorizontalPodAutoscalerV1['spec']> = {
  maxReplicas: 0,
  scaleTargetRef: { kind: '', name: '' },
};
const EMPTY_STATUS: NonNullable<HorizontalPodAutoscalerV1['status']> = {
  currentReplicas: 0,
  desiredReplicas: 0,
};
const OWN: ReadonlySet<string> = new Set([METRICS, CURRENT, CONDITIONS, BEHAVIOR]);

function readJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    // Upstream too goes on without an annotation that it cannot read.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function readList(text: string | undefined): readonly JsonObject[] {
  const value = readJson(text);
  return Array.isArray(value) ? value.filter(isRecord).map((each) => each as JsonObject) : [];
}

/** Convert_autoscaling_HorizontalPodAutoscaler_To_v1: the first CPU target has a field, all else becomes annotations. */
function toOld(autoscaler: HorizontalPodAutoscaler): HorizontalPodAutoscalerV1 {
  const { spec, status, metadata } = autoscaler;
  const cpu = spec?.metrics?.find(isCpu);
  const others = (spec?.metrics ?? []).filter((metric) => metric !== cpu);
  const current = status?.currentMetrics ?? [];
  const known = current.filter(({ type }) => type !== '');
  const percent = known.find(({ resource }) => resource?.name === 'cpu')?.resource?.current
    .averageUtilization;
  const added = {
    ...(others.length > 0 ? { [METRICS]: JSON.stringify(others.map(toOldMetric)) } : {}),
    ...(known.length > 0 ? { [CURRENT]: JSON.stringify(known.map(toOldStatus)) } : {}),
    ...(status?.conditions?.length ? { [CONDITIONS]: JSON.stringify(status.conditions) } : {}),
    ...(spec?.behavior ? { [BEHAVIOR]: JSON.stringify(spec.behavior) } : {}),
  };
  const annotations = { ...metadata.annotations, ...added };
  const { minReplicas, maxReplicas = 0, scaleTargetRef = EMPTY_SPEC.scaleTargetRef } = spec ?? {};
  const percentage = cpu?.resource?.target.averageUtilization;
  return {
    ...autoscaler,
    apiVersion: 'autoscaling/v1',
    metadata: { ...metadata, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
    spec: {
      scaleTargetRef,
      maxReplicas,
      ...(minReplicas === undefined ? {} : { minReplicas }),
      ...(percentage === undefined ? {} : { targetCPUUtilizationPercentage: percentage }),
    },
    status: {
      currentReplicas: status?.currentReplicas ?? 0,
      desiredReplicas: status?.desiredReplicas ?? 0,
      ...(status?.lastScaleTime ? { lastScaleTime: status.lastScaleTime } : {}),
      ...(status?.observedGeneration === undefined ? {} : { observedGeneration: status.observedGeneration }),
      ...(percent === undefined ? {} : { currentCPUUtilizationPercentage: percent }),
    },
  } as HorizontalPodAutoscalerV1;
}
