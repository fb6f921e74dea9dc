import type { Cancel } from '../base';

/** Files that commands wait for an editor to close: `vi`, `nano`, `kubectl edit`. */
export interface Editing {
  /** The file that is to be edited now; undefined when nobody waits. */
  readonly path: string | undefined;
  /** Waits until `close` is called for this path: true when it was edited, false when there is no editor. */
  open(path: string, cancel: Cancel): Promise<boolean>;
  /** Lets the command that waits for this path go on. */
  close(path: string, edited: boolean): void;
  /** Forgets whoever waits (undo, reset). */
  forget(): void;
}

/** Nobody waits yet; `onChange` hears which file is to be edited, whenever that changes. */
export function createEditing(onChange: (path: string | undefined) => void): Editing {
  let waiting: readonly { readonly path: string; readonly go: (edited: boolean) => void }[] = [];
  let told: string | undefined;
  const update = (next: typeof waiting) => {
    waiting = next;
    const path = waiting[0]?.path;
    if (path === told) return;
    told = path;
    onChange(path);
  };
  return {
    get path() {
      return waiting[0]?.path;
    },
    open(path, cancel) {
      return new Promise((resolve) => {
        const entry = {
          path,
          go: (edited: boolean) => {
            stop();
            resolve(edited);
          },
        };
        const stop = cancel.onCancel(() => {
          update(waiting.filter((other) => other !== entry));
          resolve(true);
        });
        if (!cancel.cancelled) update([...waiting, entry]);
      });
    },
    close(path, edited) {
      const found = waiting.find((entry) => entry.path === path);
      if (found === undefined) return;
      update(waiting.filter((entry) => entry !== found));
      found.go(edited);
    },
    forget: () => update([]),
  };
}
