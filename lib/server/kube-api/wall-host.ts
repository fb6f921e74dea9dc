import type { Workspace } from '../../workspace';
import { createSerialQueue } from '../serial-queue';
import { createWallClock } from '../wall-clock';
import type { KubeHost } from './kube-host';

/** With nothing due, virtual time is brought up to date this often. */
const IDLE_TICK_MS = 1_000;
/** While a process computes, time stands still; look again this soon. */
const BUSY_TICK_MS = 20;

/**
 * A workspace of nobody's, in memory only, whose time follows the wall clock until it is closed; at another `pace` than 1 it
 * passes so many times as fast.
 */
export function createWallHost(
  workspace: Workspace,
  failed: (error: unknown) => void,
  pace = 1,
): KubeHost & { close(): void } {
  const queue = createSerialQueue();
  const clock = createWallClock(() => performance.now() * pace);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const catchUp = async () => {
    const target = clock.target();
    if (target > workspace.now) await workspace.advanceTo(target);
    clock.reached(workspace.now);
  };
  const schedule = () => {
    clearTimeout(timer);
    if (closed) return;
    const { nextDue = Number.POSITIVE_INFINITY } = workspace;
    const wait = workspace.busy
      ? BUSY_TICK_MS
      : Math.min(IDLE_TICK_MS, Math.max(1, (nextDue - clock.target()) / pace));
    timer = setTimeout(() => inTurn(catchUp).catch(failed), wait);
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
    queue.run(async () => {
      try {
        return await work();
      } finally {
        schedule();
      }
    });

  clock.start(workspace.now);
  schedule();
  return {
    present: () =>
      inTurn(async () => {
        await catchUp();
        return workspace;
      }),
    deliver: (input) =>
      inTurn(async () => {
        await catchUp();
        const release = await workspace.hold();
        try {
          return await workspace.deliver(workspace.stamp(input));
        } finally {
          release();
        }
      }),
    onProcess: workspace.onProcess,
    onReplaced: workspace.onReplaced,
    close() {
      closed = true;
      clearTimeout(timer);
      workspace.close();
    },
  };
}
