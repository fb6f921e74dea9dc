import type { FieldError } from '../../status';
import type { ResourceQuota } from '../../types';
import {
  IMMUTABLE,
  invalidGoValue,
  invalidValue,
  isQuotaResource,
  required,
  validateAmount,
  validateQuotaResourceName,
} from '../validation';

type Spec = NonNullable<ResourceQuota['spec']>;
type Requirement = NonNullable<NonNullable<Spec['scopeSelector']>['matchExpressions']>[number];

const OF_PODS = [
  'Terminating',
  'NotTerminating',
  'NotBestEffort',
  'PriorityClass',
  'CrossNamespacePodAffinity',
];
const SCOPES = [...OF_PODS, 'BestEffort', 'VolumeAttributesClass'];
const ONLY_EXISTS = [
  'BestEffort',
  'NotBestEffort',
  'Terminating',
  'NotTerminating',
  'CrossNamespacePodAffinity',
];
const CONFLICTS = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const;
const POD_RESOURCES = [
  'pods',
  'cpu',
  'memory',
  'limits.cpu',
  'limits.memory',
  'requests.cpu',
  'requests.memory',
];
const CLAIM_RESOURCES = ['persistentvolumeclaims', 'requests.storage'];

/** ValidateResourceQuotaSpec. */
export function validateQuotaSpec(spec: Spec): FieldError[] {
  return [...validateHard(spec.hard ?? {}), ...validateScopes(spec), ...validateSelector(spec)];
}

function validateHard(hard: Readonly<Record<string, string>>): FieldError[] {
  return Object.entries(hard).flatMap(([name, amount]) => {
    const field = `spec.hard[${name}]`;
    return [...validateQuotaResourceName(name, field), ...validateAmount(name, amount, field)];
  });
}

/** Scopes may be put in another order, and nothing else. */
export function validateScopesKept({ scopes }: Spec, before: Spec): FieldError[] {
  const sorted = (list: readonly string[] | undefined): string => [...new Set(list)].sort().join();
  return sorted(scopes) === sorted(before.scopes)
    ? []
    : [invalidGoValue('spec.scopes', shown(scopes), IMMUTABLE)];
}

const shown = (scopes: readonly string[] | undefined): string => JSON.stringify(scopes ?? null);

/** Whether a scope says something about objects that a resource counts. */
function fits(scope: string, resource: string): boolean {
  if (scope === 'BestEffort') return resource === 'pods';
  if (scope === 'VolumeAttributesClass') return CLAIM_RESOURCES.includes(resource);
  return !OF_PODS.includes(scope) || POD_RESOURCES.includes(resource);
}

const misfits = (scope: string, { hard }: Spec): readonly string[] =>
  Object.keys(hard ?? {}).filter((name) => isQuotaResource(name) && !fits(scope, name));

const conflicts = (scopes: readonly string[]): readonly unknown[] =>
  CONFLICTS.filter((pair) => pair.every((scope) => scopes.includes(scope)));

function validateScopes(spec: Spec): FieldError[] {
  const scopes = spec.scopes ?? [];
  const refuse = (detail: string): FieldError => invalidGoValue('spec.scopes', shown(spec.scopes), detail);
  return [
    ...scopes.flatMap((scope) => [
      ...(SCOPES.includes(scope) ? [] : [refuse('unsupported scope')]),
      ...misfits(scope, spec).map(() => refuse('unsupported scope applied to resource')),
    ]),
    ...conflicts(scopes).map(() => refuse('conflicting scopes')),
  ];
}

function validateSelector(spec: Spec): FieldError[] {
  const requirements = spec.scopeSelector?.matchExpressions ?? [];
  const path = 'spec.scopeSelector.matchExpressions';
  const misfit = invalidGoValue(path, selectorText(requirements), 'unsupported scope applied to resource');
  return [
    ...requirements.flatMap((each) => [
      ...(SCOPES.includes(each.scopeName)
        ? []
        : [invalidValue(`${path}.scopeName`, each.scopeName, 'unsupported scope')]),
      ...misfits(each.scopeName, spec).map(() => misfit),
      ...validateRequirement(each, path),
    ]),
    ...conflicts(requirements.map(({ scopeName }) => scopeName)).map(() =>
      invalidGoValue(path, shown(spec.scopes), 'conflicting scopes'),
    ),
  ];
}

/** The internal type has no JSON names of its own. */
const selectorText = (requirements: readonly Requirement[]): string =>
  JSON.stringify({
    MatchExpressions: requirements.map(({ scopeName, operator, values }) => ({
      ScopeName: scopeName,
      Operator: operator,
      Values: values ?? null,
    })),
  });

function validateRequirement({ scopeName, operator, values = [] }: Requirement, path: string): FieldError[] {
  const odd = ONLY_EXISTS.includes(scopeName) && operator !== 'Exists';
  const detail =
    "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";
  return [
    ...(odd ? [invalidValue(`${path}.operator`, operator, detail)] : []),
    ...validateOperator(operator, values, path),
  ];
}

function validateOperator(operator: string, values: readonly string[], path: string): FieldError[] {
  switch (operator) {
    case 'In':
    case 'NotIn': {
      const detail = "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector";
      return values.length === 0 ? [required(`${path}.values`, detail)] : [];
    }
    case 'Exists':
    case 'DoesNotExist': {
      const detail = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector";
      return values.length === 0 ? [] : [invalidGoValue(`${path}.values`, JSON.stringify(values), detail)];
    }
    default:
      return [invalidValue(`${path}.operator`, operator, 'not a valid selector operator')];
  }
}
