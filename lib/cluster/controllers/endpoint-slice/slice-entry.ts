import type { Endpoint, Node, Pod, Service, Stored } from '../../../api';
import { canonicalJson } from '../../../base';
import { type AddressType, addressOf, podEndpoint, portsOf, type SlicePort } from './pod-endpoint';

/** A Pod's part in the slices of a Service: the endpoint, and the ports that say which slice it goes to. */
export interface SliceEntry {
  readonly key: string;
  readonly ports: readonly SlicePort[];
  readonly endpoint: Endpoint;
}

interface Remembered {
  readonly node: Stored<Node> | undefined;
  readonly family: AddressType;
  readonly entry: SliceEntry | undefined;
}

/** Entries by the objects that they follow from: of thousands of Pods few have changed since the last look. */
const remembered = new WeakMap<Stored<Service>, WeakMap<Stored<Pod>, Remembered>>();

/** A Pod's entry; undefined when it has no address of the family. */
export function entryOf(
  pod: Stored<Pod>,
  node: Stored<Node> | undefined,
  service: Stored<Service>,
  family: AddressType,
): SliceEntry | undefined {
  const ofService = remembered.get(service) ?? new WeakMap<Stored<Pod>, Remembered>();
  remembered.set(service, ofService);
  const known = ofService.get(pod);
  if (known !== undefined && known.node === node && known.family === family) return known.entry;
  const entry = makeEntry(pod, node, service, family);
  ofService.set(pod, { node, family, entry });
  return entry;
}

function makeEntry(
  pod: Stored<Pod>,
  node: Stored<Node> | undefined,
  service: Stored<Service>,
  family: AddressType,
): SliceEntry | undefined {
  if (addressOf(pod, family) === undefined) return undefined;
  const ports = portsOf(service, pod);
  return {
    key: portsKey(ports),
    ports,
    endpoint: withHints(podEndpoint(pod, node, service, family), service),
  };
}

/** Under a traffic distribution that prefers nearness, each endpoint serves its own zone (and node). */
function withHints(endpoint: Endpoint, service: Service): Endpoint {
  const distribution = (service.spec as { readonly trafficDistribution?: string } | undefined)
    ?.trafficDistribution;
  const zones = endpoint.zone === undefined ? {} : { forZones: [{ name: endpoint.zone }] };
  const nodes = endpoint.nodeName === undefined ? {} : { forNodes: [{ name: endpoint.nodeName }] };
  const hints =
    distribution === 'PreferClose' || distribution === 'PreferSameZone'
      ? zones
      : distribution === 'PreferSameNode'
        ? { ...zones, ...nodes }
        : {};
  const usable = endpoint.conditions?.ready !== false && Object.keys(hints).length > 0;
  return usable ? ({ ...endpoint, hints } as Endpoint) : endpoint;
}

const keys = new WeakMap<readonly unknown[], string>();

/** Lists of ports that are the same whatever their order have the same key. */
export function portsKey(ports: readonly unknown[] | undefined): string {
  const list = ports ?? [];
  const known = keys.get(list);
  if (known !== undefined) return known;
  const texts = list.map((port) => canonicalJson(withoutBlanks(port))).toSorted();
  const key = `[${texts.join()}]`;
  keys.set(list, key);
  return key;
}

const withoutBlanks = (port: unknown): unknown =>
  Object.fromEntries(
    Object.entries(port as object).filter(([, value]) => value !== undefined && value !== ''),
  );
