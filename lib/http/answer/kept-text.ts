import type { KubeList, KubeObject } from '../../api';
import { jsonText } from './answers';

/**
 * JSON of what never changes, made once: objects of the store are listed again and again, and each change is told to all of
 * its watchers. Texts go when their objects do.
 */
function keepText<T extends object>(make: (value: T) => string): (value: T) => string {
  const kept = new WeakMap<T, string>();
  return (value) => {
    const known = kept.get(value);
    if (known !== undefined) return known;
    const text = make(value);
    kept.set(value, text);
    return text;
  };
}

const compact = (value: unknown): string => jsonText(value, false).trimEnd();

/** What an item of a list is, is said once, of the list (Go's types of items carry no TypeMeta there). */
export const listItem = ({ apiVersion: _version, kind: _kind, ...rest }: KubeObject): object => rest;

const itemText = keepText((item: KubeObject) => compact(listItem(item)));
const objectText = keepText((object: object) => compact(object));

/** A list as Go's encoder writes it. */
export function listText({ items, ...list }: KubeList): string {
  const head = compact(list).slice(0, -1);
  return `${head},"items":[${items.map(itemText).join(',')}]}\n`;
}

/** One event of a watch, a line. */
export const eventText = (type: string, object: object): string =>
  `{"type":${JSON.stringify(type)},"object":${objectText(object)}}\n`;
