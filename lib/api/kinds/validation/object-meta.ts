import { goStruct } from '../../go-format';
import type { ObjectMeta, OwnerReference } from '../../objects';
import type { FieldError } from '../../status';
import {
  forbiddenField,
  immutable,
  invalidEach,
  invalidGoValue,
  invalidValue,
  nonNegative,
  required,
  tooLong,
} from './errors';
import { byteLength, dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from './names';

/** What is wrong with a name; a rule for one kind's names. */
export type NameRule = (name: string) => string[];

export interface MetaRules {
  readonly namespaced: boolean;
  /** RFC 1123 subdomain when left out. */
  readonly name?: NameRule;
  /** "metadata" when left out. */
  readonly path?: string;
}

/** All annotations together may have this many bytes. */
const ANNOTATIONS_MAX_BYTES = 256 * 1024;

/** ValidateObjectMeta. */
export function validateObjectMeta(meta: ObjectMeta, rules: MetaRules): FieldError[] {
  const path = rules.path ?? 'metadata';
  const rule = rules.name ?? dns1123Subdomain;
  return [
    ...validateName(meta, rule, path),
    ...validateNamespace(meta, rules.namespaced, path),
    ...nonNegative(`${path}.generation`, meta.generation),
    ...validateLabels(meta.labels, `${path}.labels`),
    ...validateAnnotations(meta.annotations, `${path}.annotations`),
    ...validateOwnerReferences(meta.ownerReferences ?? [], `${path}.ownerReferences`),
    ...validateFinalizers(meta.finalizers ?? [], `${path}.finalizers`),
  ];
}

function validateName(meta: ObjectMeta, rule: NameRule, path: string): FieldError[] {
  const generateName = meta.generateName ?? '';
  // A trailing dash is fine here: letters will follow it.
  const stem = generateName.endsWith('-') ? `${generateName.slice(0, -1)}a` : generateName;
  const generated = generateName === '' ? [] : invalidEach(`${path}.generateName`, generateName, rule(stem));
  if (!meta.name) return [...generated, required(`${path}.name`, 'name or generateName is required')];
  return [...generated, ...invalidEach(`${path}.name`, meta.name, rule(meta.name))];
}

function validateNamespace(meta: ObjectMeta, namespaced: boolean, path: string): FieldError[] {
  const field = `${path}.namespace`;
  if (!namespaced) return meta.namespace ? [forbiddenField(field, 'not allowed on this type')] : [];
  if (!meta.namespace) return [required(field)];
  return invalidEach(field, meta.namespace, dns1123Label(meta.namespace));
}

/** ValidateLabels: keys and values. */
export function validateLabels(
  labels: Readonly<Record<string, string>> | undefined,
  field: string,
): FieldError[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...invalidEach(field, key, qualifiedName(key)),
    ...invalidEach(field, value, labelValue(value)),
  ]);
}

/** ValidateAnnotations: keys in any case, and the size of all together. */
export function validateAnnotations(
  annotations: Readonly<Record<string, string>> | undefined,
  field: string,
): FieldError[] {
  const entries = Object.entries(annotations ?? {});
  const errors = entries.flatMap(([key]) => invalidEach(field, key, qualifiedName(key.toLowerCase())));
  const bytes = entries.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  return bytes > ANNOTATIONS_MAX_BYTES ? [...errors, tooLong(field, ANNOTATIONS_MAX_BYTES)] : errors;
}

function validateOwnerReferences(owners: readonly OwnerReference[], field: string): FieldError[] {
  const errors: FieldError[] = [];
  let controller = '';
  for (const owner of owners) {
    if (!/^(.+\/)?[^/]+$/.test(owner.apiVersion ?? '')) {
      errors.push(invalidValue(`${field}.apiVersion`, owner.apiVersion ?? '', 'version must not be empty'));
    }
    for (const key of ['kind', 'name', 'uid'] as const) {
      if (!owner[key]) errors.push(invalidValue(`${field}.${key}`, '', 'must not be empty'));
    }
    if (owner.apiVersion === 'v1' && owner.kind === 'Event') {
      errors.push(invalidGoValue(field, goOwner(owner), '/v1, Kind=Event is disallowed from being an owner'));
    }
    if (!owner.controller) continue;
    const current = `${owner.kind}/${owner.name}`;
    if (controller !== '') {
      const detail = `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${current}`;
      const list = `[${owners.map(goOwner).join(',')}]`;
      errors.push(invalidGoValue(field, list, detail));
    } else controller = current;
  }
  return errors;
}

const goOwner = ({ apiVersion, kind, name, uid, controller, blockOwnerDeletion }: OwnerReference): string =>
  goStruct({ apiVersion, kind, name, uid, controller, blockOwnerDeletion });

const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

const STANDARD_FINALIZERS = ['kubernetes', ORPHAN, FOREGROUND];

function validateFinalizers(finalizers: readonly string[], field: string): FieldError[] {
  const errors = finalizers.flatMap((each) => invalidEach(field, each, qualifiedName(each)));
  if (finalizers.includes(ORPHAN) && finalizers.includes(FOREGROUND)) {
    const detail = `finalizer ${ORPHAN} and ${FOREGROUND} cannot be both set`;
    errors.push(invalidValue(field, finalizers, detail));
  }
  return [...errors, ...validateFinalizerOwners(finalizers, field)];
}

/** A finalizer is either one of Kubernetes' own or carries its owner's domain. */
export function validateFinalizerOwners(finalizers: readonly string[], field: string): FieldError[] {
  const detail = 'name is neither a standard finalizer name nor is it fully qualified';
  return finalizers.flatMap((each, index) =>
    each.includes('/') || STANDARD_FINALIZERS.includes(each)
      ? []
      : [invalidValue(`${field}[${index}]`, each, detail)],
  );
}

/** ValidateObjectMetaUpdate. */
export function validateObjectMetaUpdate(
  meta: ObjectMeta,
  previous: ObjectMeta,
  path = 'metadata',
): FieldError[] {
  const errors: FieldError[] = [];
  if (previous.deletionTimestamp) errors.push(...noNewFinalizers(meta, previous, `${path}.finalizers`));
  if (!meta.resourceVersion) {
    errors.push(invalidValue(`${path}.resourceVersion`, '', 'must be specified for an update'));
  }
  if ((meta.generation ?? 0) < (previous.generation ?? 0)) {
    errors.push(invalidValue(`${path}.generation`, meta.generation ?? 0, 'must not be decremented'));
  }
  errors.push(
    ...immutable(`${path}.name`, meta.name, previous.name),
    ...immutable(`${path}.namespace`, meta.namespace, previous.namespace),
    ...immutable(`${path}.uid`, meta.uid, previous.uid),
    ...immutable(`${path}.creationTimestamp`, meta.creationTimestamp, previous.creationTimestamp),
    ...immutable(`${path}.deletionTimestamp`, meta.deletionTimestamp, previous.deletionTimestamp),
    ...immutable(
      `${path}.deletionGracePeriodSeconds`,
      meta.deletionGracePeriodSeconds,
      previous.deletionGracePeriodSeconds,
    ),
    ...validateLabels(meta.labels, `${path}.labels`),
    ...validateAnnotations(meta.annotations, `${path}.annotations`),
    ...validateOwnerReferences(meta.ownerReferences ?? [], `${path}.ownerReferences`),
    ...validateFinalizerOwners(meta.finalizers ?? [], `${path}.finalizers`),
  );
  return errors;
}

function noNewFinalizers(meta: ObjectMeta, previous: ObjectMeta, field: string): FieldError[] {
  const extra = (meta.finalizers ?? []).filter((each) => !previous.finalizers?.includes(each)).sort();
  if (extra.length === 0) return [];
  const list = `[]string{${extra.map((each) => `"${each}"`).join(', ')}}`;
  return [
    forbiddenField(
      field,
      `no new finalizers can be added if the object is being deleted, found new finalizers ${list}`,
    ),
  ];
}
