import { type ApiResource, findResource, type KindSpec, type Schema } from '../api';

/** The list of OpenAPI documents: one for each group and version. */
export function openApiIndex(resources: readonly ApiResource[]): object {
  const roots = [...new Set(resources.map(rootOf))];
  const paths = roots.map((root) => [
    root,
    { serverRelativeURL: `/openapi/v3/${root}?hash=${hashOf(root)}` },
  ]);
  return { paths: Object.fromEntries(paths) };
}

const rootOf = ({ group, version }: Pick<ApiResource, 'group' | 'version'>): string =>
  group === '' ? `api/${version}` : `apis/${group}/${version}`;

/** Clients keep documents by this; it changes with what is served only. */
const hashOf = (root: string): string =>
  [...root]
    .map((char) => char.charCodeAt(0).toString(16))
    .join('')
    .toUpperCase();

/** The OpenAPI v3 document at a root such as "apis/apps/v1"; undefined when nothing is served there. */
export function openApiDocument(resources: readonly ApiResource[], root: string): object | undefined {
  const own = resources.filter((each) => rootOf(each) === root);
  if (own.length === 0) return undefined;
  const schemas = new Map<string, object>();
  for (const { group, version, resource } of own) {
    const spec = findResource(group, version, resource);
    if (spec) addKind(schemas, spec);
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.35.0' },
    paths: Object.fromEntries(own.flatMap(pathsOf)),
    components: { schemas: Object.fromEntries(schemas) },
  };
}

const WRITE_PARAMETERS = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
  name,
  in: 'query',
  schema: { type: 'string', uniqueItems: true },
}));

function pathsOf({ group, version, kind, namespaced, resource }: ApiResource): readonly [string, object][] {
  const base = `/${rootOf({ group, version })}${namespaced ? '/namespaces/{namespace}' : ''}/${resource}`;
  const meaning = { 'x-kubernetes-group-version-kind': { group, kind, version } };
  const operation = (action: string) => ({
    ...meaning,
    'x-kubernetes-action': action,
    parameters: WRITE_PARAMETERS,
    responses: { '200': { description: 'OK' } },
  });
  return [
    [base, { get: operation('list'), post: operation('post') }],
    [
      `${base}/{name}`,
      {
        get: operation('get'),
        put: operation('put'),
        patch: operation('patch'),
        delete: operation('delete'),
      },
    ],
  ];
}

const PREFIX = 'io.k8s';

function addKind(schemas: Map<string, object>, spec: KindSpec): void {
  const { group, version, kind } = spec;
  const own = addType(schemas, spec.schema);
  const schema = schemas.get(own);
  if (schema) schemas.set(own, { ...schema, 'x-kubernetes-group-version-kind': [{ group, kind, version }] });
}

function addType(schemas: Map<string, object>, schema: Schema): string {
  if (schema.type !== 'object') return '';
  const name = `${PREFIX}.${schema.goType}`;
  if (schemas.has(name)) return name;
  // Held before its fields are read, for types that contain themselves.
  schemas.set(name, {});
  const properties = Object.entries(schema.fields).map(([field, each]) => [field, property(schemas, each)]);
  schemas.set(name, { type: 'object', properties: Object.fromEntries(properties) });
  return name;
}

const SCALARS: Readonly<Record<string, object>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  number: { type: 'number', format: 'double' },
  quantity: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  'int-or-string': { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  time: { type: 'string', format: 'date-time' },
  bytes: { type: 'string', format: 'byte' },
};

function property(schemas: Map<string, object>, lazy: Schema | (() => Schema)): object {
  const schema = typeof lazy === 'function' ? lazy() : lazy;
  switch (schema.type) {
    case 'object':
      return { allOf: [{ $ref: `#/components/schemas/${addType(schemas, schema)}` }], default: {} };
    case 'map':
      return { type: 'object', additionalProperties: property(schemas, schema.value) };
    case 'array':
      return { type: 'array', items: property(schemas, schema.item), ...listExtensions(schema) };
    default:
      return SCALARS[schema.type] ?? {};
  }
}

/** How kubectl merges lists when it makes a strategic patch itself. */
function listExtensions({ mergeKeys, listMapKeys }: Schema & { type: 'array' }): object {
  const keys = listMapKeys ?? mergeKeys;
  if (!keys) return { 'x-kubernetes-list-type': 'atomic' };
  const patching = mergeKeys
    ? {
        'x-kubernetes-patch-strategy': 'merge',
        ...(mergeKeys[0] === undefined ? {} : { 'x-kubernetes-patch-merge-key': mergeKeys[0] }),
      }
    : {};
  const listing =
    keys.length === 0
      ? { 'x-kubernetes-list-type': 'set' }
      : { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys };
  return { ...patching, ...listing };
}
