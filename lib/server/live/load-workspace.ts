import { FileError } from '../../base';
import { restoreWorkspace, type StampedInput, type Workspace, type WorkspaceOptions } from '../../workspace';
import type { WorkspaceRow, WorkspaceStore } from './workspace-store';

/** What is needed to bring back a workspace's state. */
export interface Loading {
  readonly row: WorkspaceRow;
  readonly store: WorkspaceStore;
  readonly options: WorkspaceOptions;
  /** The state the workspace began with. */
  readonly start: () => Promise<Workspace>;
}

/** A workspace as it was after event `seq`. */
export interface Loaded {
  readonly workspace: Workspace;
  readonly seq: number;
  /** The newest snapshot it came from; 0 when it came from the start. */
  readonly snapshotSeq: number;
}

/** The newest state: its snapshot, the events since, and the time that passed since them. */
export async function loadNewest(loading: Loading): Promise<Loaded> {
  const { reachedAt, lastEvent, lastSnapshot } = loading.row;
  const loaded =
    lastEvent === null && lastSnapshot === null
      ? { workspace: (await loading.start()).fork(), seq: 0, snapshotSeq: 0 }
      : await loadUpTo(loading, undefined);
  // Stops early, and rightly, when a shell is in the middle of a computation.
  if (loaded.workspace.now < reachedAt) await loaded.workspace.advanceTo(reachedAt);
  return loaded;
}

/**
 * The state after event `upTo` (the newest when undefined): the newest snapshot that is not later, and a replay from
 * there. An undo or a 'go-to' has a snapshot of its own, so a replay never meets one.
 */
export async function loadUpTo(
  { row, store, options, start }: Loading,
  upTo: number | undefined,
): Promise<Loaded> {
  const stored = await store.newestSnapshot(row.id, upTo);
  const workspace = stored ? restoreWorkspace(stored.snapshot, options, start) : (await start()).fork();
  const after = stored?.seq ?? 0;
  const events = await store.events(row.id, after, upTo);
  for (const event of events) await deliverAgain(workspace, event);
  return { workspace, seq: after + events.length, snapshotSeq: after };
}

/** A save that the files refused (no space, a folder in its place) was refused then as it is now. */
export async function deliverAgain(workspace: Workspace, event: StampedInput): Promise<void> {
  try {
    await workspace.deliver(event);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}
