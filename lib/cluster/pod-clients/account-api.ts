import { type KubeObject, type ResourceRef, StatusError, type View } from '../../api';
import type { AccountApi, Identity } from '../seams';
import type { ServerApi } from '../server';

/** Who a Pod is to the API server: its service account. */
export function accountIdentity(namespace: string, account: string): Identity {
  return {
    user: `system:serviceaccount:${namespace}:${account}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
  };
}

/** The API as an account has it; what it may list is shown by the view. */
export function accountApi(api: Pick<ServerApi, 'requireVerb'>, view: View): AccountApi {
  const refusal: AccountApi['refusal'] = (verb, resource, aim) => {
    try {
      api.requireVerb(verb, refOf(resource), aim);
      return undefined;
    } catch (error) {
      if (error instanceof StatusError) return error;
      throw error;
    }
  };
  return {
    refusal,
    list: <T extends KubeObject>(resource: string, namespace: string) =>
      refusal('list', resource, { namespace }) ?? view.list<T>(resource, namespace),
  };
}

/** "ingresses.networking.k8s.io" as a resource; all that programs watch are v1. */
function refOf(qualified: string): ResourceRef {
  const dot = qualified.indexOf('.');
  const [resource, group] = dot < 0 ? [qualified, ''] : [qualified.slice(0, dot), qualified.slice(dot + 1)];
  return { group, version: 'v1', resource };
}
