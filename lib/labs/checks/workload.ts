import { z } from 'zod';
import type { Deployment, Pod } from '../../api';
import { matchesLabels, selectorFromMap } from '../../api';
import type { Evidence, Finding } from '../seams';
import { defineCheck, MET } from './check-kind';
import { isReady, podsOf } from './pods-of';

const schema = z.strictObject({
  namespace: z.string().default('default'),
  deployment: z.string(),
  /** Labels that the Pods must carry. */
  labels: z.record(z.string(), z.string()),
  ready: z.number().int().positive(),
});

/** A Deployment keeps so many Pods ready, with these labels: Pods that somebody replaces when they die. */
export const workloadCheck = defineCheck('workload', schema, async (fields, evidence): Promise<Finding> => {
  const deployment = evidence.view.get<Deployment>('deployments.apps', fields.namespace, fields.deployment);
  if (!deployment) return noDeployment(fields, evidence);
  const pods = podsOf(evidence, fields.namespace, fields.deployment);
  const unlabelled = pods.find((pod) => !matchesLabels(selectorFromMap(fields.labels), pod.metadata.labels));
  if (unlabelled) {
    return {
      outcome: 'not-met',
      reason: `Pod ${unlabelled.metadata.name} of Deployment ${fields.deployment} does not carry the labels asked for (spec.template.metadata.labels).`,
      expected: labelText(fields.labels),
      actual: labelText(unlabelled.metadata.labels ?? {}),
    };
  }
  const wanted = deployment.spec?.replicas ?? 1;
  const ready = pods.filter(isReady).length;
  if (wanted !== fields.ready || ready !== fields.ready) {
    return {
      outcome: 'not-met',
      reason:
        wanted === fields.ready
          ? `Deployment ${fields.deployment} wants ${wanted} Pods and ${ready} are ready.${whyNot(pods)}`
          : `Deployment ${fields.deployment} asks for ${wanted} replicas (spec.replicas).`,
      expected: `${fields.ready} ready`,
      actual: `${wanted} wanted, ${ready} ready`,
    };
  }
  return MET;
});

function noDeployment(
  fields: { namespace: string; deployment: string; labels: Record<string, string> },
  { view }: Evidence,
): Finding {
  const bare = view
    .list<Pod>('pods', fields.namespace, selectorFromMap(fields.labels))
    .filter((pod) => !pod.metadata.ownerReferences?.length);
  if (bare.length > 0) {
    return {
      outcome: 'not-met',
      reason: `Pod ${bare.map((pod) => pod.metadata.name).join(', ')} has the right labels but no owner (metadata.ownerReferences): nothing would replace it when it dies. A Deployment named ${fields.deployment} would.`,
      expected: `Deployment ${fields.deployment}`,
      actual: `${bare.length} bare ${bare.length === 1 ? 'Pod' : 'Pods'}`,
    };
  }
  return {
    outcome: 'not-met',
    reason: `There is no Deployment "${fields.deployment}" in namespace ${fields.namespace}.`,
    expected: fields.deployment,
    actual:
      view
        .list('deployments.apps', fields.namespace)
        .map((each) => each.metadata.name)
        .join(', ') || 'none',
  };
}

/** The first waiting container's reason: what `kubectl get pods` shows under STATUS. */
function whyNot(pods: readonly Pod[]): string {
  for (const pod of pods.filter((each) => !isReady(each))) {
    const waiting = pod.status?.containerStatuses?.find((each) => each.state?.waiting)?.state?.waiting;
    if (waiting) return ` Pod ${pod.metadata.name} is waiting: ${waiting.reason}.`;
    if (pod.status?.phase === 'Pending') return ` Pod ${pod.metadata.name} is Pending.`;
  }
  return '';
}

/** `a=1,b=2`, as kubectl prints labels. */
export const labelText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',') || '<none>';
