import type { Json, KubeObject, Stored } from './objects';
import type { FieldError } from './status';

/** One column of a kind's table. */
export interface Column<T> {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  readonly format?: string;
  readonly description: string;
  /** 0 always shown, 1 by `-o wide`. */
  readonly priority: number;
  /** The cell's value; `now` in virtual milliseconds, for ages (duration.HumanDuration). */
  value(object: T, now: number): string | number | boolean | null;
}

/** How JSON fields are typed, for strict decoding: unknown fields and wrong types are found by it. */
export type Schema =
  | {
      readonly type: 'object';
      /** Unique among all types: the Go name, with its group before it where two groups share one. */
      readonly name: string;
      readonly goType: string;
      /** Where the type lives, as its OpenAPI definition says: "io.k8s.api.core.v1". */
      readonly package: string;
      readonly fields: Readonly<Record<string, Schema | (() => Schema)>>;
      readonly required: readonly string[];
      /** What Go writes for fields that it never leaves out, set or not. */
      readonly zeros: Readonly<Record<string, Json>>;
      /** Server-side apply owns it whole (`structType=atomic`). */
      readonly atomic?: boolean;
      /** Strategic merge: "replace" takes the patch as it is, "retainKeys" makes clients name all keys that shall be left. */
      readonly patchStrategy?: 'replace' | 'retainKeys';
    }
  | {
      readonly type: 'map';
      readonly value: Schema | (() => Schema);
      /** Server-side apply owns it whole (`mapType=atomic`). */
      readonly atomic?: boolean;
    }
  | {
      readonly type: 'array';
      readonly item: Schema | (() => Schema);
      /** Strategic merge: lists of objects merged by these keys, lists of scalars merged as sets; absent: replaced whole. */
      readonly mergeKeys?: readonly string[];
      /** Server-side apply: keys that tell items apart, none for a set of scalars; absent: owned and replaced whole. */
      readonly listMapKeys?: readonly string[];
      /** Server-side apply owns it whole, though a strategic patch merges it. */
      readonly atomic?: boolean;
      /** Strategic merge: clients name all keys of an item that shall be left. */
      readonly patchStrategy?: 'retainKeys';
    }
  | {
      readonly type:
        | 'string'
        | 'boolean'
        | 'int32'
        | 'int64'
        | 'number'
        | 'quantity'
        | 'int-or-string'
        | 'bytes';
    }
  | { readonly type: 'time'; readonly goType?: 'MicroTime' }
  | { readonly type: 'any'; readonly goType?: 'FieldsV1' | 'RawExtension' };

/** Everything the API server must know of a kind; one file or folder per kind under `api/kinds`, listed once. */
export interface KindSpec<T extends KubeObject = KubeObject> {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  /** "status", "scale", "log", "exec" … */
  readonly subresources: readonly string[];
  /** Verbs served, when not all eight. */
  readonly verbs?: readonly string[];
  /** `metadata.generation` is kept, and raised when `spec` changes. */
  readonly hasGeneration: boolean;
  readonly schema: Schema;
  /**
   * Of a kind that is another version of one listed before it: where its objects are stored ("events"), and how they go
   * in and come out.
   */
  readonly storage?: {
    readonly resource: string;
    encode(object: T): KubeObject;
    decode(stored: Stored): Stored<T>;
  };
  /** What every answer about the kind warns of: that it is deprecated, since when, and what to use. */
  readonly deprecated?: string;
  readonly columns: readonly Column<T>[];
  /** Field selectors understood beyond metadata.name and metadata.namespace. */
  readonly selectableFields?: Readonly<Record<string, (object: T) => string>>;
  /** Defaults of versioned types (`SetDefaults_*`), before validation. */
  setDefaults(object: T): T;
  /** Whether defaults reach below the first level of status (`SetDefaults_ServiceStatus…`), so that each new one needs them. */
  readonly defaultsDeepInStatus?: boolean;
  /** rest.RESTCreateStrategy.PrepareForCreate: drops status and fields a creator may not set. */
  prepareForCreate(object: T): T;
  /** rest.RESTUpdateStrategy.PrepareForUpdate for the main resource: status is kept from `previous`. */
  prepareForUpdate(next: T, previous: Stored<T>): T;
  /** The same for `/status`: spec is kept from `previous`. */
  prepareForStatusUpdate?(next: T, previous: Stored<T>): T;
  /** Everything wrong with the object, in upstream's order; `previous` on update. */
  validate(object: T, previous?: Stored<T>): readonly FieldError[];
  /** Warning headers for an accepted object (deprecated fields, duplicate names …). */
  warnings?(object: T, previous?: Stored<T>): readonly string[];
}
