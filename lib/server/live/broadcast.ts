import type { ClusterChange, ServerMessage } from '../protocol';
import type { OutputBuffer } from './output-buffer';
import { type Page, type PageSocket, tell, tellOutput } from './page';

/** Gathers what happens for a moment and then tells every page, so that a flood of small things is a few messages. */
export interface Broadcast {
  outputGrew(): void;
  change(change: ClusterChange): void;
  file(path: string, text: string | null): void;
  /** Tells everything gathered so far, now. */
  flush(): void;
  /** Tells every page, after what was gathered. */
  tellAll(message: ServerMessage): void;
  /** Nothing is told until the returned function is called: what happens is not yet stored. */
  pause(): () => void;
  /** Forgets changes that were gathered but not told: a whole new picture follows. */
  forget(): void;
  stop(): void;
}

/** One frame of a screen. */
const FLUSH_MS = 16;

/** A broadcast to whichever pages there are. */
export function createBroadcast(
  pages: ReadonlyMap<PageSocket, Page>,
  outputs: ReadonlyMap<string, OutputBuffer>,
  now: () => number,
): Broadcast {
  let changes = new Map<string, ClusterChange>();
  let files = new Map<string, string | null>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastFlush = 0;
  let paused = false;

  const tellPages = (message: ServerMessage) => {
    for (const page of pages.values()) tell(page.socket, message);
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (paused) return;
    lastFlush = performance.now();
    for (const page of pages.values()) tellOutput(page, outputs);
    if (changes.size > 0) tellPages({ type: 'cluster', changes: [...changes.values()], now: now() });
    if (files.size > 0) {
      tellPages({ type: 'files', changes: [...files].map(([path, text]) => ({ path, text })) });
    }
    changes = new Map();
    files = new Map();
  };
  // The first thing after a quiet moment, such as the echo of a key, goes out at once.
  const soon = () => {
    timer ??= setTimeout(flush, Math.max(0, lastFlush + FLUSH_MS - performance.now()));
  };

  return {
    flush,
    outputGrew: soon,
    change(change) {
      const { namespace = '', name } = change.object.metadata;
      const key = `${change.resource}/${namespace}/${name}`;
      // Only the last state counts, and a Map keeps the place of its first: put it at the end.
      changes.delete(key);
      changes.set(key, change);
      soon();
    },
    file(path, text) {
      files.set(path, text);
      soon();
    },
    tellAll(message) {
      flush();
      tellPages(message);
    },
    pause() {
      paused = true;
      return () => {
        paused = false;
        soon();
      };
    },
    forget() {
      changes = new Map();
      files = new Map();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
