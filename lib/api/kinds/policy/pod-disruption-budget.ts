import type { FieldError } from '../../status';
import type { PodDisruptionBudget } from '../../types';
import { ageColumn, integerColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import {
  invalidEach,
  invalidValue,
  nonNegative,
  notSupported,
  percent,
  validateLabelSelector,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';

/** Upstream writes these counts even when they are 0. */
const NO_STATUS = { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 };

/** PodDisruptionBudget of policy/v1. */
export const podDisruptionBudgetKind = defineKind<PodDisruptionBudget>({
  group: 'policy',
  version: 'v1',
  kind: 'PodDisruptionBudget',
  plural: 'poddisruptionbudgets',
  shortNames: ['pdb'],
  subresources: ['status'],
  hasGeneration: true,
  schema: schemaOf('PodDisruptionBudget'),
  columns: [
    nameColumn(),
    textColumn('Min Available', 'The minimum number of pods that must be available.', ({ spec }) => {
      return spec?.minAvailable === undefined ? 'N/A' : String(spec.minAvailable);
    }),
    textColumn('Max Unavailable', 'The maximum number of pods that may be unavailable.', ({ spec }) => {
      return spec?.maxUnavailable === undefined ? 'N/A' : String(spec.maxUnavailable);
    }),
    integerColumn(
      'Allowed Disruptions',
      'Calculated number of pods that may be disrupted at this time.',
      ({ status }) => status?.disruptionsAllowed ?? 0,
    ),
    ageColumn(),
  ],
  setDefaults: (budget) => ({ ...budget, status: { ...NO_STATUS, ...budget.status } }),
  prepareForCreate: (budget) => ({ ...budget, status: NO_STATUS }),
  prepareForUpdate: (next, previous) => ({ ...next, status: previous.status ?? NO_STATUS }),
  prepareForStatusUpdate: (next, previous) => ({
    ...next,
    ...(previous.spec ? { spec: previous.spec } : {}),
  }),
  validate: ({ metadata, spec = {} }, previous) => {
    const { minAvailable, maxUnavailable } = spec;
    const amount = (field: string, value: number | string | undefined) =>
      typeof value === 'string'
        ? [...invalidEach(field, value, percent(value)), ...atMostAll(field, value)]
        : nonNegative(field, value);
    const policy = spec.unhealthyPodEvictionPolicy;
    const shown = (value: number | string): string => (typeof value === 'string' ? value : String(value));
    return [
      ...(previous
        ? validateObjectMetaUpdate(metadata, previous.metadata)
        : validateObjectMeta(metadata, { namespaced: true })),
      ...(minAvailable !== undefined && maxUnavailable !== undefined
        ? [
            invalidValue(
              'spec',
              `minAvailable: ${shown(minAvailable)}, maxUnavailable: ${shown(maxUnavailable)}`,
              'minAvailable and maxUnavailable cannot be both set',
            ),
          ]
        : []),
      ...amount('spec.minAvailable', minAvailable),
      ...amount('spec.maxUnavailable', maxUnavailable),
      ...validateLabelSelector(spec.selector, 'spec.selector'),
      ...(policy === undefined || EVICTION_POLICIES.includes(policy)
        ? []
        : [notSupported('spec.unhealthyPodEvictionPolicy', policy, EVICTION_POLICIES)]),
    ];
  },
});

const EVICTION_POLICIES = ['AlwaysAllow', 'IfHealthyBudget'];

/** IsNotMoreThan100Percent. */
function atMostAll(field: string, value: string): FieldError[] {
  return /^\d+%$/.test(value) && Number.parseInt(value, 10) > 100
    ? [invalidValue(field, value, 'must not be greater than 100%')]
    : [];
}
