import type { DeleteOptions, ListOptions, LogOptions, PatchOptions } from '../api';
import { type Cancel, isRecord } from '../base';

const number = (query: URLSearchParams, name: string): number | undefined => {
  const text = query.get(name);
  return text !== null && /^-?\d+$/.test(text) ? Number(text) : undefined;
};

const flag = (query: URLSearchParams, name: string): boolean => {
  const text = query.get(name);
  return text === 'true' || text === '1' || text === '';
};

const text = (query: URLSearchParams, name: string): string | undefined => query.get(name) ?? undefined;

/** Whether a GET of a collection is a watch. */
export const isWatch = (query: URLSearchParams): boolean => flag(query, 'watch');

/** metav1.ListOptions. */
export function readListOptions(query: URLSearchParams): ListOptions & {
  readonly allowWatchBookmarks: boolean;
  readonly sendInitialEvents: boolean;
  readonly timeoutSeconds: number | undefined;
} {
  return {
    labelSelector: text(query, 'labelSelector'),
    fieldSelector: text(query, 'fieldSelector'),
    limit: number(query, 'limit'),
    continue: text(query, 'continue'),
    resourceVersion: text(query, 'resourceVersion'),
    allowWatchBookmarks: flag(query, 'allowWatchBookmarks'),
    sendInitialEvents: query.has('sendInitialEvents') && flag(query, 'sendInitialEvents'),
    timeoutSeconds: number(query, 'timeoutSeconds'),
  };
}

/** metav1.CreateOptions, UpdateOptions and PatchOptions. */
export function readWriteOptions(query: URLSearchParams, headers: Headers): PatchOptions {
  const validation = query.get('fieldValidation');
  return {
    dryRun: query.get('dryRun') === 'All',
    fieldManager: text(query, 'fieldManager') ?? managerOf(headers),
    force: query.has('force') && flag(query, 'force'),
    ...(validation === 'Strict' || validation === 'Warn' || validation === 'Ignore'
      ? { fieldValidation: validation }
      : {}),
  };
}

/** A writer that names no manager is known by its program's name. */
const managerOf = (headers: Headers): string | undefined =>
  headers.get('user-agent')?.split('/')[0]?.trim() || undefined;

/** metav1.DeleteOptions, from the body and the query together. */
export function readDeleteOptions(query: URLSearchParams, body: unknown): DeleteOptions {
  const given = isRecord(body) ? body : {};
  const grace = given.gracePeriodSeconds ?? number(query, 'gracePeriodSeconds');
  const policy = given.propagationPolicy ?? query.get('propagationPolicy');
  const orphan = given.orphanDependents;
  const dryRun =
    query.get('dryRun') === 'All' || (Array.isArray(given.dryRun) && given.dryRun.includes('All'));
  return {
    dryRun,
    ...(typeof grace === 'number' ? { gracePeriodSeconds: grace } : {}),
    ...(policy === 'Orphan' || policy === 'Background' || policy === 'Foreground'
      ? { propagationPolicy: policy }
      : typeof orphan === 'boolean'
        ? { propagationPolicy: orphan ? 'Orphan' : 'Background' }
        : {}),
    ...(isRecord(given.preconditions) ? { preconditions: given.preconditions } : {}),
  };
}

/** corev1.PodLogOptions. */
export function readLogOptions(query: URLSearchParams, cancel: Cancel): LogOptions {
  return {
    container: text(query, 'container'),
    follow: query.has('follow') && flag(query, 'follow'),
    previous: query.has('previous') && flag(query, 'previous'),
    timestamps: query.has('timestamps') && flag(query, 'timestamps'),
    tailLines: number(query, 'tailLines'),
    sinceSeconds: number(query, 'sinceSeconds'),
    sinceTime: text(query, 'sinceTime'),
    limitBytes: number(query, 'limitBytes'),
    cancel,
  };
}
