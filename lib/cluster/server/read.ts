import {
  type Column,
  type KubeList,
  type KubeObject,
  type ListOptions,
  notFound,
  type Stored,
  type Table,
  type TableColumn,
} from '../../api';
import type { Request } from './context';
import { findStored } from './kind-store';
import { listPage } from './list-page';
import { apiVersionOf } from './registry';

/** The object, or 404. */
export function getObject(request: Request, name: string): Stored {
  const { kind } = request;
  const found = findStored(request, name);
  if (!found) throw notFound(kind.plural, kind.group, name);
  return found;
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
