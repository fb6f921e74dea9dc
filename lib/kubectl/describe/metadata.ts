import type { ObjectMeta, PodSpec } from '../../api';
import { LAST_APPLIED } from '../verbs/last-applied';
import type { Page } from './page';

/** Longest annotation shown on one line. */
export const ANNOTATION_MAX = 140;

type Labels = Readonly<Record<string, string>> | undefined;

/** "Labels:" and one line each, or "<none>". */
export function writeLabels(page: Page, title: string, labels: Labels): void {
  writeList(
    page,
    title,
    Object.keys(labels ?? {})
      .sort()
      .map((key) => `${key}=${labels?.[key] ?? ''}`),
  );
}

/** "Title:" and one line an item, or "<none>". */
export function writeList(page: Page, title: string, items: readonly string[]): void {
  if (items.length === 0) page.write(0, `${title}:\t<none>\n`);
  items.forEach((item, index) => {
    page.write(0, `${index === 0 ? `${title}:` : ''}\t${item}\n`);
  });
}

/** The annotations but apply's own; long ones under their key, shortened. */
export function writeAnnotations(page: Page, title: string, annotations: Labels): void {
  const keys = Object.keys(annotations ?? {})
    .filter((key) => key !== LAST_APPLIED)
    .sort();
  page.write(0, `${title}:\t`);
  if (keys.length === 0) page.write(0, '<none>\n');
  keys.forEach((key, index) => {
    if (index > 0) page.write(0, '\t');
    const value = (annotations?.[key] ?? '').replace(/\n$/, '');
    if (value.length + key.length + 2 <= ANNOTATION_MAX && !value.includes('\n')) {
      page.write(0, `${key}: ${value}\n`);
      return;
    }
    page.write(0, `${key}:\n`);
    for (const line of value.split('\n')) page.write(0, `\t  ${shorten(line, ANNOTATION_MAX - 2)}\n`);
  });
}

/** `text` as far as it is shown. */
export const shorten = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most)}...` : text;

/** The four lines that most pages start with. */
export function writeHead(page: Page, metadata: ObjectMeta): void {
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace);
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
}

/** "Kind/name" of the controller, or ''. */
export function controllerText(metadata: ObjectMeta): string {
  const owner = metadata.ownerReferences?.find((each) => each.controller);
  return owner ? `${owner.kind}/${owner.name}` : '';
}

/** "Tolerations:" sorted by key. */
export function writeTolerations(page: Page, title: string, tolerations: PodSpec['tolerations']): void {
  const sorted = (tolerations ?? []).toSorted((a, b) =>
    (a.key ?? '') < (b.key ?? '') ? -1 : (a.key ?? '') > (b.key ?? '') ? 1 : 0,
  );
  writeList(
    page,
    title,
    sorted.map((each) => {
      const value = each.value ? `=${each.value}` : '';
      const effect = each.effect ? `:${each.effect}` : '';
      const named = each.key || each.effect;
      const exists = each.operator === 'Exists' && !each.value ? `${named ? ' ' : ''}op=Exists` : '';
      const seconds = each.tolerationSeconds === undefined ? '' : ` for ${each.tolerationSeconds}s`;
      return `${each.key ?? ''}${value}${effect}${exists}${seconds}`;
    }),
  );
}
