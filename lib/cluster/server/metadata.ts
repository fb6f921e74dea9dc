import {
  alreadyExists,
  badRequest,
  conflict,
  type FieldError,
  type KubeObject,
  type ObjectMeta,
  type OwnerReference,
  StatusError,
  type Stored,
} from '../../api';
import { deepEqual, formatTime, randomName, randomUuid } from '../../base';
import { compact, type Request } from './context';
import { etcdKey } from './etcd-key';

/** Longest name that generateName may lead to, before its five letters. */
const MAX_GENERATED_BASE = 58;
const GENERATED_LETTERS = 5;

/** The body's namespace must be the request's; where it names none it gets it (rest.EnsureObjectNamespaceMatchesRequestNamespace). */
export function matchNamespace(request: Request, object: KubeObject): KubeObject {
  const own = object.metadata.namespace ?? '';
  const wanted = request.kind.namespaced ? request.namespace : '';
  if (own === wanted) return object;
  if (own !== '') {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  return { ...object, metadata: { ...object.metadata, namespace: wanted } };
}

/** The name in the body must be the name in the path (checkName). */
export function matchName(object: KubeObject, name: string): KubeObject {
  const own = object.metadata.name ?? '';
  if (own === name) return object;
  if (own !== '') {
    throw badRequest(`the name of the object (${own}) does not match the name on the URL (${name})`);
  }
  throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
}

/** What a creator has no say in (rest.WipeObjectMetaSystemFields). */
export function withoutSystemFields<T extends KubeObject>(object: T): T {
  const {
    creationTimestamp: _created,
    uid: _uid,
    deletionTimestamp: _deleted,
    deletionGracePeriodSeconds: _grace,
    selfLink: _link,
    ...metadata
  } = object.metadata;
  return { ...object, metadata };
}

/** A new object's system fields and, where it has none, its name (rest.FillObjectMetaSystemFields, GenerateName). */
export function fillSystemFields<T extends KubeObject>({ context, kind }: Request, object: T): T {
  const { random, clock } = context;
  const { name, generateName } = object.metadata;
  const metadata = compact<ObjectMeta>({
    ...object.metadata,
    name:
      name ||
      (generateName
        ? `${generateName.slice(0, MAX_GENERATED_BASE)}${randomName(random, GENERATED_LETTERS)}`
        : ''),
    uid: randomUuid(random),
    creationTimestamp: formatTime(clock.now()),
    resourceVersion: undefined,
    generation: kind.hasGeneration ? 1 : undefined,
  });
  return { ...object, metadata: withoutEmptyMaps(metadata) };
}

/** An update's metadata: what only the server may set stays as it was (rest.BeforeUpdate). */
export function carrySystemFields<T extends KubeObject>(next: T, previous: Stored): T {
  const { generation, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, resourceVersion } =
    previous.metadata;
  const metadata = compact<ObjectMeta>({
    ...next.metadata,
    generation,
    creationTimestamp,
    deletionTimestamp: deletionTimestamp ?? next.metadata.deletionTimestamp,
    deletionGracePeriodSeconds: next.metadata.deletionGracePeriodSeconds ?? deletionGracePeriodSeconds,
    resourceVersion,
    uid: next.metadata.uid || previous.metadata.uid,
    namespace: previous.metadata.namespace,
    selfLink: undefined,
  });
  return { ...next, metadata: withoutEmptyMaps(metadata) };
}

/** Owners that are told of twice count once, and a warning says so (dedupOwnerReferences). */
export function dedupeOwners<T extends KubeObject>(
  object: T,
  patched = false,
): { readonly object: T; readonly warnings: readonly string[] } {
  const owners = object.metadata.ownerReferences ?? [];
  const isSecond = (owner: OwnerReference, index: number) =>
    owners.slice(0, index).some((each) => deepEqual(each, owner));
  const seconds = owners.filter(isSecond);
  if (seconds.length === 0) return { object, warnings: [] };
  const ownerReferences = owners.filter((owner, index) => !isSecond(owner, index));
  const uids = seconds.map(({ uid }) => uid).join(', ');
  const when = patched ? ' after mutating admission happens' : '';
  return {
    object: { ...object, metadata: { ...object.metadata, ownerReferences } },
    warnings: [
      `.metadata.ownerReferences contains duplicate entries${when}; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${uids}`,
    ],
  };
}

/** 409 for a name that the server chose and somebody else had (errors.NewGenerateNameConflict). */
export function generatedNameConflict(resource: string, group: string, name: string): StatusError {
  const { status } = alreadyExists(resource, group, name);
  return new StatusError({
    ...status,
    message: `${status.message ?? ''}, the server was not able to generate a unique name for the object`,
    details: { ...status.details, retryAfterSeconds: 1 },
  });
}

/** Empty labels, annotations and lists are not stored (omitempty). */
function withoutEmptyMaps(metadata: ObjectMeta): ObjectMeta {
  const { labels, annotations, finalizers, ownerReferences, managedFields } = metadata;
  const empties = [labels, annotations, finalizers, ownerReferences, managedFields].some(
    (each) => each !== undefined && Object.keys(each).length === 0,
  );
  if (!empties) return metadata;
  const unlessEmpty = <T extends object>(value: T | undefined) =>
    value && Object.keys(value).length > 0 ? value : undefined;
  return compact<ObjectMeta>({
    ...metadata,
    labels: unlessEmpty(labels),
    annotations: unlessEmpty(annotations),
    finalizers: unlessEmpty(finalizers),
    ownerReferences: unlessEmpty(ownerReferences),
    managedFields: unlessEmpty(managedFields),
  });
}

/** The reason that a write lost against another. */
export const MODIFIED =
  'the object has been modified; please apply your changes to the latest version and try again';

/** A PUT that names a uid is meant for that object alone; the refusal is the storage's own (Preconditions.Check). */
export function checkStoredUid<T extends Stored | undefined>(
  { kind, namespace }: Request,
  existing: T,
  wanted: KubeObject,
): T {
  const { uid, name = '' } = wanted.metadata;
  const own = existing?.metadata.uid ?? '';
  if (!uid || uid === own) return existing;
  const key = etcdKey(kind, namespace, name);
  throw conflict(
    kind.plural,
    kind.group,
    name,
    `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${own}`,
  );
}

/** Refuses a deletion that is meant for another object or version of the same name (rest.BeforeDelete). */
export function checkPreconditions(
  { kind }: Request,
  existing: Stored,
  wanted: { readonly uid?: string | undefined; readonly resourceVersion?: string | undefined },
): void {
  const { name, uid, resourceVersion } = existing.metadata;
  const refuse = (what: string, asked: string, is: string, perhaps: string) =>
    conflict(
      kind.kind,
      kind.group,
      name,
      `the ${what} in the precondition (${asked}) does not match the ${what} in record (${is}). The object might have been ${perhaps}`,
    );
  if (wanted.uid !== undefined && wanted.uid !== uid) {
    throw refuse('UID', wanted.uid, uid, 'deleted and then recreated');
  }
  if (wanted.resourceVersion !== undefined && wanted.resourceVersion !== resourceVersion) {
    throw refuse('ResourceVersion', wanted.resourceVersion, resourceVersion, 'modified');
  }
}

/** What metadata an update may not touch, beyond what each kind's own validation says. */
export function metadataErrors(next: KubeObject, previous: Stored): readonly FieldError[] {
  if (!previous.metadata.deletionTimestamp) return [];
  const known = new Set(previous.metadata.finalizers ?? []);
  const added = (next.metadata.finalizers ?? []).filter((each) => !known.has(each));
  if (added.length === 0) return [];
  const list = `[]string{${added.map((each) => JSON.stringify(each)).join(', ')}}`;
  return [
    {
      type: 'Forbidden',
      field: 'metadata.finalizers',
      detail: `no new finalizers can be added if the object is being deleted, found new finalizers ${list}`,
    },
  ];
}
