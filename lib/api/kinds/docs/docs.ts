/** What is said of a Go type and of its fields: a sentence or three each, our own. */
export interface TypeDocs {
  readonly description: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Descriptions of types by name, as `schemaOf` knows them. */
export type Docs = Readonly<Record<string, TypeDocs>>;

const API_VERSION =
  'The group and version of the API that this object is written in, such as apps/v1; v1 alone is the core group.';
const KIND = 'What this object is, in CamelCase. It cannot be changed.';

/** The fields of everything that says what it is. */
export const typeFields: Readonly<Record<string, string>> = { apiVersion: API_VERSION, kind: KIND };

/** The fields that every object has, beside its own. */
export function objectFields(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return {
    ...typeFields,
    metadata: 'Name, namespace, labels, annotations and what else every object carries.',
    ...fields,
  };
}

/** The fields of lists of objects. */
export const listFields: Readonly<Record<string, string>> = {
  ...typeFields,
  items: 'The objects, by namespace and name.',
  metadata: 'The version at which the list was made, and how to get the rest of it.',
};
