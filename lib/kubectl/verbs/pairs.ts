import { fail } from '../session';

/** Words split into what names resources and the `key=value` and `key-` that follow. */
export interface Pairs {
  readonly resources: readonly string[];
  readonly set: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
}

/** cmdutil.GetResourcesAndPairs: resources come first, changes after. */
export function splitPairs(words: readonly string[], what: string): readonly [string[], string[]] {
  const resources: string[] = [];
  const pairs: string[] = [];
  for (const word of words) {
    const pair = word.includes('=') ? !word.startsWith('=') : word.length > 1 && word.endsWith('-');
    if (pair) pairs.push(word);
    else if (pairs.length === 0) resources.push(word);
    else throw fail(`all resources must be specified before ${what} changes: ${word}`);
  }
  return [resources, pairs];
}

/** cmdutil.ParsePairs: values may hold "=". */
export function parsePairs(words: readonly string[], what: string, removable: boolean): Pairs {
  const set = new Map<string, string>();
  const remove: string[] = [];
  const invalid: string[] = [];
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals > 0) set.set(word.slice(0, equals), word.slice(equals + 1));
    else if (removable && word.endsWith('-') && word !== '-') remove.push(word.slice(0, -1));
    else invalid.push(word);
  }
  if (invalid.length > 0) throw fail(`invalid ${what} format: ${invalid.join(', ')}`);
  return { resources: [], set, remove };
}

/** "a=b,c=d" as a map, or undefined when some part is no pair. */
export function parseLabelText(text: string): Readonly<Record<string, string>> {
  const out: Record<string, string> = {};
  for (const part of text.split(',')) {
    const pieces = part.split('=');
    if (pieces.length !== 2 || pieces[0] === '') {
      throw fail(
        pieces[0] === '' || pieces.length === 1
          ? `unexpected label spec: ${part}`
          : `invalid label spec: ${part}`,
      );
    }
    out[pieces[0] ?? ''] = pieces[1] ?? '';
  }
  return out;
}
