import type { PodTemplateSpec } from '../../../api';

/** The label that tells the Pods of a Deployment's ReplicaSets apart. */
export const TEMPLATE_HASH_LABEL = 'pod-template-hash';

/** The template without the hash label, to compare a ReplicaSet's with its Deployment's. */
export function withoutHash(template: PodTemplateSpec | undefined): unknown {
  const labels = Object.entries(template?.metadata?.labels ?? {}).filter(
    ([key]) => key !== TEMPLATE_HASH_LABEL,
  );
  return { ...template, metadata: { ...template?.metadata, labels: Object.fromEntries(labels) } };
}
