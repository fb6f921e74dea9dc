import type { KubeObject, Pod, PriorityClass, Stored } from '../../../api';
import { type Attributes, isAbout, type Plugin, refuse, refuseEarly } from './plugin';

const SCHEDULING = 'scheduling.k8s.io';
const CLASSES = '/priorityclasses.scheduling.k8s.io//';
/** Kubernetes' own classes, which a cluster has even before its API server has written them down. */
const SYSTEM: Readonly<Record<string, number>> = {
  'system-node-critical': 2000001000,
  'system-cluster-critical': 2000000000,
};

/** Every Pod has a priority in numbers, and a cluster at most one class that Pods get unasked. */
export const priority: Plugin = {
  name: 'Priority',
  admit(attributes, object) {
    if (!isAbout(attributes, '', 'pods')) return object;
    return attributes.operation === 'CREATE'
      ? setPriority(attributes, object as Pod)
      : keepPriority(object as Pod, attributes.old as Pod);
  },
  validate(attributes, object) {
    if (isAbout(attributes, SCHEDULING, 'priorityclasses')) checkDefault(attributes, object as PriorityClass);
    return [];
  },
};

const classesOf = ({ context }: Attributes): readonly Stored<PriorityClass>[] =>
  context.store.list(CLASSES) as readonly Stored<PriorityClass>[];

interface Rank {
  readonly priorityClassName?: string;
  readonly priority: number;
  readonly preemptionPolicy: string;
}

function setPriority(attributes: Attributes, pod: Pod): Pod {
  if (!pod.spec) return pod;
  const rank = rankFor(attributes, pod, pod.spec.priorityClassName ?? '');
  const { priority: given, preemptionPolicy: policy } = pod.spec;
  const computed = 'priority admission controller computed';
  if (given !== undefined && given !== rank.priority) {
    const why = `the integer value of priority (${given}) must not be provided in pod spec; ${computed} ${rank.priority} from the given PriorityClass name`;
    throw refuseEarly(attributes, pod, why);
  }
  if (policy !== undefined && policy !== rank.preemptionPolicy) {
    const why = `the string value of PreemptionPolicy (${policy}) must not be provided in pod spec; ${computed} ${rank.preemptionPolicy} from the given PriorityClass name`;
    throw refuseEarly(attributes, pod, why);
  }
  return { ...pod, spec: { ...pod.spec, ...rank } };
}

function rankFor(attributes: Attributes, pod: Pod, name: string): Rank {
  const fallback = name === '' ? defaultClass(attributes) : undefined;
  const found = fallback ?? (attributes.context.store.get(`${CLASSES}${name}`) as PriorityClass | undefined);
  const preemptionPolicy = found?.preemptionPolicy ?? 'PreemptLowerPriority';
  if (name === '' && !found) return { priority: 0, preemptionPolicy };
  const value = found?.value ?? SYSTEM[name];
  if (value === undefined) throw refuseEarly(attributes, pod, `no PriorityClass with name ${name} was found`);
  return { priorityClassName: found?.metadata.name ?? name, priority: value, preemptionPolicy };
}

/** Of several, which only a race can leave, the lowest. */
function defaultClass(attributes: Attributes): PriorityClass | undefined {
  return classesOf(attributes)
    .filter(({ globalDefault }) => globalDefault)
    .toSorted((a, b) => a.value - b.value)[0];
}

/** An update that leaves the numbers out keeps them. */
function keepPriority(pod: Pod, old: Pod): Pod {
  const { priority: value, priorityClassName, preemptionPolicy } = old.spec ?? { containers: [] };
  const kept = Object.entries({ priority: value, priorityClassName, preemptionPolicy }).filter(
    ([field, each]) => each !== undefined && pod.spec?.[field as 'priority'] === undefined,
  );
  if (!pod.spec || kept.length === 0) return pod;
  return { ...pod, spec: { ...pod.spec, ...Object.fromEntries(kept) } };
}

function checkDefault(attributes: Attributes, object: KubeObject & PriorityClass): void {
  if (!object.globalDefault) return;
  const other = defaultClass(attributes);
  if (!other || other.metadata.name === object.metadata.name) return;
  const why = `PriorityClass ${other.metadata.name ?? ''} is already marked as default. Only one default can exist`;
  throw refuse(attributes, object, why);
}
