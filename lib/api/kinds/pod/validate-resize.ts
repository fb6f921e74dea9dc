import type { FieldError } from '../../status';
import type { Container, Pod, PodSpec } from '../../types';
import { forbiddenField, invalidValue, sameJson, validateObjectMetaUpdate } from '../validation';
import { podQosClass } from './qos';
import { validateResources } from './validate-resources';

type Resources = NonNullable<Container['resources']>;
type Amounts = Readonly<Record<string, string>>;

const LISTS = ['containers', 'initContainers'] as const;
const AMOUNTS = ['limits', 'requests'] as const;
const RESIZABLE = ['cpu', 'memory'];
const NO_SPEC: PodSpec = { containers: [] };

/** ValidatePodResize: CPU and memory of running containers may change, none may be taken away, and the class stays. */
export function validatePodResize(pod: Pod, previous: Pod): FieldError[] {
  const [spec, before] = [pod.spec ?? NO_SPEC, previous.spec ?? NO_SPEC];
  const errors = [
    ...validateObjectMetaUpdate(pod.metadata, previous.metadata),
    ...LISTS.flatMap((list) =>
      (spec[list] ?? []).flatMap(({ resources = {} }, index) =>
        validateResources(resources, `spec.${list}[${index}].resources`),
      ),
    ),
  ];
  if (errors.length > 0) return errors;
  const stays = podQosClass(spec) === podQosClass(before);
  const detail = 'Pod QOS Class may not change as a result of resizing';
  return [
    ...(stays ? [] : [invalidValue('spec', previous.status?.qosClass, detail)]),
    ...LISTS.flatMap((list) =>
      (spec[list] ?? []).flatMap(({ resources = {} }, index) =>
        validateTaken(resources, before[list]?.[index]?.resources ?? {}, `spec.${list}[${index}].resources`),
      ),
    ),
    ...(sameJson(others(spec), others(before))
      ? []
      : [forbiddenField('spec', 'only cpu and memory resources are mutable')]),
  ];
}

/** validateContainerResize. */
const validateTaken = (next: Resources, before: Resources, path: string): FieldError[] =>
  AMOUNTS.filter((field) => Object.keys(before[field] ?? {}).some((name) => !next[field]?.[name])).map(
    (field) => forbiddenField(`${path}.${field}`, `resource ${field} cannot be removed`),
  );

/** The amounts of what cannot be resized. */
const others = (spec: PodSpec): object[] =>
  LISTS.flatMap((list) =>
    (spec[list] ?? []).map(({ resources }) => ({
      limits: withoutResizable(resources?.limits),
      requests: withoutResizable(resources?.requests),
    })),
  );

const withoutResizable = (amounts: Amounts = {}): Amounts =>
  Object.fromEntries(Object.entries(amounts).filter(([name]) => !RESIZABLE.includes(name)));

/** What a resize writes of a Pod: the resources of its containers, and nothing else (podResizeStrategy). */
export function withResources(pod: Pod, from: Pod): Pod {
  const merged = (list: (typeof LISTS)[number]) =>
    (pod.spec?.[list] ?? []).map((container, index) => {
      const { resources, resizePolicy } = (from.spec?.[list]?.[index] ?? {}) as Container;
      return {
        ...container,
        ...(resources ? { resources } : {}),
        ...(resizePolicy ? { resizePolicy } : {}),
      };
    });
  const init = pod.spec?.initContainers ? { initContainers: merged('initContainers') } : {};
  return { ...pod, spec: { ...(pod.spec ?? NO_SPEC), containers: merged('containers'), ...init } };
}
