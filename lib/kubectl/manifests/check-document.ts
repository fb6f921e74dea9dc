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

/** What kubectl, which reads labels and annotations itself, says of one that is no text. */
function oddMetadata(metadata: Readonly<Record<string, unknown>>): string | undefined {
  for (const field of ['annotations', 'labels']) {
    const values = metadata[field];
    if (!isRecord(values)) continue;
    const odd = Object.values(values).find((each) => typeof each !== 'string' && each !== null);
    if (odd === undefined) continue;
    const type = Array.isArray(odd) ? 'array' : typeof odd === 'boolean' ? 'bool' : typeof odd;
    return `json: cannot unmarshal ${type} into Go struct field ObjectMeta.metadata.${field} of type string`;
  }
  return undefined;
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
  const odd = oddMetadata(metadata);
  if (odd !== undefined) return { error: fail(`unable to decode "${source}": ${odd}`) };
  const name = text(metadata.name);
  const namespace = text(metadata.namespace);
  const resource = known.find(
    (each) => (each.kind === kind || each.kind.toLowerCase() === kind) && apiVersionOf(each) === apiVersion,
  );
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
