import { findKindOf, type KubeObject } from '../../api';
import { isRecord } from '../../base';

export type Fields = Readonly<Record<string, unknown>>;

/** An object on its way through a build. */
export interface Resource {
  readonly object: Fields;
  /** What it was called before; references to it use any of these. */
  readonly formerNames: readonly string[];
  /** Its name shall end in a hash of what it holds. */
  readonly hashed: boolean;
}

export const kindOf = ({ object }: Resource): string => String(object.kind ?? '');
export const metadataOf = ({ object }: Resource): Fields =>
  isRecord(object.metadata) ? object.metadata : {};
export const nameOf = (resource: Resource): string => String(metadataOf(resource).name ?? '');
export const namespaceOf = (resource: Resource): string => String(metadataOf(resource).namespace ?? '');

/** A resource as a file has it. */
export const newResource = (object: Fields): Resource => ({ object, formerNames: [], hashed: false });

/** Whether its kind lives in namespaces; one that is not known does. */
export function isNamespaced({ object }: Resource): boolean {
  return findKindOf(object as unknown as KubeObject)?.namespaced ?? true;
}

/** The same resource with another name; the old one is remembered. */
export function renamed(resource: Resource, name: string): Resource {
  const before = nameOf(resource);
  if (name === before) return resource;
  const metadata = { ...metadataOf(resource), name };
  return {
    ...resource,
    object: { ...resource.object, metadata },
    formerNames: [...resource.formerNames, before],
  };
}

/** Whether it is or was called so. */
export const answersTo = (resource: Resource, name: string): boolean =>
  nameOf(resource) === name || resource.formerNames.includes(name);

/** A resource's identity as kustomize prints it: `Deployment.v1.apps/web.[noNs]`. */
export function resourceId(object: Fields): string {
  const [version = '', group = ''] = String(object.apiVersion ?? '')
    .split('/')
    .reverse();
  const metadata = isRecord(object.metadata) ? object.metadata : {};
  const kind = `${object.kind}.${version}.${group === '' ? '[noGrp]' : group}`;
  return `${kind}/${metadata.name}.${metadata.namespace ?? '[noNs]'}`;
}

/** An object with the value at `path` replaced by what `change` makes of it; `create` makes what is missing on the way. */
export function changeAt(
  value: unknown,
  path: readonly string[],
  create: boolean,
  change: (before: unknown) => unknown,
): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (key === '*') {
    return Array.isArray(value) ? value.map((each) => changeAt(each, rest, create, change)) : value;
  }
  if (value !== undefined && !isRecord(value)) return value;
  if (!create && value?.[key] === undefined) return value;
  return { ...value, [key]: changeAt(value?.[key], rest, create, change) };
}
