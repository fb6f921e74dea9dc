import type { Schema } from '../../../api';
import { isRecord } from '../../../base';
import { goPrint, goSyntax } from '../go-print';
import { elementText, itemElement } from './path-element';
import { force, type Shape, shapeOf } from './shape';

/** Everything about a configuration that is not of its type, in the words of structured-merge-diff (typed.Validate). */
export function checkApplied(value: unknown, schema: Schema): string | undefined {
  const errors = check(value, schema);
  if (errors.length <= 1) return errors[0];
  return ['errors:', ...errors.map((each) => `  ${each}`)].join('\n');
}

/** Each error is its path, and after a colon what is wrong there. */
type Errors = readonly string[];

function check(value: unknown, schema: Schema): Errors {
  if (value === null || value === undefined) return [];
  switch (schema.type) {
    case 'object':
      return isRecord(value) ? checkStruct(value, schema) : [`: expected map, got &{${goPrint(value)}}`];
    case 'map':
      return isRecord(value)
        ? prefixed(Object.keys(value).sort(), (key) => [`.${key}`, check(value[key], force(schema.value))])
        : [`: expected map, got &{${goPrint(value)}}`];
    case 'array':
      return Array.isArray(value) ? checkList(value, schema) : [`: expected list, got &{${goPrint(value)}}`];
    default:
      return checkScalar(value, schema.type);
  }
}

function prefixed<T>(each: readonly T[], look: (item: T) => readonly [string, Errors]): Errors {
  return each.flatMap((item) => {
    const [prefix, errors] = look(item);
    return errors.map((error) => prefix + error);
  });
}

/** The first field that the schema does not know ends the reading of its struct. */
function checkStruct(
  value: Readonly<Record<string, unknown>>,
  { fields }: Schema & { type: 'object' },
): Errors {
  const names = Object.keys(value).sort();
  const unknown = names.findIndex((name) => !Object.hasOwn(fields, name));
  const known = unknown < 0 ? names : names.slice(0, unknown);
  const errors = prefixed(known, (name) => [`.${name}`, check(value[name], force(fields[name] as Schema))]);
  return unknown < 0 ? errors : [...errors, `.${names[unknown]}: field not declared in schema`];
}

function checkList(list: readonly unknown[], schema: Schema & { type: 'array' }): Errors {
  const shape = shapeOf(schema);
  const seen = new Set<string>();
  const errors: string[] = [];
  for (const [index, item] of list.entries()) {
    if (shape.kind !== 'list') {
      errors.push(...check(item, force(schema.item)).map((error) => `[${index}]${error}`));
      continue;
    }
    const refusal = refuseItem(item, shape);
    const element = refusal === undefined ? itemElement(item, shape) : undefined;
    // An item that cannot be told from others ends the reading.
    if (element === undefined) return [...errors, `: element ${index}: ${refusal ?? omitsKeys(shape)}`];
    if (seen.has(element)) errors.push(`: duplicate entries for key ${elementText(element)}`);
    seen.add(element);
    errors.push(...check(item, force(schema.item)).map((error) => elementText(element) + error));
  }
  return errors;
}

function refuseItem(item: unknown, { keys }: Shape & { kind: 'list' }): string | undefined {
  if (keys.length > 0) {
    if (item === null) return 'associative list with keys may not have a null element';
    return isRecord(item) ? undefined : 'associative list with keys may not have non-map elements';
  }
  if (isRecord(item)) return "associative list without keys has an element that's a map type";
  if (Array.isArray(item)) return 'not supported: associative list with lists as elements';
  return item === null ? "associative list without keys has an element that's an explicit null" : undefined;
}

const omitsKeys = ({ keys }: Shape & { kind: 'list' }): string =>
  `associative list with keys has an element that omits all key fields [${keys.map((key) => JSON.stringify(key)).join(' ')}] (and doesn't have default values for any key fields)`;

function checkScalar(value: unknown, type: Exclude<Schema['type'], 'object' | 'map' | 'array'>): Errors {
  switch (type) {
    case 'string':
    case 'bytes':
      return typeof value === 'string'
        ? []
        : [`: expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`: expected boolean, got &{${goPrint(value)}}`];
    case 'int32':
    case 'int64':
    case 'number':
      return typeof value === 'number' ? [] : [`: expected numeric (int or float), got ${goTypeOf(value)}`];
    case 'any':
      return [];
    default:
      return isRecord(value) || Array.isArray(value)
        ? [`: expected any scalar, got &{${goPrint(value)}}`]
        : [];
  }
}

function goTypeOf(value: unknown): string {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
}
