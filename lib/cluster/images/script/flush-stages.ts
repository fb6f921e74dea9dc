import { executableName } from '../program';
import { filterStage } from './filter-stage';
import type { LiveThread } from './live-thread';
import type { ScriptHost } from './script-host';

/** Commands that can take their input piece by piece. */
const FILTERS: readonly string[] = ['cat', 'cut', 'egrep', 'fgrep', 'grep', 'sed', 'tee', 'tr'];

/**
 * A thread that waits inside of a pipeline hands on what it has written so far, where the next stage is a single
 * filter: so `while true; do date; sleep 1; done | tee log` shows as it goes.
 */
export function flushStages(machine: ScriptHost, thread: LiveThread): void {
  if (thread.wait === null) return;
  for (const frame of thread.frames) {
    if (frame.kind !== 'apart' || frame.apart !== 'stage' || frame.slot === undefined) continue;
    const text = thread.slots[frame.slot] ?? '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (
      whole !== '' &&
      filterStage(machine, thread, frame, whole, (argv) => FILTERS.includes(executableName(argv)))
    )
      thread.slots[frame.slot] = text.slice(whole.length);
  }
}
