import {
  type Deployment,
  findKindOf,
  type Pod,
  type PodDisruptionBudget,
  qualifiedResource,
  type ReplicaSet,
  type StatefulSet,
  type Stored,
  type View,
} from '../../../api';
import { scaledValue } from '../deployment';
import { controllerOf } from '../owners';

/** How many Pods a budget is about, and how many of them should be healthy. */
export interface Expectation {
  readonly count: number;
  readonly desired: number;
  /** Whether Pods are among them that no controller stands behind. */
  readonly unmanaged: boolean;
}

/** getExpectedPodCount: a percentage, or a maximum of those away, is of what the Pods' controllers are scaled to. */
export function expectation(
  view: View,
  { spec }: PodDisruptionBudget,
  pods: readonly Stored<Pod>[],
): Expectation | { readonly failure: string } {
  const { maxUnavailable, minAvailable } = spec ?? {};
  if (maxUnavailable === undefined && typeof minAvailable === 'number') {
    return { count: pods.length, desired: minAvailable, unmanaged: false };
  }
  if (maxUnavailable === undefined && minAvailable === undefined)
    return { count: 0, desired: 0, unmanaged: false };
  const scale = expectedScale(view, pods);
  if ('failure' in scale) return scale;
  const { count, unmanaged: alone } = scale;
  const desired =
    maxUnavailable === undefined
      ? scaledValue(minAvailable, count, 'up')
      : Math.max(0, count - scaledValue(maxUnavailable, count, 'up'));
  return { count, desired, unmanaged: alone };
}

function expectedScale(
  view: View,
  pods: readonly Stored<Pod>[],
): { readonly count: number; readonly unmanaged: boolean } | { readonly failure: string } {
  const scales = new Map<string, number>();
  for (const pod of pods) {
    const found = scaleOf(view, pod);
    if (found === undefined) continue;
    if ('failure' in found) return found;
    scales.set(found.uid, found.replicas);
  }
  const count = [...scales.values()].reduce((sum, each) => sum + each, 0);
  return { count, unmanaged: pods.some((pod) => controllerOf(pod) === undefined) };
}

type Scaled = { readonly uid: string; readonly replicas: number };

function scaleOf(view: View, pod: Stored<Pod>): Scaled | { readonly failure: string } | undefined {
  const owner = controllerOf(pod);
  if (owner === undefined) return undefined;
  const { namespace = '' } = pod.metadata;
  const kind = findKindOf(owner);
  const resource = kind ? qualifiedResource(kind.plural, kind.group) : '';
  if (kind && !kind.subresources.includes('scale')) {
    return { failure: `${resource} does not implement the scale subresource` };
  }
  const found = kind && view.get<ReplicaSet | StatefulSet>(resource, namespace, owner.name);
  if (found?.metadata.uid !== owner.uid) {
    return { failure: `found no controllers for pod ${JSON.stringify(pod.metadata.name)}` };
  }
  const above = owner.kind === 'ReplicaSet' ? controllerOf(found) : undefined;
  const deployment =
    above?.kind === 'Deployment'
      ? view.get<Deployment>('deployments.apps', namespace, above.name)
      : undefined;
  const scaled = deployment?.metadata.uid === above?.uid ? (deployment ?? found) : found;
  return { uid: scaled.metadata.uid, replicas: scaled.spec?.replicas ?? 1 };
}
