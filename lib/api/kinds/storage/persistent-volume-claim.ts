import { compareQuantities, parseQuantity } from '../../../base';
import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { PersistentVolumeClaim } from '../../types';
import { ageColumn, nameColumn, textColumn, wide } from '../columns';
import { defineKind } from '../define-kind';
import { fractionWarnings } from '../pod/warnings';
import { schemaOf } from '../schema';
import {
  dns1123Subdomain,
  forbiddenField,
  immutable,
  invalidEach,
  invalidValue,
  required,
  sameJson,
  validateLabelSelector,
  validateObjectMeta,
  validateObjectMetaUpdate,
  validatePositiveAmount,
} from '../validation';
import { setClaimDefaults } from './claim-defaults';
import {
  classWarnings,
  validateAccessModes,
  validateClassName,
  validateVolumeMode,
} from './validate-volume-fields';
import { accessModes, storageClassOf } from './volume-cells';

type Spec = NonNullable<PersistentVolumeClaim['spec']>;

/** PersistentVolumeClaim of core/v1. */
export const persistentVolumeClaimKind = defineKind<PersistentVolumeClaim>({
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  shortNames: ['pvc'],
  subresources: ['status'],
  schema: schemaOf('PersistentVolumeClaim'),
  columns: [
    nameColumn(),
    textColumn('Status', 'Where it stands.', ({ status, metadata }) => {
      return metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? '');
    }),
    textColumn('Volume', 'The volume it is bound to.', ({ spec }) => spec?.volumeName ?? ''),
    textColumn('Capacity', 'How much the volume holds.', ({ spec, status }) => {
      return spec?.volumeName ? (status?.capacity?.storage ?? '0') : '';
    }),
    textColumn('Access Modes', 'How it may be mounted.', ({ spec, status }) => {
      return spec?.volumeName ? accessModes(status?.accessModes) : '';
    }),
    textColumn('StorageClass', 'The class it asks for.', storageClassOf),
    textColumn('VolumeAttributesClass', 'The class of attributes it asks for.', ({ spec }) => {
      return spec?.volumeAttributesClassName ?? '<unset>';
    }),
    ageColumn(),
    wide(textColumn('VolumeMode', 'File system or block.', ({ spec }) => spec?.volumeMode ?? '<unset>')),
  ],
  setDefaults: setClaimDefaults,
  prepareForCreate: (claim) => ({ ...claim, status: { phase: 'Pending' } }),
  prepareForUpdate: (next, previous) => ({ ...next, status: previous.status ?? { phase: 'Pending' } }),
  prepareForStatusUpdate: (next, previous) => ({
    ...next,
    ...(previous.spec ? { spec: previous.spec } : {}),
  }),
  validate: validateClaim,
  warnings: ({ metadata, spec }) => [
    ...classWarnings(metadata.annotations),
    ...fractionWarnings(spec?.resources?.requests?.storage, 'spec.resources.requests[storage]'),
  ],
});

function validateClaim(claim: PersistentVolumeClaim, previous?: Stored<PersistentVolumeClaim>): FieldError[] {
  const spec = claim.spec ?? {};
  const meta = previous
    ? validateObjectMetaUpdate(claim.metadata, previous.metadata)
    : validateObjectMeta(claim.metadata, { namespaced: true });
  const before = previous?.spec;
  return [...meta, ...validateSpec(spec), ...(previous && before ? validateChange(claim, previous) : [])];
}

function validateSpec(spec: Spec): FieldError[] {
  const { volumeMode, storageClassName, selector, dataSource } = spec;
  const size = spec.resources?.requests?.storage;
  return [
    ...(spec.accessModes?.length ? [] : [required('spec.accessModes', 'at least 1 access mode is required')]),
    ...validateLabelSelector(selector, 'spec.selector'),
    ...validateAccessModes(spec.accessModes ?? []),
    ...(size === undefined
      ? [required('spec.resources[storage]')]
      : validatePositiveAmount(size, 'spec.resources[storage]')),
    ...validateClassName(storageClassName, 'spec.storageClassName'),
    ...validateVolumeMode(volumeMode),
    ...(dataSource ? validateDataSource(dataSource) : []),
  ];
}

function validateDataSource({ name, kind, apiGroup }: NonNullable<Spec['dataSource']>): FieldError[] {
  const path = 'spec.dataSource';
  const detail = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
  return [
    ...(name ? [] : [required(`${path}.name`)]),
    ...(kind ? [] : [required(`${path}.kind`)]),
    ...(apiGroup || kind === 'PersistentVolumeClaim' ? [] : [invalidValue(path, kind, detail)]),
    ...(apiGroup ? invalidEach(`${path}.apiGroup`, apiGroup, dns1123Subdomain(apiGroup)) : []),
  ];
}

/** Of a bound claim the size may grow; a class may be set where there was none, a volume once. */
function validateChange(claim: PersistentVolumeClaim, previous: Stored<PersistentVolumeClaim>): FieldError[] {
  const [spec, before]: readonly [Spec, Spec] = [claim.spec ?? {}, previous.spec ?? {}];
  const isBound = previous.status?.phase === 'Bound';
  const fixed = ({ resources, volumeAttributesClassName: _class, ...rest }: Spec): object => ({
    ...rest,
    resources: isBound ? { ...resources, requests: { ...resources?.requests, storage: '' } } : resources,
    ...(before.volumeName ? {} : { volumeName: undefined }),
    ...(before.storageClassName === undefined ? { storageClassName: undefined } : {}),
  });
  const detail =
    'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';
  return [
    ...validateImmutableClass(claim, previous),
    // What follows upstream's message is a diff that reads differently every time.
    ...(sameJson(fixed(spec), fixed(before))
      ? []
      : [forbiddenField('spec', `${detail}\n  core.PersistentVolumeClaimSpec{\n  }\n`)]),
    ...validateSize(spec, before, previous),
    ...immutable('volumeMode', spec.volumeMode, before.volumeMode),
  ];
}

function validateImmutableClass(
  { metadata }: PersistentVolumeClaim,
  previous: Stored<PersistentVolumeClaim>,
): FieldError[] {
  const key = 'volume.beta.kubernetes.io/storage-class';
  const [now, before] = [metadata.annotations?.[key], previous.metadata.annotations?.[key]];
  return immutable(`metadata.annotations[${key}]`, now ?? '', before ?? '');
}

/** A claim may ask for less again, but not for less than it has. */
function validateSize(spec: Spec, before: Spec, { status }: Stored<PersistentVolumeClaim>): FieldError[] {
  const size = (text: string | undefined) => parseQuantity(text ?? '0');
  const [next, old] = [size(spec.resources?.requests?.storage), size(before.resources?.requests?.storage)];
  const has = size(status?.capacity?.storage);
  if (!next || !old || !has || compareQuantities(next, old) >= 0) return [];
  return compareQuantities(next, has) <= 0
    ? [forbiddenField('spec.resources.requests.storage', 'field can not be less than status.capacity')]
    : [];
}
