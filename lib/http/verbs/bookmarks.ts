import type { Cancel } from '../../base';
import type { Timers } from './call';

/** How long nothing happens before a watcher is told that it has missed nothing. */
export const BOOKMARK_MS = 60_000;

const IDLE = Symbol('idle');

/** The same events, and after every quiet minute one made for the occasion, unless something happened meanwhile. */
export async function* withBookmarks<T>(
  events: AsyncIterable<T>,
  make: () => Promise<T | undefined>,
  timers: Timers,
  cancel: Cancel,
): AsyncGenerator<T> {
  const iterator = events[Symbol.asyncIterator]();
  let pending = iterator.next();
  while (!cancel.cancelled) {
    const next = await Promise.race([pending, quiet(timers, cancel, pending)]);
    if (next === IDLE) {
      if (cancel.cancelled) continue;
      const made = await make();
      // An event that came before the bookmark's version was read has to be told first.
      if (made !== undefined && !(await hasSettled(pending, timers))) yield made;
      continue;
    }
    if (next.done) return;
    yield next.value;
    pending = iterator.next();
  }
}

function quiet(timers: Timers, cancel: Cancel, pending: Promise<unknown>): Promise<typeof IDLE> {
  return new Promise((resolve) => {
    const over = timers.after(BOOKMARK_MS, () => resolve(IDLE));
    const stop = cancel.onCancel(() => {
      over();
      resolve(IDLE);
    });
    const settle = () => {
      over();
      stop();
    };
    pending.then(settle, settle);
  });
}

/** Whether a promise has settled by the next turn of the event loop. */
function hasSettled(promise: Promise<unknown>, timers: Timers): Promise<boolean> {
  return new Promise((resolve) => {
    promise.then(
      () => resolve(true),
      () => resolve(true),
    );
    timers.after(0, () => resolve(false));
  });
}
