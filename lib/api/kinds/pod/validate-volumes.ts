import type { FieldError } from '../../status';
import type { PodSpec } from '../../types';
import { dns1123Label, duplicate, forbiddenField, invalidEach, invalidValue, required } from '../validation';

type Volume = NonNullable<PodSpec['volumes']>[number];

/** ValidateVolumes: what is wrong, and the names that mounts may use. */
export function validateVolumes(
  volumes: readonly Volume[],
  path: string,
): { readonly errors: FieldError[]; readonly names: ReadonlySet<string> } {
  const names = new Set<string>();
  const errors = volumes.flatMap((volume, index) => {
    const at = `${path}[${index}]`;
    const found = [
      ...validateSource(volume, at),
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

function validateSource(volume: Volume, path: string): FieldError[] {
  const given = Object.entries(volume).filter(([field, source]) => field !== 'name' && source);
  if (given.length === 0) return [required(path, 'must specify a volume type')];
  const extra = given
    .slice(1)
    .map(([field]) => forbiddenField(`${path}.${field}`, 'may not specify more than 1 volume type'));
  const { hostPath, secret, configMap, persistentVolumeClaim: claim } = volume;
  return [
    ...extra,
    ...(hostPath ? validateHostPath(hostPath.path, `${path}.hostPath.path`) : []),
    ...(secret && !secret.secretName ? [required(`${path}.secret.secretName`)] : []),
    ...(configMap && !configMap.name ? [required(`${path}.configMap.name`)] : []),
    ...(claim && !claim.claimName ? [required(`${path}.persistentVolumeClaim.claimName`)] : []),
  ];
}

function validateHostPath(hostPath: string, field: string): FieldError[] {
  if (!hostPath) return [required(field)];
  return hostPath.split('/').includes('..') ? [invalidValue(field, hostPath, "must not contain '..'")] : [];
}
