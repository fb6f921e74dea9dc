import type { Job, Pod, Stored } from '../../../api';

type Rule = NonNullable<NonNullable<NonNullable<Job['spec']>['podFailurePolicy']>['rules']>[number];

/** What a Job's podFailurePolicy makes of a failed Pod. */
export interface Judgement {
  readonly action: string;
  /** Why the Job fails, for FailJob. */
  readonly message: string;
}

/** The first rule that a failed Pod matches (matchPodFailurePolicy); undefined: it counts as any other. */
export function judge(job: Job, pod: Stored<Pod>): Judgement | undefined {
  const rules = job.spec?.podFailurePolicy?.rules ?? [];
  for (const [index, rule] of rules.entries()) {
    const why = exitCodeMatch(rule, pod) ?? conditionMatch(rule, pod);
    if (why !== undefined)
      return { action: rule.action, message: `${why} matching ${rule.action} rule at index ${index}` };
  }
  return undefined;
}

const nameOf = ({ metadata }: Stored<Pod>): string => `${metadata.namespace ?? ''}/${metadata.name}`;

function exitCodeMatch({ onExitCodes }: Rule, pod: Stored<Pod>): string | undefined {
  if (!onExitCodes) return undefined;
  const { containerName, operator, values } = onExitCodes;
  const statuses = [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])];
  for (const { name, state } of statuses) {
    const code = state?.terminated?.exitCode;
    if (code === undefined || code === 0 || (containerName && containerName !== name)) continue;
    if (values.includes(code) === (operator === 'In'))
      return `Container ${name} for pod ${nameOf(pod)} failed with exit code ${code}`;
  }
  return undefined;
}

function conditionMatch({ onPodConditions }: Rule, pod: Stored<Pod>): string | undefined {
  for (const pattern of onPodConditions ?? []) {
    const found = pod.status?.conditions?.find(
      ({ type, status }) => type === pattern.type && status === (pattern.status ?? 'True'),
    );
    if (found) return `Pod ${nameOf(pod)} has condition ${found.type}`;
  }
  return undefined;
}
