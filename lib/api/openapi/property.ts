import type { Schema } from '../kind-spec';
import { describeField, enumerationOf } from '../kinds/docs';
import { fieldFacts, hasZeroDefault, isHeldByValue } from '../kinds/schema';
import type { Json, JsonObject } from '../objects';

type Lazy = Schema | (() => Schema);
type ObjectSchema = Extract<Schema, { type: 'object' }>;
type ListSchema = Extract<Schema, { type: 'array' }>;

/** Names a type for a `$ref`, and sees to its definition. */
export type Refer = (type: string) => string;

const SCALARS = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  number: { type: 'number', format: 'double' },
  bytes: { type: 'string', format: 'byte' },
} as const;
const ZERO = { string: '', boolean: false, int32: 0, int64: 0, number: 0 } as const;

/** One field of a struct as OpenAPI v3 tells it (kube-openapi's generator). */
export function propertyOf(owner: ObjectSchema, field: string, refer: Refer): JsonObject {
  const lazy = owner.fields[field];
  if (lazy === undefined) return {};
  const path = `${owner.name}.${field}`;
  const schema = force(lazy);
  const description = describeField(owner.name, field);
  const facts = fieldFacts(path);
  const standing = facts.default ?? defaultOfField(schema, path, owner.required.includes(field));
  return schemaValue(schema, path, refer, {
    ...(description === undefined ? {} : { description }),
    ...(standing === undefined ? {} : { default: standing }),
    ...(schema.type === 'array' ? listExtensions(schema) : {}),
    ...(schema.type === 'object' && schema.patchStrategy !== undefined
      ? { 'x-kubernetes-patch-strategy': schema.patchStrategy }
      : {}),
    ...mapExtension(schema, facts.mapType),
  });
}

const force = (schema: Lazy): Schema => (typeof schema === 'function' ? schema() : schema);

function mapExtension(schema: Schema, mapType: string | undefined): JsonObject {
  const type = mapType ?? (schema.type === 'map' && schema.atomic ? 'atomic' : undefined);
  return type === undefined ? {} : { 'x-kubernetes-map-type': type };
}

function defaultOfField(schema: Schema, path: string, required: boolean): Json | undefined {
  if (schema.type === 'object') return isHeldByValue(path) ? {} : undefined;
  return required && hasZeroDefault(path) ? zeroOf(schema) : undefined;
}

/** What an item of a list or a value of a map is when nothing was said. */
function defaultOfElement(schema: Schema): Json | undefined {
  return schema.type === 'object' ? {} : zeroOf(schema);
}

const zeroOf = (schema: Schema): Json | undefined => ZERO[schema.type as keyof typeof ZERO];

function schemaValue(schema: Schema, path: string, refer: Refer, beside: JsonObject): JsonObject {
  switch (schema.type) {
    case 'object':
      return reference(refer(schema.name), beside);
    case 'map':
      return { ...beside, type: 'object', additionalProperties: elementOf(schema.value, `${path}{}`, refer) };
    case 'array':
      return { ...beside, type: 'array', items: elementOf(schema.item, path, refer) };
    case 'quantity':
      return reference(refer('Quantity'), beside);
    case 'int-or-string':
      return reference(refer('IntOrString'), beside);
    case 'time':
      return reference(refer(schema.goType ?? 'Time'), beside);
    case 'any':
      return schema.goType === undefined
        ? { ...beside, type: 'object' }
        : reference(refer(schema.goType), beside);
    default:
      return { ...beside, ...SCALARS[schema.type], ...enumeration(path) };
  }
}

function elementOf(lazy: Lazy, path: string, refer: Refer): JsonObject {
  const schema = force(lazy);
  const standing = defaultOfElement(schema);
  return schemaValue(schema, path, refer, standing === undefined ? {} : { default: standing });
}

function enumeration(path: string): JsonObject {
  const values = enumerationOf(path);
  return values === undefined ? {} : { enum: values };
}

/** A `$ref` takes nothing beside it, so that it is wrapped where there is something. */
const reference = ($ref: string, beside: JsonObject): JsonObject =>
  Object.keys(beside).length === 0 ? { $ref } : { allOf: [{ $ref }], ...beside };

/** How lists are merged: by strategic patches, and by server-side apply. */
function listExtensions({ mergeKeys, listMapKeys, atomic, patchStrategy }: ListSchema): JsonObject {
  const [key] = mergeKeys ?? [];
  const also = patchStrategy === undefined ? [] : [patchStrategy];
  const patching = {
    ...(mergeKeys ? { 'x-kubernetes-patch-strategy': ['merge', ...also].join(',') } : {}),
    ...(key === undefined ? {} : { 'x-kubernetes-patch-merge-key': key }),
  };
  const keys = atomic ? undefined : (listMapKeys ?? mergeKeys);
  if (keys === undefined) return { ...patching, 'x-kubernetes-list-type': 'atomic' };
  if (keys.length === 0) return { ...patching, 'x-kubernetes-list-type': 'set' };
  return { ...patching, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys };
}
