import type { Deployment, Pod, ReplicaSet, Stored } from '../../api';
import type { Evidence } from '../seams';

/** The Pods that belong to a Deployment through its ReplicaSets, without those on their way out. */
export function podsOf(evidence: Evidence, namespace: string, deployment: string): readonly Stored<Pod>[] {
  const { view } = evidence;
  const owner = view.get<Deployment>('deployments.apps', namespace, deployment);
  if (!owner) return [];
  const sets = new Set(
    view
      .list<ReplicaSet>('replicasets.apps', namespace)
      .filter((set) => controlledBy(set, owner.metadata.uid))
      .map((set) => set.metadata.uid),
  );
  return view
    .list<Pod>('pods', namespace)
    .filter((pod) => pod.metadata.deletionTimestamp === undefined)
    .filter((pod) => pod.metadata.ownerReferences?.some((each) => each.controller && sets.has(each.uid)));
}

const controlledBy = (object: Stored, uid: string): boolean =>
  object.metadata.ownerReferences?.some((each) => each.controller === true && each.uid === uid) ?? false;

/** Whether the Pod's Ready condition is True. */
export function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some((each) => each.type === 'Ready' && each.status === 'True') ?? false;
}
