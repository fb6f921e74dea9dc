import { isRecord } from '../../base';
import type { Message } from './encode-message';

/** The messages of gnostic's openapi.v2 that a document of ours needs, with its field numbers. */
const schema = (): Message => SCHEMA;

const NAMED_SCHEMAS: Message = { entries: [1, schema] };

const SCHEMA: Message = {
  fields: {
    $ref: [1, 'string'],
    format: [2, 'string'],
    description: [4, 'string'],
    default: [5, 'any'],
    uniqueItems: [16, 'bool'],
    required: [19, 'string'],
    enum: [20, 'anys'],
    additionalProperties: [
      21,
      { wraps: (value) => (typeof value === 'boolean' ? [2, 'bool'] : [1, schema]) },
    ],
    type: [22, { wraps: () => [1, 'string'] }],
    items: [23, { wraps: () => [1, schema] }],
    properties: [25, NAMED_SCHEMAS],
  },
  extensions: 31,
};

const QUERY: Message = {
  fields: {
    required: [1, 'bool'],
    in: [2, 'string'],
    description: [3, 'string'],
    name: [4, 'string'],
    type: [6, 'string'],
    uniqueItems: [20, 'bool'],
  },
};

const PATH: Message = {
  fields: {
    required: [1, 'bool'],
    in: [2, 'string'],
    description: [3, 'string'],
    name: [4, 'string'],
    type: [5, 'string'],
    uniqueItems: [19, 'bool'],
  },
};

const BODY: Message = {
  fields: {
    description: [1, 'string'],
    name: [2, 'string'],
    in: [3, 'string'],
    required: [4, 'bool'],
    schema: [5, schema],
  },
};

const NON_BODY: Message = { wraps: (value) => (placeOf(value) === 'query' ? [3, QUERY] : [4, PATH]) };
const PARAMETER: Message = { wraps: (value) => (placeOf(value) === 'body' ? [1, BODY] : [2, NON_BODY]) };
const PARAMETERS_ITEM: Message = { wraps: () => [1, PARAMETER] };

const placeOf = (parameter: unknown): unknown => (isRecord(parameter) ? parameter.in : undefined);

const RESPONSE: Message = {
  fields: { description: [1, 'string'], schema: [2, { wraps: () => [1, schema] }] },
};

const OPERATION: Message = {
  fields: {
    tags: [1, 'string'],
    description: [3, 'string'],
    operationId: [5, 'string'],
    produces: [6, 'string'],
    consumes: [7, 'string'],
    parameters: [8, PARAMETERS_ITEM],
    responses: [9, { entries: [1, { wraps: () => [1, RESPONSE] }] }],
    schemes: [10, 'string'],
  },
  extensions: 13,
};

const PATH_ITEM: Message = {
  fields: {
    get: [2, OPERATION],
    put: [3, OPERATION],
    post: [4, OPERATION],
    delete: [5, OPERATION],
    options: [6, OPERATION],
    head: [7, OPERATION],
    patch: [8, OPERATION],
    parameters: [9, PARAMETERS_ITEM],
  },
};

const API_KEY: Message = {
  fields: { type: [1, 'string'], name: [2, 'string'], in: [3, 'string'], description: [4, 'string'] },
};

/** A whole swagger document. */
export const SWAGGER: Message = {
  fields: {
    swagger: [1, 'string'],
    info: [2, { fields: { title: [1, 'string'], version: [2, 'string'] } }],
    paths: [8, { entries: [2, PATH_ITEM] }],
    definitions: [9, NAMED_SCHEMAS],
    securityDefinitions: [13, { entries: [1, { wraps: () => [2, API_KEY] }] }],
  },
};
