/** A schema of an OpenAPI document, as far as explain reads it. */
export interface OpenApiSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly required?: readonly string[];
  readonly items?: OpenApiSchema;
  readonly additionalProperties?: OpenApiSchema | boolean;
  readonly allOf?: readonly OpenApiSchema[];
  readonly enum?: readonly unknown[];
  readonly 'x-kubernetes-group-version-kind'?: unknown;
}

/** What the documents call a kind. */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Whether a definition is of a kind. */
export function isOfKind(schema: OpenApiSchema, { group, version, kind }: GroupVersionKind): boolean {
  const kinds = schema['x-kubernetes-group-version-kind'];
  return (
    Array.isArray(kinds) &&
    kinds.some(
      (each: Partial<GroupVersionKind>) =>
        each.group === group && each.version === version && each.kind === kind,
    )
  );
}

/** Names in the order of Go's maps. */
export const sortedNames = (fields: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.keys(fields).sort();
