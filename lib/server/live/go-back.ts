import { FileError } from '../../base';
import { restoreWorkspace, type UndoEntry, type Workspace, type WorkspaceInput } from '../../workspace';
import { AppError } from '../app-error';
import { type Loading, loadUpTo } from './load-workspace';

/** What the editor does; undo takes back commands, not what was written since. */
const EDITS: ReadonlySet<WorkspaceInput['kind']> = new Set(['save', 'remove', 'rename']);

/**
 * Undo of a command whose earlier state is no longer in memory: the state just before it is replayed from storage, with
 * what the editor saved since, as if the undo had been input number `seq`.
 */
export async function goBack(loading: Loading, entry: UndoEntry, seq: number): Promise<Workspace> {
  const { workspace: before } = await loadUpTo(loading, entry.ordinal - 1);
  await before.advanceTo(entry.at);
  if (!before.atRest) throw new AppError('invalid', `"${entry.command}" can no longer be taken back.`);
  const later = await loading.store.events(loading.row.id, entry.ordinal);
  const edits = later.map(({ input }) => input).filter(({ kind }) => EDITS.has(kind));
  const snapshot = { ...before.snapshot(), inputs: seq - edits.length };
  before.close();
  const workspace = restoreWorkspace(snapshot, loading.options, loading.start);
  for (const edit of edits) await applyEdit(workspace, edit);
  return workspace;
}

async function applyEdit(workspace: Workspace, edit: WorkspaceInput): Promise<void> {
  try {
    await workspace.deliver(workspace.stamp(edit));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}
