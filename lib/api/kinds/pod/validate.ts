import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { Pod, PodSpec, PodTemplateSpec } from '../../types';
import {
  forbiddenField,
  validateAnnotations,
  validateLabels,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';
import { validatePodSpec } from './validate-spec';
import { validatePodSpecUpdate } from './validate-update';

const EMPTY: PodSpec = { containers: [] };

/** ValidatePodCreate, and ValidatePodUpdate when there is a previous one. */
export function validatePod(pod: Pod, previous?: Stored<Pod>): FieldError[] {
  const spec = pod.spec ?? EMPTY;
  if (previous) {
    return [
      ...validateObjectMetaUpdate(pod.metadata, previous.metadata),
      ...validatePodSpecUpdate(spec, previous.spec ?? EMPTY),
    ];
  }
  return [
    ...validateObjectMeta(pod.metadata, { namespaced: true }),
    ...validatePodSpec(spec, 'spec', true),
    ...((spec.ephemeralContainers ?? []).length > 0
      ? [forbiddenField('spec.ephemeralContainers', 'cannot be set on create')]
      : []),
  ];
}

/** ValidatePodTemplateSpec. */
export function validatePodTemplate(template: PodTemplateSpec, path: string): FieldError[] {
  return [
    ...validateLabels(template.metadata?.labels, `${path}.labels`),
    ...validateAnnotations(template.metadata?.annotations, `${path}.annotations`),
    ...validatePodSpec(template.spec ?? EMPTY, `${path}.spec`),
    ...((template.spec?.ephemeralContainers ?? []).length > 0
      ? [
          forbiddenField(
            `${path}.spec.ephemeralContainers`,
            'ephemeral containers not allowed in pod template',
          ),
        ]
      : []),
  ];
}
