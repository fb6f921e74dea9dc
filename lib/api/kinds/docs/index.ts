import { enumOf } from '../schema';
import { allDocs } from './all-docs';
import { listFields } from './docs';
import { enumerations } from './enumerations';

/** The kind of a list type such as "PodList"; undefined for a type with words of its own. */
const listedKind = (type: string): string | undefined =>
  !Object.hasOwn(allDocs, type) && type.endsWith('List') ? type.slice(0, -'List'.length) : undefined;

/** What a type is. */
export function describeType(type: string): string | undefined {
  const kind = listedKind(type);
  if (kind === undefined) return allDocs[type]?.description;
  const name = kind.slice(kind.lastIndexOf('.') + 1);
  return `${name}List holds ${name} objects.`;
}

/** What a field means, with what each of its possible values does. */
export function describeField(type: string, field: string): string | undefined {
  const words = listedKind(type) === undefined ? allDocs[type]?.fields[field] : listFields[field];
  const values = enumOf(`${type}.${field}`);
  return values === undefined
    ? words
    : `${words ?? ''}\n\n${describeValues(enumerations[values] ?? {})}`.trim();
}

/** The possible values of a field, sorted as kube-openapi sorts them; undefined when anything may be said. */
export function enumerationOf(path: string): readonly string[] | undefined {
  const name = enumOf(path);
  return name === undefined ? undefined : valuesOf(enumerations[name] ?? {});
}

/** By the quoted text, in which the closing quote comes before "+" and "-". */
const valuesOf = (values: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(values).sort((a, b) => (`"${a}"` < `"${b}"` ? -1 : 1));

/** kube-openapi's paragraph about an enumeration. */
function describeValues(values: Readonly<Record<string, string>>): string {
  const lines = valuesOf(values).map((value) => ` - \`"${value}"\` ${values[value] ?? ''}`);
  return ['Possible enum values:', ...lines].join('\n');
}
