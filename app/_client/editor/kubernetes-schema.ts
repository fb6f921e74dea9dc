import { kinds, openApiV3 } from '../../../lib/api';

/** A JSON Schema, or a part of one. */
type Node = { readonly [key: string]: unknown };

interface Document {
  readonly components: { readonly schemas: Readonly<Record<string, Node>> };
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const OPEN_API_REF = '#/components/schemas/';
const REF = '#/definitions/';

/** What every object that is typed must say. */
const REQUIRED = ['apiVersion', 'kind', 'metadata'];

/** "io.k8s.api.core.v1.PodSpec" without its dots, which some readers of JSON pointers trip over. */
const nameOf = (definition: string): string => definition.replaceAll('.', '_');

/** Kinds that are kept; reviews are only answered, and nobody writes one in an editor. */
const kept = kinds.filter(({ verbs }) => verbs?.includes('update') ?? true);

/** JSON Schema for every kind that is kept, from what the API says of itself: the types and the words of `explain`. */
export function kubernetesSchema(): Node {
  const roots = new Set(
    kept.map(({ group, version }) => (group === '' ? `api/${version}` : `apis/${group}/${version}`)),
  );
  const definitions = new Map<string, Node>();
  for (const root of roots) {
    const { schemas } = (JSON.parse(openApiV3(root)?.json ?? '') as Document).components;
    for (const [name, schema] of Object.entries(schemas)) definitions.set(name, schema);
  }
  const names = [...new Set(kept.map(({ kind }) => kind))].sort();
  const ofKind = names.map((kind) => ({
    if: { properties: { kind: { const: kind } }, required: ['kind'] },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word, in an object that nobody awaits
    then: oneOfVersions(kind, definitions),
  }));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A Kubernetes object',
    type: 'object',
    required: ['apiVersion', 'kind'],
    properties: { kind: { enum: names }, apiVersion: { type: 'string' } },
    allOf: ofKind,
    definitions: reachable(ofKind, definitions),
  };
}

/** A kind's schema; where two groups have a kind of that name, `apiVersion` tells them apart. */
function oneOfVersions(kind: string, definitions: ReadonlyMap<string, Node>): Node {
  const own = kept
    .filter((each) => each.kind === kind)
    .map(({ group, version }) => {
      const [name = ''] =
        [...definitions].find(([, schema]) =>
          (schema['x-kubernetes-group-version-kind'] as readonly Node[] | undefined)?.some(
            (each) => each.kind === kind && each.group === group && each.version === version,
          ),
        ) ?? [];
      const apiVersion = { const: group === '' ? version : `${group}/${version}` };
      return {
        allOf: [{ $ref: `${REF}${nameOf(name)}` }, { properties: { apiVersion }, required: REQUIRED }],
      };
    });
  return own.length === 1 && own[0] ? own[0] : { oneOf: own };
}

/** Definitions that something refers to, and all that those need. */
function reachable(from: unknown, definitions: ReadonlyMap<string, Node>): Node {
  const names = new Map([...definitions.keys()].map((name) => [nameOf(name), name]));
  const seen = new Map<string, Node>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each);
    if (!isNode(value)) return;
    const name = typeof value.$ref === 'string' ? value.$ref.slice(REF.length) : undefined;
    if (name !== undefined && !seen.has(name)) {
      const schema = toJsonSchema(definitions.get(names.get(name) ?? '') ?? {});
      seen.set(name, schema);
      visit(schema);
    }
    for (const each of Object.values(value)) visit(each);
  };
  visit(from);
  return Object.fromEntries([...seen].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * A schema of OpenAPI v3 as JSON Schema for an editor: references with their words beside them, no defaults that would be
 * proposed for typing though they say nothing, and no field but those that there are: another one is a typing error.
 */
function toJsonSchema(schema: Node): Node {
  const { allOf, properties, items, additionalProperties, default: standing, ...rest } = schema;
  const own = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith('x-kubernetes-')));
  const [base] = Array.isArray(allOf) ? allOf : [];
  if (isNode(base)) return { ...own, ...toJsonSchema(base) };
  return {
    ...own,
    ...(typeof own.$ref === 'string' ? { $ref: `${REF}${nameOf(own.$ref.slice(OPEN_API_REF.length))}` } : {}),
    ...(typeof standing === 'string' && standing !== '' ? { default: standing } : {}),
    ...(isNode(items) ? { items: toJsonSchema(items) } : {}),
    ...(isNode(additionalProperties) ? { additionalProperties: toJsonSchema(additionalProperties) } : {}),
    ...(isNode(properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, each]) => [name, toJsonSchema(each as Node)]),
          ),
          additionalProperties: false,
        }
      : {}),
  };
}
