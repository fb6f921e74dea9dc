import { isRecord } from '../../base';
import type { Json, JsonObject } from '../objects';
import { Catalogue, Definitions } from './definitions';
import { INFO, MEANINGS, sharedParameters } from './frame';
import type { Operation, Route } from './operation';
import { type Parameter, pathParameters, queryParameter } from './parameters';
import { kindsByType, servedParts } from './served';

/** The OpenAPI v2 document (swagger) of the whole API. */
export function documentV2(): JsonObject {
  const definitions = new Definitions(new Catalogue('#/definitions/', kindsByType()));
  const routes = servedParts().flatMap((part) => part.routes);
  const paths = routes.map((route) => [route.path, pathItem(route, definitions)] as const);
  definitions.refer('WatchEvent');
  const schemas = Object.entries(definitions.all()).map(([name, schema]) => [name, toV2(schema)]);
  return {
    swagger: '2.0',
    info: INFO,
    paths: Object.fromEntries(paths),
    definitions: Object.fromEntries(schemas),
    securityDefinitions: {
      BearerToken: {
        description: 'Bearer Token authentication',
        type: 'apiKey',
        name: 'authorization',
        in: 'header',
      },
    },
    security: [{ BearerToken: [] }],
  };
}

/**
 * A schema of v3 as v2 tells it: a reference stands beside other words without `allOf`, but takes no default, elements
 * take none either, and what is one of several types is a string (kube-openapi's builder and the types' v2 definitions).
 */
function toV2(schema: Json | undefined): Json {
  if (!isRecord(schema)) return schema ?? null;
  const {
    allOf,
    oneOf,
    items,
    additionalProperties,
    properties,
    default: standing,
    ...rest
  } = schema as JsonObject;
  const [base] = Array.isArray(allOf) ? allOf : [];
  if (isRecord(base)) return { ...rest, ...(base as JsonObject) };
  return {
    ...rest,
    ...(oneOf === undefined ? {} : { type: 'string' }),
    ...(standing === undefined ? {} : { default: standing }),
    ...(items === undefined ? {} : { items: withoutDefault(toV2(items)) }),
    ...(additionalProperties === undefined
      ? {}
      : { additionalProperties: withoutDefault(toV2(additionalProperties)) }),
    ...(isRecord(properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, each]) => [name, toV2(each as Json)]),
          ),
        }
      : {}),
  };
}

function withoutDefault(schema: Json): Json {
  if (!isRecord(schema)) return schema;
  const { default: _standing, ...rest } = schema as JsonObject;
  return rest;
}

function pathItem(route: Route, definitions: Definitions): JsonObject {
  const shared = sharedParameters(route);
  const parameters = [
    ...pathParameters(route.path, route.kind).map(([name, parameter]) => parameterV2(name, parameter)),
    ...shared.map((name) => parameterV2(name, queryParameter(name))),
  ];
  const operations = route.operations.map((each) => [
    each.method,
    operationV2(each, route, shared, definitions),
  ]);
  return { ...Object.fromEntries(operations), ...(parameters.length === 0 ? {} : { parameters }) };
}

function operationV2(
  operation: Operation,
  { tag }: Route,
  shared: readonly string[],
  definitions: Definitions,
): JsonObject {
  const { action, gvk, body, answers } = operation;
  const own = operation.parameters.filter((name) => !shared.includes(name));
  const parameters = [
    ...(body ? [bodyV2(body, definitions)] : []),
    ...own.map((name) => parameterV2(name, queryParameter(name))),
  ];
  const responses = Object.entries(answers).map(([code, type]) => [
    code,
    { description: MEANINGS[code] ?? '', schema: schemaRef(type, definitions) },
  ]);
  return {
    description: operation.description,
    consumes: operation.consumes,
    produces: operation.produces,
    schemes: ['https'],
    tags: [tag],
    operationId: operation.id,
    ...(parameters.length === 0 ? {} : { parameters }),
    responses: { ...Object.fromEntries(responses), 401: { description: 'Unauthorized' } },
    ...(action === undefined ? {} : { 'x-kubernetes-action': action }),
    ...(gvk === undefined ? {} : { 'x-kubernetes-group-version-kind': { ...gvk } }),
  };
}

const bodyV2 = (body: NonNullable<Operation['body']>, definitions: Definitions): JsonObject => ({
  name: 'body',
  in: 'body',
  ...(body.required ? { required: true } : {}),
  schema: schemaRef(body.type, definitions),
});

const schemaRef = (type: string, definitions: Definitions): JsonObject =>
  type === 'string' ? { type: 'string' } : { $ref: definitions.refer(type) };

const parameterV2 = (name: string, parameter: Parameter): JsonObject => ({
  uniqueItems: true,
  type: parameter.type,
  description: parameter.description,
  name,
  in: parameter.in,
  ...(parameter.in === 'path' ? { required: true } : {}),
});
