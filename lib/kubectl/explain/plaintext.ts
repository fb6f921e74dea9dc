import type { ResourceRef } from '../../api';
import { fail } from '../session';
import { printDescription, printFields, printLongEnum, typeGuess } from './field-list';
import { type GroupVersionKind, isOfKind, type OpenApiSchema, sortedNames } from './open-api-schema';
import { indentLines, wrapWords } from './wrap-words';

/** An OpenAPI v3 document, as far as explain reads it. */
export interface DocumentV3 {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, OpenApiSchema>> };
}

/** Finds the definition behind a `$ref`. */
export type Resolve = (schema: OpenApiSchema) => OpenApiSchema;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const DESCRIPTION_WIDTH = 76;
const DESCRIPTION_INDENT = 4;

/** What `explain` prints (pkg/explain/v2/templates/plaintext.tmpl): the head first, for it stays when the rest fails. */
export function* explainPlainly(
  document: DocumentV3,
  ref: ResourceRef,
  path: readonly string[],
  recursive: boolean,
): Generator<string> {
  const kind = kindOf(document, ref);
  if (!kind) throw fail(`error: GVR (${gvrText(ref)}) not found in OpenAPI schema`);
  const group = kind.group === '' ? '' : `GROUP:      ${kind.group}\n`;
  yield `${group}KIND:       ${kind.kind}\nVERSION:    ${kind.version}\n\n`;
  const schemas = document.components?.schemas ?? {};
  const name = sortedNames(schemas).find((each) => isOfKind(schemas[each] ?? {}, kind));
  if (name === undefined) throw fail(`error: GVK ${gvkText(kind)} not found in OpenAPI schema`);
  const resolve = resolver(schemas);
  const text = describe(schemas[name] ?? {}, path, { resolve, recursive, seen: [] });
  if (text === '') throw fail(`error: field "${path.at(-1)}" does not exist`);
  yield `${text}\n`;
}

/** schema.GroupVersionResource's String(). */
export const gvrText = ({ group, version, resource }: ResourceRef): string =>
  `${group}/${version}, Resource=${resource}`;

const gvkText = ({ group, kind, version }: GroupVersionKind): string =>
  `map[group:${group} kind:${kind} version:${version}]`;

function kindOf(
  document: DocumentV3,
  { group, version, resource }: ResourceRef,
): GroupVersionKind | undefined {
  const root = `${group === '' ? '/api' : `/apis/${group}`}/${version}`;
  const bases = [`${root}/${resource}`, `${root}/namespaces/{namespace}/${resource}`];
  let found: GroupVersionKind | undefined;
  for (const path of bases.flatMap((base) => [base, `${base}/{name}`])) {
    const item = document.paths?.[path] ?? {};
    const operation = METHODS.map((method) => item[method] as OpenApiSchema | undefined).find(
      (each) => each?.['x-kubernetes-group-version-kind'] !== undefined,
    );
    if (operation) found = operation['x-kubernetes-group-version-kind'] as GroupVersionKind;
  }
  return found;
}

const REF_PREFIX = '#/components/schemas/';

const resolver =
  (schemas: Readonly<Record<string, OpenApiSchema>>): Resolve =>
  (schema) =>
    (schema.$ref?.startsWith(REF_PREFIX) ? schemas[schema.$ref.slice(REF_PREFIX.length)] : undefined) ??
    schema;

interface Walk {
  readonly resolve: Resolve;
  readonly recursive: boolean;
  /** References followed since the last field, against going round in circles. */
  readonly seen: readonly string[];
}

/** The template "output": the field at a path, '' when there is none. */
function describe(schema: OpenApiSchema, path: readonly string[], walk: Walk): string {
  const { resolve, recursive, seen } = walk;
  const resolved = resolve(schema);
  const [field, ...rest] = path;
  if (field === undefined) {
    const words = wrapWords(printDescription(schema, resolve) || '<empty>', DESCRIPTION_WIDTH);
    const fields = printFields(resolved, { resolve, recursive, level: 1, seen: [] });
    const list = fields === '' ? '' : `FIELDS:\n${fields}`;
    return `DESCRIPTION:\n${indentLines(words, DESCRIPTION_INDENT)}\n${list}`;
  }
  const { $ref = '' } = schema;
  if ($ref !== '' && seen.includes($ref)) return '';
  const next = { ...walk, seen: [...seen, $ref] };
  const inner =
    resolved.properties && Object.hasOwn(resolved.properties, field) ? resolved.properties[field] : undefined;
  if (inner) {
    const head =
      rest.length === 0 ? `FIELD: ${field} <${typeGuess(inner, resolve)}>\n${printLongEnum(inner)}\n\n` : '';
    return head + describe(inner, rest, { ...walk, seen: [] });
  }
  if (resolved.items) return describe(resolved.items, path, next);
  if (typeof resolved.additionalProperties === 'object')
    return describe(resolved.additionalProperties, path, next);
  for (const each of resolved.allOf ?? []) {
    const text = describe(each, path, next);
    if (text !== '') return text;
  }
  return '';
}
