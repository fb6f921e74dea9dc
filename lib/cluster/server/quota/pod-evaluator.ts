import { matchesLabels, type Pod, type PodSpec, type Requirement } from '../../../api';
import { parseTime, quantityOf } from '../../../base';
import { type Amounts, addAmounts, readAmounts } from './amounts';
import { type Evaluator, intersection, type Scope } from './evaluator';
import { allContainers, podAmountsWithOverhead } from './pod-amounts';

const COUNT = 'count/pods';
const ONE = quantityOf(1);
const REQUESTS = 'requests.';
const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'] as const;
const RESOURCES = [
  COUNT,
  'pods',
  ...COMPUTE.flatMap((name) => [name, `${REQUESTS}${name}`, `limits.${name}`]),
];
/** Resources that every container must speak of once a quota has them. */
const DEMANDED = ['cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'];

/** Pods count while they live, with what their containers ask for (the core pod evaluator). */
export const podEvaluator: Evaluator = {
  handles: ({ operation, subresource }) => operation === 'CREATE' && subresource === '',
  matching: (names) => [
    ...intersection(names, RESOURCES),
    ...names.filter((name) => isHugePages(name) || isHugePages(name.replace(/^requests\./, ''))),
    ...names.filter((name) => name.startsWith(REQUESTS) && isExtended(name.slice(REQUESTS.length))),
  ],
  matchesScope: (scope, object) => podMatches(scope, object as Pod),
  lacks: (names, object) => missing(names, object as Pod),
  usage: (object, now) => podUsage(object as Pod, now),
};

const isHugePages = (name: string): boolean => name.startsWith('hugepages-');
/** helper.IsExtendedResourceName: a domain of its own, and not Kubernetes'. */
const isExtended = (name: string): boolean => name.includes('/') && !name.includes('kubernetes.io/');

/** podComputeUsageHelper. */
function computeUsage(requests: Amounts, limits: Amounts): Amounts {
  const usage = new Map([['pods', ONE]]);
  for (const name of COMPUTE) {
    const [request, limit] = [requests.get(name), limits.get(name)];
    if (request) usage.set(name, request).set(`${REQUESTS}${name}`, request);
    if (limit) usage.set(`limits.${name}`, limit);
  }
  for (const [name, request] of requests) {
    if (isHugePages(name)) usage.set(name, request).set(`${REQUESTS}${name}`, request);
    if (isExtended(name)) usage.set(`${REQUESTS}${name}`, request);
  }
  return usage;
}

function podUsage(pod: Pod, now: number): Amounts {
  const count = new Map([[COUNT, ONE]]);
  if (!isCounted(pod, now)) return count;
  const requests = podAmountsWithOverhead(pod.spec, 'requests');
  return addAmounts(count, computeUsage(requests, podAmountsWithOverhead(pod.spec, 'limits')));
}

/** QuotaV1Pod: not ended, and not stuck beyond its grace. */
export function isCounted({ status, metadata }: Pod, now: number): boolean {
  if (status?.phase === 'Failed' || status?.phase === 'Succeeded') return false;
  const { deletionTimestamp, deletionGracePeriodSeconds: grace } = metadata;
  if (!deletionTimestamp || grace === undefined) return true;
  return now <= (parseTime(deletionTimestamp) ?? now) + grace * 1000;
}

/** "must specify limits.cpu for: a,b; requests.memory for: b". */
function missing(names: readonly string[], pod: Pod): string | undefined {
  const demanded = intersection(names, DEMANDED);
  const parts = demanded.flatMap((name) => {
    const silent = allContainers(pod)
      .filter(({ resources }) => {
        const usage = computeUsage(readAmounts(resources?.requests), readAmounts(resources?.limits));
        return !usage.has(name);
      })
      .map((container) => container.name);
    return silent.length === 0 ? [] : [`${name} for: ${[...new Set(silent)].sort().join(',')}`];
  });
  return parts.length === 0 ? undefined : `must specify ${parts.join('; ')}`;
}

const isTerminating = ({ activeDeadlineSeconds: seconds }: PodSpec): boolean =>
  seconds !== undefined && seconds >= 0;

/** podMatchesScopeFunc. */
function podMatches(scope: Scope, { spec = { containers: [] }, status }: Pod): boolean {
  switch (scope.scopeName) {
    case 'Terminating':
      return isTerminating(spec);
    case 'NotTerminating':
      return !isTerminating(spec);
    case 'BestEffort':
      return status?.qosClass === 'BestEffort';
    case 'NotBestEffort':
      return status?.qosClass !== 'BestEffort';
    case 'PriorityClass':
      return priorityMatches(scope, spec.priorityClassName ?? '');
    case 'CrossNamespacePodAffinity':
      return crossesNamespaces(spec);
    default:
      return false;
  }
}

function priorityMatches({ scopeName: key, operator, values = [] }: Scope, name: string): boolean {
  const requirement = { key, operator: operator as Requirement['operator'], values };
  return matchesLabels([requirement], name === '' ? {} : { [key]: name });
}

function crossesNamespaces({ affinity }: PodSpec): boolean {
  return [affinity?.podAffinity, affinity?.podAntiAffinity].some((each) => {
    const terms = [
      ...(each?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
      ...(each?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((term) => term.podAffinityTerm),
    ];
    return terms.some((term) => term.namespaces?.length || term.namespaceSelector !== undefined);
  });
}
