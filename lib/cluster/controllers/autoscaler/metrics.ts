import type { HorizontalPodAutoscaler } from '../../../api';
import { selectorString } from '../selector-string';

type Metric = NonNullable<NonNullable<HorizontalPodAutoscaler['spec']>['metrics']>[number];

/** Why a metric says nothing. */
export interface Failure {
  /** The reason of the event and of the condition. */
  readonly reason: string;
  readonly error: string;
  /** What is put before the error when the autoscaler is told of it. */
  readonly about: string;
}

const NOT_SERVED = 'the server could not find the requested resource';
const NO_RESOURCES = `unable to fetch metrics from resource metrics API: ${NOT_SERVED} (get pods.metrics.k8s.io)`;
const NO_CUSTOM =
  'unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered';

/** No metrics server stands behind the API here, so no metric is to be had: as upstream says it of each kind. */
export function failureOf(metric: Metric, namespace: string): Failure {
  switch (metric.type) {
    case 'Object':
      return objectFailure(metric, namespace);
    case 'Pods': {
      const error = `unable to get metric ${metric.pods?.metric.name ?? ''}: ${NO_CUSTOM}`;
      return { reason: 'FailedGetPodsMetric', error, about: 'failed to get pods metric value' };
    }
    case 'External':
      return externalFailure(metric, namespace);
    case 'ContainerResource': {
      const { name = '', container = '', target } = metric.containerResource ?? {};
      const reason = 'FailedGetContainerResourceMetric';
      return {
        reason,
        error: resourceError(name, target),
        about: `failed to get ${container} container metric value`,
      };
    }
    default: {
      const { name = '', target } = metric.resource ?? {};
      const about = `failed to get ${name} resource metric value`;
      return { reason: 'FailedGetResourceMetric', error: resourceError(name, target), about };
    }
  }
}

function resourceError(
  name: string,
  target: { readonly averageValue?: string | undefined } | undefined,
): string {
  const what = target?.averageValue === undefined ? 'utilization' : 'usage';
  return `failed to get ${name} ${what}: unable to get metrics for resource ${name}: ${NO_RESOURCES}`;
}

function objectFailure({ object }: Metric, namespace: string): Failure {
  const { metric, describedObject, target } = object ?? {};
  const on = `${describedObject?.kind ?? ''} ${namespace}/${describedObject?.name ?? ''}`;
  const error = `unable to get metric ${metric?.name ?? ''} on ${on}: ${NO_CUSTOM}`;
  return {
    reason: 'FailedGetObjectMetric',
    error:
      target?.type === 'AverageValue' ? `failed to get ${metric?.name ?? ''} object metric: ${error}` : error,
    about: 'failed to get object metric value',
  };
}

function externalFailure({ external }: Metric, namespace: string): Failure {
  const { metric, target } = external ?? {};
  const name = metric?.name ?? '';
  const api = `unable to fetch metrics from external metrics API: ${NOT_SERVED} (get ${name}.external.metrics.k8s.io)`;
  const cause = `unable to get external metric ${namespace}/${name}/${selectorString(metric?.selector)}: ${api}`;
  const asked = target?.averageValue === undefined ? `external metric ${name}` : `${name} external metric`;
  return {
    reason: 'FailedGetExternalMetric',
    error: `failed to get ${asked}: ${cause}`,
    about: `failed to get ${name} external metric value`,
  };
}
