import type { IPAddress, Service, ServiceCIDR, Stored, View } from '../../api';
import { parseTime } from '../../base';
import type { Action, Controller, Plan } from '../seams';
import { APISERVER } from './kubernetes-service';
import { ADDRESS_LABELS, ALLOCATOR, addressesOf, addressObject } from './service/hold-addresses';
import { parseIP } from './service/ip-address';
import { hasAddress, rangesOf } from './service/service-ranges';

const ADDRESSES = 'ipaddresses.networking.k8s.io';
const REF = { group: 'networking.k8s.io', version: 'v1', resource: 'ipaddresses' };
/** An IPAddress is made before its Service, whose request may take so long. */
const GRACE_MS = 60_000;

/** Sees to it that every cluster IP has its IPAddress, and every IPAddress of the allocator its Service (repairip.go). */
export const repairAddresses: Controller = {
  name: 'ipallocator-repair-controller',
  program: 'kube-apiserver',
  eventsV1: true,
  identity: () => APISERVER,
  watches: [
    {
      resource: 'services',
      keys: (object) => (object ? [`${object.metadata.namespace}/${object.metadata.name}`] : []),
    },
    {
      resource: ADDRESSES,
      // An address that is gone is missed by its Service, which upstream looks at again every few minutes.
      keys: (object, previous) => [...(object ? [object.metadata.name] : []), ...parentKey(previous)],
    },
  ],
  reconcile(view, key, now) {
    const slash = key.indexOf('/');
    if (slash === -1) return syncAddress(view, key, now);
    const service = view.get<Service>('services', key.slice(0, slash), key.slice(slash + 1));
    return { actions: service ? addressesOf(service).flatMap((ip) => syncService(view, service, ip)) : [] };
  },
};

function parentKey(address: Stored | undefined): readonly string[] {
  const { resource, namespace, name } = (address as IPAddress | undefined)?.spec?.parentRef ?? {};
  return resource === 'services' ? [`${namespace}/${name}`] : [];
}

const warning = (about: Stored, reason: string, action: string, message: string): Action => ({
  verb: 'event',
  about,
  type: 'Warning',
  reason,
  action,
  message,
});

function syncService(view: View, service: Stored<Service>, ip: string): readonly Action[] {
  const family = ip.includes(':') ? 'IPv6' : 'IPv4';
  const { namespace, name } = service.metadata;
  const tell = (reason: string, message: string) => warning(service, reason, 'ClusterIPAllocation', message);
  if (!isInRange(view, ip)) {
    return [
      tell(
        'ClusterIPOutOfRange',
        `Cluster IP [${family}]: ${ip} is not within any configured Service CIDR; please recreate service`,
      ),
    ];
  }
  const found = view.get<IPAddress>(ADDRESSES, '', ip);
  const create: Action = { verb: 'create', ref: REF, object: addressObject(ip, service) };
  if (!found) {
    return [
      tell('ClusterIPNotAllocated', `Cluster IP [${family}]: ${ip} is not allocated; repairing`),
      create,
    ];
  }
  const again = [remove(ip), create];
  const parent = found.spec?.parentRef ?? {};
  const wrong = tell(
    'ClusterIPNotAllocated',
    `the ClusterIP [${family}]: ${ip} for Service ${namespace}/${name} has a wrong reference; repairing`,
  );
  if (parent.group || parent.resource !== 'services') return [wrong, ...again];
  if (parent.namespace !== namespace || parent.name !== name) {
    const other = view.get<Service>('services', parent.namespace ?? '', parent.name ?? '');
    if (!other) return [wrong, ...again];
    if (addressesOf(other).includes(ip)) {
      return [
        tell(
          'ClusterIPAlreadyAllocated',
          `Cluster IP [${family}]:${ip} was assigned to multiple services; please recreate service`,
        ),
      ];
    }
  }
  return hasLabels(found, family) ? [] : again;
}

const isInRange = (view: View, ip: string): boolean => {
  const cidrs = view.list<ServiceCIDR>('servicecidrs.networking.k8s.io', '');
  const address = parseIP(ip);
  // Before there is one, nothing can be said of ranges.
  return (
    cidrs.length === 0 ||
    (address !== undefined &&
      cidrs.some((each) => rangesOf(each).some((range) => hasAddress(range, address))))
  );
};

const hasLabels = ({ metadata }: IPAddress, family: string): boolean =>
  metadata.labels?.[ADDRESS_LABELS.family] === family && isOwn(metadata.labels);

const isOwn = (labels: Readonly<Record<string, string>> | undefined): boolean =>
  labels?.[ADDRESS_LABELS.managedBy] === ALLOCATOR;

const remove = (name: string): Action => ({ verb: 'delete', ref: REF, namespace: '', name });

function syncAddress(view: View, name: string, now: number): Plan {
  const address = view.get<IPAddress>(ADDRESSES, '', name);
  if (!address || !isOwn(address.metadata.labels)) return { actions: [] };
  const { group = '', resource = '', namespace = '', name: owner = '' } = address.spec?.parentRef ?? {};
  const cleanUp = (reason: string, message: string): Plan => ({
    actions: [warning(address, reason, 'IPAddressAllocation', message), remove(name)],
  });
  if (group !== '' || resource !== 'services') {
    const reference = `&ParentReference{Group:${group},Resource:${resource},Namespace:${namespace},Name:${owner},}`;
    return cleanUp(
      'IPAddressNotAllocated',
      `IPAddress ${name} appears to have been modified, not referencing a Service ${reference}: cleaning up`,
    );
  }
  const service = view.get<Service>('services', namespace, owner);
  if (!service) {
    const left = GRACE_MS - (now - (parseTime(address.metadata.creationTimestamp) ?? now));
    if (left >= 0) return { actions: [], requeueAfterMs: left + 1 };
    return cleanUp(
      'IPAddressNotAllocated',
      `IPAddress: ${name} for Service ${namespace}/${owner} appears to have leaked: cleaning up`,
    );
  }
  if (addressesOf(service).includes(name)) return { actions: [] };
  return cleanUp(
    'IPAddressWrongReference',
    `IPAddress: ${name} for Service ${namespace}/${owner} has a wrong reference; cleaning up`,
  );
}
