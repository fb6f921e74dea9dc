import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { Deployment } from '../../types';
import { validateObjectMeta, validateObjectMetaUpdate } from '../validation';

/** ValidateDeployment, and ValidateDeploymentUpdate when there is a previous one. */
export function validateDeployment(deployment: Deployment, previous?: Stored<Deployment>): FieldError[] {
  if (previous) return validateObjectMetaUpdate(deployment.metadata, previous.metadata);
  return validateObjectMeta(deployment.metadata, { namespaced: true });
}
