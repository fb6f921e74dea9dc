import { type KubeObject, type LabelSelector, matchesLabels, type Stored, type View } from '../../api';
import type { Store } from '../seams';

/** A look at a store as it is at each moment; forked stores give looks that stand still. */
export function createView(store: Store): View {
  return {
    get revision() {
      return store.revision;
    },
    get<T extends KubeObject>(resource: string, namespace: string, name: string) {
      return store.get(`/${resource}/${namespace}/${name}`) as Stored<T> | undefined;
    },
    list<T extends KubeObject>(resource: string, namespace: string, selector?: LabelSelector) {
      const prefix = namespace === '' ? `/${resource}/` : `/${resource}/${namespace}/`;
      const all = store.list(prefix) as readonly Stored<T>[];
      if (!selector || selector.length === 0) return all;
      return all.filter((object) => matchesLabels(selector, object.metadata.labels));
    },
  };
}
