import type { KubeObject } from '../../api';
import { goJson, isRecord } from '../../base';

/** The annotation in which client-side apply remembers what it was given. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object as given, with an empty or other annotations map: what an apply compares with what was applied last. */
export function withoutLastApplied(object: KubeObject): KubeObject {
  const { [LAST_APPLIED]: _dropped, ...annotations } = object.metadata.annotations ?? {};
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** The object as the annotation holds it: one line of JSON. */
export const configurationOf = (object: KubeObject): string => `${goJson(withoutLastApplied(object))}\n`;

/** The object with the annotation set to its own configuration. */
export function withLastApplied(object: KubeObject): KubeObject {
  const annotations = { ...object.metadata.annotations, [LAST_APPLIED]: configurationOf(object) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** What was applied last, or undefined when the object has no such annotation. */
export function lastApplied(object: KubeObject): Readonly<Record<string, unknown>> | undefined {
  const text = object.metadata.annotations?.[LAST_APPLIED];
  if (text === undefined) return undefined;
  const parsed: unknown = JSON.parse(text);
  return isRecord(parsed) ? parsed : undefined;
}
