import type { HorizontalPodAutoscaler } from '../../types';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { autoscalerColumns } from './columns';
import { setAutoscalerDefaults } from './defaults';
import { validateAutoscaler } from './validate-autoscaler';

/** Upstream writes this even when nothing is known yet. */
const NO_STATUS: NonNullable<HorizontalPodAutoscaler['status']> = {
  desiredReplicas: 0,
  currentMetrics: null,
} as never;

/** HorizontalPodAutoscaler of autoscaling/v2, the version that is preferred. */
export const autoscalerKind = defineKind<HorizontalPodAutoscaler>({
  group: 'autoscaling',
  version: 'v2',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  shortNames: ['hpa'],
  categories: ['all'],
  subresources: ['status'],
  schema: schemaOf('autoscaling/v2.HorizontalPodAutoscaler'),
  columns: autoscalerColumns,
  setDefaults: setAutoscalerDefaults,
  prepareForCreate: (autoscaler) => ({ ...autoscaler, status: NO_STATUS }),
  prepareForUpdate: (next, previous) => ({ ...next, status: previous.status ?? NO_STATUS }),
  prepareForStatusUpdate: (next, previous) => ({
    ...next,
    ...(previous.spec ? { spec: previous.spec } : {}),
  }),
  validate: validateAutoscaler,
});
