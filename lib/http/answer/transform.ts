import { badRequest, type KubeList, type KubeObject, notAcceptable, type Table } from '../../api';
import { type Query, readText } from '../request/parameters';
import type { Target } from './accept';

/** How much of its object a table's row carries. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** metav1.TableOptions. */
export function readIncludeObject(query: Query): IncludeObject {
  const text = readText(query, 'includeObject') ?? '';
  if (text === '') return 'Metadata';
  if (text === 'None' || text === 'Metadata' || text === 'Object') return text;
  throw badRequest(
    `Unable to convert to Table as requested: includeObject: Invalid value: ${JSON.stringify(text)}: must be 'Metadata', 'Object', 'None', or empty`,
  );
}

/** A table as asked for: in which version, and with how much of each object. */
export function asTable(table: Table, { group, version }: Target, include: IncludeObject): object {
  const apiVersion = `${group}/${version}`;
  const rows = table.rows.map(({ cells, object }) => ({
    cells,
    object: include === 'Object' ? object : include === 'None' ? null : metadataOf(object, apiVersion),
  }));
  return { ...table, apiVersion, rows };
}

const metadataOf = ({ metadata }: KubeObject, apiVersion: string) => ({
  kind: 'PartialObjectMetadata',
  apiVersion,
  metadata,
});

/** An object's metadata alone. */
export function asPartial(object: KubeObject, target: Target): object {
  if (target.kind === 'PartialObjectMetadata') return metadataOf(object, `${target.group}/${target.version}`);
  throw notAcceptable(
    `you requested PartialObjectMetadataList, but the requested object is not a list (*${goName(object)})`,
  );
}

/** A list of objects' metadata alone. */
export function asPartialList(list: KubeList, target: Target): object {
  if (target.kind !== 'PartialObjectMetadataList') {
    throw notAcceptable(
      `you requested PartialObjectMetadata, but the requested object is a list (*${goName(list)})`,
    );
  }
  const apiVersion = `${target.group}/${target.version}`;
  return {
    kind: 'PartialObjectMetadataList',
    apiVersion,
    metadata: list.metadata,
    items: list.items.map((object) => metadataOf(object, apiVersion)),
  };
}

/** The internal Go type of an object or list: "core.Pod". */
function goName({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return `${group === '' || group === 'events.k8s.io' ? 'core' : (group.split('.')[0] ?? '')}.${kind}`;
}
