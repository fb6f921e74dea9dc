import type { ApiResource, KubeObject } from '../../api';
import { goJson, isRecord } from '../../base';
import { apiVersionOf } from '../resources/find-resource';
import type { Info } from '../resources/info';
import { fail } from '../session';
import type { ManifestDocument } from './read-manifests';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What client-side validation says of a document without kind or apiVersion (`--validate` not off). */
export function validationFailure(document: ManifestDocument): Error | undefined {
  const missing: string[] = [];
  for (const [index, value] of listItems(document.value).entries()) {
    if (!isRecord(value)) continue;
    const gone = ['apiVersion', 'kind']
      .filter((field) => text(value[field]) === '')
      .map((field) => `${field} not set`);
    if (index === 0 || gone.length > 0) missing.push(...gone);
  }
  if (missing.length === 0) return undefined;
  const what = missing.length === 1 ? missing[0] : `[${missing.join(', ')}]`;
  return fail(
    `error validating "${document.source}": error validating data: ${what}; if you choose to ignore these errors, turn validation off with --validate=false`,
  );
}

function listItems(value: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Array.isArray(value.items) && text(value.kind).endsWith('List') ? [value, ...value.items] : [value];
}

/** The objects of a document: itself, or the items of a List. */
export function flattenDocument(document: ManifestDocument): readonly ManifestDocument[] {
  const { value, source } = document;
  if (!Array.isArray(value.items) || !text(value.kind).endsWith('List')) return [document];
  return value.items.filter(isRecord).flatMap((item) => flattenDocument({ source, value: item }));
}

/** Finds the resource that a document is of; the mapper's words when there is none. */
export function documentInfo(
  document: ManifestDocument,
  known: readonly ApiResource[],
): Info | { readonly error: Error } {
  const { source, value } = document;
  const kind = text(value.kind);
  const apiVersion = text(value.apiVersion);
  if (kind === '')
    return { error: fail(`unable to decode "${source}": Object 'Kind' is missing in '${goJson(value)}'`) };
  const metadata = isRecord(value.metadata) ? value.metadata : {};
  const name = text(metadata.name);
  const namespace = text(metadata.namespace);
  const resource = known.find((each) => each.kind === kind && apiVersionOf(each) === apiVersion);
  if (!resource) {
    const head = `resource mapping not found for name: "${name}" namespace: "${namespace}" from "${source}"`;
    return {
      error: fail(
        `${head}: no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`,
      ),
    };
  }
  return { resource, name, namespace, source, object: value as unknown as KubeObject };
}
