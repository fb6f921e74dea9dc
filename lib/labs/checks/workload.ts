import { z } from 'zod';
import type { Pod, Stored } from '../../api';
import { matchesLabels, selectorFromMap } from '../../api';
import type { Evidence, Finding } from '../seams';
import { defineCheck, MET } from './check-kind';
import { describeMembers, isReady, labelText, type Members, podsOf, workloadOf } from './members';

const schema = z
  .strictObject({
    namespace: z.string().default('default'),
    deployment: z.string().optional(),
    statefulset: z.string().optional(),
    daemonset: z.string().optional(),
    /** Labels that the Pods must carry. */
    labels: z.record(z.string(), z.string()).default({}),
    /** So many are wanted and ready; when left out, at least one, and all that are wanted. */
    ready: z.number().int().positive().optional(),
  })
  .refine((fields) => workloadOf(fields) !== undefined, {
    error: 'needs one of deployment, statefulset, daemonset',
  });

type Fields = z.infer<typeof schema>;

/** A workload keeps so many Pods ready, with these labels: Pods that somebody replaces when they die. */
export const workloadCheck = defineCheck('workload', schema, async (fields, evidence): Promise<Finding> => {
  const { labels, ...members } = fields;
  const workload = workloadOf(members);
  const object = workload && evidence.view.get(workload.resource, fields.namespace, workload.name);
  if (!object) return noWorkload(fields, members, evidence);
  const pods = podsOf(evidence, fields.namespace, members);
  const unlabelled = pods.find((pod) => !matchesLabels(selectorFromMap(labels), pod.metadata.labels));
  if (unlabelled) {
    return {
      outcome: 'not-met',
      reason: `Pod ${unlabelled.metadata.name} of ${describeMembers(members)} does not carry the labels asked for (spec.template.metadata.labels).`,
      expected: labelText(labels),
      actual: labelText(unlabelled.metadata.labels ?? {}),
    };
  }
  return counted(fields, members, object, pods);
});

function counted(fields: Fields, members: Members, object: Stored, pods: readonly Pod[]): Finding {
  const who = describeMembers(members);
  const wanted = wantedBy(object) ?? Math.max(1, pods.length);
  const ready = pods.filter(isReady).length;
  const right = fields.ready ?? Math.max(1, wanted);
  if (wanted === right && ready === right && pods.length === right) return MET;
  const reason =
    wanted !== right
      ? `${who} asks for ${wanted} replicas (spec.replicas).`
      : `${who} wants ${wanted} ${wanted === 1 ? 'Pod' : 'Pods'} and ${ready} of ${pods.length} ${ready === 1 ? 'is' : 'are'} ready.${whyNot(pods)}`;
  return {
    outcome: 'not-met',
    reason,
    expected: `${right} ready`,
    actual: `${wanted} wanted, ${ready} ready`,
  };
}

/** How many Pods an object asks for; undefined for a DaemonSet, whose nodes decide. */
export function wantedBy(object: Stored): number | undefined {
  if (object.kind === 'DaemonSet') return undefined;
  const { spec } = object as { spec?: { replicas?: number } };
  return spec?.replicas ?? 1;
}

function noWorkload(fields: Fields, members: Members, { view }: Evidence): Finding {
  const workload = workloadOf(members);
  const kind = workload?.kind ?? 'workload';
  const name = workload?.name ?? '';
  const bare = view
    .list<Pod>('pods', fields.namespace, selectorFromMap(fields.labels))
    .filter((pod) => Object.keys(fields.labels).length > 0 && !pod.metadata.ownerReferences?.length);
  if (bare.length > 0) {
    return {
      outcome: 'not-met',
      reason: `Pod ${bare.map((pod) => pod.metadata.name).join(', ')} has the right labels but no owner (metadata.ownerReferences): nothing would replace it when it dies. A ${kind} named ${name} would.`,
      expected: `${kind} ${name}`,
      actual: `${bare.length} bare ${bare.length === 1 ? 'Pod' : 'Pods'}`,
    };
  }
  const others = view.list(workload?.resource ?? '', fields.namespace).map((each) => each.metadata.name);
  return {
    outcome: 'not-met',
    reason: `There is no ${kind} "${name}" in namespace ${fields.namespace}.`,
    expected: name,
    actual: others.join(', ') || 'none',
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
