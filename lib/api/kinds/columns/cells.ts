import type { LabelSelectorField } from '../validation';

/** labels.FormatLabels: "a=b,c=d" in order of keys, "<none>" without any. */
export function formatLabels(labels: Readonly<Record<string, string>> | undefined): string {
  const entries = Object.entries(labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? '<none>' : entries.map(([key, value]) => `${key}=${value}`).join(',');
}

/** metav1.FormatLabelSelector: "a=b,c in (d,e)"; "<none>" for an empty one. */
export function formatLabelSelector(selector: LabelSelectorField | undefined): string {
  if (!selector) return '<none>';
  const equal = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => ({
    key,
    text: `${key}=${value}`,
  }));
  const others = (selector.matchExpressions ?? []).map(({ key, operator, values }) => {
    const list = [...(values ?? [])].sort().join(',');
    if (operator === 'Exists') return { key, text: key };
    if (operator === 'DoesNotExist') return { key, text: `!${key}` };
    return { key, text: `${key} ${operator === 'In' ? 'in' : 'notin'} (${list})` };
  });
  const all = [...equal, ...others].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return all.length === 0 ? '<none>' : all.map(({ text }) => text).join(',');
}

/** Names and images of a template's containers, joined by commas. */
export function containerCells(
  containers: readonly { readonly name: string; readonly image?: string | undefined }[] | undefined,
): { readonly names: string; readonly images: string } {
  const list = containers ?? [];
  return {
    names: list.map(({ name }) => name).join(','),
    images: list.map(({ image }) => image ?? '').join(','),
  };
}
