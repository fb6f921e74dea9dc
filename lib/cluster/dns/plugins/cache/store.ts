import type { DnsAnswer, Json } from '../../../../api';
import type { Memory } from '../../plugin';
import { textHash } from '../../text-hash';

/** A kept response. */
export interface Item {
  readonly answer: DnsAnswer;
  /** How long it may be given, in seconds from `storedAt` (ms). */
  readonly ttl: number;
  readonly storedAt: number;
  /** For prefetching: how often it was asked for without a long pause. */
  readonly hits: number;
  readonly hitAt: number;
}

export type Side = 'success' | 'denial';

type Shard = Readonly<Record<string, Item>>;

/** As many as CoreDNS has: when a shard is full, one of its items goes. */
const SHARDS = 256;
const MIN_SHARD = 4;

/** Responses kept in a plugin's memory. */
export interface CacheStore {
  get(side: Side, key: string): Item | undefined;
  set(side: Side, key: string, item: Item, capacity: number): void;
  remove(side: Side, key: string): void;
}

/** The store behind one plugin's key. */
export function cacheStore(memory: Memory, name: string): CacheStore {
  const at = (side: Side, key: string): string => `${name}/${side}/${textHash(key) % SHARDS}`;
  const shard = (side: Side, key: string): Shard => (memory.get(at(side, key)) ?? {}) as unknown as Shard;
  const write = (side: Side, key: string, items: Shard) =>
    memory.set(at(side, key), items as unknown as Json);
  return {
    get: (side, key) => shard(side, key)[key],
    set(side, key, item, capacity) {
      const { [key]: known, ...others } = shard(side, key);
      const size = Math.max(Math.floor(capacity / SHARDS), MIN_SHARD);
      const kept = Object.entries(others);
      // The oldest goes; CoreDNS lets any go.
      const room = known === undefined && kept.length >= size ? kept.slice(kept.length - size + 1) : kept;
      write(side, key, { ...Object.fromEntries(room), [key]: item });
    },
    remove(side, key) {
      const { [key]: known, ...others } = shard(side, key);
      if (known !== undefined) write(side, key, others);
    },
  };
}
