import { badRequest, type DeleteOptions, type KubeObject, type Pod, type Stored } from '../../../api';
import { formatTime } from '../../../base';
import { field, type Request } from '../context';
import { checkPreconditions } from '../metadata';
import { getObject } from '../read';
import { storeKey } from '../registry';
import { deleteObject } from '../remove';
import { spendBudget } from './disruption-budget';
import { success } from './success';

/** POST pods/x/eviction: a deletion that budgets may refuse. */
export function evictPod(
  request: Request,
  name: string,
  eviction: KubeObject,
  dryRun: boolean | undefined,
): KubeObject {
  if ((eviction.metadata.name ?? '') !== name) {
    throw badRequest('name in URL does not match name in Eviction object');
  }
  const options = deleteOptionsOf(eviction, dryRun);
  const pod = getObject(request, name) as Stored<Pod>;
  checkPreconditions(request, pod, options.preconditions ?? {});
  const budget = spendBudget(request, pod);
  const { store } = request.context;
  if (!options.dryRun) {
    if (budget)
      store.put(`/poddisruptionbudgets.policy/${request.namespace}/${budget.metadata.name}`, budget);
    markDisrupted(request, pod);
  }
  // The Pod's version has moved on: what was asked of it was checked above.
  deleteObject(request, name, { ...options, preconditions: { uid: pod.metadata.uid } });
  return success();
}

function deleteOptionsOf(eviction: KubeObject, dryRun: boolean | undefined): DeleteOptions {
  const given = field(eviction, 'deleteOptions') as
    | (Omit<DeleteOptions, 'dryRun'> & { dryRun?: unknown })
    | undefined;
  const { gracePeriodSeconds, propagationPolicy, preconditions, dryRun: own } = given ?? {};
  return {
    dryRun: dryRun === true || (Array.isArray(own) && own.includes('All')),
    ...(typeof gracePeriodSeconds === 'number' ? { gracePeriodSeconds } : {}),
    ...(propagationPolicy ? { propagationPolicy } : {}),
    ...(preconditions ? { preconditions } : {}),
  };
}

/** The Pod says why it goes. */
function markDisrupted({ context, kind, namespace }: Request, pod: Stored<Pod>): void {
  const now = formatTime(context.clock.now());
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: now,
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  };
  const conditions = pod.status?.conditions ?? [];
  const known = conditions.find(({ type }) => type === 'DisruptionTarget');
  if (known?.status === 'True' && known.reason === condition.reason) return;
  const others = conditions.filter((each) => each !== known);
  const status = { ...pod.status, conditions: [...others, condition] };
  context.store.put(storeKey(kind, namespace, pod.metadata.name), {
    ...pod,
    status,
  } as unknown as KubeObject);
}
