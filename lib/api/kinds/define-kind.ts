import type { Column, KindSpec, Schema } from '../kind-spec';
import type { KubeObject, Stored } from '../objects';
import type { FieldError } from '../status';

/** What a kind's file states; the rest of `KindSpec` follows from it. */
export interface KindDefinition<T extends KubeObject> {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  /** True when left out. */
  readonly namespaced?: boolean;
  readonly subresources?: readonly string[];
  readonly verbs?: readonly string[];
  /** False when left out. */
  readonly hasGeneration?: boolean;
  readonly schema: Schema;
  readonly storage?: NonNullable<KindSpec<T>['storage']>;
  readonly deprecated?: string;
  readonly columns: readonly Column<T>[];
  readonly selectableFields?: Readonly<Record<string, (object: T) => string>>;
  setDefaults?(object: T): T;
  readonly defaultsDeepInStatus?: boolean;
  prepareForCreate?(object: T): T;
  prepareForUpdate?(next: T, previous: Stored<T>): T;
  prepareForStatusUpdate?(next: T, previous: Stored<T>): T;
  validate(object: T, previous?: Stored<T>): readonly FieldError[];
  warnings?(object: T, previous?: Stored<T>): readonly string[];
}

const same = <T>(object: T): T => object;

/** Completes a definition; the result takes any object, because the server finds it by the object's own kind. */
export function defineKind<T extends KubeObject>(definition: KindDefinition<T>): KindSpec {
  const { selectableFields, ...rest } = definition;
  const fields = Object.entries(selectableFields ?? {}).map(
    ([field, read]) => [field, (object: KubeObject) => read(object as T)] as const,
  );
  const spec: Omit<KindSpec<T>, 'selectableFields'> = {
    shortNames: [],
    categories: [],
    namespaced: true,
    subresources: [],
    hasGeneration: false,
    setDefaults: same,
    prepareForCreate: same,
    prepareForUpdate: same,
    ...rest,
    singular: definition.kind.toLowerCase(),
  };
  return { ...spec, selectableFields: Object.fromEntries(fields) };
}
