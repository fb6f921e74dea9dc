import type { Container } from '../../../api';
import { goJsonString } from '../../../base';
import { fail } from '../../session';
import { envNameErrors } from '../env-name';

export type EnvVar = NonNullable<Container['env']>[number];

/** What is to become of a container's variables. */
export interface EnvChange {
  readonly set: readonly EnvVar[];
  readonly remove: ReadonlySet<string>;
}

/** What is meant, and behind it the "NAME=value" and "NAME-". */
export function splitWords(words: readonly string[]): {
  readonly resources: readonly string[];
  readonly pairs: readonly string[];
} {
  const isPair = (word: string) => /^.+=/s.test(word) || word.endsWith('-');
  const first = words.findIndex(isPair);
  if (first === -1) return { resources: words, pairs: [] };
  if (!words.slice(first).every(isPair)) {
    throw fail(`all resources must be specified before environment changes: ${words.join(' ')}`);
  }
  return { resources: words.slice(0, first), pairs: words.slice(first) };
}

/** Reads "NAME=value" and "NAME-". */
export function parseWords(words: readonly string[]): EnvChange {
  const set: EnvVar[] = [];
  const remove = new Set<string>();
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals === -1) {
      if (!word.endsWith('-')) throw fail(`unknown environment variable: ${word}`);
      remove.add(word.slice(0, -1));
      continue;
    }
    const name = word.slice(0, equals);
    const wrong = envNameErrors(name);
    if (wrong.length > 0) throw fail(`${goJsonString(name)} is not a valid key name: ${wrong.join(';')}`);
    set.push({ name, value: word.slice(equals + 1) });
  }
  if (set.some(({ name }) => remove.has(name)))
    throw fail('can not both modify and remove the same environment variable in the same command');
  return { set, remove };
}
