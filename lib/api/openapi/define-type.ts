import { assert } from '../../base';
import { describeField, describeType } from '../kinds/docs';
import { schemaOf, typeNames, unionsOf } from '../kinds/schema';
import type { JsonObject } from '../objects';
import type { GroupVersionKind } from './operation';
import { propertyOf, type Refer } from './property';

const MACHINERY = 'io.k8s.apimachinery.pkg';

/** Types that are no struct with fields: their definition but for the description. */
const SPECIAL: Readonly<Record<string, { readonly package: string; readonly body: JsonObject }>> = {
  FieldsV1: { package: `${MACHINERY}.apis.meta.v1`, body: { type: 'object' } },
  IntOrString: {
    package: `${MACHINERY}.util.intstr`,
    body: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  },
  MicroTime: { package: `${MACHINERY}.apis.meta.v1`, body: { type: 'string', format: 'date-time' } },
  Patch: { package: `${MACHINERY}.apis.meta.v1`, body: { type: 'object' } },
  Quantity: {
    package: `${MACHINERY}.api.resource`,
    body: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  },
  RawExtension: { package: `${MACHINERY}.runtime`, body: { type: 'object' } },
  Time: { package: `${MACHINERY}.apis.meta.v1`, body: { type: 'string', format: 'date-time' } },
};

/** The definition of a type (kube-openapi's generator); types that it refers to are named by `refer`. */
export function defineType(type: string, kinds: readonly GroupVersionKind[], refer: Refer): JsonObject {
  const description = describeType(type);
  const head = description === undefined ? {} : { description };
  const tail =
    kinds.length === 0 ? {} : { 'x-kubernetes-group-version-kind': kinds.map((kind) => ({ ...kind })) };
  const body = SPECIAL[type]?.body ?? (isListOfKind(type) ? listBody(type, refer) : structBody(type, refer));
  return { ...head, ...body, ...tail };
}

function structBody(type: string, refer: Refer): JsonObject {
  const schema = schemaOf(type);
  assert(schema.type === 'object', `${type} is a struct`);
  const unions = unionsOf(type);
  const properties = Object.keys(schema.fields).map((field) => [field, propertyOf(schema, field, refer)]);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(schema.required.length === 0 ? {} : { required: schema.required }),
    ...(schema.atomic ? { 'x-kubernetes-map-type': 'atomic' } : {}),
    ...(unions === undefined ? {} : { 'x-kubernetes-unions': unions }),
  };
}

function listBody(type: string, refer: Refer): JsonObject {
  const say = (field: string): JsonObject => ({ description: describeField(type, field) ?? '' });
  const item = refer(type.slice(0, -LIST.length));
  return {
    type: 'object',
    properties: {
      apiVersion: { ...say('apiVersion'), type: 'string' },
      items: { ...say('items'), type: 'array', items: { allOf: [{ $ref: item }], default: {} } },
      kind: { ...say('kind'), type: 'string' },
      metadata: { allOf: [{ $ref: refer('ListMeta') }], default: {}, ...say('metadata') },
    },
    required: ['items'],
  };
}

const LIST = 'List';
const known: ReadonlySet<string> = new Set(typeNames);

/** Whether a type is the list of a kind, which has no schema of its own. */
const isListOfKind = (type: string): boolean => type.endsWith(LIST) && !known.has(type);

/** "io.k8s.api.core.v1.Pod": what a type's definition is called. */
export function definitionName(type: string): string {
  const special = SPECIAL[type];
  if (special) return `${special.package}.${type}`;
  const list = isListOfKind(type);
  const schema = schemaOf(list ? type.slice(0, -LIST.length) : type);
  assert(schema.type === 'object', `${type} is a struct`);
  return `${schema.package}.${schema.goType}${list ? LIST : ''}`;
}
