import { goValue } from '../../go-format';
import type { Json } from '../../objects';
import type { FieldError } from '../../status';
import type { Container, PodSpec } from '../../types';
import { forbiddenField, inRange, invalidEach, invalidValue, sameJson } from '../validation';
import { validateImage } from './validate-container';

const MAX_INT32 = 2147483647;

const UPDATABLE =
  'pod updates may not change fields other than `spec.containers[*].image`, `spec.initContainers[*].image`, `spec.activeDeadlineSeconds`, `spec.tolerations` (only additions to existing tolerations) or `spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** ValidatePodUpdate, as far as the spec goes: images and little else may change. */
export function validatePodSpecUpdate(spec: PodSpec, before: PodSpec): FieldError[] {
  for (const field of ['containers', 'initContainers'] as const) {
    if ((spec[field] ?? []).length !== (before[field] ?? []).length) {
      return [forbiddenField(`spec.${field}`, 'pod updates may not add or remove containers')];
    }
  }
  const errors = (['containers', 'initContainers'] as const).flatMap((field) =>
    (spec[field] ?? []).flatMap(({ image = '' }, index) =>
      validateImage(image, `spec.${field}[${index}].image`),
    ),
  );
  errors.push(...validateDeadline(spec, before));
  if (errors.length > 0) return errors;
  errors.push(...validateTolerations(spec, before));
  const allowed = withAllowedChanges(spec, before);
  if (sameJson(allowed, before)) return errors;
  return [...errors, forbiddenField('spec', `${UPDATABLE}\n${differences(allowed, before)}`)];
}

function validateDeadline(spec: PodSpec, before: PodSpec): FieldError[] {
  const [next, old] = [spec.activeDeadlineSeconds, before.activeDeadlineSeconds];
  const field = 'spec.activeDeadlineSeconds';
  if (next === undefined) {
    return old === undefined
      ? []
      : [invalidValue(field, undefined, 'must not update from a positive integer to nil value')];
  }
  const wrong = inRange(next, 0, MAX_INT32);
  if (wrong.length > 0) return invalidEach(field, next, wrong);
  return old !== undefined && old < next
    ? [invalidValue(field, next, 'must be less than or equal to previous value')]
    : [];
}

function validateTolerations(spec: PodSpec, before: PodSpec): FieldError[] {
  const bare = (each: object): object => ({ ...each, tolerationSeconds: undefined });
  const kept = (before.tolerations ?? []).every((old) =>
    (spec.tolerations ?? []).some((next) => sameJson(bare(next), bare(old))),
  );
  if (kept) return [];
  return [
    forbiddenField(
      'spec.tolerations',
      'existing toleration can not be modified except its tolerationSeconds',
    ),
  ];
}

/** The new spec with everything that may change set back to what it was. */
function withAllowedChanges(spec: PodSpec, before: PodSpec): PodSpec {
  const images = (list: readonly Container[], old: readonly Container[]): readonly Container[] =>
    list.map((each, index) => ({ ...each, image: old[index]?.image ?? '' }));
  const grace = before.terminationGracePeriodSeconds;
  const forced = grace !== undefined && grace < 0 && spec.terminationGracePeriodSeconds === 1;
  const changed: Record<string, unknown> = {
    ...spec,
    containers: images(spec.containers, before.containers),
    initContainers: images(spec.initContainers ?? [], before.initContainers ?? []),
    activeDeadlineSeconds: before.activeDeadlineSeconds,
    tolerations: before.tolerations,
    ...(forced ? { terminationGracePeriodSeconds: grace } : {}),
  };
  return changed as unknown as PodSpec;
}

/** The fields that differ, in the manner of upstream's dump of the two specs. */
function differences(spec: PodSpec, before: PodSpec): string {
  const [next, old] = [spec as unknown as Record<string, Json>, before as unknown as Record<string, Json>];
  const fields = [...new Set([...Object.keys(old), ...Object.keys(next)])];
  const changed = fields.filter((field) => !sameJson(next[field], old[field]));
  const lines = changed.flatMap((field) => {
    const name = `${field.charAt(0).toUpperCase()}${field.slice(1)}`;
    return [`- \t${name}: ${dump(old[field])},`, `+ \t${name}: ${dump(next[field])},`];
  });
  const same = fields.length - changed.length;
  return ['  core.PodSpec{', `  \t... // ${same} identical fields`, ...lines, '  }', ''].join('\n');
}

const dump = (value: Json | undefined): string =>
  value !== null && typeof value === 'object' ? JSON.stringify(value) : goValue(value);
