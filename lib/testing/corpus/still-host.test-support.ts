import type { KubeHost } from '../../server/kube-api';
import { createSerialQueue } from '../../server/serial-queue';
import type { Workspace } from '../../workspace';

/** A client that has said nothing for so long, with a line of its own open, waits for time to pass. */
const WATCHING_MS = 80;
/** And without one, it sleeps between two looks. */
const POLLING_MS = 1500;
const LOOK_MS = 20;

/**
 * A workspace whose time stands still until its client waits, and then jumps from one due moment to the next: what `sleep` and
 * waiting are in a script typed into the shell.
 */
export interface StillHost extends KubeHost {
  /** Notes a request; `waits` when its answer comes in pieces as time passes. The returned function notes that it is answered. */
  asked(waits: boolean): () => void;
  close(): void;
}

export function createStillHost(workspace: Workspace): StillHost {
  const queue = createSerialQueue();
  let open = 0;
  let heard = Number.POSITIVE_INFINITY;
  const look = setInterval(() => {
    const quiet = performance.now() - heard;
    if (quiet < (open > 0 ? WATCHING_MS : POLLING_MS) || queue.size > 0) return;
    void queue.run(async () => {
      const { nextDue } = workspace;
      if (nextDue !== undefined) await workspace.advanceTo(nextDue);
    });
  }, LOOK_MS);
  return {
    present: () => queue.run(async () => workspace),
    deliver: (input) =>
      queue.run(async () => {
        const release = await workspace.hold();
        try {
          return await workspace.deliver(workspace.stamp(input));
        } finally {
          release();
        }
      }),
    onProcess: workspace.onProcess,
    onReplaced: workspace.onReplaced,
    asked(waits) {
      heard = performance.now();
      if (waits) open += 1;
      return () => {
        heard = performance.now();
        if (waits) open -= 1;
      };
    },
    close() {
      clearInterval(look);
      workspace.close();
    },
  };
}
