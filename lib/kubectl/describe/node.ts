import type { Container, Event, KubeObject, Node, Pod } from '../../api';
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  type Quantity,
  quantityMilliValue,
  quantityOf,
  quantityValue,
} from '../../base';
import { writeEvents } from './events';
import { writeAnnotations, writeLabels, writeList } from './metadata';
import { Page } from './page';
import { ageOf, longTime } from './times';

const ROLE_PREFIX = 'node-role.kubernetes.io/';
const ROLE_LABEL = 'kubernetes.io/role';
const STANDARD = ['cpu', 'memory', 'ephemeral-storage'];

/** What `describe node` shows besides the node. */
export interface NodeSurroundings {
  readonly pods: readonly Pod[];
  /** The node's Lease, or why it cannot be had. */
  readonly lease: KubeObject | string;
  readonly events: readonly Event[] | undefined;
}

/** `describe node`. */
export function describeNode(node: Node, { pods, lease, events }: NodeSurroundings, now: number): string {
  const page = new Page();
  const { metadata, spec, status } = node;
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Roles', nodeRoles(node).join(',') || '<none>');
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.field(0, 'CreationTimestamp', longTime(metadata.creationTimestamp));
  writeTaints(page, node);
  page.field(0, 'Unschedulable', spec?.unschedulable ?? false);
  writeLease(page, lease);
  writeConditions(page, node);
  page.write(0, 'Addresses:\n');
  for (const { type, address } of status?.addresses ?? []) page.field(1, type, address);
  writeResources(page, 'Capacity', status?.capacity);
  writeResources(page, 'Allocatable', status?.allocatable);
  writeSystem(page, node);
  writePods(page, node, pods, now);
  if (events) writeEvents(page, events, now);
  return page.text();
}

/** The roles that a node's labels give it, sorted. */
function nodeRoles({ metadata }: Node): readonly string[] {
  const roles = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(ROLE_PREFIX)) return [key.slice(ROLE_PREFIX.length)].filter((role) => role !== '');
    return key === ROLE_LABEL && value !== '' ? [value] : [];
  });
  return [...new Set(roles)].sort();
}

function writeTaints(page: Page, { spec }: Node): void {
  const taints = (spec?.taints ?? []).toSorted((a, b) =>
    `${a.effect},${a.key}` < `${b.effect},${b.key}` ? -1 : 1,
  );
  const text = taints.map(({ key, value, effect }) => {
    if (!effect) return value ? `${key}=${value}:` : key;
    return value ? `${key}=${value}:${effect}` : `${key}:${effect}`;
  });
  writeList(page, 'Taints', text);
}

function writeLease(page: Page, lease: KubeObject | string): void {
  if (typeof lease === 'string') {
    page.field(0, 'Lease', `Failed to get lease: ${lease}`);
    return;
  }
  const { spec } = lease as unknown as { spec?: Readonly<Record<string, string | undefined>> };
  page.write(0, 'Lease:\n');
  page.field(1, 'HolderIdentity', spec?.holderIdentity ?? '<unset>');
  page.field(1, 'AcquireTime', spec?.acquireTime ? longTime(spec.acquireTime) : '<unset>');
  page.field(1, 'RenewTime', spec?.renewTime ? longTime(spec.renewTime) : '<unset>');
}

function writeConditions(page: Page, { status }: Node): void {
  const conditions = status?.conditions ?? [];
  if (conditions.length === 0) return;
  page.write(0, 'Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage\n');
  page.write(1, '----\t------\t-----------------\t------------------\t------\t-------\n');
  for (const each of conditions) {
    const times = `${longTime(each.lastHeartbeatTime)} \t${longTime(each.lastTransitionTime)}`;
    page.write(
      1,
      `${each.type} \t${each.status} \t${times} \t${each.reason ?? ''} \t${each.message ?? ''}\n`,
    );
  }
}

type Amounts = Readonly<Record<string, string>>;

function writeResources(page: Page, title: string, amounts: Amounts | undefined): void {
  const names = Object.keys(amounts ?? {}).sort();
  if (names.length === 0) return;
  page.write(0, `${title}:\n`);
  for (const name of names) page.write(0, `  ${name}:\t${amounts?.[name] ?? ''}\n`);
}

function writeSystem(page: Page, { spec, status }: Node): void {
  const info = status?.nodeInfo;
  page.write(0, 'System Info:\n');
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Machine ID', info?.machineID],
    ['System UUID', info?.systemUUID],
    ['Boot ID', info?.bootID],
    ['Kernel Version', info?.kernelVersion],
    ['OS Image', info?.osImage],
    ['Operating System', info?.operatingSystem],
    ['Architecture', info?.architecture],
    ['Container Runtime Version', info?.containerRuntimeVersion],
    ['Kubelet Version', info?.kubeletVersion],
    ['Kube-Proxy Version', info?.kubeProxyVersion],
  ];
  for (const [name, value] of rows) page.write(0, `  ${name}:\t${value ?? ''}\n`);
  if (spec?.podCIDR) page.field(0, 'PodCIDR', spec.podCIDR);
  if (spec?.podCIDRs && spec.podCIDRs.length > 0) page.field(0, 'PodCIDRs', spec.podCIDRs.join(','));
  if (spec?.providerID) page.field(0, 'ProviderID', spec.providerID);
}

const ZERO = quantityOf(0);

/** A Pod's sum of requests or limits: containers together, or the greatest init container. */
function podAmount(pod: Pod, kind: 'requests' | 'limits', name: string): Quantity {
  const amount = (container: Container) => parseQuantity(container.resources?.[kind]?.[name] ?? '0') ?? ZERO;
  const inits = pod.spec?.initContainers ?? [];
  const sidecars = inits.filter((each) => each.restartPolicy === 'Always');
  const sum = [...(pod.spec?.containers ?? []), ...sidecars].map(amount).reduce(addQuantities, ZERO);
  return inits
    .filter((each) => each.restartPolicy !== 'Always')
    .map(amount)
    .reduce((most, each) => (compareQuantities(each, most) > 0 ? each : most), sum);
}

function share(amount: Quantity, name: string, allocatable: Amounts): string {
  const whole = parseQuantity(allocatable[name] ?? '0') ?? ZERO;
  const measure = name === 'cpu' ? quantityMilliValue : quantityValue;
  const total = measure(whole);
  const percent = total === 0 ? 0 : Math.trunc((measure(amount) / total) * 100);
  return `${formatQuantity(amount)} (${percent}%)`;
}

function writePods(page: Page, { status }: Node, pods: readonly Pod[], now: number): void {
  const allocatable = status?.allocatable ?? status?.capacity ?? {};
  page.field(0, 'Non-terminated Pods', `(${pods.length} in total)`);
  page.write(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge\n');
  page.write(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---\n');
  for (const pod of pods) {
    const cells = ['cpu', 'memory'].flatMap((name) =>
      (['requests', 'limits'] as const).map((kind) => share(podAmount(pod, kind, name), name, allocatable)),
    );
    const age = ageOf(pod.metadata.creationTimestamp, now);
    page.write(1, `${pod.metadata.namespace}\t${pod.metadata.name}\t\t${cells.join('\t')}\t${age}\n`);
  }
  page.write(0, 'Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n');
  page.write(1, 'Resource\tRequests\tLimits\n');
  page.write(1, '--------\t--------\t------\n');
  const total = (kind: 'requests' | 'limits', name: string) =>
    pods.map((pod) => podAmount(pod, kind, name)).reduce(addQuantities, ZERO);
  for (const name of STANDARD) {
    const requests = share(total('requests', name), name, allocatable);
    page.write(1, `${name}\t${requests}\t${share(total('limits', name), name, allocatable)}\n`);
  }
  const others = Object.keys(allocatable).filter((name) => !STANDARD.includes(name) && name !== 'pods');
  for (const name of others.filter((each) => each.startsWith('hugepages-')).sort()) {
    page.write(
      1,
      `${name}\t${share(total('requests', name), name, allocatable)}\t${share(total('limits', name), name, allocatable)}\n`,
    );
  }
  for (const name of others.filter((each) => !each.startsWith('hugepages-')).sort()) {
    page.write(
      1,
      `${name}\t${formatQuantity(total('requests', name))}\t${formatQuantity(total('limits', name))}\n`,
    );
  }
}
