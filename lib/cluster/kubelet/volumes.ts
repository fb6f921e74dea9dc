import type { ConfigMap, Pod, Secret, Stored, View } from '../../api';
import { decodeBase64 } from '../../base';
import { fieldOf } from './environment';
import { resourceFieldOf } from './resource-field';

/** The token of a projected source that a Pod has now; undefined while nobody can give it one. */
export type TokenOf = (pod: Stored<Pod>, source: TokenProjection) => string | undefined;

type TokenProjection = NonNullable<Projection['serviceAccountToken']>;
type Volume = NonNullable<NonNullable<Pod['spec']>['volumes']>[number];
type Projection = NonNullable<NonNullable<Volume['projected']>['sources']>[number];
type Files = Readonly<Record<string, string>>;
type Item = { readonly key: string; readonly path: string };

/** The files of a volume by relative path, or why it cannot be set up, as the FailedMount event tells it. */
export type VolumeFiles = { readonly files: Files } | { readonly error: string };

/** What the kubelet would put into one volume now. */
export function filesOf(view: View, tokenOf: TokenOf, pod: Stored<Pod>, volume: Volume): VolumeFiles {
  const namespace = pod.metadata.namespace ?? '';
  if (volume.configMap) {
    const { name = '', items, optional } = volume.configMap;
    return fromConfigMap(view, namespace, name, items, optional);
  }
  if (volume.secret) {
    const { secretName = '', items, optional } = volume.secret;
    return fromSecret(view, namespace, secretName, items, optional);
  }
  if (volume.downwardAPI) return { files: fromFields(view, pod, volume.downwardAPI.items ?? []) };
  if (volume.projected) return projected(view, tokenOf, pod, volume.projected.sources ?? []);
  return { files: {} };
}

/** The first volume that cannot be set up yet, with the FailedMount event's message. */
export function mountFailure(view: View, tokenOf: TokenOf, pod: Stored<Pod>): string | undefined {
  for (const volume of pod.spec?.volumes ?? []) {
    const found = filesOf(view, tokenOf, pod, volume);
    if ('error' in found) return `MountVolume.SetUp failed for volume "${volume.name}" : ${found.error}`;
  }
  return undefined;
}

function fromConfigMap(
  view: View,
  namespace: string,
  name: string,
  items: readonly Item[] | undefined,
  optional: boolean | undefined,
): VolumeFiles {
  const found = view.get<ConfigMap>('configmaps', namespace, name);
  if (found === undefined) return missing('configmap', name, optional);
  const binary = Object.entries(found.binaryData ?? {}).map(([key, value]) => [key, decodeBase64(value)]);
  return select({ ...found.data, ...Object.fromEntries(binary) }, items, optional);
}

function fromSecret(
  view: View,
  namespace: string,
  name: string,
  items: readonly Item[] | undefined,
  optional: boolean | undefined,
): VolumeFiles {
  const found = view.get<Secret>('secrets', namespace, name);
  if (found === undefined) return missing('secret', name, optional);
  const decoded = Object.entries(found.data ?? {}).map(([key, value]) => [key, decodeBase64(value)]);
  return select(Object.fromEntries(decoded), items, optional);
}

const missing = (kind: string, name: string, optional: boolean | undefined): VolumeFiles =>
  optional === true ? { files: {} } : { error: `${kind} "${name}" not found` };

function select(data: Files, items: readonly Item[] | undefined, optional: boolean | undefined): VolumeFiles {
  if (items === undefined) return { files: data };
  const files: Record<string, string> = {};
  for (const { key, path } of items) {
    const value = data[key];
    if (value !== undefined) files[path] = value;
    else if (optional !== true) return { error: `references non-existent config key: ${key}` };
  }
  return { files };
}

type FieldItem = NonNullable<NonNullable<Volume['downwardAPI']>['items']>[number];

function fromFields(view: View, pod: Stored<Pod>, items: readonly FieldItem[]): Files {
  const textOf = ({ fieldRef, resourceFieldRef }: FieldItem): string => {
    if (fieldRef) return fieldOf(view, pod, fieldRef.fieldPath);
    return resourceFieldRef ? resourceFieldOf(view, pod, resourceFieldRef) : '';
  };
  return Object.fromEntries(items.map((item) => [item.path, textOf(item)]));
}

function projected(
  view: View,
  tokenOf: TokenOf,
  pod: Stored<Pod>,
  sources: readonly Projection[],
): VolumeFiles {
  const files: Record<string, string> = {};
  for (const source of sources) {
    const found = projection(view, tokenOf, pod, source);
    if ('error' in found) return found;
    Object.assign(files, found.files);
  }
  return { files };
}

function projection(view: View, tokenOf: TokenOf, pod: Stored<Pod>, source: Projection): VolumeFiles {
  const namespace = pod.metadata.namespace ?? '';
  if (source.configMap) {
    const { name = '', items, optional } = source.configMap;
    return fromConfigMap(view, namespace, name, items, optional);
  }
  if (source.secret) {
    const { name = '', items, optional } = source.secret;
    return fromSecret(view, namespace, name, items, optional);
  }
  if (source.downwardAPI) return { files: fromFields(view, pod, source.downwardAPI.items ?? []) };
  if (!source.serviceAccountToken) return { files: {} };
  const token = tokenOf(pod, source.serviceAccountToken);
  if (token !== undefined) return { files: { [source.serviceAccountToken.path]: token } };
  const account = pod.spec?.serviceAccountName || 'default';
  return { error: `failed to fetch token: serviceaccounts "${account}" not found` };
}
