import type { JsonObject } from '../objects';
import { Catalogue, Definitions } from './definitions';
import { INFO, MEANINGS, sharedParameters } from './frame';
import type { Operation, Route } from './operation';
import { type Parameter, pathParameters, queryParameter } from './parameters';
import { kindsByType, type Part } from './served';

/** The definitions of v3 documents. */
export const catalogueV3 = (): Catalogue => new Catalogue('#/components/schemas/', kindsByType());

/** The OpenAPI v3 document of a part of the API (kube-openapi builder3). */
export function documentV3(part: Part, catalogue: Catalogue): JsonObject {
  const definitions = new Definitions(catalogue);
  const paths = part.routes.map((route) => [route.path, pathItem(route, definitions)] as const);
  if (part.routes.length > 1) definitions.refer('WatchEvent');
  return {
    openapi: '3.0.0',
    info: INFO,
    paths: Object.fromEntries(paths),
    components: {
      schemas: definitions.all(),
      securitySchemes: {
        BearerToken: {
          type: 'apiKey',
          description: 'Bearer Token authentication',
          name: 'authorization',
          in: 'header',
        },
      },
    },
  };
}

function pathItem(route: Route, definitions: Definitions): JsonObject {
  const shared = sharedParameters(route);
  const parameters = [
    ...pathParameters(route.path, route.kind).map(([name, parameter]) => parameterV3(name, parameter)),
    ...shared.map((name) => parameterV3(name, queryParameter(name))),
  ];
  const operations = route.operations.map((each) => [
    each.method,
    operationV3(each, route, shared, definitions),
  ]);
  return { ...Object.fromEntries(operations), ...(parameters.length === 0 ? {} : { parameters }) };
}

function operationV3(
  operation: Operation,
  { tag }: Route,
  shared: readonly string[],
  definitions: Definitions,
): JsonObject {
  const { action, gvk, body, consumes, produces, answers } = operation;
  const own = operation.parameters.filter((name) => !shared.includes(name));
  const content = (types: readonly string[], type: string) =>
    Object.fromEntries(types.map((mime) => [mime, { schema: schemaRef(type, definitions) }]));
  const responses = Object.entries(answers).map(([code, type]) => [
    code,
    { description: MEANINGS[code] ?? '', content: content(produces, type) },
  ]);
  return {
    tags: [tag],
    description: operation.description,
    operationId: operation.id,
    ...(own.length === 0 ? {} : { parameters: own.map((name) => parameterV3(name, queryParameter(name))) }),
    ...(body
      ? {
          requestBody: {
            content: content(consumes, body.type),
            ...(body.required ? { required: true } : {}),
          },
        }
      : {}),
    responses: { ...Object.fromEntries(responses), 401: { description: 'Unauthorized' } },
    ...(action === undefined ? {} : { 'x-kubernetes-action': action }),
    ...(gvk === undefined ? {} : { 'x-kubernetes-group-version-kind': { ...gvk } }),
  };
}

const schemaRef = (type: string, definitions: Definitions): JsonObject =>
  type === 'string' ? { type: 'string' } : { $ref: definitions.refer(type) };

const parameterV3 = (name: string, parameter: Parameter): JsonObject => ({
  name,
  in: parameter.in,
  description: parameter.description,
  ...(parameter.in === 'path' ? { required: true } : {}),
  schema: { type: parameter.type, uniqueItems: true },
});
