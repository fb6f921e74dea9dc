import type { Workspace } from '../../workspace';
import { type Loading, loadUpTo } from './load-workspace';

/**
 * The state just before the input that followed event `seq`: what that event led to, and the time that passed after it.
 * Whatever ran then stays behind. Of the newest event, the state at the moment it acted.
 */
export async function momentAfter(loading: Loading, seq: number): Promise<Workspace> {
  const { workspace } = await loadUpTo(loading, seq);
  const [next] = await loading.store.events(loading.row.id, seq, seq + 1);
  if (next !== undefined) await workspace.reach(next);
  const still = workspace.fork();
  workspace.close();
  return still;
}
