import type { Cancel } from '../../base';

/** A queue between synchronous callbacks and one `for await` loop; it ends on `end` or when cancelled. */
export interface EventQueue<T> extends AsyncIterable<T> {
  push(item: T): void;
  /** How many items nobody has taken yet. */
  readonly size: number;
  end(): void;
}

/** A new queue. `onEnd` is called once, however the end comes about. */
export function createEventQueue<T>(cancel: Cancel, onEnd: () => void): EventQueue<T> {
  const items: T[] = [];
  let ended = false;
  let wake: (() => void) | undefined;
  const stir = () => {
    const waiting = wake;
    wake = undefined;
    waiting?.();
  };
  let stopListening = () => {};
  const end = () => {
    if (ended) return;
    ended = true;
    stopListening();
    onEnd();
    stir();
  };
  stopListening = cancel.onCancel(end);
  return {
    get size() {
      return items.length;
    },
    push(item) {
      if (ended) return;
      items.push(item);
      stir();
    },
    end,
    async *[Symbol.asyncIterator]() {
      try {
        for (;;) {
          // What was pushed before the end is still delivered, unless the reader itself called it off.
          while (items.length > 0 && !cancel.cancelled) yield items.shift() as T;
          if (ended) return;
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      } finally {
        end();
      }
    },
  };
}
