import {
  badRequest,
  expired,
  type KubeList,
  type KubeObject,
  type ListOptions,
  matchesLabels,
  parseLabelSelector,
  type Stored,
  tooLargeResourceVersion,
} from '../../api';
import type { Request } from './context';
import { type ContinueToken, decodeContinue, encodeContinue } from './continue-token';
import { parseFieldSelector } from './field-selector';
import { listStored, present } from './kind-store';
import { storeKey, storePrefix } from './registry';

/** Which objects a list or watch means. */
export function parseSelection(request: Request, options: ListOptions): (object: KubeObject) => boolean {
  const labels = parseLabelSelector(options.labelSelector);
  const fields = parseFieldSelector(options.fieldSelector, request.kind);
  return (object) => matchesLabels(labels, object.metadata.labels) && fields(object);
}

/** A resource version, or 400 as strconv refuses it. */
export function parseRevision(text: string): number {
  if (/^\d{1,19}$/.test(text)) return Number(text);
  const why = /^\d+$/.test(text) ? 'value out of range' : 'invalid syntax';
  const quoted = JSON.stringify(text);
  throw badRequest(
    `invalid resource version: resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: ${why}`,
  );
}

/** One page of a list. */
export interface Page {
  readonly items: readonly Stored[];
  readonly metadata: KubeList['metadata'];
}

/** The objects selected, in key order, a page at a time; pages that belong together show one state. */
export function listPage(request: Request, options: ListOptions): Page {
  const { store } = request.context;
  const selected = parseSelection(request, options);
  const prefix = storePrefix(request.kind, request.namespace);
  const token = readToken(options);
  const revision = token?.revision ?? exactRevision(options, store.revision);
  const objects =
    revision === undefined || revision < 0
      ? listStored(request, token && prefix + token.after)
      : objectsAt(request, prefix, revision, token).map((stored) => present(request, stored));
  const found = objects.filter(selected);
  const resourceVersion = String(revision === undefined || revision < 0 ? store.revision : revision);
  const limit = options.limit ?? 0;
  const last = found[limit - 1];
  if (limit <= 0 || found.length <= limit || !last) return { items: found, metadata: { resourceVersion } };
  const after = storeKey(request.kind, last.metadata.namespace ?? '', last.metadata.name).slice(
    prefix.length,
  );
  const metadata = {
    resourceVersion,
    continue: encodeContinue({ revision: Number(resourceVersion), after }),
  };
  const counted = !options.labelSelector && !options.fieldSelector;
  return {
    items: found.slice(0, limit),
    metadata: counted ? { ...metadata, remainingItemCount: found.length - limit } : metadata,
  };
}

function readToken({ continue: text, resourceVersion = '' }: ListOptions): ContinueToken | undefined {
  if (text === undefined || text === '') return undefined;
  const token = decodeContinue(text);
  if (resourceVersion === '' || resourceVersion === '0') return token;
  throw badRequest('specifying resource version is not allowed when using continue');
}

/** The state asked for, where the present one will not do (storage.ValidateListOptions). */
function exactRevision(options: ListOptions, current: number): number | undefined {
  const { resourceVersion = '', resourceVersionMatch, limit = 0 } = options;
  if (resourceVersion === '') return undefined;
  const revision = parseRevision(resourceVersion);
  if (revision > current) throw tooLargeResourceVersion(revision, current);
  const isExact = resourceVersionMatch === 'Exact' || (resourceVersionMatch === undefined && limit > 0);
  return isExact && revision > 0 ? revision : undefined;
}

const EXPIRED = 'The provided continue parameter is too old to display a consistent list result. ';
const INCONSISTENT = `${EXPIRED}You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.`;
const TOO_OLD = 'The resourceVersion for the provided list is too old.';

/** What there was at an earlier revision: the present objects with every later change taken back. */
function objectsAt(
  { context: { store } }: Request,
  prefix: string,
  revision: number,
  token: ContinueToken | undefined,
): readonly Stored[] {
  const start = token ? prefix + token.after : undefined;
  if (revision > store.revision) throw tooLargeResourceVersion(revision, store.revision);
  const changes = store.since(revision, prefix);
  if (!changes) {
    throw token
      ? expired(INCONSISTENT, encodeContinue({ revision: -1, after: token.after }))
      : expired(TOO_OLD);
  }
  const present = store.list(prefix, start === undefined ? {} : { after: start });
  if (changes.length === 0) return present;
  const byKey = new Map(present.map((object) => [keyOf(prefix, object), object]));
  for (const { key, previous } of changes.toReversed()) {
    if (start !== undefined && key <= start) continue;
    if (previous) byKey.set(key, previous);
    else byKey.delete(key);
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
}

/** The store's key of an object below a prefix of its kind: "/pods/default/web". */
function keyOf(prefix: string, { metadata }: Stored): string {
  const root = prefix.slice(0, prefix.indexOf('/', 1) + 1);
  return `${root}${metadata.namespace ?? ''}/${metadata.name}`;
}
