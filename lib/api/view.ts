import type { KubeObject, Stored } from './objects';
import type { LabelSelector } from './selectors';

/** A read-only look at all objects at one revision; `resource` is "pods" or "deployments.apps". */
export interface View {
  readonly revision: number;
  get<T extends KubeObject = KubeObject>(
    resource: string,
    namespace: string,
    name: string,
  ): Stored<T> | undefined;
  /** Sorted by namespace, then name. `namespace` '' means all. */
  list<T extends KubeObject = KubeObject>(
    resource: string,
    namespace: string,
    selector?: LabelSelector,
  ): readonly Stored<T>[];
}
