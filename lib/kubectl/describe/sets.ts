import type { DaemonSet, KubeObject, Pod, StatefulSet } from '../../api';
import { formatLabels } from '../printers';
import { writeEvents } from './events';
import { writeAnnotations, writeLabels } from './metadata';
import { Page } from './page';
import { writePodTemplate } from './pod-template';
import type { Scene } from './scene';
import { classText } from './storage';
import { longTime } from './times';
import { podCounts, selectorText } from './workloads';

const PODS = { group: '', version: 'v1', resource: 'pods' };

async function ownedPods({ session, object }: Scene, selector: string): Promise<readonly Pod[]> {
  const { namespace = '', uid } = object.metadata;
  const { items } = await session.client.list(PODS, namespace, { labelSelector: selector });
  const isOwned = ({ metadata }: KubeObject): boolean =>
    metadata.ownerReferences?.some((owner) => owner.controller && owner.uid === uid) ?? false;
  return items.filter(isOwned) as unknown as readonly Pod[];
}

/** `describe statefulset`. */
export async function describeStatefulSet(scene: Scene): Promise<string> {
  const { metadata, spec, status } = scene.object as StatefulSet;
  const selector = selectorText(spec?.selector);
  const page = new Page();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace);
  page.field(0, 'CreationTimestamp', longTime(metadata.creationTimestamp));
  page.field(0, 'Selector', selector);
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.field(0, 'Replicas', `${spec?.replicas ?? 0} desired | ${status?.replicas ?? 0} total`);
  page.field(0, 'Update Strategy', spec?.updateStrategy?.type);
  const rolling = spec?.updateStrategy?.rollingUpdate;
  if (rolling?.partition !== undefined) {
    page.field(1, 'Partition', rolling.partition);
    if (rolling.maxUnavailable !== undefined) page.field(1, 'MaxUnavailable', rolling.maxUnavailable);
  }
  page.field(0, 'Pods Status', podCounts(await ownedPods(scene, selector)));
  writePodTemplate(page, spec?.template);
  writeClaimTemplates(page, spec?.volumeClaimTemplates ?? []);
  if (scene.events) writeEvents(page, scene.events, scene.now);
  return page.text();
}

type ClaimTemplate = NonNullable<NonNullable<StatefulSet['spec']>['volumeClaimTemplates']>[number];

function writeClaimTemplates(page: Page, templates: readonly ClaimTemplate[]): void {
  page.write(0, templates.length === 0 ? 'Volume Claims:\t<none>\n' : 'Volume Claims:\n');
  for (const template of templates) {
    const { metadata, spec } = template;
    page.field(1, 'Name', metadata?.name);
    page.field(1, 'StorageClass', classText(template as Parameters<typeof classText>[0]));
    writeIndented(page, 'Labels', metadata?.labels);
    writeIndented(page, 'Annotations', metadata?.annotations);
    page.field(1, 'Capacity', spec?.resources?.requests?.storage ?? '<default>');
    page.field(1, 'Access Modes', `[${(spec?.accessModes ?? []).join(' ')}]`);
  }
}

/** One "key=value" a line, each line indented. */
function writeIndented(page: Page, title: string, labels: Readonly<Record<string, string>> = {}): void {
  const keys = Object.keys(labels).sort();
  page.write(1, `${title}:\t`);
  if (keys.length === 0) page.write(0, '<none>\n');
  keys.forEach((key, index) => {
    if (index > 0) page.write(1, '\t');
    page.write(0, `${key}=${labels[key]}\n`);
  });
}

/** `describe daemonset`. */
export async function describeDaemonSet(scene: Scene): Promise<string> {
  const { metadata, spec, status } = scene.object as DaemonSet;
  const selector = selectorText(spec?.selector);
  const page = new Page();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace);
  page.field(0, 'Selector', selector);
  page.field(0, 'Node-Selector', formatLabels(spec?.template.spec?.nodeSelector));
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  const count = (title: string, value: number | undefined) => page.write(0, `${title}: ${value ?? 0}\n`);
  count('Desired Number of Nodes Scheduled', status?.desiredNumberScheduled);
  count('Current Number of Nodes Scheduled', status?.currentNumberScheduled);
  count('Number of Nodes Scheduled with Up-to-date Pods', status?.updatedNumberScheduled);
  count('Number of Nodes Scheduled with Available Pods', status?.numberAvailable);
  count('Number of Nodes Misscheduled', status?.numberMisscheduled);
  page.field(0, 'Pods Status', podCounts(await ownedPods(scene, selector)));
  writePodTemplate(page, spec?.template);
  if (scene.events) writeEvents(page, scene.events, scene.now);
  return page.text();
}
