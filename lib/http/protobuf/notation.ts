import { coreFacts } from './facts.core';
import { bodyKinds, restFacts } from './facts.rest';

/**
 * What a field holds: `l` a letter of its own (b bool, i int32, l int64, s string, y bytes, p IntOrString, q Quantity,
 * t Time, m MicroTime, f FieldsV1, a RawExtension), or the name of a Go type.
 */
export interface FieldFact {
  readonly name: string;
  readonly number: number;
  readonly type: string;
  readonly shape: 'one' | 'list' | 'map';
  /** A Go pointer: what was sent is kept even when it is zero. */
  readonly isPointer: boolean;
  /** Neither pointer nor `omitempty`: Go's JSON shows it even when it is zero. */
  readonly isAlwaysShown: boolean;
  /** An embedded struct: a message on the wire, part of the struct around it in JSON. */
  readonly isInline: boolean;
}

/**
 * The notation of the tables: "field=number:type" separated by blanks, `[type]` for a list, `{type}` for a map with string
 * keys. A leading `^` is an embedded struct, a trailing `?` a pointer, a trailing `!` a field that JSON always shows.
 */
const FIELD = /^(\^?)([\w$]+)=(\d+):([[{]?)([\w.]+)[\]}]?([?!]?)$/;

const known = new Map<string, readonly FieldFact[]>();

/** Every Go type of the tables. */
export const goTypes: readonly string[] = [...Object.keys(coreFacts), ...Object.keys(restFacts)];

/** The fields of a Go type in the order of its struct; undefined when there is no such type. */
export function factsOf(goType: string): readonly FieldFact[] | undefined {
  const found = known.get(goType);
  if (found) return found;
  const text = coreFacts[goType] ?? restFacts[goType];
  if (text === undefined) return undefined;
  const facts = text.split(' ').map((each) => readFact(goType, each));
  known.set(goType, facts);
  return facts;
}

function readFact(goType: string, text: string): FieldFact {
  const [match, inline, name, number, bracket, type, mark] = FIELD.exec(text) ?? [];
  if (match === undefined || name === undefined || type === undefined)
    throw new Error(`${goType}: what is ${text}?`);
  return {
    name,
    number: Number(number),
    type,
    shape: bracket === '[' ? 'list' : bracket === '{' ? 'map' : 'one',
    isPointer: mark === '?',
    isAlwaysShown: mark === '!',
    isInline: inline === '^',
  };
}

/** Types that every group version knows. */
const OF_ANY_GROUP = 'meta';

/** The Go type of a body; undefined when nothing of that kind is taken. */
export function bodyTypeOf(apiVersion: string, kind: string): string | undefined {
  for (const group of [apiVersion, OF_ANY_GROUP]) {
    const kinds = Object.hasOwn(bodyKinds, group) ? (bodyKinds[group] ?? '') : '';
    for (const each of kinds.split(' ')) {
      const [name, type = name] = each.split('=');
      if (name === kind) return type;
    }
  }
  return undefined;
}
