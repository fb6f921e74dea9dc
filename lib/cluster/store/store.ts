import BTree from 'sorted-btree';
import type { Json, KubeObject, Stored } from '../../api';
import { assert, byText, deepFreeze } from '../../base';
import type { Change, Store } from '../seams';

/**
 * Changes kept for watches that come late; an older watch ends with 410 Expired, as after etcd's compaction. Each is a version of an
 * object, some two kilobytes, and most workspaces have nobody who watches from outside.
 */
export const WATCH_LOG_LIMIT = 250;

/** Sorts after every key that has the given prefix: no name holds this code unit. */
const PREFIX_END = '\uffff';

/** How a new store begins. */
export interface StoreOptions {
  /** The revision before the first write; real clusters are never found at 0. */
  readonly revision?: number | undefined;
  /** Freeze what is stored, so that a mutation throws where it happens; costs time, meant for tests. */
  readonly freeze?: boolean | undefined;
}

interface Contents {
  readonly objects: BTree<string, Stored>;
  readonly log: BTree<number, Change>;
  readonly revision: number;
  /** Revisions up to here are no longer in the log. */
  readonly compacted: number;
  readonly freeze: boolean;
}

const byNumber = (a: number, b: number): number => a - b;
const emptyLog = (): BTree<number, Change> => new BTree<number, Change>(undefined, byNumber);

/** An empty store. */
export function createStore(options: StoreOptions = {}): Store {
  const revision = options.revision ?? 0;
  return storeOf({
    objects: new BTree<string, Stored>(undefined, byText),
    log: emptyLog(),
    revision,
    compacted: revision,
    freeze: options.freeze ?? false,
  });
}

/** The store whose `snapshot` this is. Its log begins here: watches from before it have expired. */
export function restoreStore(json: Json, options: Pick<StoreOptions, 'freeze'> = {}): Store {
  const snapshot = json as unknown as StoreSnapshot;
  assert(snapshot !== null && Array.isArray(snapshot.objects), 'a store snapshot holds objects');
  const freeze = options.freeze ?? false;
  const objects = new BTree<string, Stored>(undefined, byText);
  for (const [key, object] of snapshot.objects) objects.set(key, freeze ? deepFreeze(object) : object);
  const { revision } = snapshot;
  return storeOf({
    objects,
    log: emptyLog(),
    revision,
    compacted: revision,
    freeze,
  });
}

interface StoreSnapshot {
  readonly revision: number;
  readonly objects: readonly (readonly [key: string, object: Stored])[];
}

function storeOf(contents: Contents): Store {
  return new MemoryStore(contents);
}

/** One class with its methods on the prototype: a fork costs two tree heads and nothing else. */
class MemoryStore implements Store {
  #objects: BTree<string, Stored>;
  #log: BTree<number, Change>;
  #revision: number;
  #compacted: number;
  #freeze: boolean;
  #listeners: readonly ((change: Change) => void)[] = NO_LISTENERS;

  constructor(contents: Contents) {
    this.#objects = contents.objects;
    this.#log = contents.log;
    this.#revision = contents.revision;
    this.#compacted = contents.compacted;
    this.#freeze = contents.freeze;
  }

  get revision(): number {
    return this.#revision;
  }

  get size(): number {
    return this.#objects.size;
  }

  get(key: string): Stored | undefined {
    return this.#objects.get(key);
  }

  list(prefix: string, options?: { readonly limit?: number; readonly after?: string }): readonly Stored[] {
    const found: Stored[] = [];
    const limit = options?.limit ?? Number.POSITIVE_INFINITY;
    const after = options?.after;
    if (limit <= 0) return found;
    this.#objects.forRange(after ?? prefix, prefix + PREFIX_END, false, (key, object) => {
      if (key !== after) found.push(object);
      return found.length >= limit ? STOP : undefined;
    });
    return found;
  }

  count(prefix: string): number {
    return this.#objects.forRange(prefix, prefix + PREFIX_END, false);
  }

  put(key: string, object: KubeObject): Stored {
    const revision = this.#revision + 1;
    const stored = withRevision(object, revision);
    if (this.#freeze) deepFreeze(stored);
    const previous = this.#objects.get(key);
    this.#objects.set(key, stored);
    this.#record({ revision, key, object: stored, previous });
    return stored;
  }

  delete(key: string): Stored | undefined {
    const existing = this.#objects.get(key);
    if (!existing) return undefined;
    const revision = this.#revision + 1;
    this.#objects.delete(key);
    this.#record({ revision, key, object: undefined, previous: existing });
    const last = withRevision(existing, revision);
    return this.#freeze ? deepFreeze(last) : last;
  }

  since(revision: number, prefix: string): readonly Change[] | undefined {
    if (revision < this.#compacted) return undefined;
    const changes: Change[] = [];
    this.#log.forRange(revision + 1, this.#revision, true, (_revision, change) => {
      if (change.key.startsWith(prefix)) changes.push(change);
    });
    return changes;
  }

  listen(listener: (change: Change) => void): () => void {
    const heard = (change: Change) => listener(change);
    this.#listeners = [...this.#listeners, heard];
    return () => {
      this.#listeners = this.#listeners.filter((each) => each !== heard);
    };
  }

  fork(): Store {
    return storeOf({
      objects: this.#objects.clone(),
      // Whoever watches goes on with this store. The states that are kept for an undo would keep every version of every object.
      log: emptyLog(),
      revision: this.#revision,
      compacted: this.#revision,
      freeze: this.#freeze,
    });
  }

  snapshot(): Json {
    const snapshot: StoreSnapshot = { revision: this.#revision, objects: this.#objects.toArray() };
    return snapshot as unknown as Json;
  }

  #record(change: Change): void {
    this.#revision = change.revision;
    this.#log.set(change.revision, change);
    if (this.#log.size > WATCH_LOG_LIMIT) {
      const oldest = this.#log.minKey();
      assert(oldest !== undefined, 'a log over its limit is not empty');
      this.#log.delete(oldest);
      this.#compacted = oldest;
    }
    for (const listener of this.#listeners) listener(change);
  }
}

const NO_LISTENERS: readonly ((change: Change) => void)[] = [];
const STOP = { break: true } as const;

function withRevision(object: KubeObject, revision: number): Stored {
  return { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } } as Stored;
}
