import type { PodDisruptionBudget } from '../../../api';

/** What is told of a budget whose Pods have no controller; the selector as Go prints it. */
export function unmanagedMessage(budget: PodDisruptionBudget): string {
  const { matchLabels, matchExpressions } = budget.spec?.selector ?? {};
  const labels = `map[string]string{${Object.entries(matchLabels ?? {})
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}: ${value},`)
    .join('')}}`;
  const expressions = (matchExpressions ?? []).map(
    ({ key, operator, values = [] }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],},`,
  );
  const selector = `&LabelSelector{MatchLabels:${labels},MatchExpressions:[]LabelSelectorRequirement{${expressions.join('')}},}`;
  return `Pods selected by this PodDisruptionBudget (selector: ${selector}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`;
}
