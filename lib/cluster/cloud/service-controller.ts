import type { Service, Stored, View } from '../../api';
import type { Random } from '../../base';
import { keyOf, patchStatus, planOf, REFS, splitKey } from '../controllers';
import type { Action, Controller, Plan } from '../seams';
import { CloudRefusal, isExternal, isNetwork } from './annotations';
import { desiredBalancer } from './desired';
import { ensureBalancer } from './ensure';
import type { Instance } from './instances';
import { balancerName } from './names';
import {
  balancedNodes,
  CLEANUP_FINALIZER,
  needsCleanup,
  needsUpdate,
  nodeMark,
  wantsBalancer,
} from './service-needs';
import { type Balancer, type Book, type Call, without } from './state';
import { instancesFor } from './targets-for';

/** What controllers of the cloud share. */
export interface CloudWorld {
  readonly book: Book;
  readonly instances: readonly Instance[];
  /** Has a balancer's health checks begin. */
  watchHealth(balancer: string): void;
}

/** How long AWS takes over a few calls, in virtual ms; making takes longer than changing. */
const TAKES = { create: 1_800, update: 700, delete: 2_500 };
const TAKES_SPREAD_MS = 900;
/** Retries: 5 s, doubled for each failure in a row, at most 5 minutes. */
const RETRY_MIN_MS = 5_000;
const RETRY_MAX_MS = 300_000;
const SOON_MS = 10;

/**
 * The cloud provider's service controller (cloud-provider controllers/service): makes, changes and takes away the
 * balancers of Services. A call to AWS takes time; it is kept as data from its beginning to its end.
 */
export function createServiceController(world: CloudWorld): Controller {
  return {
    name: 'service-controller',
    program: 'aws-cloud-controller-manager',
    watches: [
      {
        resource: 'services',
        keys(object, previous) {
          const after = object as Stored<Service> | undefined;
          const before = previous as Stored<Service> | undefined;
          // A deletion is seen as the deletionTimestamp that comes before it: the finalizer holds the Service.
          if (after === undefined) return [];
          const concerns = before === undefined ? wantsBalancer(after) : needsUpdate(before, after);
          return concerns || needsCleanup(after) ? [keyOf(after)] : [];
        },
      },
    ],
    reconcile(view, key, now, random) {
      const call = world.book.state.calls[key];
      if (call === undefined) return begin({ world, view, key, now, random });
      if (now < call.endsAt) return { actions: [], requeueAfterMs: call.endsAt - now };
      return finish({ world, view, key, now, random }, call);
    },
  };
}

interface Sync {
  readonly world: CloudWorld;
  readonly view: View;
  readonly key: string;
  readonly now: number;
  readonly random: Random;
}

const event = (
  about: Stored<Service>,
  reason: string,
  message: string,
  type: 'Normal' | 'Warning' = 'Normal',
) => ({ verb: 'event', about, type, reason, message }) as const satisfies Action;

function begin(sync: Sync): Plan {
  const { world, view, key } = sync;
  const { namespace, name } = splitKey(key);
  const service = view.get<Service>('services', namespace, name);
  if (service === undefined) return { actions: [] };
  const { tended } = world.book.state;
  const last = tended[key]?.service;
  // One that vanished without cleaning up, and has come again under the same name.
  const stale = last !== undefined && last.metadata.uid !== service.metadata.uid ? takeAway(sync, last) : [];
  world.book.change({ tended: { ...tended, [key]: { service, nodes: tended[key]?.nodes ?? [] } } });
  const plan =
    !wantsBalancer(service) || needsCleanup(service)
      ? beginDelete(sync, service)
      : beginEnsure(sync, service);
  return stale.length === 0 ? plan : { ...plan, actions: [...stale, ...plan.actions] };
}

function takeAway({ world }: Sync, service: Stored<Service>): readonly Action[] {
  if (!wantsBalancer(service)) return [];
  removeBalancer(world, service);
  return [
    event(service, 'DeletingLoadBalancer', 'Deleting load balancer'),
    event(service, 'DeletedLoadBalancer', 'Deleted load balancer'),
  ];
}

function beginEnsure(sync: Sync, service: Stored<Service>): Plan {
  const { world, view } = sync;
  const actions: (Action | undefined)[] = [
    event(service, 'EnsuringLoadBalancer', 'Ensuring load balancer'),
    addFinalizer(service),
  ];
  if (balancedNodes(view).length === 0)
    actions.push(
      event(service, 'UnAvailableLoadBalancer', 'There are no available nodes for LoadBalancer', 'Warning'),
    );
  // "Implemented elsewhere": nothing more is done, and nothing said.
  if (isExternal(service.metadata.annotations)) return forgiven(sync, planOf(actions));
  try {
    desiredBalancer(service);
  } catch (error) {
    return failed(sync, service, actions, error);
  }
  return started(
    sync,
    { operation: 'ensure', service },
    actions,
    existing(world, service) ? 'update' : 'create',
  );
}

function beginDelete(sync: Sync, service: Stored<Service>): Plan {
  if (existing(sync.world, service) === undefined) return deleted(sync, service);
  const deleting = event(service, 'DeletingLoadBalancer', 'Deleting load balancer');
  return started(sync, { operation: 'delete', service }, [deleting], 'delete');
}

function started(
  { world, key, now, random }: Sync,
  call: Pick<Call, 'operation' | 'service'>,
  actions: readonly (Action | undefined)[],
  takes: keyof typeof TAKES,
): Plan {
  const ms = TAKES[takes] + Math.floor(random.next() * TAKES_SPREAD_MS);
  const { calls } = world.book.state;
  world.book.change({ calls: { ...calls, [key]: { ...call, endsAt: now + ms } } });
  return planOf(actions, ms);
}

function finish(sync: Sync, { operation, service }: Call): Plan {
  const { world, view, key } = sync;
  world.book.change({ calls: without(world.book.state.calls, key) });
  const plan = operation === 'ensure' ? ensured(sync, service) : deleted(sync, service);
  if (plan.requeueAfterMs !== undefined) return plan;
  const { namespace, name } = splitKey(key);
  const current = view.get<Service>('services', namespace, name);
  const changed =
    current !== undefined &&
    operation === 'ensure' &&
    (needsUpdate(service, current) || needsCleanup(current));
  return changed ? { ...plan, requeueAfterMs: SOON_MS } : plan;
}

function ensured(sync: Sync, service: Stored<Service>): Plan {
  const { world, view, key, now, random } = sync;
  const nodes = balancedNodes(view);
  const { tended } = world.book.state;
  world.book.change({ tended: { ...tended, [key]: { service, nodes: nodes.map(nodeMark) } } });
  let balancer: Balancer;
  try {
    const desired = desiredBalancer(service);
    const ids = instancesFor(world.instances, nodes, service);
    balancer = ensureBalancer(world.book, desired, ids, { now, random });
  } catch (error) {
    return failed(sync, service, [], error);
  }
  world.watchHealth(balancer.name);
  const current = currentOf(view, service);
  const status = current && patchStatus(REFS.services, current, statusOf(current, balancer.dnsName));
  return forgiven(sync, planOf([event(service, 'EnsuredLoadBalancer', 'Ensured load balancer'), status]));
}

function deleted(sync: Sync, service: Stored<Service>): Plan {
  const { world, view, key } = sync;
  removeBalancer(world, service);
  world.book.change({ tended: without(world.book.state.tended, key) });
  const current = currentOf(view, service);
  const actions = [
    current && removeFinalizer(current),
    event(service, 'DeletedLoadBalancer', 'Deleted load balancer'),
    current && isHeld(current)
      ? patchStatus(REFS.services, current, statusOf(current, undefined))
      : undefined,
  ];
  return forgiven(sync, planOf(actions));
}

/** The Service as it is now; undefined when it is gone, or another has its name. */
function currentOf(view: View, { metadata }: Stored<Service>): Stored<Service> | undefined {
  const current = view.get<Service>('services', metadata.namespace ?? '', metadata.name);
  return current?.metadata.uid === metadata.uid ? current : undefined;
}

/** Whether a Service is still there without the finalizer. */
function isHeld({ metadata }: Stored<Service>): boolean {
  return (
    metadata.deletionTimestamp === undefined ||
    (metadata.finalizers ?? []).some((each) => each !== CLEANUP_FINALIZER)
  );
}

function statusOf({ status }: Stored<Service>, hostname: string | undefined): object {
  return { ...status, loadBalancer: hostname === undefined ? {} : { ingress: [{ hostname }] } };
}

/** The balancer of a Service, if there is one of the kind that its annotations name (GetLoadBalancer). */
function existing({ book }: CloudWorld, service: Stored<Service>): Balancer | undefined {
  const { annotations } = service.metadata;
  const balancer = book.state.balancers[balancerName(service)];
  const kind = isNetwork(annotations) ? 'network' : 'classic';
  return isExternal(annotations) || balancer?.kind !== kind ? undefined : balancer;
}

function removeBalancer(world: CloudWorld, service: Stored<Service>): void {
  const balancer = existing(world, service);
  if (balancer === undefined) return;
  const { book } = world;
  book.change({ balancers: without(book.state.balancers, balancer.name) });
}

function addFinalizer(service: Stored<Service>): Action | undefined {
  const { finalizers = [] } = service.metadata;
  if (finalizers.includes(CLEANUP_FINALIZER)) return undefined;
  return patchMetadata(service, [...finalizers, CLEANUP_FINALIZER]);
}

function removeFinalizer(service: Stored<Service>): Action | undefined {
  const { finalizers = [] } = service.metadata;
  if (!finalizers.includes(CLEANUP_FINALIZER)) return undefined;
  const others = finalizers.filter((each) => each !== CLEANUP_FINALIZER);
  return patchMetadata(service, others.length === 0 ? null : others);
}

/** Finalizers are patched through the status, which is all that the controller may write (servicehelper.PatchService). */
function patchMetadata({ metadata }: Stored<Service>, finalizers: readonly string[] | null): Action {
  return {
    verb: 'patch',
    ref: REFS.services,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    body: { metadata: { finalizers } },
    subresource: 'status',
  };
}

/** A sync that came to its end: failures before it no longer count. */
function forgiven({ world, key }: Sync, plan: Plan): Plan {
  const { failures } = world.book.state;
  if (key in failures) world.book.change({ failures: without(failures, key) });
  return plan;
}

function failed(
  sync: Sync,
  service: Stored<Service>,
  before: readonly (Action | undefined)[],
  error: unknown,
): Plan {
  if (!(error instanceof CloudRefusal)) throw error;
  const { world, key } = sync;
  const { failures } = world.book.state;
  const count = failures[key] ?? 0;
  world.book.change({ failures: { ...failures, [key]: count + 1 } });
  const message = `Error syncing load balancer: failed to ensure load balancer: ${error.message}`;
  return planOf(
    [...before, event(service, 'SyncLoadBalancerFailed', message, 'Warning')],
    Math.min(RETRY_MIN_MS * 2 ** Math.min(count, 10), RETRY_MAX_MS),
  );
}
