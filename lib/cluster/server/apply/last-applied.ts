import type { KubeObject, Schema } from '../../../api';
import { canonicalJson, isRecord } from '../../../base';
import { apiVersionOf } from '../registry';
import { checkApplied } from './check-applied';
import { compareFields } from './compare-fields';
import { type FieldSet, subtract } from './field-set';
import { fieldSetOf } from './field-set-of';
import { shapeOf } from './shape';
import { withoutManagers } from './writing';

const ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';
/** All annotations of an object together (ValidateAnnotationsSize). */
const MAX_ANNOTATION_BYTES = 256 * 1024;

/** The manager for whom the annotation of client-side apply counts and is kept up to date. */
export const KUBECTL = 'kubectl';

interface Kind {
  readonly group: string;
  readonly version: string;
  readonly schema: Schema;
}

/**
 * Fields that client-side apply set and that still are as it set them: kubectl's first server-side apply takes these
 * over without a conflict (allowedConflictsFromLastApplied). undefined: there is nothing to go by.
 */
export function fieldsOfLastApply(kind: Kind, live: KubeObject): FieldSet | undefined {
  const text = live.metadata.annotations?.[ANNOTATION];
  const last = text ? parse(text) : undefined;
  if (!isRecord(last) || last.apiVersion !== apiVersionOf(kind)) return undefined;
  if (checkApplied(last, kind.schema) !== undefined) return undefined;
  const shape = shapeOf(kind.schema);
  const { modified, added, removed } = compareFields(last, withoutManagers(live), shape);
  return [modified, added, removed].reduce(subtract, fieldSetOf(last, shape));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The annotation as of this configuration, where the object has one (lastAppliedUpdater). */
export function withLastApplied<T extends KubeObject>(object: T, applied: KubeObject): T {
  const { annotations } = object.metadata;
  if (!annotations?.[ANNOTATION]) return object;
  const { [ANNOTATION]: _old, ...others } = annotations;
  const next = { ...others, [ANNOTATION]: `${encode(withoutAnnotation(applied))}\n` };
  const kept = sizeOf(next) > MAX_ANNOTATION_BYTES ? others : next;
  return { ...object, metadata: { ...object.metadata, annotations: kept } };
}

function withoutAnnotation(applied: KubeObject): KubeObject {
  const { annotations } = applied.metadata;
  if (!annotations) return applied;
  const { [ANNOTATION]: _own, ...others } = annotations;
  return { ...applied, metadata: { ...applied.metadata, annotations: others } };
}

/** As Go's encoder writes it, which takes care that JSON can stand in HTML. */
const encode = (value: unknown): string =>
  canonicalJson(value).replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);

const sizeOf = (annotations: Readonly<Record<string, string>>): number =>
  Object.entries(annotations).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
