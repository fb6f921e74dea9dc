import type { Bus } from '../bus';

/** Tells of topics that have news all the time, each so often at most. */
export interface CalmNews {
  /** At once after a quiet while, else when the while is over. */
  tell(topic: string): void;
}

/** Boards are read every second at most: a class of five hundred that types need not make more news than that. */
const EVERY_MS = 1_000;

/** Calm news over a bus. */
export function createCalmNews(bus: Pick<Bus, 'publish'>): CalmNews {
  /** Topics that were told of a moment ago, and whether there is more to tell. */
  const told = new Map<string, boolean>();
  const tell = (topic: string) => {
    told.set(topic, false);
    void bus.publish(topic);
    setTimeout(() => {
      const more = told.get(topic);
      told.delete(topic);
      if (more) tell(topic);
    }, EVERY_MS).unref();
  };
  return {
    tell(topic) {
      if (told.has(topic)) told.set(topic, true);
      else tell(topic);
    },
  };
}
