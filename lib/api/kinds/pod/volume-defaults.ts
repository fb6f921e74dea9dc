import type { PodSpec } from '../../types';

type Volume = NonNullable<PodSpec['volumes']>[number];
type Projection = NonNullable<NonNullable<NonNullable<Volume['projected']>['sources']>[number]>;

/** Files of Secrets, ConfigMaps and the like: 0644. */
const DEFAULT_MODE = 0o644;
/** How long a projected token lives. */
const TOKEN_SECONDS = 3600;

/** SetDefaults_Volume: without a source it is an empty directory; files get their mode. */
export function setVolumeDefaults(volume: Volume): Volume {
  const { name, ...source } = volume;
  if (Object.keys(source).length === 0) return { name, emptyDir: {} };
  const { secret, configMap, downwardAPI, projected, hostPath } = volume;
  return {
    ...volume,
    ...(secret ? { secret: withMode(secret) } : {}),
    ...(configMap ? { configMap: withMode(configMap) } : {}),
    ...(downwardAPI ? { downwardAPI: { ...withMode(downwardAPI), ...fieldItems(downwardAPI) } } : {}),
    ...(projected ? { projected: defaultProjected(projected) } : {}),
    ...(hostPath ? { hostPath: { ...hostPath, type: hostPath.type ?? '' } } : {}),
  };
}

function withMode<T extends { readonly defaultMode?: number | undefined }>(
  source: T,
): T & { readonly defaultMode: number } {
  return { ...source, defaultMode: source.defaultMode ?? DEFAULT_MODE };
}

function defaultProjected(projected: NonNullable<Volume['projected']>): NonNullable<Volume['projected']> {
  const sources = (projected.sources ?? []).map(defaultProjection);
  return { ...withMode(projected), sources };
}

function defaultProjection(projection: Projection): Projection {
  const { serviceAccountToken: token, downwardAPI } = projection;
  return {
    ...projection,
    ...(token
      ? { serviceAccountToken: { ...token, expirationSeconds: token.expirationSeconds ?? TOKEN_SECONDS } }
      : {}),
    ...(downwardAPI ? { downwardAPI: { ...downwardAPI, ...fieldItems(downwardAPI) } } : {}),
  };
}

type Items = NonNullable<NonNullable<Volume['downwardAPI']>['items']>;

function fieldItems(source: { readonly items?: Items | undefined }): { readonly items?: Items } {
  if (!source.items) return {};
  const items = source.items.map((item) =>
    item.fieldRef
      ? { ...item, fieldRef: { ...item.fieldRef, apiVersion: item.fieldRef.apiVersion ?? 'v1' } }
      : item,
  );
  return { items };
}
