import { goStruct } from '../../go-format';
import type { KubeObject } from '../../objects';
import type { FieldError } from '../../status';
import type { LocalSubjectAccessReview, SubjectAccessReview } from '../../types';
import { invalidGoValue, invalidValue } from '../validation';

type Attributes = Pick<
  NonNullable<SubjectAccessReview['spec']>,
  'resourceAttributes' | 'nonResourceAttributes'
>;

/** ValidateSelfSubjectAccessReviewSpec: a resource or a path, not both and not neither. */
export function validateAttributes({
  resourceAttributes,
  nonResourceAttributes,
}: Attributes = {}): FieldError[] {
  if (resourceAttributes && nonResourceAttributes) {
    const { path = '', verb = '' } = nonResourceAttributes;
    const shown = goStruct({ Path: path, Verb: verb });
    const detail = 'cannot be specified in combination with resourceAttributes';
    return [invalidGoValue('spec.nonResourceAttributes', shown, detail)];
  }
  if (resourceAttributes || nonResourceAttributes) return [];
  const detail = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
  return [invalidGoValue('spec.resourceAttributes', '"null"', detail)];
}

/** ValidateSubjectAccessReviewSpec. */
export function validateSubject({ spec }: Pick<SubjectAccessReview, 'spec'>): FieldError[] {
  const isNobody = !spec?.user && (spec?.groups ?? []).length === 0;
  return [
    ...validateAttributes(spec),
    ...(isNobody ? [invalidValue('spec.user', '', 'at least one of user or group must be specified')] : []),
  ];
}

/** A review is asked and answered, never stored: it has no name, labels or the like. */
export function validateNoMetadata({ metadata }: KubeObject, detail = 'must be empty'): FieldError[] {
  const { managedFields: _managers, namespace: _namespace, ...rest } = metadata;
  const own = detail === 'must be empty' ? metadata.namespace : undefined;
  return Object.keys(rest).length === 0 && !own
    ? []
    : [invalidGoValue('metadata', JSON.stringify(metadata), detail)];
}

/** ValidateLocalSubjectAccessReview, beyond what it shares with the others. */
export function validateLocal({ metadata, spec }: LocalSubjectAccessReview): FieldError[] {
  const namespace = spec?.resourceAttributes?.namespace ?? '';
  const errors: FieldError[] = [];
  if (spec?.resourceAttributes && namespace !== (metadata.namespace ?? '')) {
    const field = 'spec.resourceAttributes.namespace';
    errors.push(invalidValue(field, namespace, 'must match metadata.namespace'));
  }
  if (spec?.nonResourceAttributes) {
    const { path = '', verb = '' } = spec.nonResourceAttributes;
    const shown = goStruct({ Path: path, Verb: verb });
    errors.push(invalidGoValue('spec.nonResourceAttributes', shown, 'disallowed on this kind of request'));
  }
  return errors;
}
