import { goStruct } from '../../go-format';
import type { FieldError } from '../../status';
import type { ClusterRole, PolicyRule, RoleBinding } from '../../types';
import {
  dns1123Subdomain,
  invalidEach,
  invalidGoValue,
  invalidValue,
  notSupported,
  pathSegment,
  required,
  sameJson,
  validateLabelSelector,
} from '../validation';

type Subject = NonNullable<RoleBinding['subjects']>[number];
type RoleRef = RoleBinding['roleRef'];

/** ValidatePolicyRule for each rule. */
export function validateRules(rules: readonly PolicyRule[], namespaced: boolean): FieldError[] {
  return rules.flatMap((rule, index) => {
    const field = `rules[${index}]`;
    const { verbs = [], apiGroups = [], resources = [], nonResourceURLs: urls = [] } = rule;
    const errors =
      verbs.length === 0 ? [required(`${field}.verbs`, 'verbs must contain at least one value')] : [];
    if (urls.length > 0) {
      if (namespaced) {
        const detail = 'namespaced rules cannot apply to non-resource URLs';
        errors.push(invalidValue(`${field}.nonResourceURLs`, urls, detail));
      }
      return errors;
    }
    if (apiGroups.length === 0) {
      errors.push(required(`${field}.apiGroups`, 'resource rules must supply at least one api group'));
    }
    if (resources.length === 0) {
      errors.push(required(`${field}.resources`, 'resource rules must supply at least one resource'));
    }
    return errors;
  });
}

/** A ClusterRole's aggregation rule, as ValidateClusterRole sees it. */
export function validateAggregation({ aggregationRule }: ClusterRole): FieldError[] {
  if (!aggregationRule) return [];
  const field = 'aggregationRule.clusterRoleSelectors';
  const { clusterRoleSelectors: selectors = [] } = aggregationRule;
  if (selectors.length > 0) {
    return selectors.flatMap((selector, index) => validateLabelSelector(selector, `${field}[${index}]`));
  }
  return [required(field, 'at least one clusterRoleSelector required if aggregationRule is non-nil')];
}

const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** ValidateRoleBinding and ValidateClusterRoleBinding, without metadata. */
export function validateBinding(
  binding: { readonly roleRef: RoleRef; readonly subjects?: readonly Subject[] | undefined },
  kinds: readonly string[],
  before: RoleRef | undefined,
): FieldError[] {
  const { roleRef } = binding;
  const errors: FieldError[] = [];
  if (roleRef?.apiGroup !== RBAC_GROUP) {
    errors.push(notSupported('roleRef.apiGroup', roleRef?.apiGroup ?? '', [RBAC_GROUP]));
  }
  if (!kinds.includes(roleRef?.kind ?? ''))
    errors.push(notSupported('roleRef.kind', roleRef?.kind ?? '', kinds));
  if (!roleRef?.name) errors.push(required('roleRef.name'));
  else errors.push(...invalidEach('roleRef.name', roleRef.name, pathSegment(roleRef.name)));
  errors.push(
    ...(binding.subjects ?? []).flatMap((each, index) => validateSubject(each, `subjects[${index}]`)),
  );
  if (before && !sameJson(before, roleRef)) {
    const { apiGroup = '', kind = '', name = '' } = (roleRef ?? {}) as Partial<RoleRef>;
    // The internal type has no JSON names of its own.
    const shown = goStruct({ APIGroup: apiGroup, Kind: kind, Name: name });
    errors.push(invalidGoValue('roleRef', shown, 'cannot change roleRef'));
  }
  return errors;
}

function validateSubject({ kind, name, namespace, apiGroup = '' }: Subject, field: string): FieldError[] {
  const errors = name ? [] : [required(`${field}.name`)];
  if (kind === 'ServiceAccount') {
    if (name) errors.push(...invalidEach(`${field}.name`, name, dns1123Subdomain(name)));
    if (apiGroup !== '') errors.push(notSupported(`${field}.apiGroup`, apiGroup, ['']));
    if (!namespace) errors.push(required(`${field}.namespace`));
  } else if (kind === 'User' || kind === 'Group') {
    if (apiGroup !== RBAC_GROUP) errors.push(notSupported(`${field}.apiGroup`, apiGroup, [RBAC_GROUP]));
  } else errors.push(notSupported(`${field}.kind`, kind ?? '', ['ServiceAccount', 'User', 'Group']));
  return errors;
}

/** The API groups that go without saying. */
export function withApiGroups<
  T extends { readonly roleRef: RoleRef; readonly subjects?: readonly Subject[] | undefined },
>(binding: T): T {
  const subjects = binding.subjects?.map((subject) =>
    subject.apiGroup === undefined && (subject.kind === 'User' || subject.kind === 'Group')
      ? { ...subject, apiGroup: RBAC_GROUP }
      : subject,
  );
  const roleRef = { ...binding.roleRef, apiGroup: binding.roleRef?.apiGroup || RBAC_GROUP };
  return { ...binding, roleRef, ...(subjects ? { subjects } : {}) };
}
