import type { FieldError } from '../../status';
import type { StorageClass } from '../../types';
import { ageColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import {
  forbiddenField,
  invalidEach,
  invalidValue,
  notSupported,
  qualifiedName,
  required,
  sameJson,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';

const RECLAIM_POLICIES = ['Delete', 'Retain'];
const BINDING_MODES = ['Immediate', 'WaitForFirstConsumer'];

/** validateParameters. */
const validateParameters = (parameters: Readonly<Record<string, string>>): FieldError[] =>
  Object.keys(parameters).includes('') ? [invalidValue('parameters', '', 'field can not be empty.')] : [];

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** StorageClass of storage.k8s.io/v1. */
export const storageClassKind = defineKind<StorageClass>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'StorageClass',
  plural: 'storageclasses',
  shortNames: ['sc'],
  namespaced: false,
  schema: schemaOf('StorageClass'),
  columns: [
    {
      ...nameColumn<StorageClass>(),
      value: ({ metadata }) =>
        metadata.annotations?.[DEFAULT_CLASS] === 'true'
          ? `${metadata.name ?? ''} (default)`
          : (metadata.name ?? ''),
    },
    textColumn('Provisioner', 'Who makes the volumes.', ({ provisioner }) => provisioner ?? ''),
    textColumn('ReclaimPolicy', 'What becomes of volumes.', ({ reclaimPolicy }) => reclaimPolicy ?? 'Delete'),
    textColumn('VolumeBindingMode', 'When volumes are bound.', ({ volumeBindingMode }) => {
      return volumeBindingMode ?? 'Immediate';
    }),
    textColumn(
      'AllowVolumeExpansion',
      'Whether volumes may grow.',
      (each) => each.allowVolumeExpansion ?? false,
    ),
    ageColumn(),
  ],
  setDefaults: (each) => ({
    ...each,
    reclaimPolicy: each.reclaimPolicy ?? 'Delete',
    volumeBindingMode: each.volumeBindingMode ?? 'Immediate',
  }),
  validate: (each, previous) => {
    if (!previous) {
      return [
        ...validateObjectMeta(each.metadata, { namespaced: false }),
        ...(each.provisioner
          ? invalidEach('provisioner', each.provisioner, qualifiedName(each.provisioner.toLowerCase()))
          : [required('provisioner')]),
        ...validateParameters(each.parameters ?? {}),
        ...(RECLAIM_POLICIES.includes(each.reclaimPolicy ?? '')
          ? []
          : [notSupported('reclaimPolicy', each.reclaimPolicy ?? '', RECLAIM_POLICIES)]),
        ...(BINDING_MODES.includes(each.volumeBindingMode ?? '')
          ? []
          : [notSupported('volumeBindingMode', each.volumeBindingMode ?? '', BINDING_MODES)]),
      ];
    }
    const fixed = (['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'] as const).filter(
      (field) => !sameJson(each[field], previous[field]),
    );
    return [
      ...validateObjectMetaUpdate(each.metadata, previous.metadata),
      ...fixed.map((field) =>
        forbiddenField(
          field,
          field === 'volumeBindingMode' ? 'field is immutable' : `updates to ${field} are forbidden.`,
        ),
      ),
    ];
  },
});
