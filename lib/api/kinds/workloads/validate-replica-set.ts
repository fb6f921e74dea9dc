import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { ReplicaSet } from '../../types';
import { validateObjectMeta, validateObjectMetaUpdate } from '../validation';

/** ValidateReplicaSet, and ValidateReplicaSetUpdate when there is a previous one. */
export function validateReplicaSet(replicaSet: ReplicaSet, previous?: Stored<ReplicaSet>): FieldError[] {
  if (previous) return validateObjectMetaUpdate(replicaSet.metadata, previous.metadata);
  return validateObjectMeta(replicaSet.metadata, { namespaced: true });
}
