import type { Container, Event, Pod } from '../../api';
import { parseQuantity } from '../../base';
import { writeContainers } from './containers';
import { writeEvents } from './events';
import { controllerText, writeAnnotations, writeLabels, writeTolerations } from './metadata';
import { Page } from './page';
import { ageOf, longTime } from './times';
import { writeVolumes } from './volumes';

/** `describe pod`. */
export function describePod(pod: Pod, events: readonly Event[] | undefined, now: number): string {
  const page = new Page();
  const { metadata, spec, status } = pod;
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace);
  if (spec?.priority !== undefined) page.field(0, 'Priority', spec.priority);
  if (spec?.priorityClassName) page.field(0, 'Priority Class Name', spec.priorityClassName);
  if (spec?.runtimeClassName) page.field(0, 'Runtime Class Name', spec.runtimeClassName);
  if (spec?.serviceAccountName) page.field(0, 'Service Account', spec.serviceAccountName);
  page.field(0, 'Node', spec?.nodeName ? `${spec.nodeName}/${status?.hostIP ?? ''}` : '<none>');
  if (status?.startTime) page.field(0, 'Start Time', longTime(status.startTime));
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  writeStatus(page, pod, now);
  page.field(0, 'IP', status?.podIP);
  const ips = status?.podIPs ?? [];
  page.write(0, ips.length === 0 ? 'IPs:\t<none>\n' : 'IPs:\n');
  for (const { ip } of ips) page.field(1, 'IP', ip);
  const owner = controllerText(metadata);
  if (owner !== '') page.field(0, 'Controlled By', owner);
  if (status?.nominatedNodeName) page.field(0, 'NominatedNodeName', status.nominatedNodeName);
  if (spec?.initContainers && spec.initContainers.length > 0) {
    writeContainers(page, 'Init Containers', spec.initContainers, status?.initContainerStatuses, pod, '');
  }
  writeContainers(page, 'Containers', spec?.containers ?? [], status?.containerStatuses, pod, '');
  const ephemeral = (spec?.ephemeralContainers ?? []) as readonly Container[];
  if (ephemeral.length > 0) {
    const { ephemeralContainerStatuses } = (status ?? {}) as {
      readonly ephemeralContainerStatuses?: Statuses;
    };
    writeContainers(page, 'Ephemeral Containers', ephemeral, ephemeralContainerStatuses, pod, '');
  }
  writeConditions(page, pod);
  writeVolumes(page, spec?.volumes, '');
  page.field(0, 'QoS Class', status?.qosClass ?? qosClass(pod));
  writeLabels(page, 'Node-Selectors', spec?.nodeSelector);
  writeTolerations(page, 'Tolerations', spec?.tolerations);
  writeSpread(page, pod);
  if (events) writeEvents(page, events, now);
  return page.text();
}

type Statuses = NonNullable<Pod['status']>['containerStatuses'];

function writeStatus(page: Page, { metadata, spec, status }: Pod, now: number): void {
  const ended = status?.phase === 'Failed' || status?.phase === 'Succeeded';
  if (metadata.deletionTimestamp && !ended) {
    page.field(0, 'Status', `Terminating (lasts ${ageOf(metadata.deletionTimestamp, now)})`);
    page.field(0, 'Termination Grace Period', `${metadata.deletionGracePeriodSeconds ?? 0}s`);
  } else page.field(0, 'Status', status?.phase);
  if (status?.reason) page.field(0, 'Reason', status.reason);
  if (status?.message) page.field(0, 'Message', status.message);
  const seccomp = spec?.securityContext?.seccompProfile;
  if (seccomp) page.field(0, 'SeccompProfile', seccomp.type);
}

function writeConditions(page: Page, { spec, status }: Pod): void {
  const conditions = status?.conditions ?? [];
  const gates = spec?.readinessGates ?? [];
  if (gates.length > 0) {
    page.write(0, 'Readiness Gates:\n  Type\tStatus\n');
    for (const { conditionType } of gates) {
      const found = conditions.find((each) => each.type === conditionType);
      page.write(1, `${conditionType} \t${found?.status ?? '<none>'} \n`);
    }
  }
  if (conditions.length === 0) return;
  page.write(0, 'Conditions:\n  Type\tStatus\n');
  for (const each of conditions) page.write(1, `${each.type} \t${each.status} \n`);
}

function writeSpread(page: Page, { spec }: Pod): void {
  const constraints = spec?.topologySpreadConstraints ?? [];
  constraints.forEach((each, index) => {
    const labels = Object.entries(each.labelSelector?.matchLabels ?? {})
      .sort()
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
    const text = `${each.topologyKey}:${each.whenUnsatisfiable} when max skew ${each.maxSkew} is exceeded for selector ${labels}`;
    page.write(0, `${index === 0 ? 'Topology Spread Constraints:' : ''}\t${text}\n`);
  });
}

/** The Pod's quality of service, for servers that do not say. */
function qosClass({ spec }: Pod): string {
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  const positive = (value: string | undefined) => {
    const quantity = value === undefined ? undefined : parseQuantity(value);
    return quantity !== undefined && String(value) !== '0';
  };
  const asks = containers.some(({ resources }) =>
    ['cpu', 'memory'].some(
      (name) => positive(resources?.limits?.[name]) || positive(resources?.requests?.[name]),
    ),
  );
  if (!asks) return 'BestEffort';
  const guaranteed = containers.every(({ resources }) =>
    ['cpu', 'memory'].every((name) => {
      const limit = resources?.limits?.[name];
      const request = resources?.requests?.[name];
      return positive(limit) && (request === undefined || request === limit);
    }),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
