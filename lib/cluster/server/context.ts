import type { Json, JsonObject, KindSpec, KubeObject, Stored } from '../../api';
import type { Clock, Random } from '../../base';
import type { Identity, Store } from '../seams';
import type { Policy } from './access/decide';
import type { TokenKey } from './access/tokens/jwt';
import type { Registry } from './registry';
import type { ServiceNetwork } from './service/service-network';

/** What every verb works with. */
export interface ServerContext {
  readonly store: Store;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly random: Random;
  readonly network: ServiceNetwork;
  readonly objectLimit: number;
  /** What service account tokens are signed with. */
  readonly tokenKey: TokenKey;
  /** A stored object as its owner would have renewed it by now. */
  renewed(stored: Stored): Stored;
  /** Whether objects of a kind may be renewed at all. */
  renews(kind: KindSpec): boolean;
  /** What roles and bindings come to now. */
  policy(): Policy;
}

/** One request: who asks, and for which kind. */
export interface Request {
  readonly context: ServerContext;
  readonly identity: Identity;
  readonly kind: KindSpec;
  readonly namespace: string;
}

/** Any object with the two parts that the server treats alike for all kinds. */
export type Loose = KubeObject & { readonly spec?: JsonObject; readonly status?: JsonObject };
/** The same as the store holds it. */
export type StoredLoose = Stored<Loose>;

/** The value at a path of field names, or undefined. */
export function field(object: unknown, ...path: readonly string[]): Json | undefined {
  let current = object as Json | undefined;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || Array.isArray(current)) return undefined;
    current = (current as JsonObject)[key];
  }
  return current;
}

/** `object` without the properties that are undefined. */
export function compact<T extends object>(object: { readonly [K in keyof T]: T[K] | undefined }): T {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as T;
}
