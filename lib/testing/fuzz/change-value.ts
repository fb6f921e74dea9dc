import type { Schema } from '../../api';
import { isRecord } from '../../base';
import type { Draw } from './draw';
import { anything, fromPairs, resolve, valueFor, word } from './schema-values';

/** How deep what is put in may be. */
const DEPTH = 3;

/** The same value, changed in one place that is chosen by walking down it; `schema` says what may be there. */
export function changed(draw: Draw, value: unknown, schema: Schema | undefined): unknown {
  if (Array.isArray(value)) return changedList(draw, value, schema);
  if (isRecord(value)) return changedStruct(draw, value, schema);
  return schema === undefined ? anything(draw) : valueFor(draw, schema, DEPTH);
}

function changedList(draw: Draw, list: readonly unknown[], schema: Schema | undefined): unknown {
  const item = schema?.type === 'array' ? resolve(schema.item) : undefined;
  const fresh = () => (item ? valueFor(draw, item, DEPTH) : anything(draw));
  const at = list.length === 0 ? -1 : draw.integer(0, list.length - 1);
  if (at < 0 || draw.chance(15)) return [...list, fresh()];
  if (draw.chance(10)) return [...list, list[at]];
  if (draw.chance(10)) return list.toSpliced(at, 1);
  if (draw.chance(2)) return anything(draw);
  return list.with(at, changed(draw, list[at], item));
}

function changedStruct(
  draw: Draw,
  struct: Readonly<Record<string, unknown>>,
  schema: Schema | undefined,
): unknown {
  const names = Object.keys(struct);
  const known = schema?.type === 'object' ? Object.keys(schema.fields) : [];
  if (draw.chance(1)) return anything(draw);
  if (draw.chance(3)) return withField(struct, word(draw), anything(draw));
  if (names.length > 0 && draw.chance(8)) {
    const without = draw.pick(names);
    return fromPairs(Object.entries(struct).filter(([name]) => name !== without));
  }
  const isNew = names.length === 0 || draw.chance(35);
  const choice = isNew ? (known.length > 0 ? known : [word(draw)]) : names;
  const name = draw.pick(choice);
  const inner = fieldSchema(schema, name);
  const present = Object.hasOwn(struct, name) ? struct[name] : undefined;
  const next =
    present === undefined || draw.chance(15)
      ? inner
        ? valueFor(draw, inner, DEPTH)
        : anything(draw)
      : changed(draw, present, inner);
  return withField(struct, name, next);
}

function fieldSchema(schema: Schema | undefined, name: string): Schema | undefined {
  if (schema?.type === 'map') return resolve(schema.value);
  if (schema?.type !== 'object' || !Object.hasOwn(schema.fields, name)) return undefined;
  const field = schema.fields[name];
  return field && resolve(field);
}

const withField = (struct: Readonly<Record<string, unknown>>, name: string, value: unknown) =>
  fromPairs([...Object.entries(struct).filter(([each]) => each !== name), [name, value]]);
