import { enumOf, schemaOf } from '../schema';
import { enumerations } from './enumerations';
import { words } from './words';

type Words = Readonly<Record<string, string>>;

const read = new Map<string, Words>();

/** What is said of a type's fields, read when first asked for. */
function wordsOf(type: string): Words {
  const known = read.get(type);
  if (known) return known;
  const made = JSON.parse(words[type] ?? '{}') as Words;
  read.set(type, made);
  return made;
}

const SAID_BEFORE = '=';

/** The words of a field, '' being the type itself; what was said of another field before is only said to be there. */
function say(type: string, field: string): string | undefined {
  const text = wordsOf(type)[field];
  if (!text?.startsWith(SAID_BEFORE)) return text;
  const dot = text.lastIndexOf('.');
  return say(text.slice(SAID_BEFORE.length, dot), text.slice(dot + 1));
}

/** What a type is, in upstream's words. */
export function describeType(type: string): string | undefined {
  return say(type, '');
}

/** What a field means, in upstream's words, with what each of its possible values does. */
export function describeField(type: string, field: string): string | undefined {
  const text = say(type, field);
  const values = enumOf(`${type}.${field}`);
  if (values === undefined || isList(type, field)) return text;
  return `${text ?? ''}\n\n${describeValues(enumerations[values] ?? {})}`.trim();
}

/** kube-openapi tells what values mean where the field itself is one of them, not where it is a list of them. */
function isList(type: string, field: string): boolean {
  const schema = schemaOf(type);
  const inner = schema.type === 'object' ? schema.fields[field] : undefined;
  return typeof inner === 'object' && inner.type === 'array';
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
  const lines = valuesOf(values).map((value) => ` - \`"${value}"\` ${values[value] ?? ''}`.trimEnd());
  return ['Possible enum values:', ...lines].join('\n');
}
