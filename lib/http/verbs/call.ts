import type { Client, KindSpec, ResourceRoute } from '../../api';
import { subresourceKind } from '../../api';
import type { KindDefaults } from '../protobuf/read-protobuf';
import type { Query } from '../request/parameters';

/** One request for a resource that is served. */
export interface Call {
  readonly client: Client;
  readonly request: Request;
  readonly route: ResourceRoute;
  readonly query: Query;
  readonly spec: KindSpec;
  readonly timers: Timers;
}

/** A call that names an object. */
export interface NamedCall extends Call {
  readonly route: ResourceRoute & { readonly name: string };
}

/** Wall time, which a served API may wait for. */
export interface Timers {
  /** Runs once, so many milliseconds from now; returns how to call it off. */
  after(ms: number, run: () => void): () => void;
}

/** What a body is when it does not say so itself. */
export function bodyKind({ spec, route }: Pick<Call, 'spec' | 'route'>): KindDefaults {
  const { group, version, kind } =
    route.subresource === undefined ? spec : subresourceKind(spec, route.subresource);
  return { apiVersion: group === '' ? version : `${group}/${version}`, kind };
}
