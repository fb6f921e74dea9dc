import { type KubeObject, qualifiedResource, type ResourceRef, type View } from '../../api';
import { assert, mergePatch } from '../../base';
import type { Action, Api } from '../seams';

const PODS: ResourceRef = { group: '', version: 'v1', resource: 'pods' };

/** Every action but `event`, which needs the recorder. */
export type DirectAction = Exclude<Action, { readonly verb: 'event' }>;

/** Asks the API server for one action, seeing objects as `view` shows them; its refusal is thrown as `StatusError`. */
export function applyAction(api: Api, action: DirectAction, view?: View): void {
  switch (action.verb) {
    case 'create':
      api.create(action.ref, action.object.metadata.namespace ?? '', action.object);
      return;
    case 'update':
      api.update(action.ref, action.object.metadata.namespace ?? '', action.object, {
        subresource: action.subresource,
      });
      return;
    case 'patch':
      if (action.asUpdate && view && putPatched(api, action, view)) return;
      api.patch(action.ref, action.namespace, action.name, 'merge', action.body, {
        subresource: action.subresource,
      });
      return;
    case 'delete':
      api.delete(action.ref, action.namespace, action.name, action.options);
      return;
    case 'bind':
      bind(api, action.namespace, action.pod, action.node);
      return;
    default:
      assert(false, 'an action the API server knows');
  }
}

/** Updates the object as seen; false when it is not there. */
function putPatched(api: Api, action: Extract<DirectAction, { verb: 'patch' }>, view: View): boolean {
  const { ref, namespace, name, body, subresource } = action;
  const seen = view.get(qualifiedResource(ref.resource, ref.group), namespace, name);
  if (seen) api.update(ref, namespace, mergePatch(seen, body) as KubeObject, { subresource });
  return seen !== undefined;
}

function bind(api: Api, namespace: string, pod: string, node: string): void {
  const binding = {
    apiVersion: 'v1',
    kind: 'Binding',
    metadata: { name: pod, namespace },
    target: { apiVersion: 'v1', kind: 'Node', name: node },
  };
  api.create(PODS, namespace, binding, { name: pod, subresource: 'binding' });
}
