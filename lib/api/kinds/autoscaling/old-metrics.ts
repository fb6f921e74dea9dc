import type { JsonObject } from '../../objects';
import type { HorizontalPodAutoscaler } from '../../types';
import type { MetricSpec } from './defaults';

type MetricStatus = NonNullable<NonNullable<HorizontalPodAutoscaler['status']>['currentMetrics']>[number];

/** Fields that say what is measured, in both forms, of each source. */
const SOURCES = ['object', 'pods', 'external', 'resource', 'containerResource'] as const;

const withoutUndefined = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

/** A metric as annotations of autoscaling/v1 hold it (the flat form of the alpha API). */
export function toOldMetric(metric: MetricSpec): JsonObject {
  const sources = SOURCES.flatMap((field) => {
    const source = metric[field] as JsonObject | undefined;
    return source ? [[field, flatten(field, source, source.target as JsonObject, 'target')] as const] : [];
  });
  return { type: metric.type, ...Object.fromEntries(sources) };
}

/** A metric's status in that form. */
export function toOldStatus(metric: MetricStatus): JsonObject {
  const sources = SOURCES.flatMap((field) => {
    const source = metric[field] as JsonObject | undefined;
    return source ? [[field, flatten(field, source, source.current as JsonObject, 'current')] as const] : [];
  });
  return { type: metric.type, ...Object.fromEntries(sources) };
}

function flatten(
  field: (typeof SOURCES)[number],
  source: JsonObject,
  amounts: JsonObject | undefined,
  prefix: 'target' | 'current',
): JsonObject {
  const { value, averageValue, averageUtilization } = amounts ?? {};
  const { name, selector } = (source.metric ?? {}) as JsonObject;
  if (field === 'resource' || field === 'containerResource') {
    return withoutUndefined({
      name: source.name,
      container: source.container,
      [`${prefix}AverageUtilization`]: averageUtilization,
      [`${prefix}AverageValue`]: averageValue,
    });
  }
  if (field === 'object') {
    return withoutUndefined({
      target: source.describedObject,
      metricName: name,
      selector,
      averageValue,
      [`${prefix}Value`]: value ?? '0',
    });
  }
  if (field === 'pods') {
    return withoutUndefined({ metricName: name, selector, [`${prefix}AverageValue`]: averageValue });
  }
  return withoutUndefined({
    metricName: name,
    metricSelector: selector,
    [`${prefix}Value`]: value,
    [`${prefix}AverageValue`]: averageValue,
  });
}

/** The metric that an annotation's entry tells of. */
export function fromOldMetric(old: JsonObject): MetricSpec {
  const sources = SOURCES.flatMap((field) => {
    const source = old[field] as JsonObject | undefined;
    return source ? [[field, unflatten(field, source)] as const] : [];
  });
  return { type: String(old.type ?? ''), ...Object.fromEntries(sources) } as MetricSpec;
}

function unflatten(field: (typeof SOURCES)[number], source: JsonObject): JsonObject {
  const averageUtilization = source.targetAverageUtilization;
  const averageValue = field === 'object' ? source.averageValue : source.targetAverageValue;
  const value = field === 'object' && averageValue !== undefined ? undefined : source.targetValue;
  const type =
    averageUtilization !== undefined ? 'Utilization' : averageValue !== undefined ? 'AverageValue' : 'Value';
  const target = withoutUndefined({ type, value, averageValue, averageUtilization });
  if (field === 'resource' || field === 'containerResource') {
    return withoutUndefined({ name: source.name, container: source.container, target });
  }
  const selector = field === 'external' ? source.metricSelector : source.selector;
  const metric = withoutUndefined({ name: source.metricName, selector });
  return withoutUndefined({
    describedObject: field === 'object' ? source.target : undefined,
    metric,
    target,
  });
}
