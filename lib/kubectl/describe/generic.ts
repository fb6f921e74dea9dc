import type { Event, KubeObject } from '../../api';
import { isRecord } from '../../base';
import { goValueText } from '../jsonpath';
import { writeEvents } from './events';
import { writeHead } from './metadata';
import { Page } from './page';

const ACRONYMS = new Set(['API', 'URL', 'UID', 'OSB', 'GUID']);
const SHOWN_ABOVE = new Set([
  '.metadata.managedFields',
  '.metadata.name',
  '.metadata.namespace',
  '.metadata.labels',
  '.metadata.annotations',
]);

/** `describe` of a kind without a page of its own: every field under a readable label. */
export function describeGeneric(
  object: KubeObject,
  events: readonly Event[] | undefined,
  now: number,
): string {
  const page = new Page();
  writeHead(page, object.metadata);
  writeContent(page, 0, object as unknown as Readonly<Record<string, unknown>>, '');
  if (events) writeEvents(page, events, now);
  return page.text();
}

function writeContent(
  page: Page,
  level: number,
  content: Readonly<Record<string, unknown>>,
  path: string,
): void {
  for (const field of Object.keys(content).sort()) {
    const value = content[field];
    const here = `${path}.${field}`;
    if (value === undefined || SHOWN_ABOVE.has(here)) continue;
    const label = readable(field);
    if (isRecord(value)) {
      page.write(level, `${label}:\n`);
      writeContent(page, level + 1, value, here);
    } else if (Array.isArray(value)) {
      page.write(level, `${label}:\n`);
      for (const child of value) {
        if (isRecord(child)) writeContent(page, level + 1, child, here);
        else page.write(level + 1, `${goValueText(child)}\n`);
      }
    } else page.write(level, `${label}:\t${goValueText(value)}\n`);
  }
}

/** "creationTimestamp" as "Creation Timestamp"; what has other signs than letters and dashes is left as it is. */
function readable(field: string): string {
  if (/[^\p{L}-]/u.test(field)) return field;
  const words = field.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^A-Za-z\d_]+/g) ?? [field];
  return words
    .map((word) =>
      ACRONYMS.has(word.toUpperCase()) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join(' ');
}
