import { matchesLabels, type Pod, type Service, type Stored, selectorFromMap, type View } from '../../api';
import { deepEqual } from '../../base';
import type { WatchRule } from '../seams';

type Labels = Readonly<Record<string, string>>;

/** Wakes a controller for every Service whose selector matches a changed Pod, before or after the change. */
export const servicesOfPod: WatchRule = {
  resource: 'pods',
  keys(object, previous, view) {
    const pod = object as Stored<Pod> | undefined;
    const before = previous as Stored<Pod> | undefined;
    const either = pod ?? before;
    if (either === undefined || (pod !== undefined && before !== undefined && isSameEndpoint(pod, before))) {
      return [];
    }
    const sets = [pod?.metadata.labels, before?.metadata.labels].filter((labels) => labels !== undefined);
    return selecting(view, either.metadata.namespace ?? '', sets);
  },
};

function selecting(view: View, namespace: string, labels: readonly Labels[]): readonly string[] {
  return view
    .list<Service>('services', namespace)
    .filter((service) => {
      const selector = selectorFromMap(service.spec?.selector);
      return selector.length > 0 && labels.some((each) => matchesLabels(selector, each));
    })
    .map((service) => `${namespace}/${service.metadata.name}`);
}

/** Whether a change of a Pod can matter to endpoints (endpointutil.podEndpointsChanged). */
function isSameEndpoint(a: Stored<Pod>, b: Stored<Pod>): boolean {
  const facts = (pod: Stored<Pod>): unknown => [
    pod.metadata.labels,
    pod.metadata.deletionTimestamp,
    pod.status?.phase,
    pod.status?.podIPs,
    pod.status?.conditions?.find((each) => each.type === 'Ready')?.status,
    pod.spec?.nodeName,
    pod.spec?.hostname,
    pod.spec?.subdomain,
  ];
  return a === b || deepEqual(facts(a), facts(b));
}
