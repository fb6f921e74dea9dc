import type { KubeObject, LimitRange, PersistentVolumeClaim, Pod, Stored } from '../../../../api';
import type { Quantity } from '../../../../base';
import { type Amounts, type AmountTexts, readAmounts } from '../../quota/amounts';
import { allContainers, podAmounts } from '../../quota/pod-amounts';
import { type Attributes, aggregate, isAbout, type Plugin, refuse } from '../plugin';
import { type Measured, maxProblem, maxRequestProblem, minProblem, ratioProblem } from './constraints';
import { fillContainers } from './container-defaults';

type Item = NonNullable<LimitRange['spec']>['limits'][number];
type Check = (type: string, name: string, enforced: Quantity, measured: Measured) => string | undefined;

/** Gives Pods the defaults of their namespace's LimitRanges and holds Pods and claims to the bounds (LimitRanger). */
export const limitRanger: Plugin = {
  name: 'LimitRanger',
  admit(attributes, object) {
    if (!isAbout(attributes, '', 'pods') || attributes.operation !== 'CREATE') return object;
    return rangesOf(attributes).reduce<KubeObject>((pod, range) => fillContainers(range, pod as Pod), object);
  },
  validate(attributes, object) {
    const problemsOf = judgeFor(attributes, object);
    if (problemsOf === undefined) return [];
    for (const range of rangesOf(attributes)) {
      const problems = (range.spec?.limits ?? []).flatMap(problemsOf);
      if (problems.length > 0) throw refuse(attributes, object, aggregate(problems));
    }
    return [];
  },
};

const rangesOf = ({ context, namespace }: Attributes): readonly Stored<LimitRange>[] =>
  context.store.list(`/limitranges/${namespace}/`) as readonly Stored<LimitRange>[];

/** Pods are judged when they are made, since their containers stay as they are; claims also when they change. */
function judgeFor(
  attributes: Attributes,
  object: KubeObject,
): ((item: Item) => readonly string[]) | undefined {
  if (isAbout(attributes, '', 'pods') && attributes.operation === 'CREATE') {
    return (item) => podProblems(item, object as Pod);
  }
  if (isAbout(attributes, '', 'persistentvolumeclaims')) {
    return (item) => claimProblems(item, object as PersistentVolumeClaim);
  }
  return undefined;
}

/** PodValidateLimitFunc. */
function podProblems(item: Item, pod: Pod): readonly string[] {
  if (item.type === 'Pod') {
    const measured = { requests: podAmounts(pod.spec, 'requests'), limits: podAmounts(pod.spec, 'limits') };
    return problems(item, measured);
  }
  if (item.type !== 'Container') return [];
  return allContainers(pod).flatMap(({ resources }) =>
    problems(item, { requests: readAmounts(resources?.requests), limits: readAmounts(resources?.limits) }),
  );
}

function problems(item: Item, measured: Measured): readonly string[] {
  const check = (amounts: AmountTexts | undefined, rule: Check): readonly string[] =>
    inOrder(readAmounts(amounts)).flatMap(
      ([name, enforced]) => rule(item.type, name, enforced, measured) ?? [],
    );
  return [
    ...check(item.min, minProblem),
    ...check(item.max, maxProblem),
    ...check(item.maxLimitRequestRatio, ratioProblem),
  ];
}

/** Upstream goes through a Go map, in no order; by name is as good as any, and always the same. */
const inOrder = (amounts: Amounts): readonly (readonly [string, Quantity])[] =>
  [...amounts].sort(([a], [b]) => (a < b ? -1 : 1));

/** PersistentVolumeClaimValidateLimitFunc: claims have requests alone. */
function claimProblems(item: Item, claim: PersistentVolumeClaim): readonly string[] {
  if (item.type !== 'PersistentVolumeClaim') return [];
  const requests = readAmounts(claim.spec?.resources?.requests);
  const measured: Measured = { requests, limits: new Map() };
  return [
    ...inOrder(readAmounts(item.min)).flatMap(
      ([name, enforced]) => minProblem(item.type, name, enforced, measured) ?? [],
    ),
    ...inOrder(readAmounts(item.max)).flatMap(
      ([name, enforced]) => maxRequestProblem(item.type, name, enforced, requests) ?? [],
    ),
  ];
}
