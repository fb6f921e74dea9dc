import type { SelectorObject } from '../../api';

/** A metav1.LabelSelector as Go prints it; "nil" when there is none. */
export function selectorString(selector: SelectorObject | undefined): string {
  if (selector === undefined) return 'nil';
  const labels = `map[string]string{${Object.entries(selector.matchLabels ?? {})
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}: ${value},`)
    .join('')}}`;
  const expressions = (selector.matchExpressions ?? []).map(
    ({ key, operator, values = [] }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],},`,
  );
  return `&LabelSelector{MatchLabels:${labels},MatchExpressions:[]LabelSelectorRequirement{${expressions.join('')}},}`;
}
