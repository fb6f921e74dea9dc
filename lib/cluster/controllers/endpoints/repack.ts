import { canonicalJson } from '../../../base';

/** An address of an Endpoints subset. */
export interface SubsetAddress {
  readonly ip: string;
  readonly hostname?: string;
  readonly nodeName?: string;
  readonly targetRef?: {
    readonly kind: string;
    readonly namespace?: string;
    readonly name: string;
    readonly uid?: string;
  };
}

/** A port of an Endpoints subset. */
export interface SubsetPort {
  readonly name?: string;
  readonly port: number;
  readonly protocol: string;
  readonly appProtocol?: string;
}

/** A subset: every address serves every port. */
export interface Subset {
  readonly addresses?: readonly SubsetAddress[];
  readonly notReadyAddresses?: readonly SubsetAddress[];
  readonly ports?: readonly SubsetPort[];
}

interface Entry {
  readonly address: SubsetAddress;
  ready: boolean;
}

/**
 * The canonical form of subsets (endpoints.RepackSubsets): addresses that serve the same ports come together,
 * sorted by address; an address that is ready anywhere is ready for a port it shares.
 */
export function repackSubsets(subsets: readonly Subset[]): readonly Subset[] {
  const ports = new Map<string, { port: SubsetPort; hosts: Map<string, Entry> }>();
  for (const subset of subsets) {
    // An address without ports is kept under the one port that no Service can have.
    const list = subset.ports?.length ? subset.ports : [{ port: -1, protocol: '' }];
    for (const port of list) {
      const key = textOf(port);
      const known = ports.get(key) ?? { port, hosts: new Map<string, Entry>() };
      ports.set(key, known);
      for (const address of subset.addresses ?? []) note(known.hosts, address, true);
      for (const address of subset.notReadyAddresses ?? []) note(known.hosts, address, false);
    }
  }
  const groups = new Map<string, { entries: readonly Entry[]; ports: SubsetPort[] }>();
  for (const { port, hosts } of ports.values()) {
    const entries = [...hosts.values()].toSorted(byAddress);
    // Ports are compared by the addresses that serve them only when there are several.
    const key =
      ports.size === 1 ? '' : entries.map(({ address, ready }) => `${textOf(address)} ${ready}`).join();
    const group = groups.get(key) ?? { entries, ports: [] };
    groups.set(key, group);
    group.ports.push(port);
  }
  return [...groups.values()].map(subsetOf).toSorted(byText);
}

/** Addresses and ports as text, kept while they are: the same ones are packed again and again. */
const texts = new WeakMap<object, string>();

function textOf(part: SubsetAddress | SubsetPort): string {
  const known = texts.get(part);
  if (known !== undefined) return known;
  const text = canonicalJson(part);
  texts.set(part, text);
  return text;
}

const places = new WeakMap<SubsetAddress, string>();

/** What addresses are sorted by. */
function placeOf(address: SubsetAddress): string {
  const known = places.get(address);
  if (known !== undefined) return known;
  const place = `${address.ip} ${address.targetRef?.uid ?? ''}`;
  places.set(address, place);
  return place;
}

function note(hosts: Map<string, Entry>, address: SubsetAddress, ready: boolean): void {
  const key = placeOf(address);
  const known = hosts.get(key);
  if (known === undefined) hosts.set(key, { address, ready });
  else known.ready ||= ready;
}

const byAddress = (a: Entry, b: Entry): number => (placeOf(a.address) < placeOf(b.address) ? -1 : 1);

function subsetOf({ entries, ports }: { entries: readonly Entry[]; ports: readonly SubsetPort[] }): Subset {
  const ready = entries.filter((entry) => entry.ready).map((entry) => entry.address);
  const notReady = entries.filter((entry) => !entry.ready).map((entry) => entry.address);
  const real = ports.filter((port) => port.port !== -1).toSorted(byText);
  return {
    ...(ready.length > 0 ? { addresses: ready } : {}),
    ...(notReady.length > 0 ? { notReadyAddresses: notReady } : {}),
    ...(real.length > 0 ? { ports: real } : {}),
  };
}

const byText = (a: unknown, b: unknown): number => (canonicalJson(a) < canonicalJson(b) ? -1 : 1);
