import type { HorizontalPodAutoscaler } from '../../api';
import { writeEvents } from './events';
import { writeHead } from './metadata';
import { Page } from './page';
import type { Scene } from './scene';
import { longTime } from './times';

type Spec = NonNullable<HorizontalPodAutoscaler['spec']>;
type Metric = NonNullable<Spec['metrics']>[number];
type Status =
  | NonNullable<NonNullable<HorizontalPodAutoscaler['status']>['currentMetrics']>[number]
  | undefined;

const V2 = { group: 'autoscaling', version: 'v2', resource: 'horizontalpodautoscalers' };
const UNKNOWN = '<unknown>';

/** `describe horizontalpodautoscaler`; always as autoscaling/v2 has it. */
export async function describeAutoscaler({ session, object, events, now }: Scene): Promise<string> {
  const { name = '', namespace = '' } = object.metadata;
  const { metadata, spec, status } = (await session.client.get(
    V2,
    namespace,
    name,
  )) as HorizontalPodAutoscaler;
  const target = spec?.scaleTargetRef;
  const page = new Page();
  writeHead(page, metadata);
  page.field(0, 'CreationTimestamp', longTime(metadata.creationTimestamp));
  page.field(0, 'Reference', `${target?.kind ?? ''}/${target?.name ?? ''}`);
  page.field(0, 'Metrics', '( current / target )');
  (spec?.metrics ?? []).forEach((metric, index) => {
    page.write(1, `${metricText(metric, status?.currentMetrics?.[index])}\n`);
  });
  page.field(0, 'Min replicas', spec?.minReplicas ?? '<unset>');
  page.field(0, 'Max replicas', spec?.maxReplicas ?? 0);
  writeBehavior(page, spec?.behavior);
  const counts = `${status?.currentReplicas ?? 0} current / ${status?.desiredReplicas ?? 0} desired`;
  page.field(0, `${target?.kind ?? ''} pods`, counts);
  if (status?.conditions?.length) {
    page.write(0, 'Conditions:\n');
    page.write(1, 'Type\tStatus\tReason\tMessage\n');
    page.write(1, '----\t------\t------\t-------\n');
    for (const each of status.conditions) {
      page.write(1, `${each.type}\t${each.status}\t${each.reason ?? ''}\t${each.message ?? ''}\n`);
    }
  }
  if (events) writeEvents(page, events, now);
  return page.text();
}

function metricText(metric: Metric, status: Status): string {
  switch (metric.type) {
    case 'External': {
      const { name = '' } = metric.external?.metric ?? {};
      return `"${name}" ${valueText(metric.external?.target, status?.external?.current)}`;
    }
    case 'Pods': {
      const { metric: about, target } = metric.pods ?? {};
      const current = status?.pods?.current.averageValue ?? UNKNOWN;
      return `"${about?.name ?? ''}" on pods:\t${current} / ${target?.averageValue ?? ''}`;
    }
    case 'Object': {
      const { metric: about, describedObject: on, target } = metric.object ?? {};
      const average = target?.type === 'AverageValue';
      const wanted = average ? target : { value: target?.value };
      return `"${about?.name ?? ''}" on ${on?.kind ?? ''}/${on?.name ?? ''} ${valueText(wanted, status?.object?.current)}`;
    }
    case 'Resource':
      return `resource ${metric.resource?.name ?? ''} on pods${resourceText(metric.resource?.target, status?.resource?.current)}`;
    case 'ContainerResource': {
      const { name = '', container = '', target } = metric.containerResource ?? {};
      const rest = resourceText(target, status?.containerResource?.current);
      return `resource ${name} of container "${container}" on pods${rest}`;
    }
    default:
      return `<unknown metric type ${JSON.stringify(metric.type)}>`;
  }
}

interface Values {
  readonly value?: string | undefined;
  readonly averageValue?: string | undefined;
  readonly averageUtilization?: number | undefined;
}

function valueText(target: Values | undefined, current: Values | undefined): string {
  if (target?.averageValue !== undefined) {
    return `(target average value):\t${current?.averageValue ?? UNKNOWN} / ${target.averageValue}`;
  }
  return `(target value):\t${current?.value ?? UNKNOWN} / ${target?.value ?? ''}`;
}

function resourceText(target: Values | undefined, current: Values | undefined): string {
  if (target?.averageValue !== undefined)
    return `:\t${current?.averageValue ?? UNKNOWN} / ${target.averageValue}`;
  const { averageUtilization: percent, averageValue = '' } = current ?? {};
  const now = percent === undefined ? UNKNOWN : `${percent}% (${averageValue})`;
  const wanted = target?.averageUtilization === undefined ? '<auto>' : `${target.averageUtilization}%`;
  return `  (as a percentage of request):\t${now} / ${wanted}`;
}

function writeBehavior(page: Page, behavior: Spec['behavior']): void {
  if (!behavior) return;
  page.write(0, 'Behavior:\n');
  writeRules(page, 'Scale Up', behavior.scaleUp);
  writeRules(page, 'Scale Down', behavior.scaleDown);
}

function writeRules(page: Page, title: string, rules: NonNullable<Spec['behavior']>['scaleUp']): void {
  if (!rules) return;
  page.write(1, `${title}:\n`);
  if (rules.stabilizationWindowSeconds !== undefined) {
    page.write(2, `Stabilization Window: ${rules.stabilizationWindowSeconds} seconds\n`);
  }
  if (!rules.policies?.length) return;
  page.write(2, `Select Policy: ${rules.selectPolicy ?? 'Max'}\n`);
  page.write(2, 'Policies:\n');
  for (const { type, value, periodSeconds } of rules.policies) {
    page.write(3, `- Type: ${type}\tValue: ${value}\tPeriod: ${periodSeconds} seconds\n`);
  }
}
