import { type Schema, unclassified } from '../../../api';

type Lazy = Schema | (() => Schema);

/** How a field is patched: by the schema of what it holds, and for lists by their merge key. */
export interface PatchMeta {
  /** Of the field, or of the list's items. */
  readonly schema: Schema;
  readonly merges: boolean;
  /** '' for lists of plain values. */
  readonly mergeKey: string;
}

const force = (schema: Lazy): Schema => (typeof schema === 'function' ? schema() : schema);

/** How a struct's field is patched (LookupPatchMetadataForStruct). */
export function structMeta(schema: Schema, key: string): PatchMeta {
  if (schema.type !== 'object') {
    throw unclassified(
      `merging an object in json but data type is not struct, instead is: ${goKind(schema)}`,
    );
  }
  const field = Object.hasOwn(schema.fields, key) ? schema.fields[key] : undefined;
  if (field === undefined) {
    throw unclassified(
      `unable to find api field in struct ${schema.goType} for the json field ${JSON.stringify(key)}`,
    );
  }
  const inner = force(field);
  return {
    schema: inner,
    merges: !(inner.type === 'object' && inner.patchStrategy === 'replace'),
    mergeKey: '',
  };
}

/** How a list's items are patched (LookupPatchMetadataForSlice). */
export function listMeta(schema: Schema, key: string): PatchMeta {
  const { schema: list } = structMeta(schema, key);
  if (list.type !== 'array') {
    throw unclassified(`expected slice or array type, but got: ${goKind(schema)}`);
  }
  return {
    schema: force(list.item),
    merges: list.mergeKeys !== undefined,
    mergeKey: list.mergeKeys?.[0] ?? '',
  };
}

/** reflect.Kind of what a schema describes. */
export function goKind(schema: Schema): string {
  switch (schema.type) {
    case 'object':
    case 'quantity':
    case 'int-or-string':
    case 'time':
    case 'any':
      return 'struct';
    case 'array':
    case 'bytes':
      return 'slice';
    case 'boolean':
      return 'bool';
    case 'number':
      return 'float64';
    default:
      return schema.type;
  }
}
