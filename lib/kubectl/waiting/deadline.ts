import { type Cancel, createCancel } from '../../base';
import type { Session } from '../session';

/** How a wait ended. */
export type Ending = 'done' | 'timeout' | 'interrupted';

/** Exit status of a process that Ctrl-C ended. */
export const INTERRUPTED = 130;

/** Lets `work` go on until it is done, `ms` have passed, or Ctrl-C; `work` must heed the cancel it gets. */
export async function withDeadline(
  session: Session,
  ms: number,
  work: (cancel: Cancel) => Promise<boolean>,
): Promise<Ending> {
  const { streams, timer } = session.env;
  const source = createCancel(streams.cancel);
  let late = false;
  const alarm = timer.sleep(ms, source).then(() => {
    if (source.cancelled) return;
    late = true;
    source.cancel();
  });
  try {
    if (await work(source)) return 'done';
  } finally {
    source.cancel();
    await alarm;
  }
  return late || !streams.cancel.cancelled ? 'timeout' : 'interrupted';
}
