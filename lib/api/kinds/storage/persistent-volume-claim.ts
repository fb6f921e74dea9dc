import { compareQuantities, parseQuantity } from '../../../base';
import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { PersistentVolumeClaim } from '../../types';
import { ageColumn, nameColumn, textColumn, wide } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import {
  forbiddenField,
  notSupported,
  required,
  sameJson,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';
import { setClaimDefaults } from './claim-defaults';
import { ACCESS_MODES, accessModes, storageClassOf } from './volume-cells';

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
});

function validateClaim(claim: PersistentVolumeClaim, previous?: Stored<PersistentVolumeClaim>): FieldError[] {
  const spec = claim.spec ?? {};
  const meta = previous
    ? validateObjectMetaUpdate(claim.metadata, previous.metadata)
    : validateObjectMeta(claim.metadata, { namespaced: true });
  const before = previous?.spec;
  return [...meta, ...validateSpec(spec), ...(before ? validateChange(spec, before) : [])];
}

function validateSpec(spec: Spec): FieldError[] {
  const modes = spec.accessModes ?? [];
  return [
    ...(modes.length === 0 ? [required('spec.accessModes', 'at least 1 access mode is required')] : []),
    ...modes.flatMap((mode) =>
      ACCESS_MODES.includes(mode) ? [] : [notSupported('spec.accessModes', mode, ACCESS_MODES)],
    ),
    ...(spec.resources?.requests?.storage === undefined ? [required('spec.resources[storage]')] : []),
  ];
}

/** Only the size may change, and only grow; a class may be set where there was none, a volume once. */
function validateChange(spec: Spec, before: Spec): FieldError[] {
  const size = (each: Spec): string => each.resources?.requests?.storage ?? '0';
  const fixed = ({ resources, ...rest }: Spec): object => ({
    ...rest,
    ...(before.volumeName ? {} : { volumeName: undefined }),
    ...(before.storageClassName === undefined ? { storageClassName: undefined } : {}),
  });
  if (!sameJson(fixed(spec), fixed(before))) {
    const detail = 'spec is immutable after creation except resources.requests for bound claims';
    return [forbiddenField('spec', `${detail}\n  core.PersistentVolumeClaimSpec{\n  }\n`)];
  }
  const [next, old] = [parseQuantity(size(spec)), parseQuantity(size(before))];
  return next && old && compareQuantities(next, old) < 0
    ? [forbiddenField('spec.resources.requests.storage', 'field can not be less than previous value')]
    : [];
}
