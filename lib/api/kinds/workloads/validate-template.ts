import { goJson, goLabelSelector } from '../../go-format';
import { matchesLabels, selectorFromLabelSelector } from '../../selectors';
import type { FieldError } from '../../status';
import type { PodTemplateSpec } from '../../types';
import { validatePodTemplate } from '../pod/validate';
import {
  forbiddenField,
  IMMUTABLE,
  invalidGoValue,
  isEmptySelector,
  type LabelSelectorField,
  notSupported,
  required,
  sameJson,
  validateAnnotations,
  validateLabelSelector,
  validateLabels,
} from '../validation';

/** A workload's selector: there, valid, and not empty. */
export function validateSelector(
  selector: LabelSelectorField | undefined,
  emptyDetail: string,
): FieldError[] {
  if (!selector) return [required('spec.selector')];
  const errors = validateLabelSelector(selector, 'spec.selector');
  if (!isEmptySelector(selector)) return errors;
  return [...errors, invalidGoValue('spec.selector', goLabelSelector(selector), emptyDetail)];
}

/** A workload's selector may not change. */
export function validateSelectorUnchanged(
  selector: LabelSelectorField | undefined,
  before: LabelSelectorField | undefined,
): FieldError[] {
  if (sameJson(selector, before)) return [];
  return [invalidGoValue('spec.selector', goLabelSelector(selector), IMMUTABLE)];
}

/** ValidatePodTemplateSpecForReplicaSet, and its like for others that keep Pods running. */
export function validateWorkloadTemplate(
  template: PodTemplateSpec | undefined,
  selector: LabelSelectorField | undefined,
  workload: string,
): FieldError[] {
  const path = 'spec.template';
  if (!template) return [required(path)];
  return [
    ...(matches(selector, template) ? [] : [mismatch(template)]),
    ...validatePodTemplate(template, path),
    ...validateEndless(template, workload),
  ];
}

/** ValidatePodTemplateSpecForStatefulSet: the Pod itself is judged when it is made, with its claims among its volumes. */
export function validateStatefulTemplate(
  template: PodTemplateSpec | undefined,
  selector: LabelSelectorField | undefined,
): FieldError[] {
  const path = 'spec.template';
  if (!template) return [required(path)];
  return [
    ...(matches(selector, template) ? [] : [mismatch(template)]),
    ...validateLabels(template.metadata?.labels, `${path}.labels`),
    ...validateAnnotations(template.metadata?.annotations, `${path}.annotations`),
    ...validateEndless(template, 'StatefulSet'),
  ];
}

/** Pods that are kept running neither end by themselves nor have a deadline. */
function validateEndless({ spec }: PodTemplateSpec, workload: string): FieldError[] {
  const path = 'spec.template';
  return [
    ...(spec?.restartPolicy && spec.restartPolicy !== 'Always'
      ? [notSupported(`${path}.spec.restartPolicy`, spec.restartPolicy, ['Always'])]
      : []),
    ...(spec?.activeDeadlineSeconds === undefined
      ? []
      : [
          forbiddenField(
            `${path}.spec.activeDeadlineSeconds`,
            `activeDeadlineSeconds in ${workload} is not Supported`,
          ),
        ]),
  ];
}

/** No selector selects nothing; an empty one is complained of elsewhere. */
function matches(selector: LabelSelectorField | undefined, template: PodTemplateSpec): boolean {
  return (
    selector !== undefined && matchesLabels(selectorFromLabelSelector(selector), template.metadata?.labels)
  );
}

const mismatch = (template: PodTemplateSpec): FieldError =>
  invalidGoValue(
    'spec.template.metadata.labels',
    goJson(template.metadata?.labels),
    '`selector` does not match template `labels`',
  );
