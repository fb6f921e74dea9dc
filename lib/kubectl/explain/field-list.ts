import { type OpenApiSchema, sortedNames } from './open-api-schema';
import { indentLines, wrapWords } from './wrap-words';

type Resolve = (schema: OpenApiSchema) => OpenApiSchema;

interface Walk {
  readonly resolve: Resolve;
  readonly recursive: boolean;
  readonly level: number;
  /** References followed on the way here, against going round in circles. */
  readonly seen: readonly string[];
}

const FIELD_WIDTH = 78;
const BLANKS_PER_LEVEL = 2;
/** So many values of an enumeration are listed beside a field. */
const ENUM_LIMIT = 4;

/** The template "fieldList": each field with its type and, unless recursive, its description. */
export function printFields(schema: OpenApiSchema, walk: Walk): string {
  const { $ref = '' } = schema;
  const { resolve, recursive, level, seen } = walk;
  if ($ref !== '' && seen.includes($ref)) return '';
  const next = { ...walk, seen: [...seen, $ref] };
  const resolved = resolve(schema);
  const { properties = {}, allOf = [], items, additionalProperties } = resolved;
  const own = sortedNames(properties).map((name) => {
    const inner = recursive ? printFields(properties[name] ?? {}, { ...next, level: level + 1 }) : '';
    return fieldDetail(resolved, name, walk) + inner;
  });
  const parts = [...allOf, ...(items ? [items] : []), ...asSchema(additionalProperties)];
  return [...own, ...parts.map((each) => printFields(each, next))].join('');
}

const asSchema = (value: OpenApiSchema | boolean | undefined): readonly OpenApiSchema[] =>
  typeof value === 'object' ? [value] : [];

/** The template "fieldDetail". */
function fieldDetail(owner: OpenApiSchema, name: string, { resolve, recursive, level }: Walk): string {
  const indent = level * BLANKS_PER_LEVEL;
  const field = owner.properties?.[name] ?? {};
  const required = owner.required?.includes(name) ? ' -required-' : '';
  const line = `${indentLines(name, indent)}\t<${typeGuess(field, resolve)}>${required}${shortEnum(field, indent)}\n`;
  if (recursive) return line;
  const words = wrapWords(field.description || '<no description>', FIELD_WIDTH - indent);
  return `${line}${indentLines(words, indent + BLANKS_PER_LEVEL)}\n\n`;
}

/** The template "description": a schema's own words, then those of all that it is made of. */
export function printDescription(schema: OpenApiSchema, resolve: Resolve): string {
  const { description = '', allOf = [], items, additionalProperties } = resolve(schema);
  const parts = [...allOf, ...(items ? [items] : []), ...asSchema(additionalProperties)];
  const own = description === '' ? '' : `${description}\n`;
  return own + parts.map((each) => printDescription(each, resolve)).join('');
}

/** The template "typeGuess": `string`, `[]Container`, `map[string]string`. */
export function typeGuess(schema: OpenApiSchema, resolve: Resolve): string {
  const { items, additionalProperties, allOf, properties, $ref, type } = schema;
  if (items) return `[]${typeGuess(items, resolve)}`;
  if (typeof additionalProperties === 'object')
    return `map[string]${typeGuess(additionalProperties, resolve)}`;
  const [base] = allOf ?? [];
  if (base && allOf?.length === 1 && !properties) return typeGuess(base, resolve);
  if ($ref !== undefined) {
    const target = resolve(schema);
    const known = target === schema ? undefined : target.type;
    if (known !== undefined && known !== 'object') return known;
    return $ref.split('/').at(-1)?.split('.').at(-1) || 'Object';
  }
  return type === undefined || type === 'object' ? 'Object' : type;
}

const valueText = (value: unknown): string => (value === '' ? '""' : String(value));

function shortEnum({ enum: values = [] }: OpenApiSchema, indent: number): string {
  if (values.length === 0) return '';
  const shown = values.slice(0, ENUM_LIMIT).map(valueText).join(', ');
  return `\n${' '.repeat(indent)}enum: ${shown}${values.length > ENUM_LIMIT ? ', ....' : ''}`;
}

/** All values of a field's enumeration, one a line. */
export function printLongEnum({ enum: values = [] }: OpenApiSchema): string {
  return values.length === 0 ? '' : `ENUM:${values.map((value) => `\n    ${valueText(value)}`).join('')}`;
}
