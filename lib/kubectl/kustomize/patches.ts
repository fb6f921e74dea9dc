import type { KubeObject, Schema } from '../../api';
import { isRecord, jsonPatch, PatchError, readYaml } from '../../base';
import { schemaOf } from '../patch';
import { fieldSchema, itemSchema, mergeKey } from '../patch/merge-keys';
import { absolutePath, fail } from '../session';
import type { Place } from './kustomization';
import {
  answersTo,
  type Fields,
  kindOf,
  metadataOf,
  nameOf,
  namespaceOf,
  type Resource,
  resourceId,
} from './resource';

/** Applies one entry of `patches`: a strategic merge patch or a JSON patch, to what its target picks or to whom it names. */
export function applyPatch(place: Place, resources: readonly Resource[], entry: Fields): readonly Resource[] {
  const target = isRecord(entry.target) ? entry.target : undefined;
  const text = entry.path === undefined ? String(entry.patch ?? '') : readPatch(place, String(entry.path));
  const read = readYaml(text);
  if ('error' in read) throw fail(`unable to parse SM or JSON patch from [${text}]`);
  if (Array.isArray(read.value)) {
    if (target === undefined) throw fail('must specify a target for JSON patch');
    return resources.map((each) => (picks(target, each) ? patchByJson(each, read.value) : each));
  }
  return documents(text).reduce((list, patch) => mergeInto(list, patch, target), resources);
}

function readPatch(place: Place, path: string): string {
  const absolute = absolutePath(path, place.folder);
  if (place.files.stat(absolute)?.kind !== 'file')
    throw fail(
      `failed to get the patch file from path(${path}): evalsymlink failure on '${absolute}' : lstat ${absolute}: no such file or directory`,
    );
  return place.files.read(absolute);
}

function documents(text: string): readonly Fields[] {
  return text
    .split(/^---\s*$/m)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const read = readYaml(part);
      if ('error' in read || !isRecord(read.value))
        throw fail(`unable to parse SM or JSON patch from [${text}]`);
      return read.value;
    });
}

function mergeInto(
  resources: readonly Resource[],
  patch: Fields,
  target: Fields | undefined,
): readonly Resource[] {
  const metadata = isRecord(patch.metadata) ? patch.metadata : {};
  const meant = (each: Resource) =>
    target === undefined
      ? kindOf(each) === patch.kind &&
        each.object.apiVersion === patch.apiVersion &&
        answersTo(each, String(metadata.name ?? '')) &&
        (metadata.namespace === undefined || metadata.namespace === namespaceOf(each))
      : picks(target, each);
  if (target === undefined && !resources.some(meant)) {
    const id = resourceId(patch);
    throw fail(`no matches for Id ${id}; failed to find unique target for patch ${id}`);
  }
  return resources.flatMap((each) => {
    if (!meant(each)) return [each];
    if (patch.$patch === 'delete') return [];
    const { metadata: before } = each.object;
    const merged = merge(each.object, patch, schemaOf(each.object as unknown as KubeObject));
    // A patch for many says their names for the reader only.
    const kept = isRecord(before)
      ? { name: before.name, ...(before.namespace ? { namespace: before.namespace } : {}) }
      : {};
    const inner = isRecord(merged.metadata) ? merged.metadata : {};
    return [{ ...each, object: { ...merged, kind: each.object.kind, metadata: { ...inner, ...kept } } }];
  });
}

function patchByJson(resource: Resource, operations: unknown): Resource {
  try {
    return { ...resource, object: jsonPatch(resource.object, operations) as Fields };
  } catch (error) {
    if (error instanceof PatchError) throw fail(error.message);
    throw error;
  }
}

/** Whether a target picks a resource; names and kinds are patterns for the whole word. */
function picks(target: Fields, resource: Resource): boolean {
  const [version = '', group = ''] = String(resource.object.apiVersion ?? '')
    .split('/')
    .reverse();
  const matches = (pattern: unknown, ...values: readonly string[]) =>
    pattern === undefined ||
    pattern === '' ||
    values.some((each) => new RegExp(`^(?:${pattern})$`).test(each));
  return (
    matches(target.group, group) &&
    matches(target.version, version) &&
    matches(target.kind, kindOf(resource)) &&
    matches(target.name, nameOf(resource), ...resource.formerNames) &&
    matches(target.namespace, namespaceOf(resource)) &&
    selects(target.labelSelector, metadataOf(resource).labels) &&
    selects(target.annotationSelector, metadataOf(resource).annotations)
  );
}

function selects(selector: unknown, pairs: unknown): boolean {
  if (typeof selector !== 'string' || selector === '') return true;
  const has = isRecord(pairs) ? pairs : {};
  return selector.split(',').every((term) => {
    const [, key = '', operator, value] = /^\s*!?([^=!\s]+)\s*(?:(==?|!=)\s*(\S*))?\s*$/.exec(term) ?? [];
    if (operator === undefined) return term.trim().startsWith('!') !== key in has;
    return (String(has[key] ?? '') === value) === (operator !== '!=');
  });
}

/** kyaml's merge: keys of lists as the API has them; what the patch has in a list comes first. */
function merge(target: Fields, patch: Fields, schema: Schema | undefined): Fields {
  if (patch.$patch === 'replace') return withoutDirective(patch);
  const out: Record<string, unknown> = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    if (key === '$patch') continue;
    if (value === null || (isRecord(value) && value.$patch === 'delete')) delete out[key];
    else out[key] = mergeValue(out[key], value, fieldSchema(schema, key));
  }
  return out;
}

function mergeValue(before: unknown, value: unknown, schema: Schema | undefined): unknown {
  if (isRecord(value)) return merge(isRecord(before) ? before : {}, value, schema);
  if (!Array.isArray(value)) return value;
  const by = mergeKey(schema);
  if (!Array.isArray(before) || by === undefined) return value;
  if (by === '') return [...value, ...before.filter((each) => !value.includes(each))];
  if (value.some((each) => isRecord(each) && each.$patch === 'replace'))
    return value.filter((each) => !(isRecord(each) && each.$patch === 'replace'));
  const key = (item: unknown) => (isRecord(item) ? item[by] : undefined);
  const first = value.flatMap((item) => {
    const there = before.find((each) => key(each) === key(item));
    if (!isRecord(item)) return [item];
    if (item.$patch === 'delete') return [];
    return [merge(isRecord(there) ? there : {}, item, itemSchema(schema))];
  });
  return [...first, ...before.filter((each) => !value.some((item) => key(item) === key(each)))];
}

function withoutDirective({ $patch: _directive, ...rest }: Fields): Fields {
  return rest;
}
