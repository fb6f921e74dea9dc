import { parseQuantity } from '../../../base';
import type { FieldError } from '../../status';
import {
  forbiddenField,
  invalidEach,
  invalidValue,
  notSupported,
  pathSegment,
  required,
  validateLabelSelector,
} from '../validation';
import type { MetricSpec } from './defaults';
import { validateReference } from './validate-reference';

const TYPES = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'];
/** Where each type keeps what it measures. */
const FIELDS: Readonly<Record<string, keyof MetricSpec>> = {
  Object: 'object',
  External: 'external',
  Pods: 'pods',
  Resource: 'resource',
  ContainerResource: 'containerResource',
};

/** validateMetricSpec: one source, and that of the type. */
export function validateMetricSpec(metric: MetricSpec, field: string): FieldError[] {
  const { type } = metric;
  const present = Object.values(FIELDS).filter((name) => metric[name] !== undefined);
  const expected = FIELDS[type];
  const errors: FieldError[] = [];
  if (!type) errors.push(required(`${field}.type`, 'must specify a metric source type'));
  if (!expected) errors.push(notSupported(`${field}.type`, type ?? '', TYPES));
  const [first] = present;
  if (first) errors.push(...validateSource(metric, first, `${field}.${first}`));
  if (!expected) errors.push(invalidValue(`${field}.type`, type ?? '', 'must be a valid metric source type'));
  else if (metric[expected] === undefined) {
    errors.push(required(`${field}.${expected}`, 'must populate information for the given metric source'));
  }
  const others = present.length === 1 ? [] : present.filter((name) => name !== expected);
  const detail = 'must populate the given metric source only';
  return [...errors, ...others.map((name) => forbiddenField(`${field}.${name}`, detail))];
}

function validateSource(metric: MetricSpec, name: keyof MetricSpec, field: string): FieldError[] {
  const { object, external, pods, resource, containerResource } = metric;
  if (name === 'object' && object) {
    return [
      ...validateReference(object.describedObject, `${field}.describedObject`),
      ...validateIdentifier(object.metric, `${field}.metric`),
      ...validateTarget(object.target, `${field}.target`),
      ...(object.target?.value === undefined && object.target?.averageValue === undefined
        ? [required(`${field}.target.averageValue`, EITHER)]
        : []),
    ];
  }
  if (name === 'external' && external) return validateExternal(external, field);
  if (name === 'pods' && pods) {
    return [
      ...validateIdentifier(pods.metric, `${field}.metric`),
      ...validateTarget(pods.target, `${field}.target`),
      ...(isPositive(pods.target?.averageValue)
        ? []
        : [required(`${field}.target.averageValue`, 'must specify a positive target averageValue')]),
    ];
  }
  if (containerResource && name === 'containerResource') {
    const { container } = containerResource;
    return [
      ...(container ? [] : [required(`${field}.container`, 'must specify a container')]),
      ...validateResource(containerResource, field),
    ];
  }
  return resource ? validateResource(resource, field) : [];
}

const EITHER = 'must set either a target value for metric or a per-pod target';

function validateExternal(external: NonNullable<MetricSpec['external']>, field: string): FieldError[] {
  const { value, averageValue } = external.target ?? {};
  return [
    ...validateIdentifier(external.metric, `${field}.metric`),
    ...validateTarget(external.target, `${field}.target`),
    ...(value === undefined && averageValue === undefined
      ? [required(`${field}.target.averageValue`, EITHER)]
      : []),
    ...(value !== undefined && averageValue !== undefined
      ? [
          forbiddenField(
            `${field}.target.value`,
            'may not set both a target value for metric and a per-pod target',
          ),
        ]
      : []),
  ];
}

function validateIdentifier(
  metric: NonNullable<MetricSpec['pods']>['metric'] | undefined,
  field: string,
): FieldError[] {
  const name = metric?.name ?? '';
  return [
    ...(name === ''
      ? [required(`${field}.name`, 'must specify a metric name')]
      : invalidEach(`${field}.name`, name, pathSegment(name))),
    ...validateLabelSelector(metric?.selector, `${field}.selector`),
  ];
}

function validateResource(resource: NonNullable<MetricSpec['resource']>, field: string): FieldError[] {
  const { averageUtilization, averageValue } = resource.target ?? {};
  const [none, both] = [
    averageUtilization === undefined && averageValue === undefined,
    averageUtilization !== undefined && averageValue !== undefined,
  ];
  return [
    ...(resource.name ? [] : [required(`${field}.name`, 'must specify a resource name')]),
    ...validateTarget(resource.target, `${field}.target`),
    ...(none
      ? [
          required(
            `${field}.target.averageUtilization`,
            'must set either a target raw value or a target utilization',
          ),
        ]
      : []),
    ...(both
      ? [
          forbiddenField(
            `${field}.target.averageValue`,
            'may not set both a target raw value and a target utilization',
          ),
        ]
      : []),
  ];
}

const isPositive = (amount: string | undefined): boolean => (parseQuantity(amount ?? '')?.digits ?? 0n) > 0n;

const TARGET_TYPES = ['Utilization', 'Value', 'AverageValue'];

/** validateMetricTarget. */
function validateTarget(
  target: NonNullable<MetricSpec['resource']>['target'] | undefined,
  field: string,
): FieldError[] {
  const { type = '', value, averageValue, averageUtilization } = target ?? {};
  return [
    ...(type === '' ? [required(`${field}.type`, 'must specify a metric target type')] : []),
    ...(TARGET_TYPES.includes(type)
      ? []
      : [invalidValue(`${field}.type`, type, 'must be either Utilization, Value, or AverageValue')]),
    ...(value !== undefined && !isPositive(value)
      ? [invalidValue(`${field}.value`, value, 'must be positive')]
      : []),
    ...(averageValue !== undefined && !isPositive(averageValue)
      ? [invalidValue(`${field}.averageValue`, averageValue, 'must be positive')]
      : []),
    ...(averageUtilization !== undefined && averageUtilization < 1
      ? [invalidValue(`${field}.averageUtilization`, averageUtilization, 'must be greater than 0')]
      : []),
  ];
}
