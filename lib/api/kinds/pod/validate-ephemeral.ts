import { deepEqual } from '../../../base';
import type { FieldError } from '../../status';
import type { Pod } from '../../types';
import { dns1123Label, duplicate, forbiddenField, invalidEach, missing, required } from '../validation';
import { validateImage } from './validate-container';

type Fields = Readonly<Record<string, unknown>>;

const PATH = 'spec.ephemeralContainers';
const NOT_ALLOWED = ['ports', 'livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'];

const listOf = (pod: Pod): readonly Fields[] =>
  ((pod.spec as Fields | undefined)?.ephemeralContainers ?? []) as readonly Fields[];

/** ValidatePodEphemeralContainersUpdate: containers may be added, and nothing else. */
export function validateEphemeralContainers(pod: Pod, previous: Pod): FieldError[] {
  const names = new Set(
    [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])].map(({ name }) => name),
  );
  const regular = new Set(names);
  const now = listOf(pod);
  const own = now.flatMap((container, index) => {
    const path = `${PATH}[${index}]`;
    const name = String(container.name ?? '');
    const errors = errorsOf(container, path, regular);
    if (name !== '' && names.has(name)) errors.push(duplicate(`${path}.name`, name));
    names.add(name);
    return errors;
  });
  const changed = listOf(previous).flatMap((old) => {
    const kept = now.find((each) => each.name === old.name);
    if (kept && deepEqual(kept, old)) return [];
    const what = kept ? 'changed' : 'removed';
    return [
      forbiddenField(PATH, `existing ephemeral containers ${JSON.stringify(old.name)} may not be ${what}\n`),
    ];
  });
  return [...own, ...changed];
}

function errorsOf(container: Fields, path: string, regular: ReadonlySet<string>): FieldError[] {
  const name = String(container.name ?? '');
  const image = String(container.image ?? '');
  const target = String(container.targetContainerName ?? '');
  const resources = (container.resources ?? {}) as Fields;
  return [
    ...(name === '' ? [required(`${path}.name`)] : invalidEach(`${path}.name`, name, dns1123Label(name))),
    ...validateImage(image, `${path}.image`),
    ...(target !== '' && !regular.has(target) ? [missing(`${path}.targetContainerName`, target)] : []),
    ...[...NOT_ALLOWED, ...(Object.keys(resources).length > 0 ? ['resources'] : [])]
      .filter((field) => container[field] !== undefined)
      .map((field) => forbiddenField(`${path}.${field}`, 'cannot be set for an Ephemeral Container')),
  ];
}
