import type { Job } from '../../types';
import { setPodTemplateDefaults } from '../pod/defaults';
import { withDefaults } from '../shape';

type Spec = NonNullable<Job['spec']>;

/** SetDefaults_Job. */
export function setJobSpecDefaults(given: Job['spec']): Spec {
  const single = given?.completions === undefined && given?.parallelism === undefined;
  const spec = withDefaults<Omit<Spec, 'template'>>({ ...given } as Spec, {
    ...(single ? { completions: 1 } : {}),
    parallelism: 1,
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    manualSelector: false,
    podReplacementPolicy: given?.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed',
    suspend: false,
  });
  return { ...spec, template: setPodTemplateDefaults(given?.template) };
}

/** jobStrategy.generateSelector: a Job finds its Pods by its own uid. */
export function labelJob(job: Job): Job {
  const { spec, metadata } = job;
  if (!spec || spec.manualSelector || !metadata.uid) return job;
  const uid = metadata.uid;
  const name = metadata.name ?? '';
  const labels = {
    ...spec.template.metadata?.labels,
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  // A Job without labels takes its template's when it is read back from storage (SetDefaults_Job).
  const own = Object.keys(metadata.labels ?? {}).length > 0 ? metadata : { ...metadata, labels };
  return {
    ...job,
    metadata: own,
    spec: {
      ...spec,
      selector: { matchLabels: { ...spec.selector?.matchLabels, 'batch.kubernetes.io/controller-uid': uid } },
      template: { ...spec.template, metadata: { ...spec.template.metadata, labels } },
    },
  };
}
