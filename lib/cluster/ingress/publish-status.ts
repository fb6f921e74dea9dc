import type { Ingress, KubeObject, Node, Pod, ResourceRef, Service, Stored } from '../../api';
import { isAddress } from '../network/addresses';
import type { AccountApi, Action, ProcessEnv } from '../seams';
import { klog } from './klog';
import type { Election, IngressState } from './state';

const INGRESSES: ResourceRef = { group: 'networking.k8s.io', version: 'v1', resource: 'ingresses' };

type Point = { readonly ip?: string | undefined; readonly hostname?: string | undefined };

/** What a look at statuses came to. */
export interface Published {
  readonly election: Election;
  readonly actions: readonly Action[];
  readonly log: readonly string[];
  readonly wakeAt?: number | undefined;
}

/** The leader writes the addresses of Ingresses when it begins to lead, and every minute after. */
export function publishStatus(
  state: IngressState,
  env: ProcessEnv,
  api: AccountApi,
  ingresses: readonly Stored<Ingress>[],
): Published {
  const { flags, election } = state;
  const { now } = env;
  const keep: Published = { election, actions: [], log: [] };
  if (election.since === undefined || !flags.updateStatus) return keep;
  const points = addresses(state, env);
  const stale = ingresses.filter((ingress) => !deepSame(ingress.status?.loadBalancer?.ingress ?? [], points));
  if (stale.length === 0) return keep;
  // Rounds are counted from the moment that it began to lead.
  const round = Math.floor((now - election.since) / flags.statusIntervalMs);
  const due = election.since + round * flags.statusIntervalMs;
  if (election.wroteAt === due) return { ...keep, wakeAt: due + flags.statusIntervalMs };
  if (now - due > ROUND_MS) return { ...keep, wakeAt: due + flags.statusIntervalMs };
  return {
    election: { ...election, wroteAt: due },
    ...writes(stale, points, api, now),
    wakeAt: due + flags.statusIntervalMs,
  };
}

/** The last controller to go takes the addresses away (statusSync.Shutdown). */
export function withdrawStatus(
  state: IngressState,
  env: ProcessEnv,
  api: AccountApi,
  ingresses: readonly Stored<Ingress>[],
): Pick<Published, 'actions' | 'log'> {
  const { flags, election } = state;
  const nothing = { actions: [], log: [] };
  if (election.since === undefined || !flags.updateStatus) return nothing;
  if (!flags.updateStatusOnShutdown)
    return {
      ...nothing,
      log: [klog(env.now, 'W', 'status.go:126', 'skipping update of status of Ingress rules')],
    };
  const points = addresses(state, env);
  if (points.length > 1)
    return {
      ...nothing,
      log: [klog(env.now, 'I', 'status.go:138', '"leaving status update for next leader"')],
    };
  if (likePods(env, true).length > 1) return nothing;
  const stale = ingresses.filter(({ status }) => status?.loadBalancer?.ingress?.length);
  const removing = klog(
    env.now,
    'I',
    'status.go:147',
    `"removing value from ingress status" address=${printed(points)}`,
  );
  const written = writes(stale, [], api, env.now);
  return { actions: written.actions, log: [removing, ...written.log] };
}

/** A round is over after so long: what changes later waits for the next. */
const ROUND_MS = 1000;

function writes(
  stale: readonly Stored<Ingress>[],
  points: readonly Point[],
  api: AccountApi,
  now: number,
): Pick<Published, 'actions' | 'log'> {
  const actions: Action[] = [];
  const log: string[] = [];
  for (const ingress of stale) {
    const { namespace = '', name } = ingress.metadata;
    const [before, after] = [ingress.status?.loadBalancer?.ingress ?? [], points].map(printed);
    log.push(
      klog(
        now,
        'I',
        'status.go:311',
        `"updating Ingress status" namespace="${namespace}" ingress="${name}" currentValue=${before} newValue=${after}`,
      ),
    );
    const refusal = api.refusal('update', 'ingresses.networking.k8s.io', {
      namespace,
      name,
      subresource: 'status',
    });
    if (refusal !== undefined)
      log.push(klog(now, 'W', 'status.go:315', `error updating ingress rule: ${refusal.message}`));
    else
      actions.push({
        verb: 'update',
        ref: INGRESSES,
        object: { ...ingress, status: { loadBalancer: { ingress: points } } } as KubeObject,
        subresource: 'status',
      });
  }
  return { actions, log };
}

const printed = (points: readonly Point[]): string =>
  points.length === 0
    ? 'null'
    : JSON.stringify(
        points.map(({ ip, hostname }) => ({ ...(ip ? { ip } : {}), ...(hostname ? { hostname } : {}) })),
      );

const pointText = ({ ip = '', hostname = '' }: Point): string => `${hostname} ${ip}`;

function deepSame(left: readonly Point[], right: readonly Point[]): boolean {
  return left.map(pointText).sort().join(',') === right.map(pointText).sort().join(',');
}

const pointOf = (text: string): Point => (isAddress(text) ? { ip: text } : { hostname: text });

/** Where this controller is to be found from outside (status.runningAddresses). */
function addresses({ flags }: IngressState, env: ProcessEnv): readonly Point[] {
  const found = flags.publishAddress
    ? flags.publishAddress.split(/,\s*/).map(pointOf)
    : flags.publishService
      ? serviceAddresses(env, flags.publishService)
      : nodeAddresses(env, flags.internalNodeIP);
  return found.toSorted((left, right) => (pointText(left) < pointText(right) ? -1 : 1));
}

function serviceAddresses({ view }: ProcessEnv, key: string): readonly Point[] {
  const [namespace = '', name = ''] = key.split('/');
  const service = view?.get<Service>('services', namespace, name);
  const { type, clusterIP = '', externalIPs = [], externalName = '' } = service?.spec ?? {};
  const others = externalIPs.map((ip): Point => ({ ip }));
  switch (type) {
    case 'ExternalName':
      return [{ hostname: externalName }];
    case 'ClusterIP':
      return [{ ip: clusterIP }];
    case 'NodePort':
      return others.length > 0 ? others : [{ ip: clusterIP }];
    case 'LoadBalancer': {
      const given = (service?.status?.loadBalancer?.ingress ?? []).map(
        ({ ip, hostname }): Point => ({ ...(hostname ? { hostname } : {}), ...(ip ? { ip } : {}) }),
      );
      return [...given, ...others.filter(({ ip }) => given.every((each) => each.ip !== ip))];
    }
    default:
      return [];
  }
}

/** Pods of this namespace with this one's labels; those that controllers add may be left out. */
function likePods({ view, namespace, podName }: ProcessEnv, byKind: boolean): readonly Stored<Pod>[] {
  const me = view?.get<Pod>('pods', namespace, podName);
  const labels = Object.entries(me?.metadata.labels ?? {}).filter(
    ([key]) => !byKind || !/^(pod-template-(hash|generation)|controller-revision-hash)$/.test(key),
  );
  return (view?.list<Pod>('pods', namespace) ?? []).filter(({ metadata }) =>
    labels.every(([key, value]) => metadata.labels?.[key] === value),
  );
}

/** Nodes of ready Pods that are like this one: their external addresses, else their internal ones. */
function nodeAddresses(env: ProcessEnv, internal: boolean): readonly Point[] {
  const ready = likePods(env, false).filter(({ status }) =>
    status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True'),
  );
  const found = ready.flatMap(({ spec }) => {
    const node = env.view?.get<Node>('nodes', '', spec?.nodeName ?? '');
    const of = (wanted: string) =>
      (node?.status?.addresses ?? []).filter(({ type }) => type === wanted).map(({ address }) => address);
    const external = internal ? [] : of('ExternalIP');
    return external.length > 0 ? external : of('InternalIP');
  });
  return [...new Set(found)].map(pointOf);
}
