import type { Json, Schema } from '../../../api';

/** How a value is owned: as one piece, field by field, entry by entry, or item by item. */
export type Shape =
  | { readonly kind: 'leaf' }
  | {
      readonly kind: 'struct';
      /** The shape of a declared field. */
      readonly field: (name: string) => Shape | undefined;
      readonly zeros: Readonly<Record<string, Json>>;
    }
  | { readonly kind: 'map'; readonly entry: () => Shape }
  | {
      readonly kind: 'list';
      /** What tells items apart; none: a set of scalars. */
      readonly keys: readonly string[];
      /** What stands for a key that an item leaves out. */
      readonly defaults: Readonly<Record<string, Json>>;
      readonly item: () => Shape;
    };

type Lazy = Schema | (() => Schema);
/** A schema that is certainly there. */
export const force = (schema: Lazy): Schema => (typeof schema === 'function' ? schema() : schema);

const LEAF: Shape = { kind: 'leaf' };
const known = new WeakMap<Schema, Shape>();

/** The shape of what a schema describes; worked out once for each schema. */
export function shapeOf(schema: Schema): Shape {
  const found = known.get(schema);
  if (found) return found;
  const made = makeShape(schema);
  known.set(schema, made);
  return made;
}

function makeShape(schema: Schema): Shape {
  if (schema.type === 'object') return schema.atomic ? LEAF : structShape(schema);
  if (schema.type === 'map') return schema.atomic ? LEAF : { kind: 'map', entry: lazily(schema.value) };
  if (schema.type !== 'array' || schema.atomic) return LEAF;
  const { item } = schema;
  const keys = schema.listMapKeys ?? schema.mergeKeys;
  if (keys === undefined) return LEAF;
  return { kind: 'list', keys, defaults: keyDefaults(keys, item), item: lazily(item) };
}

const lazily = (schema: Lazy) => () => shapeOf(force(schema));

function structShape({ fields, zeros }: Schema & { type: 'object' }): Shape {
  return {
    kind: 'struct',
    zeros,
    field: (name) => {
      const schema = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return schema === undefined ? undefined : shapeOf(force(schema));
    },
  };
}

/** A port without a protocol is TCP's (`+default` in types.go); other keys that are always there have their zero. */
function keyDefaults(keys: readonly string[], item: Lazy): Readonly<Record<string, Json>> {
  if (keys.length === 0) return {};
  const schema = force(item);
  const zeros = schema.type === 'object' ? schema.zeros : {};
  const entries = keys.map((key) => [key, key === 'protocol' ? 'TCP' : zeros[key]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Record<string, Json>;
}
