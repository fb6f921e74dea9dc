/** A wish to stop, seen by whoever does the work (Ctrl-C, a closed pipe, a time-out). */
export interface Cancel {
  readonly cancelled: boolean;
  /** Calls `listener` once, at once when already cancelled; returns how to stop listening. */
  onCancel(listener: () => void): () => void;
}

/** A `Cancel` and the hand that pulls it. */
export interface CancelSource extends Cancel {
  cancel(): void;
}

/** A new wish to stop; cancelled too when `parent` is. */
export function createCancel(parent?: Cancel): CancelSource {
  let cancelled = false;
  const listeners = new Set<() => void>();
  const source: CancelSource = {
    get cancelled() {
      return cancelled;
    },
    onCancel(listener) {
      if (cancelled) {
        listener();
        return () => {};
      }
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    cancel() {
      if (cancelled) return;
      cancelled = true;
      const waiting = [...listeners];
      listeners.clear();
      for (const listener of waiting) listener();
    },
  };
  parent?.onCancel(() => source.cancel());
  return source;
}

/** A `Cancel` that never comes. */
export const NEVER: Cancel = { cancelled: false, onCancel: () => () => {} };
