import type { Deployment, Event, Pod, ReplicaSet } from '../../api';
import { semanticEqual } from '../../base';
import { writeEvents } from './events';
import { controllerText, writeAnnotations, writeLabels } from './metadata';
import { Page } from './page';
import { writePodTemplate } from './pod-template';
import { longTime } from './times';

const HASH_LABEL = 'pod-template-hash';

type Selector = NonNullable<NonNullable<Deployment['spec']>['selector']>;

/** A label selector on one line: "app=web,tier in (a,b)". */
export function selectorText(selector: Selector | undefined): string {
  const equal = Object.entries(selector?.matchLabels ?? {})
    .sort()
    .map(([key, value]) => `${key}=${value}`);
  const others = (selector?.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator.toLowerCase()} (${[...values].sort().join(',')})`;
  });
  const parts = [...equal, ...others].sort();
  return parts.length === 0 ? '<none>' : parts.join(',');
}

/** `describe deployment`; the ReplicaSets are those it owns. */
export function describeDeployment(
  deployment: Deployment,
  replicaSets: readonly ReplicaSet[],
  events: readonly Event[] | undefined,
  now: number,
): string {
  const page = new Page();
  const { metadata, spec, status } = deployment;
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace);
  page.field(0, 'CreationTimestamp', longTime(metadata.creationTimestamp));
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.field(0, 'Selector', selectorText(spec?.selector));
  const counts = [
    `${spec?.replicas ?? 0} desired`,
    `${status?.updatedReplicas ?? 0} updated`,
    `${status?.replicas ?? 0} total`,
    `${status?.availableReplicas ?? 0} available`,
    `${status?.unavailableReplicas ?? 0} unavailable`,
  ];
  page.field(0, 'Replicas', counts.join(' | '));
  page.field(0, 'StrategyType', spec?.strategy?.type);
  page.field(0, 'MinReadySeconds', spec?.minReadySeconds ?? 0);
  const rolling = spec?.strategy?.rollingUpdate;
  if (rolling) {
    page.field(
      0,
      'RollingUpdateStrategy',
      `${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`,
    );
  }
  writePodTemplate(page, spec?.template);
  writeConditions(page, status?.conditions);
  if (replicaSets.length > 0) {
    const newest = replicaSets.find((each) => sameTemplate(each, deployment));
    page.field(0, 'OldReplicaSets', replicaSetsText(replicaSets.filter((each) => each !== newest)));
    page.field(0, 'NewReplicaSet', replicaSetsText(newest ? [newest] : []));
  }
  if (events) writeEvents(page, events, now);
  return page.text();
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string | undefined;
}

function writeConditions(page: Page, conditions: readonly Condition[] | undefined): void {
  if (!conditions || conditions.length === 0) return;
  page.write(0, 'Conditions:\n  Type\tStatus\tReason\n');
  page.write(1, '----\t------\t------\n');
  for (const each of conditions) page.write(1, `${each.type} \t${each.status}\t${each.reason ?? ''}\n`);
}

/** Whether a ReplicaSet runs the Deployment's present template, its hash label aside. */
export function sameTemplate(replicaSet: ReplicaSet, deployment: Deployment): boolean {
  const template = replicaSet.spec?.template;
  const { [HASH_LABEL]: _hash, ...labels } = template?.metadata?.labels ?? {};
  const bare = { ...template, metadata: { ...template?.metadata, labels, creationTimestamp: null } };
  const wanted = deployment.spec?.template;
  return semanticEqual(bare, { ...wanted, metadata: { ...wanted?.metadata, creationTimestamp: null } });
}

function replicaSetsText(replicaSets: readonly ReplicaSet[]): string {
  const texts = replicaSets.map(
    ({ metadata, spec, status }) =>
      `${metadata.name} (${status?.replicas ?? 0}/${spec?.replicas ?? 0} replicas created)`,
  );
  return texts.length === 0 ? '<none>' : texts.join(', ');
}

/** `describe replicaset`; the Pods are those it owns. */
export function describeReplicaSet(
  replicaSet: ReplicaSet,
  pods: readonly Pod[],
  events: readonly Event[] | undefined,
  now: number,
): string {
  const page = new Page();
  const { metadata, spec, status } = replicaSet;
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace);
  page.field(0, 'Selector', selectorText(spec?.selector));
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  const owner = controllerText(metadata);
  if (owner !== '') page.field(0, 'Controlled By', owner);
  page.field(0, 'Replicas', `${status?.replicas ?? 0} current / ${spec?.replicas ?? 0} desired`);
  page.field(0, 'Pods Status', podCounts(pods));
  writePodTemplate(page, spec?.template);
  writeConditions(page, status?.conditions);
  if (events) writeEvents(page, events, now);
  return page.text();
}

/** "3 Running / 0 Waiting / 0 Succeeded / 0 Failed". */
export function podCounts(pods: readonly Pod[]): string {
  const count = (phase: string) => pods.filter((pod) => pod.status?.phase === phase).length;
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`;
}
