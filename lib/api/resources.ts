/** Which resource of the API is meant: group '' is core. */
export interface ResourceRef {
  readonly group: string;
  readonly version: string;
  /** The plural, e.g. "deployments". */
  readonly resource: string;
}

/** What discovery tells of one resource (metav1.APIResource with its group and version). */
export interface ApiResource extends ResourceRef {
  readonly kind: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  /** In discovery's order: create, delete, deletecollection, get, list, patch, update, watch. */
  readonly verbs: readonly string[];
  readonly subresources: readonly string[];
}
