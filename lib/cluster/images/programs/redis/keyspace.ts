import { RedisError } from './reply';

/** What a key holds. */
export type RedisValue =
  | { readonly type: 'string'; readonly text: string }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | { readonly type: 'set'; readonly members: readonly string[] }
  | { readonly type: 'hash'; readonly fields: Readonly<Record<string, string>> }
  | { readonly type: 'zset'; readonly scores: Readonly<Record<string, number>> };

/** A key's value, and the moment it is gone. */
export type RedisEntry = { readonly value: RedisValue; readonly expiresAt: number | null };
export type RedisDatabase = { readonly [key: string]: RedisEntry };
/** Databases by number. */
export type RedisDatabases = { readonly [number: string]: RedisDatabase };

type Of<T extends RedisValue['type']> = Extract<RedisValue, { type: T }>;

/** One database while a command runs. */
export class Keyspace {
  readonly now: number;
  readonly databases: Record<string, RedisDatabase>;
  readonly db: number;
  /** Changes so far; what is counted towards the next save. */
  changes = 0;

  constructor(databases: RedisDatabases, db: number, now: number) {
    this.databases = { ...databases };
    this.db = db;
    this.now = now;
  }

  in(db: number): Keyspace {
    const other = new Keyspace({}, db, this.now);
    Object.assign(other, { databases: this.databases });
    return other;
  }

  get #all(): RedisDatabase {
    return this.databases[String(this.db)] ?? {};
  }

  entry(key: string): RedisEntry | undefined {
    const found = Object.hasOwn(this.#all, key) ? this.#all[key] : undefined;
    if (found === undefined || (found.expiresAt !== null && found.expiresAt <= this.now)) return undefined;
    return found;
  }

  /** The value of a key, which must be of the type or absent. */
  value<T extends RedisValue['type']>(key: string, type: T): Of<T> | undefined {
    const found = this.entry(key);
    if (found === undefined) return undefined;
    if (found.value.type !== type)
      throw new RedisError('WRONGTYPE Operation against a key holding the wrong kind of value');
    return found.value as Of<T>;
  }

  keys(): readonly string[] {
    return Object.keys(this.#all).filter((key) => this.entry(key) !== undefined);
  }

  /** Sets a value; its time to live stays unless one is given. Empty collections are no keys. */
  put(key: string, value: RedisValue, expiresAt?: number | null): void {
    if (isEmpty(value)) {
      this.remove(key);
      return;
    }
    const until = expiresAt === undefined ? (this.entry(key)?.expiresAt ?? null) : expiresAt;
    this.databases[String(this.db)] = { ...this.#all, [key]: { value, expiresAt: until } };
    this.changes += 1;
  }

  remove(key: string): boolean {
    if (this.entry(key) === undefined) return false;
    const { [key]: _, ...rest } = this.#all;
    this.databases[String(this.db)] = rest;
    this.changes += 1;
    return true;
  }

  clear(): void {
    this.changes += this.keys().length;
    this.databases[String(this.db)] = {};
  }
}

function isEmpty(value: RedisValue): boolean {
  switch (value.type) {
    case 'list':
      return value.items.length === 0;
    case 'set':
      return value.members.length === 0;
    case 'hash':
      return Object.keys(value.fields).length === 0;
    case 'zset':
      return Object.keys(value.scores).length === 0;
    default:
      return false;
  }
}

/** A whole number among arguments. */
export function wholeNumber(text: string | undefined): number {
  if (text === undefined || !/^[+-]?\d{1,19}$/.test(text))
    throw new RedisError('ERR value is not an integer or out of range');
  return Number(text);
}

/** A number among arguments. */
export function anyNumber(text: string | undefined): number {
  const low = text?.toLowerCase();
  if (low === 'inf' || low === '+inf') return Number.POSITIVE_INFINITY;
  if (low === '-inf') return Number.NEGATIVE_INFINITY;
  if (text === undefined || text.trim() === '' || Number.isNaN(Number(text)))
    throw new RedisError('ERR value is not a valid float');
  return Number(text);
}

/** A score as Redis prints it. */
export function shownScore(score: number): string {
  if (score === Number.POSITIVE_INFINITY) return 'inf';
  if (score === Number.NEGATIVE_INFINITY) return '-inf';
  return String(score);
}

/** The part of a list between two indices, which count from the end when negative. */
export function between<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const start = from < 0 ? Math.max(0, items.length + from) : from;
  const end = to < 0 ? items.length + to : to;
  return items.slice(start, end + 1);
}
