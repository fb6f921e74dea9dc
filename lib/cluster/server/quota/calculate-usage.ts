import { type KindSpec, type ResourceQuota, resourceKey, type View } from '../../../api';
import { type Amounts, addAmounts, maskAmounts, NOTHING } from './amounts';
import { type Evaluator, scopesOf } from './evaluator';
import { evaluatorOf } from './evaluators';

/** What a quota's namespace uses of the quota's resources, counted afresh (quota.CalculateUsage). */
export function calculateUsage(
  kinds: readonly KindSpec[],
  view: View,
  quota: ResourceQuota,
  now: number,
): Amounts {
  const hard = Object.keys(quota.spec?.hard ?? {});
  return kinds.reduce<Amounts>((sum, kind) => {
    const evaluator = evaluatorOf(kind);
    const names = evaluator?.matching(hard) ?? [];
    if (!evaluator || names.length === 0) return sum;
    return addAmounts(sum, maskAmounts(usageOfKind(evaluator, names, kind, view, quota, now), hard));
  }, new Map());
}

function usageOfKind(
  evaluator: Evaluator,
  names: readonly string[],
  kind: KindSpec,
  view: View,
  quota: ResourceQuota,
  now: number,
): Amounts {
  const scopes = scopesOf(quota);
  const none: Amounts = new Map(names.map((name) => [name, NOTHING]));
  return view
    .list(resourceKey(kind), quota.metadata.namespace ?? '')
    .filter((object) => scopes.every((scope) => evaluator.matchesScope(scope, object)))
    .reduce((sum, object) => addAmounts(sum, evaluator.usage(object, now)), none);
}
