import type { Json, JsonObject } from '../../api';

/** A shell variable; replaced, never changed. */
export interface Variable {
  readonly kind: 'scalar' | 'indexed' | 'associative';
  /** A scalar's value; undefined when declared but not set. */
  readonly value: string | undefined;
  /** An array's elements, in order of insertion. */
  readonly items: ReadonlyMap<string, string>;
  readonly exported: boolean;
  readonly readonly: boolean;
  readonly integer: boolean;
  readonly letters: 'upper' | 'lower' | undefined;
  /** Its value is the name of another variable, which it stands for (`declare -n`). */
  readonly reference?: boolean | undefined;
}

const NO_ITEMS: ReadonlyMap<string, string> = new Map();

/** A plain variable. */
export function scalar(value: string | undefined, exported = false): Variable {
  return {
    kind: 'scalar',
    value,
    items: NO_ITEMS,
    exported,
    readonly: false,
    integer: false,
    letters: undefined,
  };
}

/** An array's keys: numbers in order for an indexed one. */
export function itemKeys(variable: Variable): readonly string[] {
  const keys = [...variable.items.keys()];
  return variable.kind === 'indexed' ? keys.sort((a, b) => Number(a) - Number(b)) : keys;
}

/** All values: an array's elements, or a scalar's one value. */
export function itemValues(variable: Variable): readonly string[] {
  if (variable.kind === 'scalar') return variable.value === undefined ? [] : [variable.value];
  return itemKeys(variable).map((key) => variable.items.get(key) ?? '');
}

/** What `$name` stands for: an array's element 0. */
export function scalarValue(variable: Variable | undefined): string | undefined {
  if (variable === undefined) return undefined;
  return variable.kind === 'scalar' ? variable.value : variable.items.get('0');
}

/** Variables as JSON, sorted by name. */
export function variablesToJson(variables: ReadonlyMap<string, Variable>): Json {
  const out: Record<string, Json> = {};
  for (const name of [...variables.keys()].sort()) {
    const variable = variables.get(name);
    if (variable === undefined) continue;
    const flags =
      (variable.exported ? 'x' : '') +
      (variable.readonly ? 'r' : '') +
      (variable.integer ? 'i' : '') +
      (variable.reference === true ? 'n' : '') +
      (variable.letters === 'upper' ? 'u' : variable.letters === 'lower' ? 'l' : '');
    const value: Json =
      variable.kind === 'scalar'
        ? (variable.value ?? null)
        : itemKeys(variable).map((key) => [key, variable.items.get(key) ?? '']);
    out[name] = { kind: variable.kind, flags, value };
  }
  return out;
}

/** The inverse of `variablesToJson`. */
export function variablesFromJson(json: Json): Map<string, Variable> {
  const variables = new Map<string, Variable>();
  if (!isJsonObject(json)) return variables;
  for (const [name, stored] of Object.entries(json)) {
    if (stored === undefined || !isJsonObject(stored)) continue;
    const { kind, flags, value } = stored;
    const has = (flag: string) => typeof flags === 'string' && flags.includes(flag);
    const items = new Map<string, string>();
    if (Array.isArray(value))
      for (const pair of value) if (Array.isArray(pair)) items.set(String(pair[0]), String(pair[1]));
    variables.set(name, {
      kind: kind === 'indexed' || kind === 'associative' ? kind : 'scalar',
      value: typeof value === 'string' ? value : undefined,
      items,
      exported: has('x'),
      readonly: has('r'),
      integer: has('i'),
      ...(has('n') ? { reference: true } : {}),
      letters: has('u') ? 'upper' : has('l') ? 'lower' : undefined,
    });
  }
  return variables;
}

/** Tells JSON objects from the other JSON values. */
export function isJsonObject(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
