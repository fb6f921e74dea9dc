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

/** A workload's selector: there, valid, and not empty. One that is not valid is told of once more, as a whole. */
export function validateSelector(
  selector: LabelSelectorField | undefined,
  emptyDetail: string,
  invalidDetail = 'invalid label selector',
): FieldError[] {
  if (!selector) return [required('spec.selector')];
  const errors = validateLabelSelector(selector, 'spec.selector');
  const whole = (detail: string) => invalidGoValue('spec.selector', goLabelSelector(selector), detail);
  if (errors.length > 0) return [...errors, whole(invalidDetail)];
  return isEmptySelector(selector) ? [whole(emptyDetail)] : [];
}

/** Whether a selector is one: a template is held against no other. */
const isSelector = (selector: LabelSelectorField | undefined): boolean =>
  validateLabelSelector(selector, '').length === 0;

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
  if (!isSelector(selector)) return [];
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
  if (!isSelector(selector)) return validateEndless(template, 'StatefulSet');
  return [
    ...(matches(selector, template) ? [] : [mismatch(template)]),
    ...validateLabels(template.metadata?.labels, `${path}.labels`),
    ...validateAnnotations(template.metadata?.annotations, `${path}.annotations`),
    ...validateEndless(template, 'StatefulSet'),
  ];
}

/** A DaemonSet's selector and template: the template is judged whatever the selector is. */
export function validateDaemonTemplate(
  template: PodTemplateSpec | undefined,
  selector: LabelSelectorField | undefined,
): FieldError[] {
  const path = 'spec.template';
  if (!template) return [required(path)];
  return [
    ...validateLabelSelector(selector, 'spec.selector'),
    ...(isSelector(selector) && !matches(selector, template) ? [mismatch(template)] : []),
    ...(selector && isEmptySelector(selector)
      ? [
          invalidGoValue(
            'spec.selector',
            goLabelSelector(selector),
            'empty selector is invalid for daemonset',
          ),
        ]
      : []),
    ...validatePodTemplate(template, path),
    ...validateEndless(template, 'DaemonSet'),
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
