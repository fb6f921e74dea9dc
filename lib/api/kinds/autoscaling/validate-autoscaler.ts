import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { HorizontalPodAutoscaler } from '../../types';
import {
  forbiddenField,
  invalidValue,
  notSupported,
  required,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';
import type { AutoscalerSpec } from './defaults';
import { validateMetricSpec } from './validate-metric';
import { validateReference } from './validate-reference';

/** ValidateHorizontalPodAutoscaler, and …Update when there is a previous one. */
export function validateAutoscaler(
  { metadata, spec }: HorizontalPodAutoscaler,
  previous?: Stored<HorizontalPodAutoscaler>,
): FieldError[] {
  const meta = previous
    ? validateObjectMetaUpdate(metadata, previous.metadata)
    : validateObjectMeta(metadata, { namespaced: true });
  return spec ? [...meta, ...validateSpec(spec)] : [...meta, required('spec')];
}

function validateSpec(spec: AutoscalerSpec): FieldError[] {
  const { minReplicas, maxReplicas, scaleTargetRef, metrics = [] } = spec;
  return [
    ...(minReplicas !== undefined && minReplicas < 1
      ? [invalidValue('spec.minReplicas', minReplicas, 'must be greater than or equal to 1')]
      : []),
    ...(maxReplicas < 1 ? [invalidValue('spec.maxReplicas', maxReplicas, 'must be greater than 0')] : []),
    ...(minReplicas !== undefined && maxReplicas < minReplicas
      ? [invalidValue('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`')]
      : []),
    ...validateReference(scaleTargetRef, 'spec.scaleTargetRef'),
    ...metrics.flatMap((metric, index) => validateMetricSpec(metric, `spec.metrics[${index}]`)),
    ...validateZero(spec),
    ...validateBehavior(spec.behavior),
  ];
}

/** Nothing but what comes from outside can wake an application that is down to zero. */
function validateZero({ minReplicas, metrics = [] }: AutoscalerSpec): FieldError[] {
  if (minReplicas !== 0 || metrics.some(({ type }) => type === 'Object' || type === 'External')) return [];
  const detail = 'must specify at least one Object or External metric to support scaling to zero replicas';
  return [forbiddenField('spec.metrics', detail)];
}

type Rules = NonNullable<NonNullable<AutoscalerSpec['behavior']>['scaleUp']>;

const MAX_WINDOW_SECONDS = 3600;
const MAX_PERIOD_SECONDS = 1800;
const SELECT_POLICIES = ['Disabled', 'Max', 'Min'];
const POLICY_TYPES = ['Percent', 'Pods'];

function validateBehavior(behavior: AutoscalerSpec['behavior']): FieldError[] {
  return [
    ...(behavior?.scaleUp ? validateRules(behavior.scaleUp, 'spec.behavior.scaleUp') : []),
    ...(behavior?.scaleDown ? validateRules(behavior.scaleDown, 'spec.behavior.scaleDown') : []),
  ];
}

function validateRules(rules: Rules, field: string): FieldError[] {
  const { stabilizationWindowSeconds: window, selectPolicy, policies = [] } = rules;
  const windowField = `${field}.stabilizationWindowSeconds`;
  return [
    ...(window !== undefined && window < 0
      ? [invalidValue(windowField, window, 'must be greater than or equal to zero')]
      : []),
    ...(window !== undefined && window > MAX_WINDOW_SECONDS
      ? [invalidValue(windowField, window, `must be less than or equal to ${MAX_WINDOW_SECONDS}`)]
      : []),
    ...(selectPolicy !== undefined && !SELECT_POLICIES.includes(selectPolicy)
      ? [notSupported(`${field}.selectPolicy`, selectPolicy, SELECT_POLICIES)]
      : []),
    ...(policies.length === 0 ? [required(`${field}.policies`, 'must specify at least one Policy')] : []),
    ...policies.flatMap((policy, index) => validatePolicy(policy, `${field}.policies[${index}]`)),
  ];
}

function validatePolicy(policy: NonNullable<Rules['policies']>[number], field: string): FieldError[] {
  const { type, value, periodSeconds } = policy;
  const positive = (name: string, given: number): FieldError[] =>
    given > 0 ? [] : [invalidValue(`${field}.${name}`, given, 'must be greater than zero')];
  return [
    ...(POLICY_TYPES.includes(type) ? [] : [notSupported(`${field}.type`, type, POLICY_TYPES)]),
    ...positive('value', value ?? 0),
    ...positive('periodSeconds', periodSeconds ?? 0),
    ...(periodSeconds > MAX_PERIOD_SECONDS
      ? [
          invalidValue(
            `${field}.periodSeconds`,
            periodSeconds,
            `must be less than or equal to ${MAX_PERIOD_SECONDS}`,
          ),
        ]
      : []),
  ];
}
