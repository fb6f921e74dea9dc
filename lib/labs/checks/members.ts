import { z } from 'zod';
import type { KubeObject, Node, Pod, Stored } from '../../api';
import { matchesLabels, selectorFromMap } from '../../api';
import type { Evidence } from '../seams';

const labels = z.record(z.string(), z.string());

/** Fields that say which Pods are meant: those of a workload, of some names, or with some labels. Exactly one is used. */
export const memberFields = {
  deployment: z.string().optional(),
  statefulset: z.string().optional(),
  daemonset: z.string().optional(),
  pods: z.array(z.string()).min(1).optional(),
  labels: labels.optional(),
};

/** Which Pods are meant. */
export interface Members {
  readonly deployment?: string | undefined;
  readonly statefulset?: string | undefined;
  readonly daemonset?: string | undefined;
  readonly pods?: readonly string[] | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

const WAYS = ['deployment', 'statefulset', 'daemonset', 'pods', 'labels'] as const;

/** For `refine`: how many of the ways to name Pods are used. */
export const waysUsed = (fields: Members): number => WAYS.filter((way) => fields[way] !== undefined).length;

/** What to say when not exactly one is used. */
export const ONE_WAY = 'needs exactly one of deployment, statefulset, daemonset, pods, labels';

const WORKLOADS = {
  deployment: { resource: 'deployments.apps', kind: 'Deployment' },
  statefulset: { resource: 'statefulsets.apps', kind: 'StatefulSet' },
  daemonset: { resource: 'daemonsets.apps', kind: 'DaemonSet' },
} as const;

/** The workload that is meant, if one is. */
export function workloadOf(members: Members) {
  for (const way of ['deployment', 'statefulset', 'daemonset'] as const) {
    const name = members[way];
    if (name !== undefined) return { ...WORKLOADS[way], name };
  }
  return undefined;
}

/** "Deployment web-app", "the Pods labelled app=web". */
export function describeMembers(members: Members): string {
  const workload = workloadOf(members);
  if (workload) return `${workload.kind} ${workload.name}`;
  if (members.pods) return `${members.pods.length === 1 ? 'Pod' : 'Pods'} ${members.pods.join(', ')}`;
  return `the Pods labelled ${labelText(members.labels ?? {})}`;
}

/** The Pods meant, without those on their way out; a Deployment's through its ReplicaSets. */
export function podsOf(evidence: Evidence, namespace: string, members: Members): readonly Stored<Pod>[] {
  const alive = evidence.view
    .list<Pod>('pods', namespace)
    .filter((pod) => pod.metadata.deletionTimestamp === undefined && !isGraders(pod));
  const { pods, labels: wanted } = members;
  if (pods) return alive.filter((pod) => pods.includes(pod.metadata.name));
  if (wanted) return alive.filter((pod) => matchesLabels(selectorFromMap(wanted), pod.metadata.labels));
  const workload = workloadOf(members);
  const owner = workload && evidence.view.get(workload.resource, namespace, workload.name);
  if (!owner) return [];
  const sets = evidence.view
    .list('replicasets.apps', namespace)
    .filter((set) => controlledBy(set, owner.metadata.uid))
    .map((set) => set.metadata.uid);
  return alive.filter((pod) => [owner.metadata.uid, ...sets].some((uid) => controlledBy(pod, uid)));
}

const controlledBy = (object: Stored, uid: string): boolean =>
  object.metadata.ownerReferences?.some((each) => each.controller === true && each.uid === uid) ?? false;

/** The label of Pods that the grader itself made on a copy. */
export const GRADERS_LABEL = 'portside.example/grader';
const isGraders = (object: KubeObject): boolean => object.metadata.labels?.[GRADERS_LABEL] !== undefined;

/** Whether the Ready condition of a Pod or a node is True. */
export function isReady(object: Pod | Node): boolean {
  const conditions: readonly { readonly type: string; readonly status: string }[] =
    object.status?.conditions ?? [];
  return conditions.some((each) => each.type === 'Ready' && each.status === 'True');
}

/** `a=1,b=2`, as kubectl prints labels. */
export const labelText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',') || '<none>';

/** "the ready Pods of Deployment web-app", "the ready Pods a, b", "the ready Pods labelled app=web". */
export function describeReady(members: Members): string {
  if (members.pods?.length === 1) return `the ready Pod ${members.pods[0]}`;
  if (members.pods) return `the ready Pods ${members.pods.join(', ')}`;
  if (members.labels) return `the ready Pods labelled ${labelText(members.labels)}`;
  return `the ready Pods of ${describeMembers(members)}`;
}

/** "Deployment web has no ready Pod", of members of which none is ready. */
export function describeNoneReady(members: Members): string {
  const who = describeMembers(members);
  return workloadOf(members) ? `${who} has no ready Pod` : `Of ${who} none is ready`;
}
