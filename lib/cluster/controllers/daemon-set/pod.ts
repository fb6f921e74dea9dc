import { type DaemonSet, type Node, type Pod, type Stored, TEMPLATE_GENERATION } from '../../../api';
import { type Random, randomName } from '../../../base';
import type { Action } from '../../seams';
import { controllerRef } from '../owners';
import { REFS } from '../refs';
import { REVISION_HASH } from '../revisions';

type PodSpec = NonNullable<Pod['spec']>;
type Toleration = NonNullable<PodSpec['tolerations']>[number];

/** Where a Pod of a DaemonSet is or is meant to be: the scheduler binds it to the node of its affinity. */
export function nodeOf(pod: Pod): string {
  if (pod.spec?.nodeName) return pod.spec.nodeName;
  const terms =
    pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const field = terms?.[0]?.matchFields?.find((each) => each.key === 'metadata.name');
  return field?.values?.[0] ?? '';
}

/** Tolerations that every Pod of a DaemonSet gets (util.AddOrUpdateDaemonPodTolerations). */
function tolerationsOf(spec: PodSpec | undefined): readonly Toleration[] {
  const named = (key: string, effect: string): Toleration =>
    ({ key: `node.kubernetes.io/${key}`, operator: 'Exists', effect }) as Toleration;
  const added = [
    named('not-ready', 'NoExecute'),
    named('unreachable', 'NoExecute'),
    named('disk-pressure', 'NoSchedule'),
    named('memory-pressure', 'NoSchedule'),
    named('pid-pressure', 'NoSchedule'),
    named('unschedulable', 'NoSchedule'),
    ...(spec?.hostNetwork ? [named('network-unavailable', 'NoSchedule')] : []),
  ];
  return [...(spec?.tolerations ?? []), ...added];
}

/** The Pod of a DaemonSet for one node; for no node in particular where that is ''. */
export function podFor(set: Stored<DaemonSet>, hash: string, name: string, node: string): Pod {
  const template = set.spec?.template;
  const spec = template?.spec;
  const generation = set.metadata.annotations?.[TEMPLATE_GENERATION] ?? '1';
  const field = { key: 'metadata.name', operator: 'In', values: [node] };
  const affinity =
    node === ''
      ? spec?.affinity
      : {
          ...spec?.affinity,
          nodeAffinity: {
            ...spec?.affinity?.nodeAffinity,
            requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [field] }] },
          },
        };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...template?.metadata,
      name,
      generateName: `${set.metadata.name}-`,
      namespace: set.metadata.namespace,
      labels: {
        ...template?.metadata?.labels,
        [REVISION_HASH]: hash,
        'pod-template-generation': generation,
      },
      ownerReferences: [controllerRef(set)],
    },
    spec: { ...spec, ...(affinity === undefined ? {} : { affinity }), tolerations: tolerationsOf(spec) },
  } as Pod;
}

/** Makes the Pod of a node, and tells of it. */
export function creation(
  set: Stored<DaemonSet>,
  node: Stored<Node>,
  hash: string,
  random: Random,
): readonly Action[] {
  const name = `${set.metadata.name}-${randomName(random, 5)}`;
  const object = podFor(set, hash, name, node.metadata.name);
  const message = `Created pod: ${name}`;
  return [
    { verb: 'create', ref: REFS.pods, object },
    { verb: 'event', about: set, type: 'Normal', reason: 'SuccessfulCreate', message },
  ];
}

/** Deletes a Pod, and tells of it. */
export function deletion(set: Stored<DaemonSet>, pod: Stored<Pod>): readonly Action[] {
  const { name, uid, namespace = '' } = pod.metadata;
  return [
    { verb: 'delete', ref: REFS.pods, namespace, name, options: { preconditions: { uid } } },
    {
      verb: 'event',
      about: set,
      type: 'Normal',
      reason: 'SuccessfulDelete',
      message: `Deleted pod: ${name}`,
    },
  ];
}
