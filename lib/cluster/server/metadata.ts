import {
  badRequest,
  conflict,
  type FieldError,
  type KubeObject,
  type ObjectMeta,
  type Stored,
} from '../../api';
import { formatTime, randomName, randomUuid } from '../../base';
import { compact, type Request } from './context';

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

/** The name in the body must be the name in the path. */
export function matchName(object: KubeObject, name: string): KubeObject {
  const own = object.metadata.name ?? '';
  if (own === name) return object;
  if (own === '') return { ...object, metadata: { ...object.metadata, name } };
  throw badRequest(`the name of the object (${own}) does not match the name on the URL (${name})`);
}

/** A new object's system fields (rest.FillObjectMetaSystemFields, names.GenerateName). */
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
    deletionTimestamp: undefined,
    deletionGracePeriodSeconds: undefined,
    resourceVersion: undefined,
    selfLink: undefined,
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
    deletionTimestamp,
    deletionGracePeriodSeconds,
    resourceVersion,
    uid: next.metadata.uid || previous.metadata.uid,
    namespace: previous.metadata.namespace,
    generateName: next.metadata.generateName ?? previous.metadata.generateName,
    managedFields: next.metadata.managedFields ?? previous.metadata.managedFields,
    selfLink: undefined,
  });
  return { ...next, metadata: withoutEmptyMaps(metadata) };
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

/** Refuses an update made from an older version or meant for another object of the same name. */
export function checkPreconditions(
  { kind }: Request,
  existing: Stored,
  wanted: { readonly uid?: string | undefined; readonly resourceVersion?: string | undefined },
): void {
  const { name, uid, resourceVersion } = existing.metadata;
  const refuse = (why: string) => conflict(kind.plural, kind.group, name, why);
  if (wanted.uid !== undefined && wanted.uid !== uid) {
    throw refuse(`Precondition failed: UID in precondition: ${wanted.uid}, UID in object meta: ${uid}`);
  }
  if (wanted.resourceVersion !== undefined && wanted.resourceVersion !== resourceVersion) {
    throw refuse(
      `Precondition failed: ResourceVersion in precondition: ${wanted.resourceVersion}, ResourceVersion in object meta: ${resourceVersion}`,
    );
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
