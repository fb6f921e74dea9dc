import { parseAllDocuments, stringify } from 'yaml';
import { isRecord } from '../../../base';
import type { ScriptPart } from '../script-parts';

/** An object as a manifest has it. */
export type Manifest = Readonly<Record<string, unknown>> & {
  readonly kind: string;
  readonly metadata: { readonly name?: string; readonly namespace?: string };
  readonly spec?: Readonly<Record<string, unknown>>;
};

/** The objects of a here-document; undefined when it holds anything else. */
export function manifestsIn({ document }: ScriptPart): readonly Manifest[] | undefined {
  if (document === undefined) return undefined;
  const read = parseAllDocuments(document.text);
  if (!Array.isArray(read)) return undefined;
  const objects: Manifest[] = [];
  for (const each of read) {
    if (each.errors.length > 0) return undefined;
    const value: unknown = each.toJS();
    if (value === null) continue;
    if (!isManifest(value)) return undefined;
    objects.push(value);
  }
  return objects.length > 0 ? objects : undefined;
}

const isManifest = (value: unknown): value is Manifest =>
  isRecord(value) &&
  typeof value.kind === 'string' &&
  typeof value.apiVersion === 'string' &&
  isRecord(value.metadata);

/** The part with other objects in its here-document. */
export function withManifests(part: ScriptPart, objects: readonly unknown[]): ScriptPart {
  const text = objects.map((object) => stringify(object, { aliasDuplicateObjects: false })).join('---\n');
  return { ...part, document: { end: part.document?.end ?? 'END', text: text.trimEnd() } };
}
