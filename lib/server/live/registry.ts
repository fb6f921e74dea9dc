import { assert } from '../../base';
import type { Lab } from '../../labs';
import type { Workspace } from '../../workspace';
import { AppError } from '../app-error';
import type { WorkspaceKeys } from '../kube-api';
import type { LabLibrary } from '../lab-library';
import type { Leases } from '../lease';
import { log } from '../log';
import { outsideRequests } from '../outside-requests';
import type { Classroom } from './classroom';
import { type LabStarts, labOptions } from './lab-starts';
import { createLiveWorkspace, type LiveWorkspace } from './live-workspace';
import { type Loading, loadNewest } from './load-workspace';
import type { WorkspaceRow, WorkspaceStore } from './workspace-store';

/** The workspaces that are in memory. */
export interface Registry {
  /** The live workspace of that id, loaded when it is not in memory. */
  open(id: string): Promise<LiveWorkspace>;
  /** The same, from another process if need be, even if somebody looks at it there: their pages follow it. */
  fetch(id: string): Promise<LiveWorkspace>;
  /** The live workspace of that id when it is in memory here. */
  inMemory(id: string): LiveWorkspace | undefined;
  /** Gives `use` the workspace as it is now, to read from: from memory here, else from what is stored. */
  look<T>(id: string, use: (workspace: Workspace) => T | Promise<T>): Promise<T>;
  /** Loads it ahead of the page's line, unless another process may be where that line ends. `lab`: its row's, where that is known. */
  warm(id: string, lab?: Lab): void;
  /** What a workspace's states are brought back from, and the lab that it is judged by. */
  loading(id: string): Promise<{ readonly loading: Loading; readonly lab: Lab }>;
  /** How far a workspace's time has come; undefined when it is not in memory. */
  timeOf(id: string): number | undefined;
  /** Stores and lets go of whatever nobody has looked at for a while. */
  evictIdle(): Promise<void>;
  /** Stores and lets go of these, whoever looks at them: their pages come back to them as they are stored. */
  release(ids: readonly string[]): Promise<void>;
  closeAll(): Promise<void>;
  readonly size: number;
}

/** A learner who comes back from a coffee finds everything in memory. */
const IDLE_LIMIT_MS = 5 * 60_000;

/** What nobody has used for so long may go to another process that asks for it. */
const GRACE_MS = 300;

/** An empty registry. */
export function createRegistry(
  store: WorkspaceStore,
  library: () => LabLibrary,
  starts: LabStarts,
  keys: WorkspaceKeys,
  classroom?: Classroom,
  leases?: Leases,
): Registry {
  const live = new Map<string, Promise<LiveWorkspace>>();
  const inMemory = new Map<string, LiveWorkspace>();
  const leaving = new Map<string, Promise<void>>();

  /** A place in a class keeps its version of the lab; one's own study follows the catalogue. */
  const labFor = async (row: WorkspaceRow): Promise<Lab | undefined> => {
    if (row.place !== '' && classroom !== undefined) return classroom.labFor(row);
    const [track = '', slug = ''] = row.labId.split('/');
    const plain = library().find(track, slug);
    return plain && library().vary(plain, row.seed);
  };

  const loadingOf = async (
    id: string,
    known?: Lab,
  ): Promise<{ readonly loading: Loading; readonly lab: Lab }> => {
    const row = await store.row(id);
    if (row === undefined) throw new AppError('not-found', 'There is no such workspace.');
    const lab = known ?? (await labFor(row));
    if (lab === undefined) throw new AppError('not-found', `The lab ${row.labId} is no longer offered.`);
    const options = labOptions(lab, row.seed, row.startAt);
    const start = () => starts.byId(row.startId, options);
    return { loading: { row, store, options, start }, lab };
  };

  /** Of a workspace that is there no more nobody can have a lease. */
  const takeLease = async (id: string, urgent: boolean): Promise<string | undefined> => {
    try {
      return await (urgent ? leases?.fetch(id) : leases?.take(id));
    } catch (error) {
      if ((await store.row(id)) !== undefined) throw error;
      throw new AppError('not-found', 'There is no such workspace.');
    }
  };

  const load = async (id: string, urgent: boolean, known?: Lab): Promise<LiveWorkspace> => {
    await leaving.get(id);
    if ((await takeLease(id, urgent)) !== undefined)
      throw new AppError(
        'unavailable',
        'This lab is open at another server of ours; try once more in a moment.',
      );
    // Only now is what is stored all that there will be but for us.
    const { loading, lab } = await loadingOf(id, known);
    const began = performance.now();
    const loaded = await loadNewest(loading);
    assert(loaded.workspace.inputs === loaded.seq, 'every stored event was delivered, and nothing else');
    log('info', 'workspace-loaded', {
      workspace: id,
      replayed: loaded.seq - loaded.snapshotSeq,
      ms: Math.round(performance.now() - began),
    });
    const workspace = createLiveWorkspace({ loading, loaded, lab, keys, classroom });
    inMemory.set(id, workspace);
    return workspace;
  };

  const leave = (id: string, workspace: LiveWorkspace): Promise<void> => {
    live.delete(id);
    inMemory.delete(id);
    const closing = workspace
      .close()
      .finally(() => leases?.release(id))
      .catch((error: unknown) => log('error', 'workspace-not-stored', { workspace: id, error }))
      .finally(() => leaving.delete(id));
    leaving.set(id, closing);
    return closing;
  };

  const open = async (id: string, urgent = false, lab?: Lab): Promise<LiveWorkspace> => {
    const known = live.get(id);
    if (known !== undefined) {
      const workspace = await known;
      if (!workspace.broken) return workspace;
      if (live.get(id) === known) await leave(id, workspace);
      return open(id, urgent);
    }
    const loading = outsideRequests(() => load(id, urgent, lab));
    live.set(id, loading);
    loading.catch(async (error: unknown) => {
      live.delete(id);
      await leases
        ?.release(id)
        .catch((reason: unknown) => log('warn', 'lease-not-released', { error, reason }));
    });
    return loading;
  };

  /** Another process wants it: it may have it when nobody here looks at it or speaks to its API. */
  leases?.onWanted(async (id, urgent) => {
    const workspace = await live.get(id);
    if (workspace === undefined) {
      await leases.release(id);
      return true;
    }
    // A page that was just loaded for is about to call.
    if (!urgent && !workspace.broken && Date.now() - (workspace.idleSince ?? Date.now()) < GRACE_MS)
      return false;
    await leave(id, workspace);
    return true;
  });

  const look: Registry['look'] = async (id, use) => {
    const known = inMemory.get(id);
    if (known !== undefined && !known.broken) return use(await known.api.present());
    const { loading } = await loadingOf(id);
    const { workspace } = await loadNewest(loading);
    try {
      return await use(workspace);
    } finally {
      workspace.close();
    }
  };

  return {
    open: (id) => open(id),
    fetch: (id) => open(id, true),
    inMemory: (id) => inMemory.get(id),
    look,
    warm(id, lab) {
      if (leases !== undefined && !leases.alone) return;
      open(id, false, lab).catch((error: unknown) =>
        log('error', 'workspace-not-loaded', { workspace: id, error }),
      );
    },
    loading: (id) => loadingOf(id),
    timeOf: (id) => inMemory.get(id)?.now,
    get size() {
      return live.size;
    },
    async evictIdle() {
      const before = Date.now() - IDLE_LIMIT_MS;
      for (const [id, promise] of [...live]) {
        const workspace = await promise;
        const { pages, idleSince = Number.POSITIVE_INFINITY, broken } = workspace;
        if ((broken && pages === 0) || idleSince < before) await leave(id, workspace);
      }
    },
    async release(ids) {
      for (const id of ids) {
        const known = live.get(id);
        if (known !== undefined) await leave(id, await known);
      }
    },
    async closeAll() {
      const all = await Promise.allSettled([...live].map(async ([id, promise]) => leave(id, await promise)));
      for (const each of all)
        if (each.status === 'rejected') log('error', 'workspace-not-stored', { error: each.reason });
    },
  };
}
