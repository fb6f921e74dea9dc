import type { Bus as SharedBus } from '../bus';
import { log } from '../log';

/** Tells whoever listens that something about a topic is new; what it is they read from the database. */
export interface Bus {
  publish(topic: string): void;
  subscribe(topic: string, listener: () => void): () => void;
}

/** What happens at an assignment, and in one workspace's class. */
export const topics = {
  assignment: (id: string): string => `assignment:${id}`,
  workspace: (id: string): string => `workspace:${id}`,
  /** Hints that staff wrote for an assignment. */
  hints: (id: string): string => `hints:${id}`,
  /** Stored attempts were judged again. */
  regraded: (id: string): string => `regraded:${id}`,
  help: (cohortId: string): string => `help:${cohortId}`,
};

/** The bus between all processes that serve the database; after a gap everybody reads anew. */
export function createSharedBus(shared: SharedBus): Bus {
  return {
    publish(topic) {
      shared.publish(topic, null).catch((error: unknown) => log('warn', 'news-not-told', { topic, error }));
    },
    subscribe(topic, listener) {
      const stops = [shared.subscribe(topic, listener), shared.onGap(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
