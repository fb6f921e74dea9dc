import { log } from './log';
import type { ProgressLines } from './progress-lines';

/** Things to undo, newest first, when the server stops. */
export type Stops = (() => Promise<void>)[];

/** A stop that hangs must not keep a person waiting. */
const STOP_LIMIT_MS = 15_000;

/** Stops everything on Ctrl-C, and as service managers ask for it. */
export function listenForStop(stops: Stops, progress: ProgressLines): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      progress.say('\n  Stopping …');
      setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
      stopAll(stops).then(() => {
        progress.say('✓ Stopped');
        process.exit(0);
      });
    });
  }
  process.on('unhandledRejection', (error) => log('error', 'unhandled-rejection', { error }));
}

/** Undoes all of it; what fails is logged, and the rest is undone all the same. */
export async function stopAll(stops: Stops): Promise<void> {
  for (const stop of stops.splice(0).reverse()) {
    await stop().catch((error: unknown) => log('error', 'stop-failed', { error }));
  }
}
