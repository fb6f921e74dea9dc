import { isRecord } from '../base';
import type { Json } from './objects';
import type { SelectorObject } from './selectors';

/**
 * A bad value as field.Error's ErrorBody() prints it since v1.34: strings quoted as Go quotes them, numbers and booleans
 * plain, all else as JSON.
 */
export function goValue(value: Json | undefined): string {
  return typeof value === 'string' ? goQuote(value) : goJson(value);
}

/** A value as json.Marshal writes it: the keys of maps sorted, some characters escaped for the sake of HTML. */
export function goJson(value: unknown): string {
  const text = JSON.stringify(value ?? null, (_key, each: unknown) => (isRecord(each) ? sorted(each) : each));
  return escapeHtml(text);
}

/** The same for a struct, whose fields come in the order in which Go declares them. */
export const goStruct = (fields: Readonly<Record<string, unknown>>): string =>
  escapeHtml(JSON.stringify(fields));

const sorted = (map: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

const HTML: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

const escapeHtml = (json: string): string => json.replace(/[<>&\u2028\u2029]/g, (char) => HTML[char] ?? char);

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

/** metav1.LabelSelector as JSON. */
export function goLabelSelector(selector: SelectorObject | undefined): string {
  if (selector === undefined) return 'null';
  const { matchLabels, matchExpressions } = selector;
  return goStruct({
    ...(matchLabels && Object.keys(matchLabels).length > 0 ? { matchLabels: sorted(matchLabels) } : {}),
    ...(matchExpressions && matchExpressions.length > 0
      ? { matchExpressions: matchExpressions.map(({ key, operator, values }) => ({ key, operator, values })) }
      : {}),
  });
}
