import { type Endpoints, type Pod, type Service, type Stored, selectorFromMap } from '../../../api';
import { semanticEqual } from '../../../base';
import type { Action, Controller } from '../../seams';
import { addressOf, belongs, hasHostname, targetPortOf, triggerTime, writtenAt } from '../endpoint-slice';
import { ownKey, splitKey } from '../keys';
import { planOf, REST, syncTime } from '../plan';
import { isPodReady } from '../pod-state';
import { REFS } from '../refs';
import { servicesOfPod } from '../service-keys';
import { repackSubsets, type Subset, type SubsetAddress, type SubsetPort } from './repack';

/** As many addresses as one Endpoints object may hold. */
export const MAX_ADDRESSES = 1000;
const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity';
const TRIGGER_TIME = 'endpoints.kubernetes.io/last-change-trigger-time';
const HEADLESS = 'service.kubernetes.io/headless';
const MANAGED_BY = 'endpoints.kubernetes.io/managed-by';
const MANAGER = 'endpoint-controller';

/** Keeps the older Endpoints object of every Service with a selector. */
export const endpointsController: Controller = {
  name: 'endpoint-controller',
  watches: [
    ownKey('services'),
    servicesOfPod,
    // Only that they are gone is heard of: what somebody writes into them stays until the Service or a Pod changes.
    {
      resource: 'endpoints',
      keys: (object, previous) => (object === undefined ? ownedEndpoints(previous) : []),
    },
  ],
  reconcile(view, key) {
    const { namespace, name } = splitKey(key);
    const service = view.get<Service>('services', namespace, name);
    const current = view.get<Endpoints>('endpoints', namespace, name);
    if (service === undefined) return current && isOurs(current) ? planOf([deletion(current)]) : REST;
    if (service.spec?.type === 'ExternalName' || !Object.keys(service.spec?.selector ?? {}).length)
      return REST;
    const pods = view.list<Pod>('pods', namespace, selectorFromMap(service.spec?.selector));
    return { ...planOf([write(service, pods, current)]), ...syncTime(pods.length) };
  },
};

const isOurs = (endpoints: Endpoints): boolean => endpoints.metadata.labels?.[MANAGED_BY] === MANAGER;

const ownedEndpoints = (object: Stored | undefined): readonly string[] =>
  object === undefined ? [] : [`${object.metadata.namespace ?? ''}/${object.metadata.name}`];

const deletion = (endpoints: Stored<Endpoints>): Action => ({
  verb: 'delete',
  ref: REFS.endpoints,
  namespace: endpoints.metadata.namespace ?? '',
  name: endpoints.metadata.name,
});

/** The subsets that follow from the Pods behind a Service, before they are cut to size. */
export function subsetsOf(service: Service, pods: readonly Stored<Pod>[]): readonly Subset[] {
  return repackSubsets(pods.flatMap((pod) => podSubsets(service, pod)));
}

/** Subsets by the objects that they follow from: of thousands of Pods few have changed since the last look. */
const remembered = new WeakMap<Service, WeakMap<Stored<Pod>, readonly Subset[]>>();

function podSubsets(service: Service, pod: Stored<Pod>): readonly Subset[] {
  const ofService = remembered.get(service) ?? new WeakMap<Stored<Pod>, readonly Subset[]>();
  remembered.set(service, ofService);
  const known = ofService.get(pod);
  if (known !== undefined) return known;
  const subsets = makePodSubsets(service, pod);
  ofService.set(pod, subsets);
  return subsets;
}

function makePodSubsets(service: Service, pod: Stored<Pod>): readonly Subset[] {
  const tolerant = service.spec?.publishNotReadyAddresses === true;
  const family = service.spec?.ipFamilies?.[0] === 'IPv6' ? 'IPv6' : 'IPv4';
  const ip = belongs(pod, tolerant) ? addressOf(pod, family) : undefined;
  if (ip === undefined) return [];
  const address = addressFor(pod, service, ip);
  const ready = tolerant || isPodReady(pod);
  return portsFor(service, pod).map((ports) =>
    ready ? { addresses: [address], ports } : { notReadyAddresses: [address], ports },
  );
}

/** One list of one port for each port that the Pod serves; a headless Service without ports has one empty list. */
function portsFor(service: Service, pod: Pod): readonly (readonly SubsetPort[])[] {
  const ports = service.spec?.ports ?? [];
  if (ports.length === 0) return service.spec?.clusterIP === 'None' ? [[]] : [];
  return ports.flatMap((port) => {
    const number = targetPortOf(pod, port);
    if (number === undefined) return [];
    const one: SubsetPort = {
      ...(port.name ? { name: port.name } : {}),
      port: number,
      protocol: port.protocol ?? 'TCP',
      ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
    };
    return [[one]];
  });
}

function addressFor(pod: Stored<Pod>, service: Service, ip: string): SubsetAddress {
  const { name, namespace = '', uid } = pod.metadata;
  return {
    ip,
    ...(hasHostname(pod, service) ? { hostname: pod.spec?.hostname ?? '' } : {}),
    ...(pod.spec?.nodeName ? { nodeName: pod.spec.nodeName } : {}),
    targetRef: { kind: 'Pod', namespace, name, uid },
  };
}

/** Cuts subsets to the capacity of one object, ready addresses first; undefined when they fit. */
export function truncate(subsets: readonly Subset[], most: number): readonly Subset[] | undefined {
  const count = (pick: (subset: Subset) => readonly unknown[] | undefined): number =>
    subsets.reduce((sum, subset) => sum + (pick(subset)?.length ?? 0), 0);
  const ready = count((subset) => subset.addresses);
  if (ready + count((subset) => subset.notReadyAddresses) <= most) return undefined;
  let readyLeft = Math.min(ready, most);
  let notReadyLeft = most - readyLeft;
  return subsets.flatMap((subset) => {
    const addresses = (subset.addresses ?? []).slice(0, readyLeft);
    const notReady = (subset.notReadyAddresses ?? []).slice(0, notReadyLeft);
    readyLeft -= addresses.length;
    notReadyLeft -= notReady.length;
    if (addresses.length + notReady.length === 0) return [];
    return [
      {
        ...(addresses.length > 0 ? { addresses } : {}),
        ...(notReady.length > 0 ? { notReadyAddresses: notReady } : {}),
        ...(subset.ports ? { ports: subset.ports } : {}),
      },
    ];
  });
}

function write(
  service: Stored<Service>,
  pods: readonly Stored<Pod>[],
  current: Stored<Endpoints> | undefined,
): Action | undefined {
  const { name, namespace = '' } = service.metadata;
  const full = subsetsOf(service, pods);
  const cut = truncate(full, MAX_ADDRESSES);
  const subsets = cut ?? full;
  const labels = labelsOf(service);
  const sameSubsets = semanticEqual(repackSubsets((current?.subsets ?? []) as readonly Subset[]), subsets);
  const marked = current?.metadata.annotations?.[OVER_CAPACITY] === 'truncated';
  if (
    current !== undefined &&
    sameSubsets &&
    semanticEqual(current.metadata.labels ?? {}, labels) &&
    marked === (cut !== undefined)
  ) {
    return undefined;
  }
  const { [TRIGGER_TIME]: _, [OVER_CAPACITY]: __, ...others } = current?.metadata.annotations ?? {};
  const trigger = triggerTime(
    service,
    pods.filter((pod) => belongs(pod, true)),
    current && { ready: knownReadiness(current), writtenAt: writtenAt(current.metadata) },
  );
  const annotations = {
    ...others,
    ...(trigger === undefined ? {} : { [TRIGGER_TIME]: trigger }),
    ...(cut === undefined ? {} : { [OVER_CAPACITY]: 'truncated' }),
  };
  const object = {
    ...(current ?? { apiVersion: 'v1', kind: 'Endpoints' }),
    metadata: { ...(current?.metadata ?? { name, namespace }), labels, annotations },
    subsets,
  } as unknown as Endpoints;
  const verb = current === undefined ? 'create' : 'update';
  return { verb, ref: REFS.endpoints, object };
}

function knownReadiness(endpoints: Endpoints): ReadonlyMap<string, boolean> {
  const subsets = endpoints.subsets ?? [];
  const entries = (addresses: readonly SubsetAddress[] | undefined, ready: boolean) =>
    (addresses ?? []).map((each) => [each.targetRef?.uid ?? '', ready] as const);
  return new Map([
    ...subsets.flatMap((subset) => entries(subset.notReadyAddresses as readonly SubsetAddress[], false)),
    ...subsets.flatMap((subset) => entries(subset.addresses as readonly SubsetAddress[], true)),
  ]);
}

function labelsOf(service: Service): Readonly<Record<string, string>> {
  const { [HEADLESS]: _, ...own } = service.metadata.labels ?? {};
  const headless = service.spec?.clusterIP === 'None';
  return { ...own, [MANAGED_BY]: MANAGER, ...(headless ? { [HEADLESS]: '' } : {}) };
}
