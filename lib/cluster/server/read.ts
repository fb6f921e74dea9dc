import {
  badRequest,
  type Column,
  type KubeList,
  type KubeObject,
  type ListOptions,
  matchesLabels,
  notFound,
  type Stored,
  type Table,
  type TableColumn,
} from '../../api';
import type { Request } from './context';
import { parseFieldSelector } from './field-selector';
import { findStored, listStored } from './kind-store';
import { parseLabelSelector } from './label-selector';
import { apiVersionOf, storeKey, storePrefix } from './registry';

/** The object, or 404. */
export function getObject(request: Request, name: string): Stored {
  const { kind } = request;
  const found = findStored(request, name);
  if (!found) throw notFound(kind.plural, kind.group, name);
  return found;
}

/** Which objects a list or watch means. */
export function parseSelection(request: Request, options: ListOptions): (object: KubeObject) => boolean {
  const labels = parseLabelSelector(options.labelSelector);
  const fields = parseFieldSelector(options.fieldSelector, request.kind);
  return (object) => matchesLabels(labels, object.metadata.labels) && fields(object);
}

interface Page {
  readonly items: readonly Stored[];
  readonly metadata: KubeList['metadata'];
}

function listPage(request: Request, options: ListOptions): Page {
  const { store } = request.context;
  const selected = parseSelection(request, options);
  const prefix = storePrefix(request.kind, request.namespace);
  const start = options.continue ? readToken(options.continue, prefix) : undefined;
  const found = listStored(request, start?.after).filter(selected);
  const resourceVersion = start?.resourceVersion ?? String(store.revision);
  const limit = options.limit ?? 0;
  const last = found[limit - 1];
  if (limit <= 0 || found.length <= limit || !last) return { items: found, metadata: { resourceVersion } };
  const after = storeKey(request.kind, last.metadata.namespace ?? '', last.metadata.name);
  const metadata = { resourceVersion, continue: `${resourceVersion}:${after}` };
  const counted = !options.labelSelector && !options.fieldSelector;
  return {
    items: found.slice(0, limit),
    metadata: counted ? { ...metadata, remainingItemCount: found.length - limit } : metadata,
  };
}

function readToken(token: string, prefix: string): { resourceVersion: string; after: string } {
  const colon = token.indexOf(':');
  const [resourceVersion, after] = [token.slice(0, colon), token.slice(colon + 1)];
  if (!/^\d+$/.test(resourceVersion) || !after.startsWith(prefix)) {
    throw badRequest('continue key is not valid: unable to decode the continue token');
  }
  return { resourceVersion, after };
}

/** The objects selected, in key order, a page at a time. */
export function listObjects(request: Request, options: ListOptions): KubeList<Stored> {
  const { items, metadata } = listPage(request, options);
  return {
    apiVersion: apiVersionOf(request.kind),
    kind: `${request.kind.kind}List`,
    metadata,
    items,
  };
}

/** The same as a table. */
export function tableObjects(request: Request, options: ListOptions & { readonly name?: string }): Table {
  if (options.name !== undefined) {
    const object = getObject(request, options.name);
    return tableOf(request, [object], { resourceVersion: object.metadata.resourceVersion });
  }
  const { items, metadata } = listPage(request, options);
  return tableOf(request, items, metadata);
}

/** Objects as rows under their kind's columns. */
export function tableOf(request: Request, items: readonly KubeObject[], metadata: Table['metadata']): Table {
  const { columns } = request.kind;
  const now = request.context.clock.now();
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: definitionsOf(columns),
    rows: items.map((object) => ({ cells: columns.map((column) => column.value(object, now)), object })),
  };
}

const definitions = new WeakMap<readonly Column<KubeObject>[], readonly TableColumn[]>();

function definitionsOf(columns: readonly Column<KubeObject>[]): readonly TableColumn[] {
  const known = definitions.get(columns);
  if (known) return known;
  const made = columns.map(({ name, type, format, description, priority }) => ({
    name,
    type,
    format: format ?? '',
    description,
    priority,
  }));
  definitions.set(columns, made);
  return made;
}
