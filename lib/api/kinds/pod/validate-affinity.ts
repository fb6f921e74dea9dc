import type { FieldError } from '../../status';
import type { PodSpec } from '../../types';
import {
  dns1123Label,
  dns1123Subdomain,
  forbiddenField,
  invalidEach,
  invalidValue,
  labelValue,
  qualifiedName,
  required,
  validateLabelSelector,
} from '../validation';

type Affinity = NonNullable<PodSpec['affinity']>;
type NodeAffinity = NonNullable<Affinity['nodeAffinity']>;
type NodeSelector = NonNullable<NodeAffinity['requiredDuringSchedulingIgnoredDuringExecution']>;
type Term = NodeSelector['nodeSelectorTerms'][number];
type Requirement = NonNullable<Term['matchExpressions']>[number];
type PodAffinity = NonNullable<Affinity['podAffinity']>;
type PodTerm = NonNullable<PodAffinity['requiredDuringSchedulingIgnoredDuringExecution']>[number];

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/** validateAffinity. */
export function validateAffinity(affinity: Affinity | undefined, path: string): FieldError[] {
  if (!affinity) return [];
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity;
  return [
    ...(nodeAffinity ? validateNodeAffinity(nodeAffinity, `${path}.nodeAffinity`) : []),
    ...(podAffinity ? validatePodAffinity(podAffinity, `${path}.podAffinity`) : []),
    ...(podAntiAffinity ? validatePodAffinity(podAntiAffinity, `${path}.podAntiAffinity`) : []),
  ];
}

function validateNodeAffinity(affinity: NodeAffinity, path: string): FieldError[] {
  const selector = affinity[REQUIRED];
  return [
    ...(selector ? validateNodeSelector(selector, `${path}.${REQUIRED}`) : []),
    ...(affinity[PREFERRED] ?? []).flatMap(({ weight, preference }, index) => [
      ...validateWeight(weight, `${path}.${PREFERRED}[${index}].weight`),
      ...validateTerm(preference ?? {}, `${path}.${PREFERRED}[${index}].preference`),
    ]),
  ];
}

const validateWeight = (weight: number | undefined, field: string): FieldError[] =>
  weight !== undefined && weight > 0 && weight <= 100
    ? []
    : [invalidValue(field, weight ?? 0, 'must be in the range 1-100')];

/** ValidateNodeSelector: what a Pod demands of its node, or a volume of those that may mount it. */
export function validateNodeSelector(selector: NodeSelector, path: string): FieldError[] {
  const terms = selector.nodeSelectorTerms ?? [];
  if (terms.length === 0)
    return [required(`${path}.nodeSelectorTerms`, 'must have at least one node selector term')];
  return terms.flatMap((term, index) => validateTerm(term, `${path}.nodeSelectorTerms[${index}]`));
}

function validateTerm(
  { matchExpressions = [], matchFields = [] }: Partial<Term>,
  path: string,
): FieldError[] {
  return [
    ...matchExpressions.flatMap((each, index) =>
      validateRequirement(each, `${path}.matchExpressions[${index}]`),
    ),
    ...matchFields.flatMap((each, index) => validateFieldRequirement(each, `${path}.matchFields[${index}]`)),
  ];
}

/** ValidateNodeSelectorRequirement. */
function validateRequirement({ key = '', operator, values = [] }: Requirement, path: string): FieldError[] {
  return [
    ...validateOperator(operator, values, path),
    ...invalidEach(`${path}.key`, key, qualifiedName(key)),
    ...values.flatMap((value, index) => invalidEach(`${path}.values[${index}]`, value, labelValue(value))),
  ];
}

function validateOperator(operator: string, values: readonly string[], path: string): FieldError[] {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length > 0
        ? []
        : [required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0
        ? []
        : [
            forbiddenField(
              `${path}.values`,
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
            ),
          ];
    case 'Gt':
    case 'Lt':
      return values.length === 1
        ? []
        : [required(`${path}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'")];
    default:
      return [invalidValue(`${path}.operator`, operator ?? '', 'not a valid selector operator')];
  }
}

/** ValidateNodeFieldSelectorRequirement: nodes are picked by their name alone. */
function validateFieldRequirement({ key, operator, values = [] }: Requirement, path: string): FieldError[] {
  const one = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
  const known = operator === 'In' || operator === 'NotIn';
  return [
    ...(known ? [] : [invalidValue(`${path}.operator`, operator ?? '', 'not a valid selector operator')]),
    ...(known && values.length !== 1 ? [required(`${path}.values`, one)] : []),
    ...(key === 'metadata.name'
      ? values.flatMap((value, index) =>
          invalidEach(`${path}.values[${index}]`, value, dns1123Subdomain(value)),
        )
      : [invalidValue(`${path}.key`, key ?? '', 'not a valid field selector key')]),
  ];
}

function validatePodAffinity(affinity: PodAffinity, path: string): FieldError[] {
  return [
    ...(affinity[REQUIRED] ?? []).flatMap((term, index) =>
      validatePodTerm(term, `${path}.${REQUIRED}[${index}]`),
    ),
    ...(affinity[PREFERRED] ?? []).flatMap(({ weight, podAffinityTerm }, index) => [
      ...validateWeight(weight, `${path}.${PREFERRED}[${index}].weight`),
      ...validatePodTerm(podAffinityTerm ?? {}, `${path}.${PREFERRED}[${index}].podAffinityTerm`),
    ]),
  ];
}

/** validatePodAffinityTerm. */
function validatePodTerm(term: Partial<PodTerm>, path: string): FieldError[] {
  const { labelSelector, namespaceSelector, namespaces = [], topologyKey = '' } = term;
  return [
    ...(labelSelector ? validateLabelSelector(labelSelector, `${path}.labelSelector`) : []),
    ...(namespaceSelector ? validateLabelSelector(namespaceSelector, `${path}.namespaceSelector`) : []),
    ...namespaces.flatMap((name) => invalidEach(`${path}.namespace`, name, dns1123Label(name))),
    ...(topologyKey === '' ? [required(`${path}.topologyKey`, 'can not be empty')] : []),
    ...invalidEach(`${path}.topologyKey`, topologyKey, qualifiedName(topologyKey)),
  ];
}
