import type { Lab } from '../../../labs';
import type { Workspace } from '../../../workspace';
import type { Loading, Registry } from '../../live';

/** Opens a workspace's past from what is stored. */
export interface WorkspaceHistory {
  /**
   * The workspace as it was after its input `seq` and as long after it as nothing else came; as it is now when
   * undefined, or at `virtualAt` when that is known. The caller closes it.
   */
  at(workspaceId: string, seq: number | undefined, virtualAt?: number): Promise<Moment>;
  /** The workspace right after its input `seq`, to go on from. */
  after(workspaceId: string, seq: number): Promise<Moment>;
}

/** A workspace at one of its moments, and all that it was brought back from. */
export interface Moment {
  readonly workspace: Workspace;
  readonly seq: number;
  readonly loading: Loading;
  readonly lab: Lab;
}

/** History over the registry's way of loading. */
export function createHistory(registry: Registry, loadUpTo: LoadUpTo): WorkspaceHistory {
  return {
    async after(workspaceId, seq) {
      const { loading, lab } = await registry.loading(workspaceId);
      return { ...(await loadUpTo(loading, seq)), loading, lab };
    },
    async at(workspaceId, seq, virtualAt) {
      const { loading, lab } = await registry.loading(workspaceId);
      const loaded = await loadUpTo(loading, seq);
      const { workspace } = loaded;
      const [next] = await loading.store.events(workspaceId, loaded.seq, loaded.seq + 1);
      const until =
        virtualAt ?? next?.at ?? Math.max(loading.row.reachedAt, registry.timeOf(workspaceId) ?? 0);
      if (until > workspace.now) await workspace.advanceTo(until);
      return { workspace, seq: loaded.seq, loading, lab };
    },
  };
}

type LoadUpTo = (
  loading: Loading,
  upTo: number | undefined,
) => Promise<{ readonly workspace: Workspace; readonly seq: number }>;
