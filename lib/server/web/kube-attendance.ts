import type { LiveWorkspace, Registry } from '../live';

/** Keeps workspaces alive while clients speak to their API. */
export interface Attendance {
  /** The live workspace of that id, whose time passes at least until `done` is called. */
  attend(id: string): Promise<{ readonly live: LiveWorkspace; readonly done: () => void }>;
  close(): void;
}

interface Entry {
  readonly live: LiveWorkspace;
  readonly leave: () => void;
  requests: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Whoever applies something and asks again a few minutes later finds that it went on meanwhile. */
const LINGER_MS = 5 * 60_000;

/** Nobody attends yet. */
export function createAttendance(registry: Registry, lingerMs: number = LINGER_MS): Attendance {
  const present = new Map<string, Entry>();
  const drop = (id: string, entry: Entry) => {
    clearTimeout(entry.timer);
    if (present.get(id) === entry) present.delete(id);
    entry.leave();
  };
  const enter = async (id: string): Promise<Entry> => {
    const known = present.get(id);
    if (known && !known.live.broken) return known;
    const live = await registry.open(id);
    const leave = await live.useApi();
    // Another request may have come first while this one waited.
    const other = present.get(id);
    if (other?.live === live) {
      leave();
      return other;
    }
    const entry: Entry = { live, leave, requests: 0, timer: undefined };
    present.set(id, entry);
    return entry;
  };
  return {
    async attend(id) {
      const entry = await enter(id);
      entry.requests += 1;
      clearTimeout(entry.timer);
      let here = true;
      return {
        live: entry.live,
        done() {
          if (!here) return;
          here = false;
          entry.requests -= 1;
          if (entry.requests > 0) return;
          if (entry.live.broken || present.get(id) !== entry) drop(id, entry);
          else entry.timer = setTimeout(() => drop(id, entry), lingerMs).unref();
        },
      };
    },
    close() {
      for (const [id, entry] of [...present]) drop(id, entry);
    },
  };
}
