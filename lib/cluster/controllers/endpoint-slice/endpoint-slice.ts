import {
  type Endpoint,
  type EndpointSlice,
  type Json,
  type Node,
  type Pod,
  type Service,
  type Stored,
  selectorFromMap,
  type View,
} from '../../../api';
import { parseTime, semanticEqual } from '../../../base';
import type { Action, Controller } from '../../seams';
import { ownKey, splitKey } from '../keys';
import { controllerRef, isControlledBy } from '../owners';
import { planOf, REST, syncTime } from '../plan';
import { REFS } from '../refs';
import { servicesOfPod } from '../service-keys';
import { arrange } from './arrange';
import { type AddressType, belongs, type SlicePort } from './pod-endpoint';
import { entryOf, portsKey } from './slice-entry';
import { sliceLabels } from './slice-labels';
import { lastLook, triggerTime } from './trigger-time';

/** Endpoints per slice, by default (--max-endpoints-per-slice). */
export const MAX_ENDPOINTS_PER_SLICE = 100;
export const SERVICE_NAME = 'kubernetes.io/service-name';
export const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const MANAGER = 'endpointslice-controller.k8s.io';
const TRIGGER_TIME = 'endpoints.kubernetes.io/last-change-trigger-time';
const RESOURCE = 'endpointslices.discovery.k8s.io';

/** Lists the Pods behind every Service with a selector in EndpointSlices. */
export const endpointSliceController: Controller = {
  name: 'endpointslice-controller',
  watches: [
    ownKey('services'),
    servicesOfPod,
    { resource: RESOURCE, keys: sliceKeys },
    { resource: 'nodes', keys: nodeKeys },
  ],
  reconcile(view, key, now) {
    const { namespace, name } = splitKey(key);
    const service = view.get<Service>('services', namespace, name);
    if (service === undefined || service.metadata.deletionTimestamp !== undefined) return REST;
    if (!isSliced(service)) return REST;
    const pods = podsBehind(view, service);
    const plan = planOf(reconcileSlices(view, service, MAX_ENDPOINTS_PER_SLICE, pods, now));
    return { ...plan, ...syncTime(pods.length) };
  },
};

/** ExternalName Services and those without a selector are looked after by nobody, or by hand. */
const isSliced = (service: Service): boolean =>
  service.spec?.type !== 'ExternalName' && Object.keys(service.spec?.selector ?? {}).length > 0;

/** A slice of ours that somebody changed or deleted wakes its Service. */
function sliceKeys(object: Stored | undefined, previous: Stored | undefined): readonly string[] {
  const keys = [object, previous].flatMap((slice) => {
    const labels = slice?.metadata.labels ?? {};
    const name = labels[SERVICE_NAME];
    return labels[MANAGED_BY] === MANAGER && name ? [`${slice?.metadata.namespace ?? ''}/${name}`] : [];
  });
  return [...new Set(keys)];
}

/** A node that moves to another zone takes its endpoints along. */
function nodeKeys(object: Stored | undefined, previous: Stored | undefined, view: View): readonly string[] {
  if (object !== undefined && semanticEqual(object.metadata.labels ?? {}, previous?.metadata.labels ?? {})) {
    return [];
  }
  const name = (object ?? previous)?.metadata.name;
  if (!view.list<Pod>('pods', '').some((pod) => pod.spec?.nodeName === name)) return [];
  return view
    .list<Service>('services', '')
    .filter(isSliced)
    .map((service) => `${service.metadata.namespace ?? ''}/${service.metadata.name}`);
}

function podsBehind(view: View, service: Stored<Service>): readonly Stored<Pod>[] {
  const selector = selectorFromMap(service.spec?.selector);
  return view
    .list<Pod>('pods', service.metadata.namespace ?? '', selector)
    .filter((pod) => belongs(pod, true));
}

/** The writes that make a Service's slices right; `most` endpoints go into one. */
export function reconcileSlices(
  view: View,
  service: Stored<Service>,
  most: number,
  pods: readonly Stored<Pod>[] = podsBehind(view, service),
  now = 0,
): readonly Action[] {
  const namespace = service.metadata.namespace ?? '';
  const mine = view
    .list<EndpointSlice>(RESOURCE, namespace)
    .filter(
      (slice) =>
        slice.metadata.labels?.[SERVICE_NAME] === service.metadata.name &&
        slice.metadata.labels?.[MANAGED_BY] === MANAGER &&
        slice.metadata.deletionTimestamp === undefined,
    );
  const families = familiesOf(service);
  const trigger = once(() =>
    lostSlices(view, service, mine, now) ? undefined : triggerTime(service, pods, lastLook(mine)),
  );
  const strangers = mine.filter((slice) => !families.includes(slice.addressType as AddressType));
  return [
    ...families.flatMap((family) => {
      const slices = mine.filter((slice) => slice.addressType === family);
      return reconcileFamily(view, service, pods, slices, family, most, trigger);
    }),
    ...strangers.map(deletion),
  ];
}

/** A Service looked after for longer than this has been seen, if there are Endpoints of it, by this controller too. */
const FIRST_LOOK_MS = 2000;

/** Whether slices were there and somebody deleted them: that is no change of the Service or its Pods. */
function lostSlices(view: View, service: Stored<Service>, mine: readonly unknown[], now: number): boolean {
  const { namespace = '', name, creationTimestamp } = service.metadata;
  if (mine.length > 0 || view.get('endpoints', namespace, name) === undefined) return false;
  return now - (parseTime(creationTimestamp) ?? now) > FIRST_LOOK_MS;
}

function familiesOf(service: Service): readonly AddressType[] {
  const families = service.spec?.ipFamilies as readonly AddressType[] | undefined;
  return families?.length ? families : ['IPv4'];
}

interface Group {
  readonly ports: readonly SlicePort[];
  readonly endpoints: Endpoint[];
}

/** What is asked for a second time is not worked out again. */
function once<T>(work: () => T): () => T {
  let done: { readonly result: T } | undefined;
  return () => {
    done ??= { result: work() };
    return done.result;
  };
}

/** A slice that is to be made, or made over from one that would otherwise be deleted. */
interface Draft {
  readonly ports: readonly SlicePort[];
  readonly endpoints: readonly Endpoint[];
}

function reconcileFamily(
  view: View,
  service: Stored<Service>,
  pods: readonly Stored<Pod>[],
  slices: readonly Stored<EndpointSlice>[],
  family: AddressType,
  most: number,
  trigger: () => string | undefined,
): readonly Action[] {
  const groups = groupByPorts(view, service, pods, family);
  const labels = sliceLabels(service, MANAGER);
  const drafts: Draft[] = [];
  const updates: Action[] = [];
  const doomed: Stored<EndpointSlice>[] = [];
  const keys = new Set([...groups.keys(), ...slices.map((slice) => portsKey(slice.ports))]);
  for (const key of keys) {
    const group = groups.get(key);
    const existing = slices.filter((slice) => portsKey(slice.ports) === key);
    const arranged = arrange(
      existing.map((slice) => ({
        slice,
        endpoints: slice.endpoints ?? [],
        stale: !semanticEqual(slice.metadata.labels, labels) || !isControlledBy(slice, service),
      })),
      group?.endpoints ?? [],
      most,
    );
    doomed.push(...arranged.emptied);
    drafts.push(...arranged.created.map((endpoints) => ({ ports: group?.ports ?? [], endpoints })));
    for (const { slice, endpoints, changed } of arranged.kept) {
      const draft = { ports: (slice.ports ?? []) as readonly SlicePort[], endpoints };
      if (changed) updates.push(update(slice, service, draft, labels, trigger()));
    }
  }
  if (doomed.length === slices.length && drafts.length === 0) drafts.push({ ports: [], endpoints: [] });
  return [...updates, ...settleDrafts(service, drafts, doomed, family, labels, trigger)];
}

function groupByPorts(
  view: View,
  service: Stored<Service>,
  pods: readonly Stored<Pod>[],
  family: AddressType,
): ReadonlyMap<string, Group> {
  const groups = new Map<string, { readonly ports: readonly SlicePort[]; readonly endpoints: Endpoint[] }>();
  const nodes = new Map<string, Stored<Node> | undefined>();
  for (const pod of pods) {
    const nodeName = pod.spec?.nodeName ?? '';
    if (!nodes.has(nodeName)) nodes.set(nodeName, view.get<Node>('nodes', '', nodeName));
    const entry = entryOf(pod, nodes.get(nodeName), service, family);
    if (entry === undefined) continue;
    const group = groups.get(entry.key) ?? { ports: entry.ports, endpoints: [] };
    groups.set(entry.key, group);
    group.endpoints.push(entry.endpoint);
  }
  return groups;
}

/** Creations take over slices that would be deleted; an empty slice that is right already stays. */
function settleDrafts(
  service: Stored<Service>,
  drafts: readonly Draft[],
  doomed: readonly Stored<EndpointSlice>[],
  family: AddressType,
  labels: Readonly<Record<string, string>>,
  trigger: () => string | undefined,
): readonly Action[] {
  const spare = [...doomed];
  const actions = drafts.map((draft) => {
    const index = spare.findIndex((slice) => isControlledBy(slice, service));
    const [slice] = index === -1 ? [] : spare.splice(index, 1);
    return slice === undefined
      ? create(service, draft, family, labels, trigger())
      : isSame(slice, draft, labels)
        ? undefined
        : update(slice, service, draft, labels, trigger());
  });
  return [...actions.filter((action) => action !== undefined), ...spare.map(deletion)];
}

const isSame = (slice: EndpointSlice, draft: Draft, labels: Readonly<Record<string, string>>): boolean =>
  portsKey(slice.ports) === portsKey(draft.ports) &&
  semanticEqual(slice.endpoints ?? [], draft.endpoints) &&
  semanticEqual(slice.metadata.labels, labels);

function annotationsWith(
  current: Readonly<Record<string, string>> | undefined,
  trigger: string | undefined,
): { readonly annotations?: Readonly<Record<string, string>> } {
  const { [TRIGGER_TIME]: _, ...others } = current ?? {};
  const annotations = trigger === undefined ? others : { ...others, [TRIGGER_TIME]: trigger };
  return Object.keys(annotations).length === 0 ? {} : { annotations };
}

function create(
  service: Stored<Service>,
  draft: Draft,
  addressType: AddressType,
  labels: Readonly<Record<string, string>>,
  trigger: string | undefined,
): Action {
  const { name, namespace } = service.metadata;
  const object = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels,
      ...annotationsWith(undefined, trigger),
      ownerReferences: [controllerRef(service)],
    },
    addressType,
    endpoints: draft.endpoints,
    ports: draft.ports,
  } as unknown as EndpointSlice;
  return { verb: 'create', ref: REFS.endpointSlices, object };
}

function update(
  slice: Stored<EndpointSlice>,
  service: Stored<Service>,
  draft: Draft,
  labels: Readonly<Record<string, string>>,
  trigger: string | undefined,
): Action {
  const { annotations, ...metadata } = slice.metadata;
  const object = {
    ...slice,
    metadata: {
      ...metadata,
      labels,
      ownerReferences: [controllerRef(service)],
      ...annotationsWith(annotations, trigger),
    },
    endpoints: draft.endpoints as unknown as Json,
    ports: draft.ports as unknown as Json,
  } as unknown as EndpointSlice;
  return { verb: 'update', ref: REFS.endpointSlices, object };
}

const deletion = (slice: Stored<EndpointSlice>): Action => ({
  verb: 'delete',
  ref: REFS.endpointSlices,
  namespace: slice.metadata.namespace ?? '',
  name: slice.metadata.name,
});
