import type { Pod } from '../../../api';
import { isAbout, type Plugin } from './plugin';

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
