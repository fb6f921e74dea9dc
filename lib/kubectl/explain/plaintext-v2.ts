import type { ApiResource } from '../../api';
import { fail } from '../session';
import { FieldPrinter, typeName } from './fields-v2';
import { type Model, type Models, modelOf } from './model-v2';
import { type GroupVersionKind, isOfKind, type OpenApiSchema, sortedNames } from './open-api-schema';
import { TextBlock } from './text-block';

/** An OpenAPI v2 document, as far as explain reads it. */
export interface DocumentV2 {
  readonly definitions?: Readonly<Record<string, OpenApiSchema>>;
}

const FIELD_INDENT = 3;
const DESCRIPTION_INDENT = 5;

/** What `explain -o plaintext-openapiv2` prints (pkg/explain of before OpenAPI v3). */
export function explainPlainlyV2(
  document: DocumentV2,
  { group, version, kind }: Pick<ApiResource, 'group' | 'version' | 'kind'>,
  path: readonly string[],
  recursive: boolean,
): string {
  const definitions = document.definitions ?? {};
  const gvk = { group, version, kind };
  const name = sortedNames(definitions).findLast((each) => isOfKind(definitions[each] ?? {}, gvk));
  if (name === undefined) throw fail(`couldn't find resource for "${group}/${version}, Kind=${kind}"`);
  const models: Models = (reference) => modelOf(definitions[reference] ?? {});
  const model = lookUp(models(name), path, models);
  return printModel(model, path.at(-1) ?? '', gvk, recursive, models);
}

/** The model at the end of a path; a primitive ends it early (pkg/explain field_lookup). */
function lookUp(model: Model, path: readonly string[], models: Models): Model {
  if (model.is === 'primitive' || model.is === 'arbitrary') return model;
  const [field, ...rest] = path;
  if (field === undefined) return model;
  if (model.is === 'reference') return lookUp(models(model.name), path, models);
  if (model.is !== 'kind') return lookUp(model.of, path, models);
  const next = Object.hasOwn(model.fields, field) ? model.fields[field] : undefined;
  if (!next) throw fail(`field "${field}" does not exist`);
  return lookUp(modelOf(next), rest, models);
}

/** pkg/explain model_printer: descriptions gather on the way through references, lists and maps. */
function printModel(
  first: Model,
  name: string,
  { group, version, kind }: GroupVersionKind,
  recursive: boolean,
  models: Models,
): string {
  const out = new TextBlock();
  const descriptions: string[] = [];
  let type = '';
  let model = first;
  while (model.is === 'reference' || model.is === 'list' || model.is === 'map') {
    descriptions.push(model.description);
    if (model.is !== 'reference' && type === '') type = typeName(model, models);
    model = model.is === 'reference' ? models(model.name) : model.of;
  }
  descriptions.push(model.description);
  if (type === '') type = typeName(model, models);
  out.write(`KIND:     ${kind}`);
  out.write(`VERSION:  ${group === '' ? '' : `${group}/`}${version}\n`);
  if (model.is === 'primitive') out.write(`FIELD:    ${name} <${type}>\n`);
  if (model.is === 'kind' && name !== '') out.write(`RESOURCE: ${name} <${type}>\n`);
  writeDescriptions(out, descriptions);
  if (model.is === 'kind') {
    out.write('\nFIELDS:');
    new FieldPrinter(out.indented(FIELD_INDENT), recursive, models).print(model);
  }
  return out.text;
}

function writeDescriptions(out: TextBlock, descriptions: readonly string[]): void {
  out.write('DESCRIPTION:');
  const inner = out.indented(DESCRIPTION_INDENT);
  for (const [index, description] of descriptions.entries()) {
    if (description === '') continue;
    if (index > 0) out.write('');
    inner.writeWrapped(description);
  }
  if (descriptions.every((each) => each === '')) inner.writeWrapped('<empty>');
}
