import type { Endpoint, EndpointSlice, Endpoints, Service, Stored } from '../../api';
import { canonicalJson, semanticEqual } from '../../base';
import type { Action, Controller } from '../seams';
import { MANAGED_BY, SERVICE_NAME } from './endpoint-slice';
import { ownKey, splitKey } from './keys';
import { controllerRef, isControlledBy } from './owners';
import { planOf } from './plan';
import { REFS } from './refs';

const MANAGER = 'endpointslicemirroring-controller.k8s.io';
const SKIP_MIRROR = 'endpointslice.kubernetes.io/skip-mirror';
const LEADER = 'control-plane.alpha.kubernetes.io/leader';
/** Annotations of Endpoints that its mirrors do not get. */
const NOT_MIRRORED = new Set([
  'endpoints.kubernetes.io/last-change-trigger-time',
  'kubectl.kubernetes.io/last-applied-configuration',
]);
const RESOURCE = 'endpointslices.discovery.k8s.io';
/** Addresses of one subset that are mirrored (--mirroring-max-endpoints-per-subset). */
const MAX_PER_SUBSET = 1000;

/** Mirrors hand-made Endpoints of Services without a selector into EndpointSlices. */
export const sliceMirroringController: Controller = {
  name: 'endpointslicemirroring-controller',
  watches: [
    ownKey('services'),
    ownKey('endpoints'),
    { resource: RESOURCE, keys: (object, previous) => [...keysOf(object), ...keysOf(previous)] },
  ],
  reconcile(view, key) {
    const { namespace, name } = splitKey(key);
    const endpoints = view.get<Endpoints>('endpoints', namespace, name);
    const service = view.get<Service>('services', namespace, name);
    const mirrors = view
      .list<EndpointSlice>(RESOURCE, namespace)
      .filter((slice) => slice.metadata.labels?.[SERVICE_NAME] === name && isMirror(slice));
    if (endpoints === undefined || !isMirrored(endpoints, service)) return planOf(mirrors.map(deletion));
    const actions = reconcileMirrors(endpoints, mirrors);
    return planOf(actions.length === 0 ? [] : [tooMany(endpoints), ...actions]);
  },
};

const isMirror = (slice: {
  readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
}): boolean => slice.metadata.labels?.[MANAGED_BY] === MANAGER;

const keysOf = (object: Stored | undefined): readonly string[] => {
  const name = object?.metadata.labels?.[SERVICE_NAME];
  return object && name && isMirror(object) ? [`${object.metadata.namespace ?? ''}/${name}`] : [];
};

function isMirrored(endpoints: Endpoints, service: Service | undefined): boolean {
  if (service === undefined || Object.keys(service.spec?.selector ?? {}).length > 0) return false;
  if (endpoints.metadata.annotations?.[LEADER] !== undefined) return false;
  return endpoints.metadata.labels?.[SKIP_MIRROR] !== 'true';
}

type Subset = NonNullable<Endpoints['subsets']>[number];

interface Wanted {
  readonly addressType: 'IPv4' | 'IPv6';
  readonly ports: NonNullable<Subset['ports']>;
  readonly endpoints: readonly Endpoint[];
}

function wantedOf(endpoints: Endpoints): readonly Wanted[] {
  const groups = new Map<
    string,
    { addressType: 'IPv4' | 'IPv6'; ports: Wanted['ports']; endpoints: Endpoint[] }
  >();
  for (const subset of endpoints.subsets ?? []) {
    const all = [
      ...(subset.addresses ?? []).map((address) => ({ address, ready: true })),
      ...(subset.notReadyAddresses ?? []).map((address) => ({ address, ready: false })),
    ].slice(0, MAX_PER_SUBSET);
    for (const { address, ready } of all) {
      const addressType = address.ip.includes(':') ? 'IPv6' : 'IPv4';
      const ports = (subset.ports ?? []).map((port) => ({ ...port, name: port.name ?? '' }));
      const key = `${addressType} ${canonicalJson(ports)}`;
      const group = groups.get(key) ?? { addressType, ports, endpoints: [] };
      groups.set(key, group);
      group.endpoints.push(endpointOf(address, ready));
    }
  }
  return [...groups.values()];
}

/** What is told of Endpoints with a subset that is not mirrored whole; with each of their changes, as upstream tells it. */
function tooMany(endpoints: Stored<Endpoints>): Action | undefined {
  const sizes = (endpoints.subsets ?? []).map(
    ({ addresses = [], notReadyAddresses = [] }) => addresses.length + notReadyAddresses.length,
  );
  const skipped = sizes.reduce((sum, size) => sum + Math.max(0, size - MAX_PER_SUBSET), 0);
  if (skipped === 0) return undefined;
  const message = `A max of ${MAX_PER_SUBSET} addresses can be mirrored to EndpointSlices per Endpoints subset. ${skipped} addresses were skipped`;
  return { verb: 'event', about: endpoints, type: 'Warning', reason: 'TooManyAddressesToMirror', message };
}

type Address = NonNullable<Subset['addresses']>[number];

function endpointOf(address: Address, ready: boolean): Endpoint {
  return {
    addresses: [address.ip],
    conditions: { ready },
    ...(address.hostname ? { hostname: address.hostname } : {}),
    ...(address.targetRef ? { targetRef: address.targetRef } : {}),
    ...(address.nodeName ? { nodeName: address.nodeName } : {}),
  };
}

function reconcileMirrors(
  endpoints: Stored<Endpoints>,
  mirrors: readonly Stored<EndpointSlice>[],
): readonly Action[] {
  const spare = [...mirrors];
  const labels = {
    ...endpoints.metadata.labels,
    [MANAGED_BY]: MANAGER,
    [SERVICE_NAME]: endpoints.metadata.name,
  };
  const annotations = Object.fromEntries(
    Object.entries(endpoints.metadata.annotations ?? {}).filter(([key]) => !NOT_MIRRORED.has(key)),
  );
  const actions = wantedOf(endpoints).map((wanted): Action | undefined => {
    const fits = (slice: EndpointSlice): boolean =>
      slice.addressType === wanted.addressType && semanticEqual(slice.ports ?? [], wanted.ports);
    const same = spare.findIndex(fits);
    const index = same === -1 ? spare.findIndex((slice) => slice.addressType === wanted.addressType) : same;
    const [slice] = index === -1 ? [] : spare.splice(index, 1);
    const body = { endpoints: wanted.endpoints, ports: wanted.ports };
    if (slice === undefined) return creation(endpoints, wanted, labels, annotations);
    const right =
      fits(slice) &&
      semanticEqual(slice.endpoints ?? [], wanted.endpoints) &&
      semanticEqual(slice.metadata.labels, labels) &&
      semanticEqual(slice.metadata.annotations ?? {}, annotations) &&
      isControlledBy(slice, endpoints);
    if (right) return undefined;
    const metadata = { ...slice.metadata, labels, annotations, ownerReferences: [controllerRef(endpoints)] };
    return {
      verb: 'update',
      ref: REFS.endpointSlices,
      object: { ...slice, ...body, metadata } as EndpointSlice,
    };
  });
  return [...actions.filter((action) => action !== undefined), ...spare.map(deletion)];
}

function creation(
  endpoints: Stored<Endpoints>,
  { addressType, ports, endpoints: list }: Wanted,
  labels: Readonly<Record<string, string>>,
  annotations: Readonly<Record<string, string>>,
): Action {
  const { name, namespace } = endpoints.metadata;
  const object = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels,
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
      ownerReferences: [controllerRef(endpoints)],
    },
    addressType,
    endpoints: list,
    ports,
  } as EndpointSlice;
  return { verb: 'create', ref: REFS.endpointSlices, object };
}

const deletion = (slice: Stored<EndpointSlice>): Action => ({
  verb: 'delete',
  ref: REFS.endpointSlices,
  namespace: slice.metadata.namespace ?? '',
  name: slice.metadata.name,
});
