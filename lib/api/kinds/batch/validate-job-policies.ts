import { goStruct } from '../../go-format';
import type { FieldError } from '../../status';
import type { Job } from '../../types';
import {
  domainPrefixedPath,
  duplicate,
  invalidEach,
  invalidGoValue,
  invalidValue,
  nonNegative,
  notSupported,
  qualifiedName,
  required,
  tooLong,
  tooMany,
} from '../validation';

type Spec = NonNullable<Job['spec']>;
type FailureRule = NonNullable<Spec['podFailurePolicy']>['rules'][number];
type ExitCodes = NonNullable<FailureRule['onExitCodes']>;
type SuccessRule = NonNullable<Spec['successPolicy']>['rules'][number];

const MANAGED_BY_MAX_BYTES = 63;
const RULES_MAX = 20;
const EXIT_CODES_MAX = 255;
const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const OPERATORS = ['In', 'NotIn'];
const STATUSES = ['False', 'True', 'Unknown'];
const REPLACEMENTS = ['Failed', 'TerminatingOrFailed'];

/** Who else may look after a Job, and what becomes of its Pods that fail, succeed or are replaced. */
export function validateJobPolicies(spec: Spec, path: string): FieldError[] {
  const { managedBy, podFailurePolicy, successPolicy } = spec;
  return [
    ...(managedBy === undefined ? [] : validateManager(managedBy, `${path}.managedBy`)),
    ...(podFailurePolicy ? validateFailurePolicy(spec, `${path}.podFailurePolicy.rules`) : []),
    ...(successPolicy ? validateSuccessPolicy(spec, `${path}.successPolicy`) : []),
    ...validateReplacement(spec, `${path}.podReplacementPolicy`),
  ];
}

const validateManager = (managedBy: string, field: string): FieldError[] => [
  ...domainPrefixedPath(managedBy).map(({ value, detail }) => invalidValue(field, value, detail)),
  ...(managedBy.length > MANAGED_BY_MAX_BYTES ? [tooLong(field, MANAGED_BY_MAX_BYTES)] : []),
];

function validateReplacement(
  { podReplacementPolicy: policy, podFailurePolicy }: Spec,
  field: string,
): FieldError[] {
  const supported = podFailurePolicy ? ['Failed'] : REPLACEMENTS;
  return policy === undefined || supported.includes(policy) ? [] : [notSupported(field, policy, supported)];
}

/** validatePodFailurePolicy. */
function validateFailurePolicy(spec: Spec, path: string): FieldError[] {
  const rules = spec.podFailurePolicy?.rules ?? [];
  return [
    ...(rules.length > RULES_MAX ? [tooMany(path, rules.length, RULES_MAX)] : []),
    ...rules.flatMap((rule, index) => validateFailureRule(spec, rule, `${path}[${index}]`)),
  ];
}

function validateFailureRule(spec: Spec, rule: FailureRule, path: string): FieldError[] {
  const { onExitCodes, onPodConditions = [] } = rule;
  const both = onExitCodes !== undefined && onPodConditions.length > 0;
  const neither = onExitCodes === undefined && onPodConditions.length === 0;
  const howMany = (detail: string): FieldError[] => [{ type: 'Invalid', field: path, detail }];
  return [
    ...validateAction(spec, rule.action ?? '', `${path}.action`),
    ...(onExitCodes ? validateExitCodes(spec, onExitCodes, `${path}.onExitCodes`) : []),
    ...(onPodConditions.length > RULES_MAX
      ? [tooMany(`${path}.onPodConditions`, onPodConditions.length, RULES_MAX)]
      : []),
    ...onPodConditions.flatMap(({ type = '', status = 'True' }, index) => {
      const at = `${path}.onPodConditions[${index}]`;
      return [
        ...invalidEach(`${at}.type`, type, qualifiedName(type)),
        ...(STATUSES.includes(status) ? [] : [notSupported(`${at}.status`, status, STATUSES)]),
      ];
    }),
    ...(both ? howMany('specifying both OnExitCodes and OnPodConditions is not supported') : []),
    ...(neither ? howMany('specifying one of OnExitCodes and OnPodConditions is required') : []),
  ];
}

const quotedList = (values: readonly string[]): string => `[${values.map((each) => `"${each}"`).join(' ')}]`;

function validateAction({ backoffLimitPerIndex }: Spec, action: string, field: string): FieldError[] {
  if (action === '') return [required(field, `valid values: ${quotedList(ACTIONS)}`)];
  if (action === 'FailIndex' && backoffLimitPerIndex === undefined) {
    return [invalidValue(field, action, 'requires the backoffLimitPerIndex to be set')];
  }
  return ACTIONS.includes(action) ? [] : [notSupported(field, action, ACTIONS)];
}

function validateExitCodes({ template }: Spec, codes: ExitCodes, path: string): FieldError[] {
  const { operator = '', containerName, values = [] } = codes;
  const { containers = [], initContainers = [] } = template.spec ?? {};
  const known = [...containers, ...initContainers].some(({ name }) => name === containerName);
  const errors: FieldError[] = [];
  if (operator === '') errors.push(required(`${path}.operator`, `valid values: ${quotedList(OPERATORS)}`));
  else if (!OPERATORS.includes(operator)) {
    errors.push(notSupported(`${path}.operator`, operator, OPERATORS));
  }
  if (containerName !== undefined && !known) {
    const detail = 'must be one of the container or initContainer names in the pod template';
    errors.push(invalidValue(`${path}.containerName`, containerName, detail));
  }
  const at = `${path}.values`;
  if (values.length === 0) errors.push(invalidValue(at, values, 'at least one value is required'));
  if (values.length > EXIT_CODES_MAX) errors.push(tooMany(at, values.length, EXIT_CODES_MAX));
  for (const [index, value] of values.entries()) {
    if (operator === 'In' && value === 0) {
      errors.push(invalidValue(`${at}[${index}]`, value, 'must not be 0 for the In operator'));
    }
    if (values.indexOf(value) < index) errors.push(duplicate(`${at}[${index}]`, value));
  }
  const inOrder = values.every((value, index) => index === 0 || (values[index - 1] ?? 0) <= value);
  return inOrder ? errors : [...errors, invalidValue(at, values, 'must be ordered')];
}

/** validateSuccessPolicy; an indexed Job's alone. */
function validateSuccessPolicy(spec: Spec, path: string): FieldError[] {
  const rules = spec.successPolicy?.rules ?? [];
  if (spec.completionMode !== 'Indexed') {
    const internal = rules.map(({ succeededIndexes = null, succeededCount = null }) => ({
      SucceededIndexes: succeededIndexes,
      SucceededCount: succeededCount,
    }));
    return [invalidGoValue(path, goStruct({ Rules: internal }), 'requires indexed completion mode')];
  }
  const detail = 'at least one rules must be specified when the successPolicy is specified';
  return [
    ...(rules.length === 0 ? [required(`${path}.rules`, detail)] : []),
    ...(rules.length > RULES_MAX ? [tooMany(`${path}.rules`, rules.length, RULES_MAX)] : []),
    ...rules.flatMap((rule, index) => validateSuccessRule(spec, rule, `${path}.rules[${index}]`)),
  ];
}

function validateSuccessRule({ completions = 0 }: Spec, rule: SuccessRule, path: string): FieldError[] {
  const { succeededCount, succeededIndexes } = rule;
  if (succeededCount === undefined && succeededIndexes === undefined) {
    return [required(path, 'at least one of succeededCount or succeededIndexes must be specified')];
  }
  const field = `${path}.succeededCount`;
  const errors = nonNegative(field, succeededCount);
  if ((succeededCount ?? 0) <= completions) return [...errors];
  const detail = `must be less than or equal to ${completions} (the number of specified completions)`;
  return [...errors, invalidValue(field, succeededCount, detail)];
}
