import type { IPAddress, ServiceCIDR, Stored, View } from '../../api';
import { formatTime, parseTime } from '../../base';
import type { Action, Controller } from '../seams';
import { hasAddress, type IPRange, parseIP, rangesOf } from '../server';
import { findCondition } from './conditions';
import { patchObject } from './patch-status';
import { planOf, REST } from './plan';
import { REFS } from './refs';

const RESOURCE = 'servicecidrs.networking.k8s.io';
const ADDRESSES = 'ipaddresses.networking.k8s.io';
const FINALIZER = 'networking.k8s.io/service-cidr-finalizer';
const MANAGED_BY = 'ipaddress.kubernetes.io/managed-by';
const FAMILY = 'ipaddress.kubernetes.io/ip-family';
const ALLOCATOR = 'ipallocator.k8s.io';
/** So long a deleted range stays, for every API server to hear that no addresses are taken from it any more. */
const DELETION_GRACE_MS = 10_000;

/** Calls ServiceCIDRs ready, and holds those that are deleted until no address needs them. */
export const serviceCidrController: Controller = {
  name: 'service-cidr-controller',
  account: 'service-cidrs-controller',
  watches: [
    {
      resource: RESOURCE,
      keys(object, previous, view) {
        const own = (object ?? previous)?.metadata.name;
        // A new range, or one that goes, may let others go or hold them.
        const others = object && previous ? [] : namesOf(view);
        return own === undefined ? [] : [own, ...others.filter((name) => name !== own)];
      },
    },
    {
      resource: ADDRESSES,
      keys: (object, previous, view) => (object && previous ? [] : namesOf(view)),
    },
  ],
  reconcile(view, key, now) {
    const cidr = view.get<ServiceCIDR>(RESOURCE, '', key);
    if (!cidr) return REST;
    const { deletionTimestamp } = cidr.metadata;
    if (deletionTimestamp === undefined) {
      return planOf([
        hold(cidr),
        condition(cidr, { status: 'True', reason: '', message: 'Kubernetes Service CIDR is ready' }, now),
      ]);
    }
    if (!canGo(view, cidr)) return planOf([condition(cidr, NEEDED, now)]);
    const left = DELETION_GRACE_MS - (now - (parseTime(deletionTimestamp) ?? now));
    return left > 0 ? planOf([], left) : planOf([letGo(cidr)]);
  },
};

const namesOf = (view: View): readonly string[] =>
  view.list<ServiceCIDR>(RESOURCE, '').map(({ metadata }) => metadata.name);

const NEEDED = {
  status: 'False',
  reason: 'Terminating',
  message:
    'There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR',
};

function condition(cidr: Stored<ServiceCIDR>, wanted: typeof NEEDED, now: number): Action | undefined {
  const known = findCondition(cidr.status?.conditions ?? [], 'Ready');
  const same = (['status', 'reason', 'message'] as const).every((field) => known?.[field] === wanted[field]);
  if (same) return undefined;
  const { reason, status, message } = wanted;
  const ready = { type: 'Ready', status, lastTransitionTime: formatTime(now), reason, message };
  const body = { status: { conditions: [ready] } };
  return { ...patchObject(REFS.serviceCidrs, cidr, body), subresource: 'status' };
}

function hold(cidr: Stored<ServiceCIDR>): Action | undefined {
  const finalizers = cidr.metadata.finalizers ?? [];
  if (finalizers.includes(FINALIZER)) return undefined;
  return patchObject(REFS.serviceCidrs, cidr, { metadata: { finalizers: [...finalizers, FINALIZER] } });
}

function letGo(cidr: Stored<ServiceCIDR>): Action | undefined {
  const finalizers = cidr.metadata.finalizers ?? [];
  if (!finalizers.includes(FINALIZER)) return undefined;
  const rest = finalizers.filter((each) => each !== FINALIZER);
  return patchObject(REFS.serviceCidrs, cidr, { metadata: { finalizers: rest.length === 0 ? null : rest } });
}

/** Whether no address would be left without a range (canDeleteCIDR). */
function canGo(view: View, cidr: Stored<ServiceCIDR>): boolean {
  const others = view
    .list<ServiceCIDR>(RESOURCE, '')
    .filter(({ metadata }) => metadata.name !== cidr.metadata.name)
    .flatMap(rangesOf);
  const own = rangesOf(cidr);
  if (own.every((range) => others.some((other) => covers(other, range)))) return true;
  return !view.list<IPAddress>(ADDRESSES, '').some(({ metadata }) => {
    if (metadata.labels?.[MANAGED_BY] !== ALLOCATOR) return false;
    const ip = parseIP(metadata.name);
    if (!ip || metadata.labels[FAMILY] !== ip.family) return false;
    return own.some((range) => hasAddress(range, ip)) && !others.some((range) => hasAddress(range, ip));
  });
}

const covers = (outer: IPRange, inner: IPRange): boolean =>
  outer.family === inner.family && outer.first <= inner.first && outer.last >= inner.last;
