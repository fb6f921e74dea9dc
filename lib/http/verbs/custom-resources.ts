import { negotiate, RESOURCE_FORMS } from '../answer/accept';
import { objectResponse } from '../answer/answers';
import { asPartialList } from '../answer/transform';
import type { Call } from './call';

/**
 * Whether somebody looks for custom resources. There are none here and none can be made, but kubectl lists them before it
 * says that it has never heard of a kind, and would say something else of a server that does not know what they are.
 */
export function isCustomResourceList({ request, route }: Pick<Call, 'request' | 'route'>): boolean {
  const { ref, namespace, name } = route;
  const isKind =
    ref.group === 'apiextensions.k8s.io' &&
    ref.version === 'v1' &&
    ref.resource === 'customresourcedefinitions';
  return isKind && request.method === 'GET' && namespace === '' && name === undefined;
}

const NEVER_CHANGED = '1';

/** The list of all there are. */
export function listNone(request: Request): Response {
  const form = negotiate(request, RESOURCE_FORMS);
  const list = {
    kind: 'CustomResourceDefinitionList',
    apiVersion: 'apiextensions.k8s.io/v1',
    metadata: { resourceVersion: NEVER_CHANGED },
    items: [],
  };
  return objectResponse(form, form.target ? asPartialList(list, form.target) : list);
}
