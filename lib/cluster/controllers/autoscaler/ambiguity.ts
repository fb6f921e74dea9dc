import {
  type HorizontalPodAutoscaler,
  type LabelSelector,
  matchesLabels,
  type Pod,
  type Stored,
  type View,
} from '../../../api';
import { findTarget, type Target } from './target';

const AUTOSCALERS = 'horizontalpodautoscalers.autoscaling';

/** Why it is not clear which Pods are the autoscaler's own. */
export interface Ambiguity {
  readonly reason: string;
  readonly condition: string;
  readonly error: string;
  readonly message: string;
}

/** validateAndParseSelector: the target must select Pods, and no Pod may be another autoscaler's as well. */
export function ambiguity(
  view: View,
  autoscaler: Stored<HorizontalPodAutoscaler>,
  { selector, selectorText }: Target,
  pods: readonly Stored<Pod>[],
): Ambiguity | undefined {
  if (selectorText === '') {
    return {
      reason: 'SelectorRequired',
      condition: 'InvalidSelector',
      error: 'selector is required',
      message: "the HPA target's scale is missing a selector",
    };
  }
  const { namespace = '' } = autoscaler.metadata;
  const own = pods.filter((pod) => matches(selector, pod));
  const others = view.list<HorizontalPodAutoscaler>(AUTOSCALERS, namespace).filter((each) => {
    const target = findTarget(view, namespace, each.spec?.scaleTargetRef ?? { kind: '', name: '' });
    return !('failure' in target) && own.some((pod) => matches(target.selector, pod));
  });
  if (others.length < 2) return undefined;
  const named = others.map(({ metadata }) => `{${metadata.name} ${namespace}}`).join(' ');
  const message = `pods by selector ${selectorText} are controlled by multiple HPAs: [${named}]`;
  return { reason: 'AmbiguousSelector', condition: 'AmbiguousSelector', error: message, message };
}

const matches = (selector: LabelSelector, pod: Stored<Pod>): boolean =>
  matchesLabels(selector, pod.metadata.labels);
