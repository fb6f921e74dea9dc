/** Which kind an operation is about. */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

export type Method = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch';

/** One operation, as both OpenAPI versions tell it. Types are named as `schemaOf` names them. */
export interface Operation {
  readonly method: Method;
  readonly id: string;
  readonly description: string;
  readonly action?: string;
  readonly gvk?: GroupVersionKind;
  /** Names of parameters, described in `parameters.ts`. */
  readonly parameters: readonly string[];
  readonly body?: { readonly type: string; readonly required: boolean };
  readonly consumes: readonly string[];
  readonly produces: readonly string[];
  /** The type that comes with each status; 'string' is plain text. */
  readonly answers: Readonly<Record<number, string>>;
}

/** A path and what may be done there. */
export interface Route {
  readonly path: string;
  /** The kind whose name the path holds. */
  readonly kind: string;
  /** What its operations are filed under. */
  readonly tag: string;
  readonly operations: readonly Operation[];
}

export const ANY: readonly string[] = ['*/*'];
export const JSON_ONLY: readonly string[] = ['application/json'];
const JSON_STREAM: readonly string[] = ['application/json', 'application/json;stream=watch'];
const PATCHES: readonly string[] = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];

const WRITE = ['dryRun', 'fieldManager', 'fieldValidation'] as const;
const LIST = [
  'allowWatchBookmarks',
  'continue',
  'fieldSelector',
  'labelSelector',
  'limit',
  'pretty',
  'resourceVersion',
  'resourceVersionMatch',
  'sendInitialEvents',
  'timeoutSeconds',
  'watch',
] as const;
const DELETE = [
  'dryRun',
  'gracePeriodSeconds',
  'ignoreStoreReadErrorWithClusterBreakingPotential',
  'orphanDependents',
  'pretty',
  'propagationPolicy',
] as const;
const NOT_OF_DELETION: ReadonlySet<string> = new Set(['allowWatchBookmarks', 'watch']);
const DELETE_MANY = [...new Set([...LIST.filter((name) => !NOT_OF_DELETION.has(name)), ...DELETE])].sort();

/** Kinds whose delete answers with the object instead of a Status. */
const RETURNED: ReadonlySet<string> = new Set([
  'Pod',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'PodTemplate',
  'ResourceQuota',
  'Service',
  'ServiceAccount',
  'CSINode',
  'StorageClass',
]);

/** "a Pod", "an Ingress", "Endpoints" (openapi GetArticleForNoun). */
export function withArticle(kind: string): string {
  if (kind.endsWith('s') && !kind.endsWith('ss')) return kind;
  return `${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind}`;
}

/** GET of a collection. */
export const listing = (id: string, kind: string, type: string): Operation => ({
  method: 'get',
  id,
  description: `list or watch objects of kind ${kind}`,
  action: 'list',
  parameters: LIST,
  consumes: ANY,
  produces: JSON_STREAM,
  answers: { 200: `${type}List` },
});

/** GET of one object or of what a subresource says of it. */
export const reading = (id: string, description: string, type: string): Operation => ({
  method: 'get',
  id,
  description,
  action: 'get',
  parameters: ['pretty'],
  consumes: ANY,
  produces: JSON_ONLY,
  answers: { 200: type },
});

/** PUT. */
export const replacing = (id: string, description: string, type: string): Operation => ({
  method: 'put',
  id,
  description,
  action: 'put',
  parameters: [...WRITE, 'pretty'],
  body: { type, required: true },
  consumes: ANY,
  produces: JSON_ONLY,
  answers: { 200: type, 201: type },
});

/** PATCH, in all its forms. */
export const patching = (id: string, description: string, type: string): Operation => ({
  method: 'patch',
  id,
  description,
  action: 'patch',
  parameters: [...WRITE, 'force', 'pretty'],
  body: { type: 'Patch', required: true },
  consumes: PATCHES,
  produces: JSON_ONLY,
  answers: { 200: type, 201: type },
});

/** POST. */
export const creating = (id: string, description: string, type: string): Operation => ({
  method: 'post',
  id,
  description,
  action: 'post',
  parameters: [...WRITE, 'pretty'],
  body: { type, required: true },
  consumes: ANY,
  produces: JSON_ONLY,
  answers: { 200: type, 201: type, 202: type },
});

/** DELETE of one object. */
export function deleting(id: string, kind: string, type: string): Operation {
  const answer = RETURNED.has(kind) ? type : 'Status';
  return {
    method: 'delete',
    id,
    description: `delete ${withArticle(kind)}`,
    action: 'delete',
    parameters: DELETE,
    body: { type: 'DeleteOptions', required: false },
    consumes: ANY,
    produces: JSON_ONLY,
    answers: { 200: answer, 202: answer },
  };
}

/** DELETE of a collection. */
export const deletingMany = (id: string, kind: string): Operation => ({
  method: 'delete',
  id,
  description: `delete collection of ${kind}`,
  action: 'deletecollection',
  parameters: DELETE_MANY,
  body: { type: 'DeleteOptions', required: false },
  consumes: ANY,
  produces: JSON_ONLY,
  answers: { 200: 'Status' },
});
