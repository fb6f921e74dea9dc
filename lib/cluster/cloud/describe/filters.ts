import type { Json, JsonObject } from '../../../api';
import { isRecord } from '../../../base';
import { AwsError } from './refusal';

/** Something that EC2's filters can be asked about. */
export interface Filterable<T> {
  readonly of: T;
  readonly tags: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
}

/** Those that pass every filter: one of its values each, with * and ? standing for any letters and any letter. */
export function filtered<T>(
  all: readonly Filterable<T>[],
  { Filters }: JsonObject,
): readonly Filterable<T>[] {
  if (!Array.isArray(Filters)) return all;
  const filters = Filters.map(readFilter);
  return all.filter((each) => filters.every(({ name, values }) => passes(each, name, values)));
}

function readFilter(filter: Json): { readonly name: string; readonly values: readonly string[] } {
  const { Name, Values } = isRecord(filter) ? filter : {};
  return { name: String(Name), values: Array.isArray(Values) ? Values.map(String) : [] };
}

function passes<T>({ tags, values }: Filterable<T>, name: string, wanted: readonly string[]): boolean {
  const matches = (value: string | undefined): boolean =>
    value !== undefined && wanted.some((pattern) => asExpression(pattern).test(value));
  if (name.startsWith('tag:')) return matches(tags[name.slice(4)]);
  if (name === 'tag-key') return Object.keys(tags).some(matches);
  if (name in values) return matches(values[name]);
  throw new AwsError('InvalidParameterValue', `The filter '${name}' is invalid`);
}

function asExpression(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`);
}
