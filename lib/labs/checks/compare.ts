import { jsonpath } from 'json-p3';
import { z } from 'zod';
import type { Json } from '../../api';
import { canonicalJson, compareQuantities, isQuantity, parseQuantity } from '../../base';
import { expressionSchema } from './expression';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()], {
  error: 'must be text, a number, yes/no or null',
});

const path = z.string().refine(isPath, { error: 'is no JSONPath (RFC 9535)' });
/** A number, a quantity ("64Mi"), or what another path of the object finds. */
const bound = z.union(
  [z.number(), z.string().refine(isQuantity, { error: 'is no quantity' }), z.strictObject({ path })],
  { error: 'must be a number, a quantity (64Mi) or { path: … }' },
);
type Bound = z.infer<typeof bound>;

/** Comparisons of what a path finds; all that are given must hold. */
const comparisons = {
  /** All found are this (and something is found). */
  is: scalar.optional(),
  /** None found is this; nothing found will do. */
  not: scalar.optional(),
  /** All found are one of these. */
  oneOf: z.array(scalar).min(1).optional(),
  /** One found is this. */
  some: scalar.optional(),
  /** All found, as text, match this regular expression. */
  matches: expressionSchema.optional(),
  atLeast: bound.optional(),
  atMost: bound.optional(),
  /** The same is found at another path of the object. */
  sameAs: path.optional(),
  /** So many are found. */
  count: z.number().int().min(0).optional(),
  absent: z.literal(true).optional(),
  present: z.literal(true).optional(),
};
const COMPARISONS = Object.keys(comparisons);

/** `path` (JSONPath, RFC 9535; the leading `$.` may be left out), comparisons, and why it matters. */
export const ruleSchema = z
  .strictObject({
    path,
    ...comparisons,
    because: z.string(),
  })
  .refine((rule) => COMPARISONS.some((name) => name in rule), {
    error: `needs a comparison: ${COMPARISONS.join(', ')}`,
  });

/** A rule about the fields of an object. */
export type Rule = z.infer<typeof ruleSchema>;

/** What a rule found wrong; undefined when it holds. */
export interface Difference {
  readonly expected: string;
  readonly actual: string;
}

const rooted = (path: string): string =>
  path.startsWith('$') ? path : path.startsWith('[') ? `$${path}` : `$.${path}`;

function isPath(path: string): boolean {
  try {
    jsonpath.compile(rooted(path));
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

/** All values at a path of an object. */
export function valuesAt(object: unknown, path: string): readonly Json[] {
  return jsonpath.query(rooted(path), object as Parameters<typeof jsonpath.query>[1]).values() as Json[];
}

/** Holds an object against a rule. */
export function differenceFrom(rule: Rule, object: unknown): Difference | undefined {
  const found = valuesAt(object, rule.path);
  const actual = found.map(show).join(', ') || 'not set';
  const expected = [...expectations(rule, found, object)].find(([, holds]) => !holds)?.[0];
  return expected === undefined ? undefined : { expected, actual };
}

function* expectations(
  rule: Rule,
  found: readonly Json[],
  object: unknown,
): Generator<readonly [text: string, holds: boolean]> {
  const every = (test: (value: Json) => boolean) => found.length > 0 && found.every(test);
  const { is, not, oneOf, some, matches, atLeast, atMost, count } = rule;
  if (is !== undefined) yield [show(is), every((value) => value === is)];
  if (not !== undefined) yield [`anything but ${show(not)}`, !found.includes(not)];
  if (oneOf !== undefined)
    yield [
      `one of ${oneOf.map(show).join(', ')}`,
      every((value) => (oneOf as readonly Json[]).includes(value)),
    ];
  if (some !== undefined) yield [`${show(some)} among them`, found.includes(some)];
  if (matches !== undefined)
    yield [`text that matches ${matches}`, every((value) => new RegExp(matches, 'm').test(asText(value)))];
  if (atLeast !== undefined) {
    const least = boundOf(atLeast, object);
    yield [`at least ${least ?? '(not set)'}`, every((value) => order(value, least) >= 0)];
  }
  if (atMost !== undefined) {
    const most = boundOf(atMost, object);
    yield [`at most ${most ?? '(not set)'}`, every((value) => order(value, most) <= 0)];
  }
  if (rule.sameAs !== undefined) {
    const others = valuesAt(object, rule.sameAs);
    const same = found.length > 0 && canonicalJson(found) === canonicalJson(others);
    yield [`${others.map(show).join(', ') || 'not set'} (as ${rule.sameAs})`, same];
  }
  if (count !== undefined) yield [`${count} of them`, found.length === count];
  if (rule.absent) yield ['not set', found.length === 0];
  if (rule.present) yield ['set', found.length > 0];
}

/** The first that a path finds, when the bound is one. */
const boundOf = (limit: Bound, object: unknown): unknown =>
  typeof limit === 'object' ? valuesAt(object, limit.path)[0] : limit;

/** Numbers and quantities by size; what is neither is in no order. */
function order(value: Json, limit: unknown): number {
  const [own, other] = [sizeOf(value), sizeOf(limit)];
  return own && other ? compareQuantities(own, other) : Number.NaN;
}

const sizeOf = (value: unknown) =>
  typeof value === 'number' || typeof value === 'string' ? parseQuantity(value) : undefined;

const show = (value: Json): string => JSON.stringify(value);
const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
