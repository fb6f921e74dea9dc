import type { KubeObject, ServiceCIDR, View } from '../../api';
import { formatTime } from '../../base';
import type { Action, Controller, Plan } from '../seams';
import { APISERVER } from './kubernetes-service';
import type { ServiceNetwork } from './service';

const NAME = 'kubernetes';
const RESOURCE = 'servicecidrs.networking.k8s.io';
const REF = { group: 'networking.k8s.io', version: 'v1', resource: 'servicecidrs' };
/** The loop upstream runs every ten seconds. */
const REPAIR_DELAY_MS = 3000;

/** The ServiceCIDR that the flags of the API server come to. */
export function defaultServiceCidr(ranges: readonly string[]): ServiceCIDR {
  const metadata = { name: NAME };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'ServiceCIDR',
    metadata,
    spec: { cidrs: [...ranges] },
  };
}

/** Puts the default ServiceCIDR back, and calls it ready where nobody has said anything of it yet. */
export function createDefaultServiceCidr({ ranges }: ServiceNetwork): Controller {
  const cidrs = ranges.map(({ text }) => text);
  const wake = (object: KubeObject | undefined) => (object?.metadata.name === NAME ? [NAME] : []);
  return {
    name: 'kubernetes-service-cidr-controller',
    program: 'kube-apiserver',
    delayMs: REPAIR_DELAY_MS,
    identity: () => APISERVER,
    watches: [
      { resource: RESOURCE, keys: (object, previous) => wake(object ?? previous) },
      // A server that comes up makes it first of all.
      { resource: 'namespaces', keys: (object) => (object?.metadata.name === 'default' ? [NAME] : []) },
    ],
    reconcile: (view, _key, now) => plan(view, cidrs, now),
  };
}

function plan(view: View, cidrs: readonly string[], now: number): Plan {
  const found = view.get<ServiceCIDR>(RESOURCE, '', NAME);
  if (!found) return { actions: [{ verb: 'create', ref: REF, object: defaultServiceCidr(cidrs) }] };
  const own = found.spec?.cidrs ?? [];
  const isSame = own.length === cidrs.length && own.every((cidr, index) => cidr === cidrs[index]);
  const isJudged = found.status?.conditions?.some(({ type }) => type === 'Ready') ?? false;
  if (found.metadata.deletionTimestamp || !isSame || isJudged) return { actions: [] };
  const ready = {
    type: 'Ready',
    status: 'True',
    lastTransitionTime: formatTime(now),
    reason: '',
    message: 'Kubernetes default Service CIDR is ready',
  };
  const action: Action = {
    verb: 'patch',
    ref: REF,
    namespace: '',
    name: NAME,
    body: { status: { conditions: [ready] } },
    subresource: 'status',
  };
  return { actions: [action] };
}
