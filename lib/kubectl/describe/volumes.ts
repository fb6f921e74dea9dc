import type { PodSpec } from '../../api';
import { ANNOTATION_MAX, shorten } from './metadata';
import type { Page } from './page';

type Volume = NonNullable<PodSpec['volumes']>[number];

/** "Volumes:" with the source of each. */
export function writeVolumes(page: Page, volumes: readonly Volume[] | undefined, indent: string): void {
  if (!volumes || volumes.length === 0) {
    page.write(0, `${indent}Volumes:\t<none>\n`);
    return;
  }
  page.write(0, `${indent}Volumes:\n`);
  for (const volume of volumes) {
    page.write(1, `${indent === '' ? '' : ' '}${volume.name}:\n`);
    const fields = sourceFields(volume);
    if (!fields) page.write(1, '<unknown>\n');
    for (const [name, value] of fields ?? []) page.write(2, `${name}:\t${value}\n`);
    if (volume.csi) writeAttributes(page, volume.csi.volumeAttributes);
    for (const { path, fieldRef, resourceFieldRef } of volume.downwardAPI?.items ?? []) {
      page.write(3, `${fieldRef?.fieldPath ?? resourceFieldRef?.resource ?? ''} -> ${path}\n`);
    }
  }
}

type Fields = readonly (readonly [string, string | number | boolean])[];

function sourceFields(volume: Volume): Fields | undefined {
  const { hostPath, emptyDir, secret, configMap, persistentVolumeClaim: claim, nfs } = volume;
  if (hostPath) {
    return [
      ['Type', 'HostPath (bare host directory volume)'],
      ['Path', hostPath.path],
      ['HostPathType', hostPath.type ?? '<none>'],
    ];
  }
  if (emptyDir) {
    return [
      ['Type', "EmptyDir (a temporary directory that shares a pod's lifetime)"],
      ['Medium', emptyDir.medium ?? ''],
      ['SizeLimit', emptyDir.sizeLimit ?? '<unset>'],
    ];
  }
  if (secret) {
    return [
      ['Type', 'Secret (a volume populated by a Secret)'],
      ['SecretName', secret.secretName ?? ''],
      ['Optional', secret.optional ?? false],
    ];
  }
  if (configMap) {
    return [
      ['Type', 'ConfigMap (a volume populated by a ConfigMap)'],
      ['Name', configMap.name ?? ''],
      ['Optional', configMap.optional ?? false],
    ];
  }
  if (claim) {
    return [
      ['Type', 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)'],
      ['ClaimName', claim.claimName],
      ['ReadOnly', claim.readOnly ?? false],
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
  if (volume.projected) return projectedFields(volume.projected);
  if (volume.downwardAPI) {
    return [['Type', 'DownwardAPI (a volume populated by information about the pod)\n    Items:']];
  }
  return furtherFields(volume);
}

function furtherFields(volume: Volume): Fields | undefined {
  const { csi } = volume;
  const { image } = volume as { image?: { reference?: string; pullPolicy?: string } };
  if (csi) {
    return [
      ['Type', 'CSI (a Container Storage Interface (CSI) volume source)'],
      ['Driver', csi.driver],
      ['FSType', csi.fsType ?? ''],
      ['ReadOnly', csi.readOnly ?? false],
    ];
  }
  if (image) {
    return [
      ['Type', 'Image (a container image or OCI artifact)'],
      ['Reference', image.reference ?? ''],
      ['PullPolicy', image.pullPolicy ?? ''],
    ];
  }
  return undefined;
}

function projectedFields(projected: NonNullable<Volume['projected']>): Fields {
  const sources = (projected.sources ?? []).flatMap((source): Fields => {
    if (source.secret) {
      return [
        ['SecretName', source.secret.name ?? ''],
        ['Optional', source.secret.optional ?? false],
      ];
    }
    if (source.downwardAPI) return [['DownwardAPI', true]];
    if (source.configMap) {
      return [
        ['ConfigMapName', source.configMap.name ?? ''],
        ['Optional', source.configMap.optional ?? false],
      ];
    }
    return source.serviceAccountToken
      ? [['TokenExpirationSeconds', source.serviceAccountToken.expirationSeconds ?? 0]]
      : [];
  });
  return [['Type', 'Projected (a volume that contains injected data from multiple sources)'], ...sources];
}

/** What the driver is told; only the first line is named. */
function writeAttributes(page: Page, attributes: Readonly<Record<string, string>> = {}): void {
  const lines = Object.entries(attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => shorten(`${key}=${value}`, ANNOTATION_MAX));
  page.write(2, 'VolumeAttributes:\t');
  if (lines.length === 0) page.write(0, '<none>\n');
  lines.forEach((line, index) => {
    if (index > 0) page.write(2, '    \t');
    page.write(2, `${line}\n`);
  });
}
