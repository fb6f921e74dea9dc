import type { Bus as SharedBus } from '../bus';
import { log } from '../log';

/** Tells whoever listens that something about a topic is new; mostly what it is they read from the database. */
export interface Bus {
  /** Resolves when it was told. What could not be told is logged: it was a hint. */
  publish(topic: string, body?: unknown): Promise<void>;
  /** `null` stands for what may have been missed. */
  subscribe(topic: string, listener: (body: unknown) => void): () => void;
}

/** What happens at an assignment, and in one workspace's class. */
export const topics = {
  assignment: (id: string): string => `assignment:${id}`,
  workspace: (id: string): string => `workspace:${id}`,
  /** Hints that staff wrote for an assignment. */
  hints: (id: string): string => `hints:${id}`,
  /** Stored attempts were judged again. */
  regraded: (id: string): string => `regraded:${id}`,
  /** The same for every process: whoever has such workspaces in memory loads them anew. */
  labChanged: 'lab-changed',
  help: (cohortId: string): string => `help:${cohortId}`,
  /** Somebody watches a terminal, or does no more; and what one of them is shown. */
  terminalWanted: 'terminal-wanted',
  terminalUnwanted: 'terminal-unwanted',
  terminal: (watcher: string): string => `terminal:${watcher}`,
};

/** The bus between all processes that serve the database; after a gap everybody reads anew. */
export function createSharedBus(shared: SharedBus): Bus {
  return {
    async publish(topic, body = {}) {
      await shared
        .publish(topic, body)
        .catch((error: unknown) => log('warn', 'news-not-told', { topic, error }));
    },
    subscribe(topic, listener) {
      const stops = [shared.subscribe(topic, listener), shared.onGap(() => listener(null))];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
