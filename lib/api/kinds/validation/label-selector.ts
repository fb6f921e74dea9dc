import type { FieldError } from '../../status';
import { forbiddenField, invalidEach, invalidValue, required } from './errors';
import { labelValue, qualifiedName } from './names';
import { validateLabels } from './object-meta';

/** metav1.LabelSelector as objects hold it. */
export interface LabelSelectorField {
  readonly matchLabels?: Readonly<Record<string, string>> | undefined;
  readonly matchExpressions?: readonly ExpressionField[] | undefined;
}

interface ExpressionField {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[] | undefined;
}

/** Whether a label selector says nothing, and so would select everything. */
export function isEmptySelector(selector: LabelSelectorField): boolean {
  const labels = Object.keys(selector.matchLabels ?? {}).length;
  return labels + (selector.matchExpressions ?? []).length === 0;
}

/** ValidateLabelSelector. */
export function validateLabelSelector(selector: LabelSelectorField | undefined, field: string): FieldError[] {
  return [
    ...validateLabels(selector?.matchLabels, `${field}.matchLabels`),
    ...(selector?.matchExpressions ?? []).flatMap((each, index) =>
      validateExpression(each, `${field}.matchExpressions[${index}]`),
    ),
  ];
}

function validateExpression({ key, operator, values = [] }: ExpressionField, field: string): FieldError[] {
  const errors: FieldError[] = [];
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) {
      errors.push(required(`${field}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
    }
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0) {
      const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
      errors.push(forbiddenField(`${field}.values`, detail));
    }
  } else errors.push(invalidValue(`${field}.operator`, operator ?? '', 'not a valid selector operator'));
  errors.push(...invalidEach(`${field}.key`, key ?? '', qualifiedName(key ?? '')));
  values.forEach((value, index) => {
    errors.push(...invalidEach(`${field}.values[${index}]`, value, labelValue(value)));
  });
  return errors;
}
