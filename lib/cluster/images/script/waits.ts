import type { LiveThread } from './live-thread';
import { stepExecutable } from './run-executable';
import type { ScriptHost } from './script-host';

/** How often a followed file is looked at. */
export const FOLLOW_MS = 1000;

/** Whether what a thread waits for has come; its wait is over then. */
export function settled(
  machine: ScriptHost,
  thread: LiveThread,
  stopped: ReadonlyMap<number, number>,
): boolean {
  const { wait } = thread;
  const { now } = machine.world;
  switch (wait?.for) {
    case undefined:
      return true;
    case 'time':
      if (wait.at === null || wait.at > now) return false;
      thread.wait = null;
      machine.write(thread, wait.descriptors.err, wait.err, true);
      machine.write(thread, wait.descriptors.out, wait.out);
      finished(machine, thread, wait.status);
      return true;
    case 'server': {
      const status = stopped.get(wait.id);
      if (status === undefined) return false;
      thread.wait = null;
      finished(machine, thread, status);
      return true;
    }
    case 'jobs': {
      const running = machine.threads.filter(
        ({ id, ended }) =>
          !ended && id !== thread.id && (wait.ids.length === 0 ? id > 1 : wait.ids.includes(id)),
      );
      if (running.length > 0) return false;
      thread.wait = null;
      thread.status = machine.ended[wait.ids.at(-1) ?? -1] ?? 0;
      return true;
    }
    case 'executable':
      if (wait.at > now) return false;
      thread.wait = null;
      machine.write(thread, wait.descriptors.out, wait.out);
      machine.write(thread, wait.descriptors.err, wait.err, true);
      if (typeof wait.after === 'number') finished(machine, thread, wait.after);
      else stepExecutable(machine, thread, wait);
      return thread.wait === null;
    case 'file': {
      if (wait.at > now) return false;
      const text = machine.files.read(wait.path) ?? '';
      // A file that was made anew is shown from its beginning.
      const seen = text.length < wait.seen ? 0 : wait.seen;
      machine.write(thread, wait.descriptors.out, text.slice(seen));
      thread.wait = { ...wait, seen: text.length, at: now + FOLLOW_MS };
      return false;
    }
  }
}

function finished(machine: ScriptHost, thread: LiveThread, status: number): void {
  thread.status = status;
  machine.commandEnded(thread);
}
