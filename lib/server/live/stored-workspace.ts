import type {
  ApiOutcome,
  Brought,
  ProcessEvent,
  StampedInput,
  UndoEntry,
  Workspace,
  WorkspaceInput,
} from '../../workspace';
import { UndoUnavailableError } from '../../workspace';
import { AppError } from '../app-error';
import type { KubeHost } from '../kube-api';
import { LeaseLost } from '../lease';
import { log } from '../log';
import { createSerialQueue } from '../serial-queue';
import { createWallClock } from '../wall-clock';
import { isRefusal } from './failure';
import { putOffMs } from './late-tick';
import type { Loaded, Loading } from './load-workspace';
import { momentAfter } from './moment-after';
import { storable } from './storable';
import { editsSince, type OutlineRow, openTimeline, outlineOf, type Timeline } from './timeline';

/** With nothing due, virtual time is brought up to date this often. */
const IDLE_TICK_MS = 2_000;
/** What the cluster does by itself is gathered for so long: while a command may be waiting for it, and while nobody is. */
const GATHER_MS = { running: 30, atRest: 150 } as const;
/** While a shell computes, time stands still; look again this soon. */
const BUSY_TICK_MS = 50;
/** A snapshot bounds the replay: after so many events (nearly each is a line that was entered), or so much virtual time. */
const SNAPSHOT_EVENTS = 60;
const SNAPSHOT_VIRTUAL_MS = 240_000;
/** A class begins at once; its snapshots, of some forty milliseconds each, are spread over so much of the time between two. */
const SNAPSHOT_SPREAD = 0.8;
/** How much virtual time a kill -9 may take back from a command in progress. */
const MARK_VIRTUAL_MS = 2_000;

/** A workspace whose every input is stored before it acts, and whose time follows the wall clock while it is in use. */
export interface StoredWorkspace extends KubeHost {
  readonly workspace: Workspace;
  /** The last stored event. */
  readonly seq: number;
  /** Something failed between memory and storage: it must be loaded again. */
  readonly broken: boolean;
  /** Wall-clock ms since which nobody has used it; undefined while somebody does. */
  readonly idleSince: number | undefined;
  /** Work that waits or runs. */
  readonly waiting: number;
  /** Does `work` after everything before it; a failure that is no refusal breaks the workspace. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** In turn: brings virtual time up to this moment. */
  catchUp(): Promise<void>;
  /** In turn: stores an input, then lets it act. Nothing moves between the two. */
  accept(input: WorkspaceInput): Promise<ApiOutcome | undefined>;
  /** In turn: another state takes the place of this one in memory first; it and its cause are stored together. */
  replace(by: Replacement): Promise<void>;
  /** In turn: what has happened so far. */
  timeline(): Promise<Timeline>;
  /** In turn: lets virtual time jump ahead. */
  skip(ms: number): Promise<void>;
  /** Virtual time stands still though somebody is there. */
  readonly paused: boolean;
  /** In turn. */
  pause(paused: boolean): Promise<void>;
  /** In turn: somebody uses it from now on, so time passes. */
  enter(): void;
  /** The counterpart of `enter`, at any time. */
  leave(): void;
  /** Resolves when all that was accepted is stored and, at rest, snapshotted; it is of no more use then. */
  close(): Promise<void>;
}

/** What can put another state in the place of the present one. */
export type Replacement =
  | { readonly kind: 'undo' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'go-to'; readonly seq: number };

/** What whoever shows the workspace is told. */
export interface StoredWorkspaceEvents {
  /** The workspace to listen to; called at once. Returns how to stop. */
  listen(workspace: Workspace): () => void;
  /** The timeline has a new row, or one has changed. */
  happened(row: OutlineRow, timeline: Timeline): void;
  /** After every piece of work. */
  worked(): void;
  /** It is broken. */
  broke(error: unknown): void;
}

/** Holds a loaded workspace over its store. */
export function createStoredWorkspace(
  loading: Loading,
  loaded: Loaded,
  events: StoredWorkspaceEvents,
): StoredWorkspace {
  const { row, store } = loading;
  const queue = createSerialQueue();
  const clock = createWallClock();
  const processListeners = new Set<(id: string, event: ProcessEvent) => void>();
  const replacedListeners = new Set<() => void>();
  const { workspace } = loaded;
  let { seq } = loaded;
  let { paused } = row;
  // Of what has not begun there is nothing to load.
  let timeline = loaded.seq === 0 ? Promise.resolve(openTimeline([])) : undefined;
  let snapshot = { seq: loaded.snapshotSeq, at: workspace.now };
  const snapshotMs = SNAPSHOT_VIRTUAL_MS * (1 + SNAPSHOT_SPREAD * (Math.random() - 0.5));
  let markedAt = workspace.now;
  let marking = Promise.resolve();
  let saving: Promise<void> | undefined;
  let tickTimer: ReturnType<typeof setTimeout> | undefined;
  let users = 0;
  let idleSince: number | undefined = Date.now();
  let broken = false;
  let closed = false;
  let thaw: (() => void) | undefined;
  const stops = [
    events.listen(workspace),
    workspace.onProcess((id, event) => {
      for (const listener of [...processListeners]) listener(id, event);
    }),
    workspace.onReplaced(tellReplaced),
    workspace.onUndoable(noteChange),
  ];

  function tellReplaced(): void {
    for (const listener of [...replacedListeners]) listener();
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    return queue.run(async () => {
      if (closed || broken)
        throw new AppError('unavailable', 'The lab is being loaded again; try once more.');
      try {
        const result = await work();
        events.worked();
        scheduleTick();
        return result;
      } catch (error) {
        if (!isRefusal(error)) breakDown(error);
        throw error;
      }
    });
  }

  function breakDown(error: unknown): void {
    log('error', 'workspace-failed', { workspace: row.id, error });
    broken = true;
    clearTimeout(tickTimer);
    tellReplaced();
    events.broke(error);
  }

  async function catchUp(): Promise<void> {
    if (!clock.running) return;
    const target = clock.target();
    if (target > workspace.now) await workspace.advanceTo(target);
    clock.reached(workspace.now);
  }

  function scheduleTick(): void {
    clearTimeout(tickTimer);
    if (!clock.running || closed || broken) return;
    const wait = workspace.busy ? BUSY_TICK_MS : untilDue();
    const due = performance.now() + wait;
    const begin = () => inBackground(tick);
    tickTimer = setTimeout(() => {
      // A command that may be waiting for this tick is somebody who waits.
      const more = workspace.atRest ? putOffMs(performance.now() - due, Math.random()) : 0;
      if (more === 0) begin();
      else tickTimer = setTimeout(begin, more);
    }, wait);
  }

  /** A command that sleeps wakes on time. */
  function untilDue(): number {
    const { nextDue = Number.POSITIVE_INFINITY, nextWake = Number.POSITIVE_INFINITY } = workspace;
    const now = clock.target();
    const gather = workspace.atRest ? GATHER_MS.atRest : GATHER_MS.running;
    return Math.min(IDLE_TICK_MS, Math.max(1, nextWake - now), Math.max(gather, nextDue - now));
  }

  /** Work that nobody asked for: its failure breaks the workspace and is told by that. */
  function inBackground(work: () => Promise<void>): void {
    inTurn(work).catch((error: unknown) => {
      if (!broken && !closed) log('error', 'workspace-work-refused', { workspace: row.id, error });
    });
  }

  async function tick(): Promise<void> {
    await catchUp();
    const { now } = workspace;
    if (seq - snapshot.seq >= SNAPSHOT_EVENTS || now - snapshot.at >= snapshotMs) takeSnapshot();
    // Not waited for: keys and commands go on meanwhile.
    if (now - markedAt >= MARK_VIRTUAL_MS) mark().catch(noteLost);
  }

  /** Another writer is what breaks a workspace; whatever else keeps a mark from being stored, the next one follows. */
  function noteLost(error: unknown): void {
    if (closed || broken) return;
    if (error instanceof LeaseLost) breakDown(error);
    else log('warn', 'mark-not-stored', { workspace: row.id, error });
  }

  /** At rest the whole state is stored, so that a replay begins here. Keys and commands go on meanwhile. */
  function takeSnapshot(): void {
    if (!workspace.atRest || saving !== undefined) return;
    const state = workspace.snapshot();
    const before = snapshot;
    snapshot = { seq, at: state.now };
    saving = store
      .saveSnapshot(row.id, seq, state)
      .catch((error: unknown) => {
        snapshot = before;
        if (!closed && !broken) breakDown(error);
      })
      .finally(() => {
        saving = undefined;
      });
  }

  async function mark(): Promise<void> {
    markedAt = workspace.now;
    marking = store.markReached(row.id, markedAt);
    await marking;
  }

  async function accept(raw: WorkspaceInput): Promise<ApiOutcome | undefined> {
    const input = storable(raw);
    await catchUp();
    const release = await workspace.hold();
    try {
      const stamped = workspace.stamp(input);
      const begins = workspace.begins(input);
      await store.append(row.id, seq + 1, stamped, begins);
      seq += 1;
      await noteInput(stamped, begins);
      return await workspace.deliver(stamped);
    } finally {
      release();
    }
  }

  /** Loaded when it is first asked for, then kept up to date. */
  function openedTimeline(): Promise<Timeline> {
    timeline ??= store.outline(row.id).then(openTimeline);
    return timeline;
  }

  async function noteInput({ at, input }: StampedInput, begins: boolean): Promise<void> {
    const known = await timeline;
    if (known === undefined) return;
    const noted = outlineOf({ seq, at, wall: Date.now(), changed: false }, input, begins);
    known.add(noted);
    events.happened(noted, known);
  }

  /** The note is for the timeline alone; whoever replays finds out again. */
  function noteChange({ ordinal }: UndoEntry): void {
    store.markChanged(row.id, [ordinal]).catch((error: unknown) => {
      log('warn', 'change-not-noted', { workspace: row.id, seq: ordinal, error });
    });
    timeline?.then((known) => {
      const changed = known.change(ordinal);
      if (changed !== undefined) events.happened(changed, known);
    }, breakDown);
  }

  async function skip(ms: number): Promise<void> {
    await accept({ kind: 'skip', ms });
    await workspace.advanceTo(workspace.now + ms);
    if (clock.running) clock.start(workspace.now);
    await mark();
  }

  async function pause(wanted: boolean): Promise<void> {
    if (paused === wanted) return;
    await catchUp();
    await store.savePaused(row.id, wanted);
    paused = wanted;
    if (paused) clock.stop();
    else if (users > 0) clock.start(workspace.now);
  }

  async function replace(by: Replacement): Promise<void> {
    if (by.kind === 'reset') return reset();
    const input = replacing(by);
    const brought = by.kind === 'go-to' ? await bring(by.seq, []) : undefined;
    await catchUp();
    const release = await workspace.hold();
    const stamped = workspace.stamp(input);
    try {
      await workspace.deliver(stamped, brought);
    } catch (error) {
      if (!(error instanceof UndoUnavailableError) || error.entry === undefined) throw error;
      await workspace.deliver(stamped, await bringBefore(error.entry));
    } finally {
      release();
      brought?.workspace.close();
    }
    await storeJump(stamped, () => store.appendWithSnapshot(row.id, seq + 1, stamped, workspace.snapshot()));
    snapshot = { seq, at: workspace.now };
  }

  /** The state that it goes back to is stored already: whoever replays resets, as with any other input. */
  async function reset(): Promise<void> {
    await catchUp();
    const release = await workspace.hold();
    const stamped = workspace.stamp({ kind: 'reset' });
    const toReplay = workspace.now - snapshot.at;
    try {
      await workspace.deliver(stamped);
    } finally {
      release();
    }
    await storeJump(stamped, () => store.appendReset(row.id, seq + 1, stamped, workspace.now));
    snapshot = { ...snapshot, at: workspace.now - toReplay };
  }

  async function storeJump(stamped: StampedInput, append: () => Promise<void>): Promise<void> {
    await workspace.settle();
    // A mark of the time that is left would bring it back if it were written later.
    await Promise.allSettled([marking]);
    await append();
    seq += 1;
    markedAt = workspace.now;
    await noteInput(stamped, false);
    if (clock.running) clock.start(workspace.now);
  }

  function replacing(by: Exclude<Replacement, { kind: 'reset' }>): WorkspaceInput {
    if (by.kind === 'undo') {
      const last = workspace.undoable.at(-1);
      if (last === undefined) throw new AppError('invalid', 'There is nothing to undo.');
      return { kind: 'undo', to: last.ordinal - 1 };
    }
    if (by.kind === 'go-to' && by.seq >= seq)
      throw new AppError('invalid', 'That moment is the present one, or is still to come.');
    return by;
  }

  async function bring(to: number, edits: readonly WorkspaceInput[]): Promise<Brought> {
    return { workspace: await momentAfter(loading, to), edits };
  }

  /** Undo of a command whose earlier state is no longer in memory: replayed, with what the editor saved since. */
  async function bringBefore({ ordinal }: UndoEntry): Promise<Brought> {
    const { outline } = await openedTimeline();
    const kept = new Set(editsSince(outline, seq, ordinal));
    const later = kept.size === 0 ? [] : await store.events(row.id, ordinal);
    const edits = later.filter((_event, index) => kept.has(ordinal + 1 + index));
    return bring(
      ordinal - 1,
      edits.map(({ input }) => input),
    );
  }

  function enter(): void {
    users += 1;
    if (users > 1) return;
    thaw?.();
    thaw = undefined;
    if (!paused) clock.start(workspace.now);
    idleSince = undefined;
  }

  /** With nobody there time stands still, a busy shell included. */
  async function rest(): Promise<void> {
    if (users > 0 || thaw !== undefined) return;
    await catchUp();
    if (clock.running) clock.stop();
    await keepState();
    thaw = await workspace.hold();
  }

  async function keepState(): Promise<void> {
    await saving;
    if (workspace.atRest && (seq > snapshot.seq || workspace.now > snapshot.at)) takeSnapshot();
    else if (workspace.now > markedAt) await mark();
    await saving;
  }

  // A loaded workspace may be in the middle of a busy loop; it waits until somebody looks.
  inBackground(async () => {
    // Whoever was inside a container when the server died has lost the line.
    for (const id of workspace.processes) await accept({ kind: 'exec-end', id });
    // What the events since the snapshot changed may not have been noted before the server died.
    const replayed = workspace.undoable.filter(({ ordinal }) => ordinal > loaded.snapshotSeq);
    if (replayed.length > 0)
      await store.markChanged(
        row.id,
        replayed.map(({ ordinal }) => ordinal),
      );
    if (users === 0) thaw = await workspace.hold();
  });

  return {
    workspace,
    get seq() {
      return seq;
    },
    get broken() {
      return broken;
    },
    get idleSince() {
      return idleSince;
    },
    get waiting() {
      return queue.size;
    },
    inTurn,
    catchUp,
    accept,
    replace,
    timeline: openedTimeline,
    skip,
    get paused() {
      return paused;
    },
    pause,
    enter,
    leave() {
      users -= 1;
      if (users > 0) return;
      idleSince = Date.now();
      if (!closed && !broken) inBackground(rest);
    },
    present: () =>
      inTurn(async () => {
        await catchUp();
        return workspace;
      }),
    deliver: (input) => inTurn(() => accept(input)),
    onProcess(listener) {
      processListeners.add(listener);
      return () => processListeners.delete(listener);
    },
    onReplaced(listener) {
      replacedListeners.add(listener);
      return () => replacedListeners.delete(listener);
    },
    async close() {
      clearTimeout(tickTimer);
      await queue.run(async () => {
        if (closed) return;
        if (!broken) {
          await catchUp();
          await keepState();
        }
        closed = true;
        for (const stop of stops) stop();
        tellReplaced();
        workspace.close();
      });
    },
  };
}
