import type { FieldError } from '../../status';
import { dns1123Subdomain, forbiddenField, invalidEach, notSupported } from '../validation';

/** Access modes that an API server knows, as it lists them. */
const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const VOLUME_MODES = ['Block', 'Filesystem'];
const ALONE = 'ReadWriteOncePod';

/** Known modes, and ReadWriteOncePod with no other. */
export function validateAccessModes(modes: readonly string[]): FieldError[] {
  const others = modes.some((mode) => mode !== ALONE && ACCESS_MODES.includes(mode));
  return [
    ...modes.flatMap((mode) =>
      ACCESS_MODES.includes(mode) ? [] : [notSupported('spec.accessModes', mode, ACCESS_MODES)],
    ),
    ...(modes.includes(ALONE) && others
      ? [forbiddenField('spec.accessModes', 'may not use ReadWriteOncePod with other access modes')]
      : []),
  ];
}

/** ValidateClassName; '' is no name, and means no class. */
export function validateClassName(name: string | undefined, field: string): FieldError[] {
  return name ? invalidEach(field, name, dns1123Subdomain(name)) : [];
}

/** File system or block device. */
export function validateVolumeMode(mode: string | undefined): FieldError[] {
  return mode === undefined || VOLUME_MODES.includes(mode)
    ? []
    : [notSupported('spec.volumeMode', mode, VOLUME_MODES)];
}

const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';

/** Claims and volumes named their class by an annotation once. */
export function classWarnings(annotations: Readonly<Record<string, string>> | undefined): readonly string[] {
  return annotations?.[BETA_CLASS] === undefined
    ? []
    : [
        `metadata.annotations[${BETA_CLASS}]: deprecated since v1.8; use "storageClassName" attribute instead`,
      ];
}
