import type { Scene } from '../_diagram/scene';

/** The next scene with its Pods in the order of the one before, newcomers last: the picture stays calm. */
export function keepBerths(before: Scene, next: Scene): Scene {
  const order = new Map(before.cluster.pods.map(({ key }, index) => [key, index]));
  const place = (key: string) => order.get(key) ?? order.size;
  const pods = [...next.cluster.pods].sort((a, b) => place(a.key) - place(b.key));
  return { ...next, cluster: { ...next.cluster, pods } };
}
