import { canonicalQuantity } from '../../../base';
import type { PersistentVolume } from '../../types';
import { ageColumn, nameColumn, textColumn, wide } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { validateVolume, volumeWarnings } from './validate-volume';
import { accessModes, storageClassOf } from './volume-cells';

/** PersistentVolume of core/v1. */
export const persistentVolumeKind = defineKind<PersistentVolume>({
  group: '',
  version: 'v1',
  kind: 'PersistentVolume',
  plural: 'persistentvolumes',
  shortNames: ['pv'],
  namespaced: false,
  subresources: ['status'],
  schema: schemaOf('PersistentVolume'),
  columns: [
    nameColumn(),
    textColumn('Capacity', 'How much it holds.', ({ spec }) => spec?.capacity?.storage ?? ''),
    textColumn('Access Modes', 'How it may be mounted.', ({ spec }) => accessModes(spec?.accessModes)),
    textColumn('Reclaim Policy', 'What becomes of it when released.', ({ spec }) => {
      return spec?.persistentVolumeReclaimPolicy ?? '';
    }),
    textColumn('Status', 'Where it stands.', ({ status, metadata }) => {
      return metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? '');
    }),
    textColumn('Claim', 'The claim it is bound to.', ({ spec }) => {
      return spec?.claimRef ? `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}` : '';
    }),
    textColumn('StorageClass', 'The class it belongs to.', storageClassOf),
    textColumn('VolumeAttributesClass', 'The class of its attributes.', ({ spec }) => {
      return spec?.volumeAttributesClassName ?? '<unset>';
    }),
    textColumn('Reason', 'Why it failed.', ({ status }) => status?.reason ?? ''),
    ageColumn(),
    wide(textColumn('VolumeMode', 'File system or block.', ({ spec }) => spec?.volumeMode ?? '<unset>')),
  ],
  setDefaults: (volume) => ({
    ...volume,
    spec: {
      ...volume.spec,
      ...(volume.spec?.capacity ? { capacity: canonical(volume.spec.capacity) } : {}),
      persistentVolumeReclaimPolicy: volume.spec?.persistentVolumeReclaimPolicy ?? 'Retain',
      volumeMode: volume.spec?.volumeMode ?? 'Filesystem',
    },
    status: { ...volume.status, phase: volume.status?.phase ?? 'Pending' },
  }),
  prepareForCreate: (volume) => ({ ...volume, status: { phase: 'Pending' } }),
  prepareForUpdate: (next, previous) => ({ ...next, status: previous.status ?? { phase: 'Pending' } }),
  prepareForStatusUpdate: (next, previous) => ({
    ...next,
    ...(previous.spec ? { spec: previous.spec } : {}),
  }),
  validate: validateVolume,
  warnings: volumeWarnings,
});

const canonical = (capacity: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(capacity).map(([name, value]) => [name, canonicalQuantity(value)]));
