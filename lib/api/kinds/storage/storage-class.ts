import type { StorageClass } from '../../types';
import { ageColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import {
  forbiddenField,
  required,
  sameJson,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';

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
        ...(each.provisioner ? [] : [required('provisioner')]),
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
