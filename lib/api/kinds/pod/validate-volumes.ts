import { compareQuantities, parseQuantity } from '../../../base';
import type { FieldError } from '../../status';
import type { PodSpec } from '../../types';
import {
  dns1123Label,
  duplicate,
  forbiddenField,
  invalidEach,
  invalidValue,
  notSupported,
  required,
} from '../validation';

type Volume = NonNullable<PodSpec['volumes']>[number];

/** ValidateVolumes: what is wrong, and the names that mounts may use. */
export function validateVolumes(
  volumes: readonly Volume[],
  path: string,
  isPod: boolean,
): { readonly errors: FieldError[]; readonly names: ReadonlySet<string> } {
  const names = new Set<string>();
  const errors = volumes.flatMap((volume, index) => {
    const at = `${path}[${index}]`;
    const found = [
      ...validateSource(volume, at, isPod),
      ...(volume.name
        ? invalidEach(`${at}.name`, volume.name, dns1123Label(volume.name))
        : [required(`${at}.name`)]),
      ...(names.has(volume.name) ? [duplicate(`${at}.name`, volume.name)] : []),
    ];
    if (found.length === 0) names.add(volume.name);
    return found;
  });
  return { errors, names };
}

function validateSource(volume: Volume, path: string, isPod: boolean): FieldError[] {
  const given = Object.entries(volume).filter(([field, source]) => field !== 'name' && source);
  if (given.length === 0) return [required(path, 'must specify a volume type')];
  const extra = given
    .slice(1)
    .map(([field]) => forbiddenField(`${path}.${field}`, 'may not specify more than 1 volume type'));
  const { image } = volume as { readonly image?: { readonly reference?: string } };
  const unnamed = isPod && image && !image.reference;
  return [...extra, ...validateKind(volume, path), ...(unnamed ? [required(`${path}.image.reference`)] : [])];
}

/** What the kinds of volumes that learners meet demand of their fields. */
function validateKind(volume: Volume, path: string): FieldError[] {
  const { hostPath, emptyDir, secret, configMap, nfs, persistentVolumeClaim: claim } = volume;
  return [
    ...(isNegative(emptyDir?.sizeLimit)
      ? [forbiddenField(`${path}.emptyDir.sizeLimit`, 'SizeLimit field must be a valid resource quantity')]
      : []),
    ...(hostPath ? validateHostPath(hostPath.path, `${path}.hostPath.path`) : []),
    ...(hostPath ? validateHostPathType(hostPath.type, `${path}.hostPath.type`) : []),
    ...(nfs ? validateNfs(nfs, `${path}.nfs`) : []),
    ...(secret && !secret.secretName ? [required(`${path}.secret.secretName`)] : []),
    ...(secret ? validateFiles(secret, `${path}.secret`) : []),
    ...(configMap && !configMap.name ? [required(`${path}.configMap.name`)] : []),
    ...(configMap ? validateFiles(configMap, `${path}.configMap`) : []),
    ...(claim && !claim.claimName ? [required(`${path}.persistentVolumeClaim.claimName`)] : []),
  ];
}

function isNegative(amount: string | undefined): boolean {
  const [size, nothing] = [parseQuantity(amount ?? '0'), parseQuantity('0')];
  return size !== undefined && nothing !== undefined && compareQuantities(size, nothing) < 0;
}

function validateHostPath(hostPath: string, field: string): FieldError[] {
  if (!hostPath) return [required(field)];
  return hostPath.split('/').includes('..') ? [invalidValue(field, hostPath, "must not contain '..'")] : [];
}

const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

/** validateHostPathType. */
export function validateHostPathType(type: string | undefined, field: string): FieldError[] {
  return type === undefined || HOST_PATH_TYPES.includes(type)
    ? []
    : [notSupported(field, type, HOST_PATH_TYPES)];
}

/** validateNFSVolumeSource. */
export function validateNfs(
  { server, path }: { readonly server?: string | undefined; readonly path?: string | undefined },
  field: string,
): FieldError[] {
  return [
    ...(server ? [] : [required(`${field}.server`)]),
    ...(path ? [] : [required(`${field}.path`)]),
    ...(path?.startsWith('/') ? [] : [invalidValue(`${field}.path`, path ?? '', 'must be an absolute path')]),
  ];
}

interface Files {
  readonly defaultMode?: number | undefined;
  readonly items?:
    | readonly { readonly key: string; readonly path: string; readonly mode?: number | undefined }[]
    | undefined;
}

const MODE = 'must be a number between 0 and 0777 (octal), both inclusive';
const isMode = (mode: number | undefined): boolean => mode === undefined || (mode >= 0 && mode <= 0o777);

/** Modes of files, and which keys become which files (validateKeyToPath). */
function validateFiles({ defaultMode, items = [] }: Files, field: string): FieldError[] {
  return [
    ...(isMode(defaultMode) ? [] : [invalidValue(`${field}.defaultMode`, defaultMode, MODE)]),
    ...items.flatMap(({ key, path, mode }, index) => {
      const at = `${field}.items[${index}]`;
      return [
        ...(key ? [] : [required(`${at}.key`)]),
        ...(path ? validateLocalPath(path, `${at}.path`) : [required(`${at}.path`)]),
        ...(isMode(mode) ? [] : [invalidValue(`${at}.mode`, mode, MODE)]),
      ];
    }),
  ];
}

/** validateLocalNonReservedPath. */
function validateLocalPath(path: string, field: string): FieldError[] {
  const parts = path.split('/');
  return [
    ...(path.startsWith('/') ? [invalidValue(field, path, 'must be a relative path')] : []),
    ...(parts.includes('..') ? [invalidValue(field, path, "must not contain '..'")] : []),
    ...(path.startsWith('..') && parts[0] !== '..'
      ? [invalidValue(field, path, "must not start with '..'")]
      : []),
  ];
}
