import type { KubeObject } from '../../lib/api';
import type { Scene } from '../_diagram/scene';

/** A scene with its Pods from the oldest to the newest: whoever stays keeps their berth, newcomers are last, and the picture is calm. */
export function byAge(scene: Scene, objects: readonly KubeObject[]): Scene {
  const born = new Map(
    objects.map(({ metadata }) => [metadata.name ?? '', metadata.creationTimestamp ?? '']),
  );
  const age = (name: string) => `${born.get(name) ?? ''} ${name}`;
  const pods = [...scene.cluster.pods].sort((a, b) => (age(a.name) < age(b.name) ? -1 : 1));
  return { ...scene, cluster: { ...scene.cluster, pods } };
}
