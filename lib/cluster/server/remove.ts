import {
  type Answer,
  type DeleteOptions,
  forbidden,
  type KubeList,
  type KubeObject,
  type ListOptions,
  type ObjectMeta,
  type Status,
  type Stored,
} from '../../api';
import { deepEqual, formatTime, parseTime } from '../../base';
import { compact, field, type Loose, type Request, type StoredLoose } from './context';
import { raiseGeneration } from './generation';
import { putStored } from './kind-store';
import { checkPreconditions } from './metadata';
import { getObject, listObjects } from './read';
import { removeFromStore } from './remove-from-store';

/** Kinds whose DELETE answers with the object itself; others answer with a Status. */
const ANSWERED_WITH_OBJECT: ReadonlySet<string> = new Set([
  'pods',
  'services',
  'serviceaccounts',
  'persistentvolumeclaims',
  'persistentvolumes',
  'replicationcontrollers',
  'resourcequotas',
]);

const IMMORTAL: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);
const DEFAULT_GRACE_SECONDS = 30;

/** Deletes an object at once, or marks it as going while a grace period or a finalizer holds it. */
export function deleteObject(request: Request, name: string, options: DeleteOptions): Answer<KubeObject> {
  refuseImmortal(request, name);
  const existing = getObject(request, name) as StoredLoose;
  checkPreconditions(request, existing, options.preconditions ?? {});
  if (existing.metadata.deletionTimestamp && isPending(existing, options))
    return { object: existing, warnings: [], code: 200 };
  const marked = markForDeletion(request, existing, options);
  const held = isHeld(marked);
  if (options.dryRun) return answer(request, marked, !held);
  const changed = !deepEqual(marked, existing);
  // A graceful kind is updated even when it goes at once, so that watchers see its last version.
  const updates = changed && (held || isGraceful(request) || (existing.metadata.finalizers ?? []).length > 0);
  const stored = updates ? putStored(request, name, marked) : existing;
  if (held) return { object: stored, warnings: [], code: 200 };
  removeFromStore(request, stored);
  return answer(request, stored, true);
}

/** Deletes all that a list would show, and returns that list, as it was (registry.Store's DeleteCollection). */
export function deleteObjects(request: Request, options: DeleteOptions & ListOptions): KubeList<Stored> {
  const list = listObjects(request, options);
  for (const object of list.items) {
    const inNamespace = { ...request, namespace: object.metadata.namespace ?? '' };
    deleteObject(inNamespace, object.metadata.name, options);
  }
  return list;
}

const isGraceful = ({ kind }: Request): boolean => kind.group === '' && kind.plural === 'pods';
const isNamespace = ({ kind }: Request): boolean => kind.group === '' && kind.plural === 'namespaces';

function refuseImmortal(request: Request, name: string): void {
  if (isNamespace(request) && IMMORTAL.has(name) && name !== 'kube-node-lease') {
    throw forbidden('namespaces', '', name, 'this namespace may not be deleted');
  }
}

/** Already going, and nothing asked that would make it go sooner. */
function isPending(existing: Loose, options: DeleteOptions): boolean {
  const { deletionGracePeriodSeconds } = existing.metadata;
  if (existing.kind === 'Namespace') return true;
  if (deletionGracePeriodSeconds === undefined) return false;
  if (deletionGracePeriodSeconds === 0) return isHeld(existing);
  return options.gracePeriodSeconds === undefined || options.gracePeriodSeconds >= deletionGracePeriodSeconds;
}

function isHeld(object: Loose): boolean {
  const { finalizers, deletionGracePeriodSeconds } = object.metadata;
  if ((finalizers ?? []).length > 0 || (deletionGracePeriodSeconds ?? 0) > 0) return true;
  const own = field(object, 'spec', 'finalizers');
  return object.kind === 'Namespace' && Array.isArray(own) && own.length > 0;
}

/** The object with the deletion written into it (rest.BeforeDelete, deletionFinalizersForGarbageCollection). */
function markForDeletion(request: Request, existing: StoredLoose, options: DeleteOptions): StoredLoose {
  const finalizers = finalizersFor(existing, options);
  const graceSeconds = isGraceful(request) ? podGraceSeconds(existing, options) : 0;
  const wasGoing = existing.metadata.deletionTimestamp !== undefined;
  const metadata = compact<ObjectMeta>({
    ...existing.metadata,
    finalizers: finalizers.length > 0 ? finalizers : undefined,
    deletionTimestamp: deletionTime(request, existing, graceSeconds),
    deletionGracePeriodSeconds: isNamespace(request) ? undefined : graceSeconds,
  });
  const marked = { ...existing, metadata } as StoredLoose;
  if (isNamespace(request))
    return { ...marked, status: { ...existing.status, phase: 'Terminating' } } as StoredLoose;
  return !wasGoing && (existing.metadata.generation ?? 0) > 0 ? raiseGeneration(marked) : marked;
}

/** A shortened grace period counts from when the deletion was first asked for. */
function deletionTime({ context }: Request, existing: Stored, graceSeconds: number): string {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = existing.metadata;
  const asked =
    deletionTimestamp === undefined
      ? context.clock.now()
      : (parseTime(deletionTimestamp) ?? 0) - deletionGracePeriodSeconds * 1000;
  return formatTime(asked + graceSeconds * 1000);
}

/** podStrategy.CheckGracefulDelete: an unscheduled or finished Pod has nothing to wait for. */
function podGraceSeconds(pod: Loose, options: DeleteOptions): number {
  const phase = field(pod, 'status', 'phase');
  if (!field(pod, 'spec', 'nodeName') || phase === 'Failed' || phase === 'Succeeded') return 0;
  const own = field(pod, 'spec', 'terminationGracePeriodSeconds');
  const seconds = options.gracePeriodSeconds ?? (typeof own === 'number' ? own : DEFAULT_GRACE_SECONDS);
  return seconds < 0 ? 1 : seconds;
}

const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

function finalizersFor(existing: Stored, { propagationPolicy }: DeleteOptions): readonly string[] {
  const own = existing.metadata.finalizers ?? [];
  if (propagationPolicy === undefined || existing.metadata.deletionTimestamp) return own;
  const others = own.filter((each) => each !== ORPHAN && each !== FOREGROUND);
  if (propagationPolicy === 'Orphan') return [...others, ORPHAN];
  return propagationPolicy === 'Foreground' ? [...others, FOREGROUND] : others;
}

function answer({ kind }: Request, object: Stored, gone: boolean): Answer<KubeObject> {
  if (!gone || ANSWERED_WITH_OBJECT.has(kind.plural)) return { object, warnings: [], code: 200 };
  const { name, uid } = object.metadata;
  const group = kind.group === '' ? {} : { group: kind.group };
  const status: Status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name, ...group, kind: kind.plural, uid },
    code: 200,
  };
  return { object: status as unknown as KubeObject, warnings: [], code: 200 };
}
