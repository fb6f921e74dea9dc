/** Listeners in the order they came. */
export interface Emitter<A extends readonly unknown[]> {
  on(listener: (...args: A) => void): () => void;
  emit(...args: A): void;
}

/** An empty list of listeners; a listener may leave while it is called. */
export function createEmitter<A extends readonly unknown[]>(): Emitter<A> {
  let listeners: readonly ((...args: A) => void)[] = [];
  return {
    on(listener) {
      listeners = [...listeners, listener];
      return () => {
        listeners = listeners.filter((each) => each !== listener);
      };
    },
    emit(...args) {
      for (const listener of listeners) listener(...args);
    },
  };
}
