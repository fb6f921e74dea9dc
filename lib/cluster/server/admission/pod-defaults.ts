import type { Pod } from '../../../api';
import { type Attributes, isAbout, type Plugin, refuseEarly } from './plugin';

const EVICTION_SECONDS = 300;
const NODE_PROBLEMS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'] as const;

/** Every Pod bears an ill node for five minutes. */
export const defaultTolerationSeconds: Plugin = {
  name: 'DefaultTolerationSeconds',
  admit: (attributes, object) => (isAbout(attributes, '', 'pods') ? addTolerations(object as Pod) : object),
};

function addTolerations(pod: Pod): Pod {
  if (!pod.spec) return pod;
  const own = pod.spec.tolerations ?? [];
  const tolerated = (key: string) =>
    own.some(
      (each) =>
        (each.key === key || (each.key ?? '') === '') &&
        (each.effect === 'NoExecute' || (each.effect ?? '') === ''),
    );
  const added = NODE_PROBLEMS.filter((key) => !tolerated(key)).map((key) => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: EVICTION_SECONDS,
  }));
  return added.length === 0 ? pod : { ...pod, spec: { ...pod.spec, tolerations: [...own, ...added] } };
}

const PRIORITIES: Readonly<Record<string, number>> = {
  'system-node-critical': 2000001000,
  'system-cluster-critical': 2000000000,
};

/** Every Pod has a priority in numbers. */
export const priority: Plugin = {
  name: 'Priority',
  admit(attributes, object) {
    if (!isAbout(attributes, '', 'pods') || attributes.operation !== 'CREATE') return object;
    return setPriority(attributes, object as Pod);
  },
};

function setPriority(attributes: Attributes, pod: Pod): Pod {
  if (!pod.spec) return pod;
  const { context } = attributes;
  const name = pod.spec.priorityClassName ?? '';
  const own = name === '' ? undefined : context.store.get(`/priorityclasses.scheduling.k8s.io//${name}`);
  const priority =
    name === '' ? 0 : (PRIORITIES[name] ?? (own as { readonly value?: number } | undefined)?.value);
  if (priority === undefined) {
    throw refuseEarly(attributes, pod, `no PriorityClass with name ${name} was found`);
  }
  const preemptionPolicy = pod.spec.preemptionPolicy ?? 'PreemptLowerPriority';
  return { ...pod, spec: { ...pod.spec, priority, preemptionPolicy } };
}
