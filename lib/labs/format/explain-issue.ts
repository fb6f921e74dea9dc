import { toJSONSchema, type ZodError, type ZodType, type z } from 'zod';

type Path = readonly (string | number)[];

/** What zod found, as an author needs it: where, what is there and what would be right. */
export function explainIssue(
  error: ZodError,
  schema: ZodType,
  value: unknown,
): { readonly path: Path; readonly message: string } {
  // A field that is missing is often one that is misspelt.
  const first = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0];
  if (!first) return { path: [], message: 'is not valid' };
  const issue = deepest(first, value);
  const path = issue.path.map((part) => (typeof part === 'symbol' ? part.toString() : part));
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const known = fieldsAt(toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), path);
    const [close] = known.filter((each) => isNear(each, key)).sort((a, b) => apart(a, key) - apart(b, key));
    const hint = close ? `; did you mean "${close}"?` : `; known here: ${known.join(', ')}`;
    return { path: [...path, key], message: `unknown field "${key}"${known.length > 0 ? hint : ''}` };
  }
  const there = valueAt(value, path);
  const own = !ZODS_WORDS.test(issue.message);
  if (own) return { path, message: issue.message };
  if (issue.code === 'invalid_type' && there === undefined)
    return { path, message: `is missing; must be ${wordFor(issue.expected)}` };
  if (issue.code === 'invalid_type')
    return { path, message: `must be ${wordFor(issue.expected)}, is ${JSON.stringify(there)}` };
  if (issue.code === 'too_small')
    return {
      path,
      message: `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}, is ${JSON.stringify(there)}`,
    };
  if (issue.code === 'invalid_value')
    return {
      path,
      message: `must be ${issue.values.map((each) => JSON.stringify(each)).join(' or ')}, is ${JSON.stringify(there)}`,
    };
  return { path, message: issue.message };
}

/** How zod's own sentences begin; every other is an author's, and says what would be right. */
const ZODS_WORDS = /^(Invalid |Too |Unrecognized )/;

/** Of a value that may take several forms: what is wrong with it in the form that it is nearest to. */
function deepest(issue: z.core.$ZodIssue, whole: unknown): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const value = valueAt(whole, issue.path as Path);
  const branches = issue.errors.flatMap((errors) => {
    const [first] = errors;
    return first === undefined ? [] : [deepest(first, value)];
  });
  // A form is meant when what is wrong with it is something that was written.
  const [nearest] = branches
    .filter(({ path }) => path.length > 0 && valueAt(value, path as Path) !== undefined)
    .sort((a, b) => b.path.length - a.path.length);
  if (nearest !== undefined) return { ...nearest, path: [...issue.path, ...nearest.path] };
  // Its author said in one sentence which forms there are.
  if (!ZODS_WORDS.test(issue.message)) return issue;
  const [missing] = branches.filter(({ path }) => path.length > 0);
  if (missing !== undefined) return { ...missing, path: [...issue.path, ...missing.path] };
  const [inside] = branches.filter(({ code }) => code !== 'invalid_type');
  if (inside !== undefined) return { ...inside, path: issue.path };
  const wanted = branches.map(({ message }) => message.replace(/^Invalid input: expected (\w+).*$/, '$1'));
  return { code: 'custom', path: issue.path, message: `must be ${wanted.join(' or ')}`, input: undefined };
}

/** Types in the words of whoever writes YAML. */
const WORDS: Readonly<Record<string, string>> = {
  int: 'a whole number',
  array: 'a list',
  object: 'a mapping (key: value)',
  record: 'a mapping (key: value)',
};
const wordFor = (type: string): string => WORDS[type] ?? `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;

function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const part of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<string | number, unknown>)[part];
  }
  return found;
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** The names of the fields that may stand at a path, of every alternative. */
function fieldsAt(schema: unknown, path: Path): readonly string[] {
  let places = [schema as JsonSchema];
  for (const part of path) places = places.flatMap(open).flatMap((each) => step(each, part));
  return [...new Set(places.flatMap(open).flatMap((each) => Object.keys(each.properties ?? {})))];
}

const open = (schema: JsonSchema): JsonSchema[] => {
  const forms = schema.anyOf ?? schema.oneOf;
  return forms ? forms.flatMap(open) : [schema];
};

function step(schema: JsonSchema, part: string | number): JsonSchema[] {
  const rest = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  const next = typeof part === 'number' ? schema.items : (schema.properties?.[part] ?? rest);
  return next ? [next] : [];
}

/** Whether two words differ by case, a joint or one or two letters. */
const isNear = (a: string, b: string): boolean => apart(a, b) <= 2;

function apart(a: string, b: string): number {
  const plain = (word: string) => word.toLowerCase().replace(/[-_]/g, '');
  return distance(plain(a), plain(b));
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
