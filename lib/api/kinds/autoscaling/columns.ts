import type { Column } from '../../kind-spec';
import type { HorizontalPodAutoscaler } from '../../types';
import { ageColumn, integerColumn, nameColumn, textColumn } from '../columns';
import type { MetricSpec } from './defaults';

type Status = NonNullable<HorizontalPodAutoscaler['status']>;
type MetricStatus = NonNullable<Status['currentMetrics']>[number];

/** At most so many metrics are named in a table. */
const LISTED = 2;
const UNKNOWN = '<unknown>';

/** printHorizontalPodAutoscaler. */
export const autoscalerColumns: readonly Column<HorizontalPodAutoscaler>[] = [
  nameColumn(),
  textColumn('Reference', 'What is scaled.', ({ spec }) => {
    return `${spec?.scaleTargetRef?.kind ?? ''}/${spec?.scaleTargetRef?.name ?? ''}`;
  }),
  textColumn('Targets', 'Each metric as it is and as it should be.', ({ spec, status }) =>
    formatMetrics(spec?.metrics ?? [], status?.currentMetrics ?? []),
  ),
  textColumn('MinPods', 'The fewest replicas.', ({ spec }) =>
    spec?.minReplicas === undefined ? '<unset>' : String(spec.minReplicas),
  ),
  integerColumn('MaxPods', 'The most replicas.', ({ spec }) => spec?.maxReplicas ?? 0),
  integerColumn('Replicas', 'Replicas that there are.', ({ status }) => status?.currentReplicas ?? 0),
  ageColumn(),
];

/** formatHPAMetrics: "cpu: 10%/80%, 5/10 + 1 more..."; "<none>" without any. */
function formatMetrics(specs: readonly MetricSpec[], statuses: readonly MetricStatus[]): string {
  if (specs.length === 0) return '<none>';
  const texts = specs.map((spec, index) => formatMetric(spec, statuses[index]));
  const shown = texts.slice(0, LISTED).join(', ');
  return texts.length > LISTED ? `${shown} + ${texts.length - LISTED} more...` : shown;
}

function formatMetric(spec: MetricSpec, status: MetricStatus | undefined): string {
  switch (spec.type) {
    case 'External':
      return valueText(spec.external?.target, status?.external?.current);
    case 'Object':
      return valueText(spec.object?.target, status?.object?.current);
    case 'Pods':
      return `${status?.pods?.current.averageValue ?? UNKNOWN}/${spec.pods?.target.averageValue ?? ''}`;
    case 'Resource':
      return resourceText(spec.resource, status?.resource?.current);
    case 'ContainerResource':
      return resourceText(spec.containerResource, status?.containerResource?.current);
    default:
      return '<unknown type>';
  }
}

interface Target {
  readonly value?: string | undefined;
  readonly averageValue?: string | undefined;
  readonly averageUtilization?: number | undefined;
}

function valueText(target: Target | undefined, current: Target | undefined): string {
  if (target?.averageValue !== undefined) {
    return `${current?.averageValue ?? UNKNOWN}/${target.averageValue} (avg)`;
  }
  return `${current?.value ?? UNKNOWN}/${target?.value ?? ''}`;
}

function resourceText(
  source: { readonly name: string; readonly target: Target } | undefined,
  current: Target | undefined,
): string {
  const { name = '', target } = source ?? {};
  if (target?.averageValue !== undefined) {
    return `${name}: ${current?.averageValue ?? UNKNOWN}/${target.averageValue}`;
  }
  const percent = (value: number | undefined, otherwise: string): string =>
    value === undefined ? otherwise : `${value}%`;
  return `${name}: ${percent(current?.averageUtilization, UNKNOWN)}/${percent(target?.averageUtilization, '<auto>')}`;
}
