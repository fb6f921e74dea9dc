import type { IPAddress, KubeObject, Service } from '../../../api';
import { createRandom, formatTime } from '../../../base';
import { recordUpdate } from '../apply/record-update';
import { writingOf } from '../apply/writing';
import type { Request, ServerContext } from '../context';
import { putStored } from '../kind-store';
import { fillSystemFields } from '../metadata';
import { canonicalIP } from './cluster-ips';
import { clusterIPsOf, NONE, needsClusterIP } from './service-fields';

const PREFIX = '/ipaddresses.networking.k8s.io//';
const REF = { group: 'networking.k8s.io', version: 'v1', resource: 'ipaddresses' };

/** Who made an IPAddress, as its label says: the API server's allocator. */
export const ALLOCATOR = 'ipallocator.k8s.io';
/** The labels of the allocator's addresses. */
export const ADDRESS_LABELS = {
  family: 'ipaddress.kubernetes.io/ip-family',
  managedBy: 'ipaddress.kubernetes.io/managed-by',
} as const;

/** The names of all IPAddresses, whoever they belong to. */
export const heldAddresses = ({ store }: ServerContext): readonly string[] =>
  store.list(PREFIX).map(({ metadata }) => metadata.name);

/** The addresses that a Service has, as IPAddresses are named. */
export function addressesOf(service: Service | undefined): readonly string[] {
  if (!service || !needsClusterIP(service)) return [];
  return clusterIPsOf(service)
    .filter((ip) => ip !== '' && ip !== NONE)
    .map(canonicalIP);
}

/** The IPAddress by which the allocator knows that a Service has an address. */
export function addressObject(name: string, { metadata }: Service): IPAddress {
  const family = name.includes(':') ? 'IPv6' : 'IPv4';
  const { namespace = '', name: service = '' } = metadata;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IPAddress',
    metadata: {
      name,
      labels: { [ADDRESS_LABELS.family]: family, [ADDRESS_LABELS.managedBy]: ALLOCATOR },
    },
    spec: { parentRef: { resource: 'services', namespace, name: service } },
  };
}

/**
 * Writes down which addresses a Service has from now on, and gives back those that it has no longer: a Service and its
 * IPAddresses are stored in one go.
 */
export function holdAddresses(request: Request, next: Service | undefined, previous?: Service): void {
  const { store, registry } = request.context;
  const [now, before] = [addressesOf(next), addressesOf(previous)];
  for (const ip of before) if (!now.includes(ip)) store.delete(`${PREFIX}${ip}`);
  // A server of few kinds, such as a test's, may not have this one.
  const kind = registry.at(REF);
  if (!kind || !next) return;
  const own = { ...request, context: withOwnChance(request.context), kind, namespace: '' };
  for (const ip of now) {
    if (!before.includes(ip) && !store.get(`${PREFIX}${ip}`)) create(own, ip, next);
  }
}

function create(request: Request, ip: string, service: Service): void {
  const { clock } = request.context;
  const writing = writingOf(request.kind, 'Update', 'kube-apiserver', undefined, formatTime(clock.now()));
  const object: KubeObject = recordUpdate(addressObject(ip, service), undefined, writing);
  putStored(request, ip, fillSystemFields(request, object));
}

/** Chance apart from that of the request, so that what else it draws does not depend on addresses. */
function withOwnChance(context: ServerContext): ServerContext {
  return { ...context, random: createRandom(~context.random.state + context.store.revision) };
}
