import {
  type ControllerRevision,
  type Json,
  matchesLabels,
  type Pod,
  type Stored,
  selectorFromLabelSelector,
  type View,
} from '../../api';
import type { Action, WatchRule } from '../seams';
import { controllerOf, controllerRef } from './owners';
import { patchObject } from './patch-status';
import { REFS } from './refs';

/** What has a selector and controls what that selects. */
interface Selecting {
  readonly spec?: { readonly selector?: object | undefined } | undefined;
}

/** A Pod that nobody controls wakes every object of `resource` that could adopt it. */
export function orphanKey(resource: string): WatchRule {
  return {
    resource: 'pods',
    keys(object, previous, view) {
      const pod = object ?? previous;
      if (pod === undefined || controllerOf(pod) !== undefined) return [];
      return view
        .list<Stored & Selecting>(resource, pod.metadata.namespace ?? '')
        .filter((set) => selects(set, pod))
        .map((set) => `${set.metadata.namespace ?? ''}/${set.metadata.name}`);
    },
  };
}

/** Whether the set's selector matches the object's labels; an empty selector matches nothing. */
export function selects(
  set: Selecting,
  object: { readonly metadata: { readonly labels?: Readonly<Record<string, string>> } },
): boolean {
  const requirements = selectorFromLabelSelector(set.spec?.selector ?? {});
  return requirements.length > 0 && matchesLabels(requirements, object.metadata.labels);
}

/** Adopts Pods that match and have no controller; releases Pods that match no longer (PodControllerRefManager.ClaimPods). */
export function claimPods(
  set: Stored & Selecting,
  pods: readonly Stored<Pod>[],
  mayAdopt: (pod: Stored<Pod>) => boolean,
): readonly Action[] {
  const actions: Action[] = [];
  for (const pod of pods) {
    const owner = controllerOf(pod);
    const matches = selects(set, pod);
    const owners = pod.metadata.ownerReferences ?? [];
    if (owner === undefined && matches && pod.metadata.deletionTimestamp === undefined && mayAdopt(pod)) {
      actions.push(ownersPatch(REFS.pods, pod, [...owners, controllerRef(set)]));
    } else if (owner?.uid === set.metadata.uid && !matches) {
      const others = owners.filter((each) => each.uid !== set.metadata.uid);
      actions.push(ownersPatch(REFS.pods, pod, others));
    }
  }
  return actions;
}

/** Adopts the history that a deleted set of the same labels left behind (adoptOrphanRevisions). */
export function adoptRevisions(view: View, set: Stored & Selecting): readonly Action[] {
  return view
    .list<ControllerRevision>('controllerrevisions.apps', set.metadata.namespace ?? '')
    .filter((revision) => controllerOf(revision) === undefined && selects(set, revision))
    .map((revision) => ownersPatch(REFS.controllerRevisions, revision, [controllerRef(set)]));
}

const ownersPatch = (ref: Parameters<typeof patchObject>[0], object: Stored, owners: readonly object[]) =>
  patchObject(ref, object, {
    metadata: {
      uid: object.metadata.uid,
      ownerReferences: owners.length === 0 ? null : (owners as unknown as Json),
    },
  });
