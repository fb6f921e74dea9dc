import type { OpenApiSchema } from './open-api-schema';

/** A schema of OpenAPI v2 as kube-openapi's util/proto sees it. */
export type Model = { readonly description: string } & (
  | { readonly is: 'reference'; readonly name: string }
  | { readonly is: 'list' | 'map'; readonly of: Model }
  | {
      readonly is: 'kind';
      readonly fields: Readonly<Record<string, OpenApiSchema>>;
      readonly required: readonly string[];
    }
  | { readonly is: 'primitive'; readonly type: string }
  | { readonly is: 'arbitrary' }
);

/** The model of a definition by its name. */
export type Models = (reference: string) => Model;

const PREFIX = '#/definitions/';

/** util/proto ParseSchema. */
export function modelOf(schema: OpenApiSchema): Model {
  const { $ref, type, properties, required = [], items, additionalProperties, description = '' } = schema;
  if ($ref !== undefined) return { is: 'reference', name: $ref.slice(PREFIX.length), description };
  if (properties && (type === undefined || type === 'object')) {
    return { is: 'kind', fields: properties, required, description };
  }
  if (type === undefined) return { is: 'arbitrary', description };
  if (type === 'array') return { is: 'list', of: modelOf(items ?? {}), description };
  if (type !== 'object') return { is: 'primitive', type, description };
  const inner = typeof additionalProperties === 'object' ? modelOf(additionalProperties) : undefined;
  return { is: 'map', of: inner ?? { is: 'arbitrary', description }, description };
}
