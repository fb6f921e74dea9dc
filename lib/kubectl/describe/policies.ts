import type { PodDisruptionBudget, PriorityClass } from '../../api';
import { formatLabels } from '../printers';
import { writeEvents } from './events';
import { Page } from './page';
import type { Scene } from './scene';
import { selectorText } from './workloads';

/** `describe poddisruptionbudget`. */
export async function describeDisruptionBudget({ object, events, now }: Scene): Promise<string> {
  const { metadata, spec, status } = object as PodDisruptionBudget;
  const page = new Page();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace);
  if (spec?.minAvailable !== undefined) page.field(0, 'Min available', spec.minAvailable);
  else if (spec?.maxUnavailable !== undefined) page.field(0, 'Max unavailable', spec.maxUnavailable);
  page.field(0, 'Selector', spec?.selector ? selectorText(spec.selector) : '<unset>');
  page.write(0, 'Status:\n');
  page.field(2, 'Allowed disruptions', status?.disruptionsAllowed ?? 0);
  page.field(2, 'Current', status?.currentHealthy ?? 0);
  page.field(2, 'Desired', status?.desiredHealthy ?? 0);
  page.field(2, 'Total', status?.expectedPods ?? 0);
  if (events) writeEvents(page, events, now);
  return page.text();
}

/** `describe priorityclass`. */
export async function describePriorityClass({ object, events, now }: Scene): Promise<string> {
  const { metadata, value, globalDefault, preemptionPolicy, description } = object as PriorityClass;
  const page = new Page();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Value', value);
  page.field(0, 'GlobalDefault', globalDefault ?? false);
  page.field(0, 'PreemptionPolicy', preemptionPolicy);
  page.field(0, 'Description', description);
  page.field(0, 'Annotations', formatLabels(metadata.annotations));
  if (events) writeEvents(page, events, now);
  return page.text();
}
