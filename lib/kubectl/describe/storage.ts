import type { PersistentVolume, PersistentVolumeClaim, Pod, StorageClass } from '../../api';
import { formatLabels } from '../printers';
import { writeEvents } from './events';
import { writeAnnotations, writeLabels, writeList } from './metadata';
import { Page } from './page';
import type { Scene } from './scene';
import { ageOf, longTime } from './times';

const PODS = { group: '', version: 'v1', resource: 'pods' };
const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';
const SHORT_MODES: readonly (readonly [string, string])[] = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
];

const modesText = (modes: readonly string[] | undefined): string =>
  SHORT_MODES.flatMap(([mode, short]) => (modes?.includes(mode) ? [short] : [])).join(',');

/** A Go slice of strings. */
const listText = (items: readonly string[] | undefined): string => `[${(items ?? []).join(' ')}]`;

/** "True", "False" or "<unset>". */
export const boolText = (value: boolean | undefined): string =>
  value === undefined ? '<unset>' : value ? 'True' : 'False';

/** The class that a claim or volume asks for. */
export function classText({ metadata, spec }: PersistentVolumeClaim | PersistentVolume): string {
  return metadata.annotations?.[BETA_CLASS] ?? spec?.storageClassName ?? '';
}

function phaseText({ metadata, status }: PersistentVolumeClaim | PersistentVolume, now: number): string {
  if (!metadata.deletionTimestamp) return status?.phase ?? '';
  return `Terminating (lasts ${ageOf(metadata.deletionTimestamp, now)})`;
}

/** `describe persistentvolume`. */
export async function describeVolume({ object, events, now }: Scene): Promise<string> {
  const volume = object as PersistentVolume;
  const { metadata, spec, status } = volume;
  const page = new Page();
  page.field(0, 'Name', metadata.name);
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.field(0, 'Finalizers', listText(metadata.finalizers));
  page.field(0, 'StorageClass', classText(volume));
  page.field(0, 'Status', phaseText(volume, now));
  const claim = spec?.claimRef;
  page.field(0, 'Claim', claim ? `${claim.namespace ?? ''}/${claim.name ?? ''}` : '');
  page.field(0, 'Reclaim Policy', spec?.persistentVolumeReclaimPolicy);
  page.field(0, 'Access Modes', modesText(spec?.accessModes));
  if (spec?.volumeMode) page.field(0, 'VolumeMode', spec.volumeMode);
  page.field(0, 'Capacity', spec?.capacity?.storage ?? '0');
  writeAffinity(page, volume);
  page.field(0, 'Message', status?.message);
  page.write(0, 'Source:\n');
  const source = sourceOf(volume);
  if (!source) page.write(1, '<unknown>\n');
  for (const [name, value] of source ?? []) page.field(2, name, value);
  if (events) writeEvents(page, events, now);
  return page.text();
}

function writeAffinity(page: Page, { spec }: PersistentVolume): void {
  const required = spec?.nodeAffinity?.required;
  page.write(0, `Node Affinity:\t${required ? '' : '<none>'}\n`);
  if (!required) return;
  page.write(1, `Required Terms:\t${required.nodeSelectorTerms.length === 0 ? '<none>' : ''}\n`);
  required.nodeSelectorTerms.forEach(({ matchExpressions = [] }, index) => {
    page.write(2, `Term ${index}:\t`);
    if (matchExpressions.length === 0) page.write(0, '<none>\n');
    matchExpressions.forEach(({ key, operator, values = [] }, at) => {
      if (at > 0) page.write(2, '\t');
      const list = values.length > 0 ? ` [${values.join(', ')}]` : '';
      page.write(0, `${key} ${operator.toLowerCase()}${list}\n`);
    });
  });
}

type Fields = readonly (readonly [string, string | number | boolean | undefined])[];

function sourceOf({ spec }: PersistentVolume): Fields | undefined {
  const { hostPath, nfs, local, csi } = spec ?? {};
  if (hostPath) {
    return [
      ['Type', 'HostPath (bare host directory volume)'],
      ['Path', hostPath.path],
      ['HostPathType', hostPath.type ?? '<none>'],
    ];
  }
  if (nfs) {
    return [
      ['Type', 'NFS (an NFS mount that lasts the lifetime of a pod)'],
      ['Server', nfs.server],
      ['Path', nfs.path],
      ['ReadOnly', nfs.readOnly ?? false],
    ];
  }
  if (local) {
    return [
      ['Type', 'LocalVolume (a persistent volume backed by local storage on a node)'],
      ['Path', local.path],
    ];
  }
  if (!csi) return undefined;
  return [
    ['Type', 'CSI (a Container Storage Interface (CSI) volume source)'],
    ['Driver', csi.driver],
    ['FSType', csi.fsType],
    ['VolumeHandle', csi.volumeHandle],
    ['ReadOnly', csi.readOnly ?? false],
  ];
}

/** `describe persistentvolumeclaim`. */
export async function describeClaim({ session, object, events, now }: Scene): Promise<string> {
  const claim = object as PersistentVolumeClaim;
  const { metadata, spec, status } = claim;
  const page = new Page();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace);
  page.field(0, 'StorageClass', classText(claim));
  page.field(0, 'Status', phaseText(claim, now));
  page.field(0, 'Volume', spec?.volumeName);
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.field(0, 'Finalizers', listText(metadata.finalizers));
  const bound = Boolean(spec?.volumeName);
  page.field(0, 'Capacity', bound ? (status?.capacity?.storage ?? '0') : '');
  page.field(0, 'Access Modes', bound ? modesText(status?.accessModes) : '');
  if (spec?.volumeMode) page.field(0, 'VolumeMode', spec.volumeMode);
  if (spec?.dataSource) {
    const { apiGroup, kind, name } = spec.dataSource;
    page.write(0, 'DataSource:\n');
    if (apiGroup !== undefined) page.field(1, 'APIGroup', apiGroup);
    page.field(1, 'Kind', kind);
    page.field(1, 'Name', name);
  }
  const { items } = await session.client.list(PODS, metadata.namespace ?? '');
  writeList(page, 'Used By', usersOf(claim, items as unknown as readonly Pod[]));
  writeConditions(page, claim);
  if (events) writeEvents(page, events, now);
  return page.text();
}

/** The Pods that mount a claim, or own it. */
function usersOf({ metadata }: PersistentVolumeClaim, pods: readonly Pod[]): readonly string[] {
  const owners = (metadata.ownerReferences ?? []).filter(({ kind }) => kind === 'Pod');
  return pods
    .filter(
      (pod) =>
        pod.spec?.volumes?.some((each) => each.persistentVolumeClaim?.claimName === metadata.name) ||
        owners.some(({ uid }) => uid === pod.metadata.uid),
    )
    .map((pod) => pod.metadata.name ?? '')
    .sort();
}

function writeConditions(page: Page, { status }: PersistentVolumeClaim): void {
  if (!status?.conditions?.length) return;
  page.write(0, 'Conditions:\n');
  page.write(1, 'Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage\n');
  page.write(1, '----\t------\t-----------------\t------------------\t------\t-------\n');
  for (const each of status.conditions) {
    const times = `${longTime(each.lastProbeTime)} \t${longTime(each.lastTransitionTime)}`;
    page.write(
      1,
      `${each.type} \t${each.status} \t${times} \t${each.reason ?? ''} \t${each.message ?? ''}\n`,
    );
  }
}

/** `describe storageclass`. */
export async function describeStorageClass({ object, events, now }: Scene): Promise<string> {
  const { metadata, ...spec } = object as StorageClass;
  const page = new Page();
  const { annotations = {} } = metadata;
  const isDefault = ['storageclass.kubernetes.io', 'storageclass.beta.kubernetes.io'].some(
    (prefix) => annotations[`${prefix}/is-default-class`] === 'true',
  );
  page.field(0, 'Name', metadata.name);
  page.field(0, 'IsDefaultClass', isDefault ? 'Yes' : 'No');
  page.field(0, 'Annotations', formatLabels(annotations));
  page.field(0, 'Provisioner', spec.provisioner);
  page.field(0, 'Parameters', formatLabels(spec.parameters));
  page.field(0, 'AllowVolumeExpansion', boolText(spec.allowVolumeExpansion));
  const options = spec.mountOptions ?? [];
  page.write(0, options.length === 0 ? 'MountOptions:\t<none>\n' : 'MountOptions:\n');
  for (const option of options) page.write(1, `${option}\n`);
  if (spec.reclaimPolicy) page.field(0, 'ReclaimPolicy', spec.reclaimPolicy);
  if (spec.volumeBindingMode) page.field(0, 'VolumeBindingMode', spec.volumeBindingMode);
  writeTopologies(page, spec.allowedTopologies);
  if (events) writeEvents(page, events, now);
  return page.text();
}

function writeTopologies(page: Page, topologies: StorageClass['allowedTopologies']): void {
  if (!topologies) return;
  page.write(0, `AllowedTopologies:\t${topologies.length === 0 ? '<none>' : ''}\n`);
  topologies.forEach(({ matchLabelExpressions = [] }, index) => {
    page.write(1, `Term ${index}:\t`);
    if (matchLabelExpressions.length === 0) page.write(0, '<none>\n');
    matchLabelExpressions.forEach(({ key, values }, at) => {
      if (at > 0) page.write(1, '\t');
      page.write(0, `${key} in${values.length > 0 ? ` [${values.join(', ')}]` : ''}\n`);
    });
  });
}
