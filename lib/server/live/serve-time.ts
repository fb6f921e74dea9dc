import { AppError } from '../app-error';
import type { ClientMessage } from '../protocol';
import { compareMoments } from './compare-moments';
import type { Loading } from './load-workspace';
import { momentAfter } from './moment-after';
import { type PageSocket, tell } from './page';
import type { StoredWorkspace } from './stored-workspace';
import type { StoredAttempt } from './workspace-store';

/** What a page may ask about time. */
export type TimeMessage = Extract<ClientMessage, { type: 'timeline' | 'compare' }>;

/** Answers a question about the session's moments; nothing changes. */
export async function serveTime(
  socket: PageSocket,
  message: TimeMessage,
  { loading, stored }: { readonly loading: Loading; readonly stored: StoredWorkspace },
): Promise<void> {
  if (message.type === 'timeline') {
    const timeline = await stored.timeline();
    const attempts: readonly StoredAttempt[] = await loading.store.attempts(loading.row.id);
    const page = timeline.page(message.before ?? Number.MAX_SAFE_INTEGER, attempts);
    return tell(socket, { type: 'timeline', id: message.id, ...page, lineage: timeline.lineage() });
  }
  const { from, to } = message;
  if (from > stored.seq || (to !== undefined && to > stored.seq))
    throw new AppError('invalid', 'One of these moments is still to come.');
  await stored.catchUp();
  const at = (seq: number | undefined) =>
    seq === undefined || seq === stored.seq
      ? Promise.resolve(stored.workspace.fork())
      : momentAfter(loading, seq);
  const [before, after] = [await at(from), await at(to)];
  try {
    tell(socket, { type: 'compared', id: message.id, diff: await compareMoments(before, after) });
  } finally {
    before.close();
    after.close();
  }
}
