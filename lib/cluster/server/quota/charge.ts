import type { KubeObject, ResourceQuota, Stored } from '../../../api';
import { compareQuantities } from '../../../base';
import { type Attributes, refuse } from '../admission/plugin';
import {
  type Amounts,
  addAmounts,
  excessAmounts,
  listAmounts,
  maskAmounts,
  NOTHING,
  readAmounts,
  sameAmounts,
  withoutZeros,
  writeAmounts,
} from './amounts';
import { type Evaluator, scopesOf } from './evaluator';
import { evaluatorOf } from './evaluators';

/**
 * Holds a write to the quotas of its namespace and gives those whose usage it raises, to be stored with it
 * (plugin ResourceQuota, CheckRequest).
 */
export function chargeQuotas(attributes: Attributes, object: KubeObject): readonly Stored<ResourceQuota>[] {
  const { context, kind, namespace } = attributes;
  const evaluator = namespace === '' ? undefined : evaluatorOf(kind);
  if (!evaluator?.handles(attributes)) return [];
  const quotas = context.store.list(`/resourcequotas/${namespace}/`) as readonly Stored<ResourceQuota>[];
  const pertinent = quotas.filter((quota) => isPertinent(evaluator, quota, object));
  for (const quota of pertinent) checkMeasurable(attributes, evaluator, quota, object);
  return pertinent.flatMap((quota) => {
    const delta = withoutZeros(deltaFor(attributes, evaluator, quota, object));
    return delta.size === 0 ? [] : charge(attributes, quota, object, delta);
  });
}

const hardOf = ({ status }: ResourceQuota): Amounts => readAmounts(status?.hard);
const usedOf = ({ status }: ResourceQuota): Amounts => readAmounts(status?.used);

/** Whether a quota speaks of such objects, and of this one. */
function isPertinent(evaluator: Evaluator, quota: ResourceQuota, object: KubeObject): boolean {
  return (
    evaluator.matching([...hardOf(quota).keys()]).length > 0 &&
    scopesOf(quota).every((scope) => evaluator.matchesScope(scope, object))
  );
}

function checkMeasurable(
  attributes: Attributes,
  evaluator: Evaluator,
  quota: Stored<ResourceQuota>,
  object: KubeObject,
): void {
  const names = evaluator.matching([...hardOf(quota).keys()]);
  const { name } = quota.metadata;
  const lack = evaluator.lacks(names, object);
  if (lack !== undefined) throw refuse(attributes, object, `failed quota: ${name}: ${lack}`);
  const used = usedOf(quota);
  if (names.every((each) => used.has(each))) return;
  const list = [...names].sort().join(',');
  throw refuse(attributes, object, `status unknown for quota: ${name}, resources: ${list}`);
}

/** What the write adds to what the object was charged before. */
function deltaFor(
  { old, context }: Attributes,
  evaluator: Evaluator,
  quota: ResourceQuota,
  object: KubeObject,
): Amounts {
  const now = context.clock.now();
  const usage = evaluator.usage(object, now);
  const wasCharged = old !== undefined && isPertinent(evaluator, quota, old);
  return wasCharged ? excessAmounts(usage, evaluator.usage(old, now)) : usage;
}

function charge(
  attributes: Attributes,
  quota: Stored<ResourceQuota>,
  object: KubeObject,
  delta: Amounts,
): readonly Stored<ResourceQuota>[] {
  const [hard, used] = [hardOf(quota), usedOf(quota)];
  const requested = maskAmounts(delta, hard.keys());
  const next = addAmounts(used, requested);
  const exceeded = [...requested.keys()].filter(
    (name) => compareQuantities(next.get(name) ?? NOTHING, hard.get(name) ?? NOTHING) > 0,
  );
  if (attributes.subresource !== 'status' && exceeded.length > 0) {
    const list = (amounts: Amounts): string => listAmounts(maskAmounts(amounts, exceeded));
    throw refuse(
      attributes,
      object,
      `exceeded quota: ${quota.metadata.name}, requested: ${list(requested)}, used: ${list(used)}, limited: ${list(hard)}`,
    );
  }
  if (sameAmounts(next, used)) return [];
  return [{ ...quota, status: { ...quota.status, used: writeAmounts(next) } }];
}
