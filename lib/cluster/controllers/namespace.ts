import {
  apiResource,
  type KindSpec,
  type Namespace,
  type Pod,
  resourceKey,
  type Stored,
  storedKinds,
  type View,
} from '../../api';
import { formatTime, parseTime } from '../../base';
import type { Action, Controller, Plan } from '../seams';
import { type Condition, conditionsOf, setCondition } from './conditions';
import { ownKey } from './keys';
import { patchStatus } from './patch-status';
import { planOf, REST } from './plan';
import { REFS } from './refs';

/** The controller waits so long before it empties a namespace, for all API servers to have seen the deletion. */
const DELETION_GRACE_MS = 5000;
const FINALIZER = 'kubernetes';

/** Empties a namespace that is being deleted, and then lets it go. */
export const namespaceController: Controller = {
  name: 'namespace-controller',
  watches: [ownKey('namespaces')],
  reconcile(view, key, now) {
    const namespace = view.get<Namespace>('namespaces', '', key);
    const deleted = namespace?.metadata.deletionTimestamp;
    if (namespace === undefined || deleted === undefined) return REST;
    const wait = (parseTime(deleted) ?? now) + DELETION_GRACE_MS - now;
    return wait > 0 ? planOf([], wait) : empty(view, namespace, now);
  },
};

interface Content {
  readonly kind: KindSpec;
  readonly objects: readonly Stored[];
}

function empty(view: View, namespace: Stored<Namespace>, now: number): Plan {
  const name = namespace.metadata.name;
  const content: readonly Content[] = storedKinds
    .filter((kind) => kind.namespaced)
    .map((kind) => ({ kind, objects: view.list(resourceKey(kind), name) }))
    .filter(({ objects }) => objects.length > 0);
  const deletions = content.flatMap(({ kind, objects }) =>
    objects.flatMap((object) => deletion(kind, object)),
  );
  const held = content.map(({ kind, objects }) => ({ kind, objects: objects.filter(isHeld) }));
  const remaining = held.filter(({ objects }) => objects.length > 0);
  const status = patchStatus(REFS.namespaces, namespace, statusWith(namespace, remaining, now));
  if (remaining.length > 0) return planOf([...deletions, status], estimateMs(remaining));
  const finalizers = (namespace.spec?.finalizers ?? []).filter((each) => each !== FINALIZER);
  const { resourceVersion: _, ...metadata } = namespace.metadata;
  const object = { ...namespace, metadata, spec: { ...namespace.spec, finalizers } } as Namespace;
  const finalize: Action = { verb: 'update', ref: REFS.namespaces, object, subresource: 'finalize' };
  return planOf([...deletions, status, finalize]);
}

/** Whether an object will still be there once its deletion was asked for. */
function isHeld(object: Stored): boolean {
  if ((object.metadata.finalizers ?? []).length > 0) return true;
  return object.kind === 'Pod' && graceSeconds(object as Stored<Pod>) > 0;
}

function graceSeconds(pod: Stored<Pod>): number {
  const finished = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  if (!pod.spec?.nodeName || finished) return 0;
  return pod.metadata.deletionGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;
}

/** The controller comes back when half of the longest grace is over, and a second. */
function estimateMs(remaining: readonly Content[]): number {
  const graces = remaining.flatMap(({ objects }) =>
    objects.map((object) => (object.kind === 'Pod' ? graceSeconds(object as Stored<Pod>) : 15)),
  );
  return (Math.floor(Math.max(...graces) / 2) + 1) * 1000;
}

function deletion(kind: KindSpec, object: Stored): readonly Action[] {
  if (object.metadata.deletionTimestamp !== undefined) return [];
  const { group, version, resource } = apiResource(kind);
  const { namespace = '', name } = object.metadata;
  const options = { propagationPolicy: 'Background' } as const;
  return [{ verb: 'delete', ref: { group, version, resource }, namespace, name, options }];
}

function statusWith(namespace: Stored<Namespace>, remaining: readonly Content[], now: number): object {
  const conditions = conditionsFor(remaining, now).reduce(
    (known: readonly Condition[], next) => setCondition(known, next),
    conditionsOf(namespace.status),
  );
  return { ...namespace.status, conditions };
}

function conditionsFor(remaining: readonly Content[], now: number): readonly Condition[] {
  const condition = (type: string, status: boolean, reason: string, message: string): Condition => ({
    type,
    status: status ? 'True' : 'False',
    lastTransitionTime: formatTime(now),
    reason,
    message,
  });
  const finalizers = finalizersOf(remaining);
  return [
    condition(
      'NamespaceDeletionDiscoveryFailure',
      false,
      'ResourcesDiscovered',
      'All resources successfully discovered',
    ),
    condition(
      'NamespaceDeletionGroupVersionParsingFailure',
      false,
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ),
    condition(
      'NamespaceDeletionContentFailure',
      false,
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ),
    remaining.length > 0
      ? condition('NamespaceContentRemaining', true, 'SomeResourcesRemain', remainingText(remaining))
      : condition('NamespaceContentRemaining', false, 'ContentRemoved', 'All content successfully removed'),
    finalizers === ''
      ? condition(
          'NamespaceFinalizersRemaining',
          false,
          'ContentHasNoFinalizers',
          'All content-preserving finalizers finished',
        )
      : condition(
          'NamespaceFinalizersRemaining',
          true,
          'SomeFinalizersRemain',
          `Some content in the namespace has finalizers remaining: ${finalizers}`,
        ),
  ];
}

function remainingText(remaining: readonly Content[]): string {
  const parts = remaining.map(
    ({ kind, objects }) => `${kind.plural}.${kind.group} has ${objects.length} resource instances`,
  );
  return `Some resources are remaining: ${parts.toSorted().join(', ')}`;
}

function finalizersOf(remaining: readonly Content[]): string {
  const counts = new Map<string, number>();
  for (const { objects } of remaining) {
    for (const finalizer of objects.flatMap((object) => object.metadata.finalizers ?? [])) {
      counts.set(finalizer, (counts.get(finalizer) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([finalizer, count]) => `${finalizer} in ${count} resource instances`)
    .toSorted()
    .join(', ');
}
