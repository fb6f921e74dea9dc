import type { Json } from './objects';
import type { SelectorObject } from './selectors';

/**
 * A value as Go prints it in an error message: strings quoted, numbers and booleans plain, lists and maps of strings in
 * Go syntax (`[]string{"a"}`, `map[string]string{"a":"b"}`, keys sorted), nothing as `null`.
 */
export function goValue(value: Json | undefined): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return goQuote(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[]string{${value.map(goValue).join(', ')}}`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[string]string{${entries.map(([key, each]) => `${goQuote(key)}:${goValue(each)}`).join(', ')}}`;
}

/** A map of strings, which Go prints as nil when absent. */
export function goStringMap(map: Readonly<Record<string, string>> | undefined): string {
  return map === undefined ? 'map[string]string(nil)' : goValue(map);
}

/** A list of strings, which Go prints as nil when absent. */
export function goStrings(list: readonly string[] | undefined): string {
  return list === undefined ? '[]string(nil)' : goValue(list);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** strconv.Quote. */
export function goQuote(text: string): string {
  const escaped = text.replace(/["\\\x00-\x1f\x7f]/g, (char) => {
    return ESCAPES[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `"${escaped}"`;
}

/** metav1.LabelSelector in Go syntax. */
export function goLabelSelector(selector: SelectorObject | undefined): string {
  if (selector === undefined) return 'null';
  const expressions = selector.matchExpressions?.map(
    ({ key, operator, values }) =>
      `v1.LabelSelectorRequirement{Key:${goQuote(key)}, Operator:${goQuote(operator)}, Values:${goStrings(values)}}`,
  );
  const list = expressions
    ? `[]v1.LabelSelectorRequirement{${expressions.join(', ')}}`
    : '[]v1.LabelSelectorRequirement(nil)';
  return `v1.LabelSelector{MatchLabels:${goStringMap(selector.matchLabels)}, MatchExpressions:${list}}`;
}
