import type { KubeObject, Node } from '../../../api';
import { isAbout, type Plugin } from './plugin';

const NOT_READY = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };

/** A new node takes no Pods before its kubelet says it is ready. */
export const taintNodesByCondition: Plugin = {
  name: 'TaintNodesByCondition',
  admit(attributes, object) {
    if (!isAbout(attributes, '', 'nodes') || attributes.operation !== 'CREATE') return object;
    const { spec } = object as Node;
    const taints = spec?.taints ?? [];
    const tainted = taints.some(({ key, effect }) => key === NOT_READY.key && effect === NOT_READY.effect);
    return tainted
      ? object
      : ({ ...object, spec: { ...spec, taints: [...taints, NOT_READY] } } as KubeObject);
  },
};
