import { goJson } from '../../go-format';
import type { Json, Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { PersistentVolume } from '../../types';
import { nodeTermWarnings } from '../node-labels';
import { validateNodeSelector } from '../pod/validate-affinity';
import { validateHostPathType, validateNfs } from '../pod/validate-volumes';
import { fractionWarnings } from '../pod/warnings';
import {
  forbiddenField,
  IMMUTABLE,
  immutable,
  invalidGoValue,
  invalidValue,
  notSupported,
  required,
  sameJson,
  validateObjectMeta,
  validateObjectMetaUpdate,
  validatePositiveAmount,
} from '../validation';
import {
  classWarnings,
  validateAccessModes,
  validateClassName,
  validateVolumeMode,
} from './validate-volume-fields';

type Spec = NonNullable<PersistentVolume['spec']>;

/** Settings of a volume that say how, not where. */
const SETTINGS: ReadonlySet<string> = new Set([
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
]);
const RECLAIM_POLICIES = ['Delete', 'Recycle', 'Retain'];

/** ValidatePersistentVolume and its update. */
export function validateVolume(
  { metadata, spec = {} }: PersistentVolume,
  previous?: Stored<PersistentVolume>,
): FieldError[] {
  return [
    ...(previous
      ? validateObjectMetaUpdate(metadata, previous.metadata)
      : validateObjectMeta(metadata, { namespaced: false })),
    ...validateSpec(spec),
    ...(previous ? validateChange(spec, previous.spec ?? {}) : []),
  ];
}

function validateSpec(spec: Spec): FieldError[] {
  const { accessModes = [], storageClassName, volumeMode, nodeAffinity, hostPath } = spec;
  const policy = spec.persistentVolumeReclaimPolicy;
  const recycles = policy === 'Recycle' && /^\/+$/.test(hostPath?.path ?? '');
  return [
    ...(accessModes.length === 0 ? [required('spec.accessModes')] : []),
    ...validateAccessModes(accessModes),
    ...validateCapacity(spec.capacity),
    ...(policy && !RECLAIM_POLICIES.includes(policy)
      ? [notSupported('spec.persistentVolumeReclaimPolicy', policy, RECLAIM_POLICIES)]
      : []),
    ...(nodeAffinity && !nodeAffinity.required
      ? [required('spec.nodeAffinity.required', 'must specify required node constraints')]
      : []),
    ...(nodeAffinity?.required
      ? validateNodeSelector(nodeAffinity.required, 'spec.nodeAffinity.required')
      : []),
    ...validateSources(spec),
    ...(recycles
      ? [
          forbiddenField(
            'spec.persistentVolumeReclaimPolicy',
            "may not be 'recycle' for a hostPath mount of '/'",
          ),
        ]
      : []),
    ...validateClassName(storageClassName, 'spec.storageClassName'),
    ...validateVolumeMode(volumeMode),
  ];
}

function validateCapacity(capacity: Spec['capacity']): FieldError[] {
  const names = Object.keys(capacity ?? {});
  const odd = capacity?.storage === undefined || names.length > 1;
  const shown = goJson(capacity);
  return [
    ...(names.length === 0 ? [required('spec.capacity')] : []),
    ...(odd ? [{ ...notSupported('spec.capacity', '', ['storage']), badValue: shown }] : []),
    ...names.flatMap((name) => validatePositiveAmount(capacity?.[name] ?? '', `spec.capacity[${name}]`)),
  ];
}

/** Where the volume is: in one place, which is told whole. */
function validateSources(spec: Spec): FieldError[] {
  const sources = Object.entries(spec).filter(([field, value]) => !SETTINGS.has(field) && value);
  if (sources.length === 0) return [required('spec', 'must specify a volume type')];
  const extra = sources.slice(1).map(([field]) => {
    return forbiddenField(`spec.${field}`, 'may not specify more than 1 volume type');
  });
  return [...validateSource(spec), ...extra];
}

function validateSource({ hostPath, local, nfs, csi, nodeAffinity }: Spec): FieldError[] {
  if (hostPath)
    return [
      ...validatePath(hostPath.path, 'spec.hostPath.path'),
      ...validateHostPathType(hostPath.type, 'spec.hostPath.type'),
    ];
  if (nfs) return validateNfs(nfs, 'spec.nfs');
  if (local) {
    return [
      ...validatePath(local.path, 'spec.local.path'),
      ...(nodeAffinity ? [] : [required('spec.nodeAffinity', 'Local volume requires node affinity')]),
    ];
  }
  if (!csi) return [];
  return [
    ...(csi.driver ? [] : [required('spec.csi.driver')]),
    ...(csi.volumeHandle ? [] : [required('spec.csi.volumeHandle')]),
  ];
}

function validatePath(path: string, field: string): FieldError[] {
  if (!path) return [required(field)];
  return path.split('/').includes('..') ? [invalidValue(field, path, "must not contain '..'")] : [];
}

/** Where it is may not change, nor its mode, nor the nodes that it is near once they are said. */
function validateChange(spec: Spec, before: Spec): FieldError[] {
  const sourceOf = (each: Spec): object =>
    Object.fromEntries(Object.entries(each).filter(([field]) => !SETTINGS.has(field)));
  const moved = !sameJson(sourceOf(spec), sourceOf(before));
  const detail = 'spec.persistentvolumesource is immutable after creation';
  const near = before.nodeAffinity !== undefined && !sameJson(spec.nodeAffinity, before.nodeAffinity);
  return [
    // What follows upstream's message is a diff that reads differently every time.
    ...(moved
      ? [forbiddenField('spec.persistentvolumesource', `${detail}\n  core.PersistentVolumeSource{\n  }\n`)]
      : []),
    ...immutable('volumeMode', spec.volumeMode as Json | undefined, before.volumeMode),
    ...(near
      ? [
          invalidGoValue(
            'nodeAffinity',
            JSON.stringify(spec.nodeAffinity ?? null),
            `${IMMUTABLE}, except for updating from beta label to GA`,
          ),
        ]
      : []),
  ];
}

const MOUNT_OPTIONS = 'volume.beta.kubernetes.io/mount-options';
const RECYCLES =
  'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.';

/** warningsForPersistentVolumeSpecAndMeta. */
export function volumeWarnings({ metadata, spec }: PersistentVolume): readonly string[] {
  const terms = spec?.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  return [
    ...classWarnings(metadata.annotations),
    ...(metadata.annotations?.[MOUNT_OPTIONS] === undefined
      ? []
      : [
          `metadata.annotations[${MOUNT_OPTIONS}]: deprecated since v1.31; use "mountOptions" attribute instead`,
        ]),
    ...(spec?.persistentVolumeReclaimPolicy === 'Recycle' ? [RECYCLES] : []),
    ...terms.flatMap((term, index) =>
      nodeTermWarnings(term, `spec.nodeAffinity.required.nodeSelectorTerms[${index}]`),
    ),
    ...fractionWarnings(spec?.capacity?.storage, 'spec.capacity[storage]'),
  ];
}
