import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { Pod } from '../../types';
import { validateObjectMeta, validateObjectMetaUpdate } from '../validation';

/** ValidatePodCreate, and ValidatePodUpdate when there is a previous one. */
export function validatePod(pod: Pod, previous?: Stored<Pod>): FieldError[] {
  if (previous) return validateObjectMetaUpdate(pod.metadata, previous.metadata);
  return validateObjectMeta(pod.metadata, { namespaced: true });
}
