import { randomUUID } from 'node:crypto';
import type { PrismaClient } from '../generated/prisma/client';
import { log } from '../log';
import type { Connect, Line } from './listen';
import { keepListening } from './listen';

/** Whatever can run a statement: the client itself, or a transaction of its. */
export type Statements = Pick<PrismaClient, '$executeRaw'>;

/** News between the processes that serve one database. They are hints: what counts is in the tables. */
export interface Bus {
  /** Resolves when news is heard. */
  readonly ready: Promise<void>;
  /**
   * Tells every process, this one too, once the transaction that `by` is in has been committed. Bodies are small:
   * names of what changed, not the change.
   */
  publish(topic: string, body: unknown, by?: Statements): Promise<void>;
  /** Calls back for each body of a topic; returns how to stop. */
  subscribe(topic: string, listener: (body: unknown) => void): () => void;
  /** Calls back when news may have been missed: whoever shows something reads it anew. */
  onGap(listener: () => void): () => void;
  close(): Promise<void>;
}

/** This process among those that serve the database. */
export const PROCESS_ID = randomUUID();

/** PostgreSQL's own channel, of which there is one: topics are ours. */
const CHANNEL = 'portside';
/** PostgreSQL takes less than 8000 bytes. */
const LIMIT_BYTES = 7_900;

/** A bus over LISTEN and NOTIFY. `connect` opens a connection of its own, again and again when it is lost. */
export function createBus(prisma: Statements, connect: Connect): Bus {
  const topics = new Map<string, Set<(body: unknown) => void>>();
  const gaps = new Set<() => void>();
  const line: Line = keepListening(connect, CHANNEL, {
    heard(text) {
      const { topic, body } = JSON.parse(text) as { readonly topic: string; readonly body: unknown };
      for (const listener of [...(topics.get(topic) ?? [])]) shielded(topic, () => listener(body));
    },
    gap() {
      for (const listener of [...gaps]) shielded('gap', listener);
    },
  });
  return {
    ready: line.ready,
    async publish(topic, body, by = prisma) {
      const text = JSON.stringify({ topic, body });
      if (Buffer.byteLength(text) > LIMIT_BYTES) throw new RangeError(`too long for the bus: ${topic}`);
      await by.$executeRaw`SELECT pg_notify(${CHANNEL}, ${text})`;
    },
    subscribe(topic, listener) {
      const listeners = topics.get(topic) ?? new Set();
      topics.set(topic, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && topics.get(topic) === listeners) topics.delete(topic);
      };
    },
    onGap(listener) {
      gaps.add(listener);
      return () => gaps.delete(listener);
    },
    close: () => line.close(),
  };
}

/** One listener's failure is its own. */
function shielded(topic: string, call: () => void): void {
  try {
    call();
  } catch (error) {
    log('error', 'bus-listener-failed', { topic, error });
  }
}
