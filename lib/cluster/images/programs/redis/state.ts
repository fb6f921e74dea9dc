import type { RedisDatabases } from './keyspace';
import type { RedisConfig } from './options';

/** A replica that a master knows of. */
export type KnownReplica = { readonly ip: string; readonly port: number; readonly offset: number };

/** How a replica stands to its master. */
export type MasterLink = {
  readonly host: string;
  readonly port: number;
  readonly up: boolean;
  /** When it looks at its master again. */
  readonly lookAt: number;
  readonly downSince: number;
};

/** All that a redis-server holds; JSON. */
export type RedisState = {
  readonly config: RedisConfig;
  readonly file: string | null;
  readonly runId: string;
  readonly startedAt: number;
  readonly databases: RedisDatabases;
  /** Changes since the last save, and when that was. */
  readonly dirty: number;
  readonly savedAt: number;
  readonly master: MasterLink | null;
  readonly replicas: readonly KnownReplica[];
  readonly replId: string;
  readonly offset: number;
  readonly commands: number;
  readonly connections: number;
};
