import type { KubeObject, Lease, Pod, ResourceRef, Stored } from '../../api';
import { formatMicroTime } from '../../base';
import type { AccountApi, Action, ProcessEnv } from '../seams';
import { klog } from './klog';
import type { Election, IngressState } from './state';

const LEASES: ResourceRef = { group: 'coordination.k8s.io', version: 'v1', resource: 'leases' };
const RESOURCE = 'leases.coordination.k8s.io';
/** Where a candidate may not have the lease it asks again after so long. */
const RETRY_MS = 7500;

/** What a look at the lease came to. */
export interface Elected {
  readonly election: Election;
  readonly actions: readonly Action[];
  readonly log: readonly string[];
  readonly wakeAt?: number | undefined;
}

/**
 * Takes the lease when nobody holds it, or when its holder's Pod has been gone for as long as it lasts. Holders do not
 * renew it while they live: a renewal changes nothing that anybody sees.
 */
export function elect(state: IngressState, env: ProcessEnv, api: AccountApi): Elected {
  const { flags, election } = state;
  const { now, namespace, podName: me, view } = env;
  const keep: Elected = { election, actions: [], log: [] };
  if (flags.noElection) return keep;
  const aim = { namespace, name: flags.electionID };
  const lease = view?.get<Lease & KubeObject>(RESOURCE, namespace, flags.electionID);
  const refusal =
    api.refusal('get', RESOURCE, aim) ??
    api.refusal(
      lease === undefined ? 'create' : 'update',
      RESOURCE,
      lease === undefined ? { namespace } : aim,
    );
  if (refusal !== undefined) {
    const told = election.freeAt === undefined || election.freeAt <= now;
    const text = `"Error retrieving lease lock" err=${JSON.stringify(refusal.message)} lock="${namespace}/${flags.electionID}"`;
    const freeAt = told ? now + RETRY_MS : election.freeAt;
    const log = told ? [klog(now, 'E', 'leaderelection.go:436', text)] : [];
    return { ...keep, election: { ...election, freeAt }, log, wakeAt: freeAt };
  }
  const holder = lease?.spec?.holderIdentity ?? '';
  if (lease === undefined || holder === '') return take(state, env, lease);
  if (holder === me) return follow(election, me, now, true);
  if (isAlive(env, holder)) {
    const { freeAt: _, ...rest } = election;
    return follow(rest, holder, now, false);
  }
  const freeAt = election.freeAt ?? now + flags.electionTtlMs;
  return freeAt <= now
    ? take(state, env, lease)
    : { ...keep, election: { ...election, freeAt }, wakeAt: freeAt };
}

function isAlive({ view, namespace }: ProcessEnv, holder: string): boolean {
  const pod = view?.get<Pod>('pods', namespace, holder);
  return pod !== undefined && pod.status?.phase !== 'Failed' && pod.status?.phase !== 'Succeeded';
}

function follow(election: Election, leader: string, now: number, mine: boolean): Elected {
  if (election.leader === leader) return { election, actions: [], log: [] };
  const log = [klog(now, 'I', 'status.go:85', `"New leader elected" identity="${leader}"`)];
  const since = mine ? { since: now } : { since: undefined };
  return { election: { ...election, leader, ...since }, actions: [], log };
}

function take(
  { flags }: IngressState,
  { now, namespace, podName: me }: ProcessEnv,
  lease: Stored<Lease & KubeObject> | undefined,
): Elected {
  const name = `${namespace}/${flags.electionID}`;
  const spec = {
    holderIdentity: me,
    leaseDurationSeconds: Math.round(flags.electionTtlMs / 1000),
    acquireTime: formatMicroTime(now),
    renewTime: formatMicroTime(now),
    leaseTransitions: lease === undefined ? 0 : (lease.spec?.leaseTransitions ?? 0) + 1,
  };
  const meta = lease?.metadata ?? { name: flags.electionID, namespace };
  const object = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: meta, spec } as KubeObject;
  return {
    election: { leader: me, since: now },
    actions: [{ verb: lease === undefined ? 'create' : 'update', ref: LEASES, object }],
    log: [
      klog(now, 'I', 'leaderelection.go:257', `"Attempting to acquire leader lease..." lock="${name}"`),
      klog(now, 'I', 'leaderelection.go:271', `"Successfully acquired lease" lock="${name}"`),
      klog(now, 'I', 'status.go:85', `"New leader elected" identity="${me}"`),
    ],
  };
}
