import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { ReplicaSet } from '../../types';
import { nonNegative, required, validateObjectMeta, validateObjectMetaUpdate } from '../validation';
import { validateSelector, validateSelectorUnchanged, validateWorkloadTemplate } from './validate-template';

/** ValidateReplicaSet, and ValidateReplicaSetUpdate when there is a previous one. */
export function validateReplicaSet(replicaSet: ReplicaSet, previous?: Stored<ReplicaSet>): FieldError[] {
  const { spec } = replicaSet;
  const meta = previous
    ? validateObjectMetaUpdate(replicaSet.metadata, previous.metadata)
    : validateObjectMeta(replicaSet.metadata, { namespaced: true });
  if (!spec) return [...meta, required('spec')];
  return [
    ...meta,
    ...nonNegative('spec.replicas', spec.replicas),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...validateSelector(spec.selector, 'empty selector is invalid for deployment'),
    ...validateWorkloadTemplate(spec.template, spec.selector, 'ReplicaSet'),
    ...(previous ? validateSelectorUnchanged(spec.selector, previous.spec?.selector) : []),
  ];
}
