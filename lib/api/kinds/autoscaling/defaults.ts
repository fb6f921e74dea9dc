import { canonicalQuantity } from '../../../base';
import type { HorizontalPodAutoscaler } from '../../types';

export type AutoscalerSpec = NonNullable<HorizontalPodAutoscaler['spec']>;
export type MetricSpec = NonNullable<AutoscalerSpec['metrics']>[number];
type Behavior = NonNullable<AutoscalerSpec['behavior']>;
type Rules = NonNullable<Behavior['scaleUp']>;

/** Wanted of the CPU when nothing is said. */
const CPU_PERCENT = 80;

/** A target share of the CPU that is asked for. */
export function cpuMetric(averageUtilization: number): MetricSpec {
  return { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } };
}

const SCALE_UP: Rules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};
const SCALE_DOWN: Rules = {
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
};

/** SetDefaults_HorizontalPodAutoscaler and its behavior. */
export function setAutoscalerDefaults(autoscaler: HorizontalPodAutoscaler): HorizontalPodAutoscaler {
  const spec = autoscaler.spec as AutoscalerSpec | undefined;
  const metrics = spec?.metrics?.length ? spec.metrics.map(canonicalMetric) : [cpuMetric(CPU_PERCENT)];
  const { behavior } = spec ?? {};
  return {
    ...autoscaler,
    spec: {
      ...spec,
      minReplicas: spec?.minReplicas ?? 1,
      maxReplicas: spec?.maxReplicas ?? 0,
      scaleTargetRef: spec?.scaleTargetRef ?? { kind: '', name: '' },
      metrics,
      ...(behavior
        ? {
            behavior: {
              scaleUp: { ...SCALE_UP, ...behavior.scaleUp },
              scaleDown: { ...SCALE_DOWN, ...behavior.scaleDown },
            },
          }
        : {}),
    },
    status: { ...UNSET, ...autoscaler.status } as NonNullable<HorizontalPodAutoscaler['status']>,
  };
}

/** What upstream writes even when it is not set. */
const UNSET: object = { desiredReplicas: 0, currentMetrics: null };

/** Quantities inside a metric's target in their canonical form. */
function canonicalMetric(metric: MetricSpec): MetricSpec {
  const entries = Object.entries(metric).map(([field, source]) => {
    if (typeof source !== 'object' || source === null || !('target' in source)) return [field, source];
    const { target } = source;
    const amounts = (['value', 'averageValue'] as const).flatMap((name) =>
      target[name] === undefined ? [] : [[name, canonicalQuantity(target[name])] as const],
    );
    return [field, { ...source, target: { ...target, ...Object.fromEntries(amounts) } }];
  });
  return Object.fromEntries(entries) as MetricSpec;
}
