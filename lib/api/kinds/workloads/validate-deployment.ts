import { goStruct } from '../../go-format';
import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { Deployment } from '../../types';
import {
  forbiddenField,
  invalidEach,
  invalidValue,
  nonNegative,
  notSupported,
  percent,
  required,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';
import { validateSelector, validateSelectorUnchanged, validateWorkloadTemplate } from './validate-template';

type Spec = NonNullable<Deployment['spec']>;

/** ValidateDeployment, and ValidateDeploymentUpdate when there is a previous one. */
export function validateDeployment(deployment: Deployment, previous?: Stored<Deployment>): FieldError[] {
  const { spec } = deployment;
  const meta = previous
    ? validateObjectMetaUpdate(deployment.metadata, previous.metadata)
    : validateObjectMeta(deployment.metadata, { namespaced: true });
  if (!spec) return [...meta, required('spec')];
  return [
    ...meta,
    ...validateSpec(spec),
    ...(previous ? validateSelectorUnchanged(spec.selector, previous.spec?.selector) : []),
  ];
}

function validateSpec(spec: Spec): FieldError[] {
  const deadline = spec.progressDeadlineSeconds;
  return [
    ...nonNegative('spec.replicas', spec.replicas),
    ...validateSelector(spec.selector, 'empty selector is invalid for deployment'),
    ...validateWorkloadTemplate(spec.template, spec.selector, 'ReplicaSet'),
    ...validateStrategy(spec.strategy ?? {}),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
    ...nonNegative('spec.progressDeadlineSeconds', deadline),
    ...(deadline !== undefined && deadline <= (spec.minReadySeconds ?? 0)
      ? [invalidValue('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds')]
      : []),
  ];
}

function validateStrategy({ type, rollingUpdate }: NonNullable<Spec['strategy']>): FieldError[] {
  const path = 'spec.strategy';
  if (type === 'Recreate') {
    const detail = "may not be specified when strategy `type` is 'Recreate'";
    return rollingUpdate ? [forbiddenField(`${path}.rollingUpdate`, detail)] : [];
  }
  if (type !== 'RollingUpdate') {
    return [unknownStrategy(path, type ?? '', rollingUpdate, ['Recreate', 'RollingUpdate'])];
  }
  if (!rollingUpdate) return [required(`${path}.rollingUpdate`, 'this should be defaulted and never be nil')];
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate;
  const errors = [
    ...intOrPercent(maxUnavailable, `${path}.rollingUpdate.maxUnavailable`),
    ...intOrPercent(maxSurge, `${path}.rollingUpdate.maxSurge`),
  ];
  if (amount(maxUnavailable) === 0 && amount(maxSurge) === 0) {
    const detail = 'may not be 0 when `maxSurge` is 0';
    errors.push(invalidValue(`${path}.rollingUpdate.maxUnavailable`, maxUnavailable, detail));
  }
  return [...errors, ...notMoreThanAll(maxUnavailable, `${path}.rollingUpdate.maxUnavailable`)];
}

/** IsNotMoreThan100Percent. */
export const notMoreThanAll = (value: number | string, field: string): FieldError[] =>
  typeof value === 'string' && amount(value) > 100
    ? [invalidValue(field, value, 'must not be greater than 100%')]
    : [];

/** A strategy that nobody knows is shown whole; the internal type has no JSON names of its own. */
export function unknownStrategy(
  path: string,
  type: string,
  rollingUpdate: NonNullable<Spec['strategy']>['rollingUpdate'],
  known: readonly string[],
): FieldError {
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate ?? {};
  const shown = {
    Type: type,
    RollingUpdate: rollingUpdate ? { MaxUnavailable: maxUnavailable, MaxSurge: maxSurge } : null,
  };
  return { ...notSupported(path, '', known), badValue: goStruct(shown) };
}

/** The number of a count or a percentage. */
export const amount = (value: number | string): number =>
  typeof value === 'number' ? value : Number(value.replace('%', ''));

/** ValidatePositiveIntOrPercent. */
export function intOrPercent(value: number | string, field: string): FieldError[] {
  return typeof value === 'number' ? nonNegative(field, value) : invalidEach(field, value, percent(value));
}
