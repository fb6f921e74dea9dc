import type { KubeObject, WriteOptions } from '../../api';
import { semanticEqual } from '../../base';
import type { Loose, Request } from './context';

/** Whether an update makes a new generation. Status strategies leave it alone, even when annotations come along. */
export function raisesGeneration(
  { kind }: Request,
  existing: Loose,
  next: Loose,
  { subresource }: WriteOptions,
): boolean {
  if (!kind.hasGeneration || subresource === 'status') return false;
  if (!semanticEqual(existing.spec, next.spec)) return true;
  // An EndpointSlice has no spec: its endpoints and ports count, and its labels.
  if (kind.kind === 'EndpointSlice') return !semanticEqual(withoutMeta(existing), withoutMeta(next));
  // Deployments count a change of annotations too, because a rollout copies them.
  return (
    kind.kind === 'Deployment' && !semanticEqual(existing.metadata.annotations, next.metadata.annotations)
  );
}

const withoutMeta = (object: KubeObject) => ({ ...object, metadata: { labels: object.metadata.labels } });

/** The object one generation on. */
export function raiseGeneration<T extends KubeObject>(object: T): T {
  const generation = (object.metadata.generation ?? 0) + 1;
  return { ...object, metadata: { ...object.metadata, generation } };
}
