import { type Lab, passed } from '../../labs';
import { UndoUnavailableError, type Workspace, type WorkspaceInput } from '../../workspace';
import { AppError } from '../app-error';
import { log } from '../log';
import type { AttemptView, ClientMessage, Layout } from '../protocol';
import { createBroadcast } from './broadcast';
import { failureMessage, isRefusal } from './failure';
import { goBack } from './go-back';
import { editInput, toPagePath } from './home-paths';
import type { Loaded, Loading } from './load-workspace';
import { createOutputBuffer } from './output-buffer';
import { type Page, type PageSocket, tell } from './page';
import { isShown, shownFiles, shownObjects } from './picture';
import { createSerialQueue } from './serial-queue';
import { storable } from './storable';
import { createWallClock } from './wall-clock';

/** The one terminal of a lab page. */
const TERMINAL = 'main';
/** With nothing due, virtual time is brought up to date this often. */
const IDLE_TICK_MS = 1_000;
/** While a shell computes, time stands still; look again this soon. */
const BUSY_TICK_MS = 50;
/** A snapshot bounds the replay: after so many events, or so much virtual time. */
const SNAPSHOT_EVENTS = 25;
const SNAPSHOT_VIRTUAL_MS = 120_000;
/** How much virtual time a kill -9 may take back from a command in progress. */
const MARK_VIRTUAL_MS = 2_000;
const LAYOUT_DELAY_MS = 300;
/** More than this waiting means that nobody types it by hand. */
const QUEUE_LIMIT = 2_000;
/** WebSocket's "try again later": the page reconnects by itself. */
const TRY_AGAIN = 1013;
/** Positions of one loading are above all of an earlier one: nobody reads a thousand characters per millisecond. */
const POSITIONS_PER_MS = 1_000;
/** An id that no page gives: other tabs learn of a check that they did not ask for. */
const NOBODYS_ID = -1;

/** A workspace in memory, with whatever pages look at it. */
export interface LiveWorkspace {
  readonly pages: number;
  /** Wall-clock ms since which nobody has been attached. */
  readonly idleSince: number | undefined;
  /** Something failed between memory and storage: it must be loaded again. */
  readonly broken: boolean;
  /** Handles what a page says. `hello` attaches it. */
  receive(socket: PageSocket, message: ClientMessage): void;
  detach(socket: PageSocket): void;
  /** Resolves when all that was accepted is stored and, at rest, snapshotted; it is of no more use then. */
  close(): Promise<void>;
}

/** What a live workspace is made from. */
export interface LiveOptions {
  readonly loading: Loading;
  readonly loaded: Loaded;
  /** The lab as it is now, to be judged by. */
  readonly lab: Lab;
}

/** Brings a loaded workspace to life. */
export function createLiveWorkspace({ loading, loaded, lab }: LiveOptions): LiveWorkspace {
  const { row, store } = loading;
  const queue = createSerialQueue();
  const clock = createWallClock();
  const pages = new Map<PageSocket, Page>();
  let { workspace, seq } = loaded;
  let snapshot = { seq: loaded.snapshotSeq, at: workspace.now };
  let markedAt = workspace.now;
  const output = createOutputBuffer(Date.now() * POSITIONS_PER_MS, workspace.scrollback[TERMINAL]);
  const broadcast = createBroadcast(pages, output, () => workspace.now);
  let layout = row.layout;
  let layoutTimer: ReturnType<typeof setTimeout> | undefined;
  let tickTimer: ReturnType<typeof setTimeout> | undefined;
  let shownSize = '';
  let undoable = lastCommand(workspace);
  let checking = false;
  let idleSince: number | undefined = Date.now();
  let broken = false;
  let closed = false;
  let thaw: (() => void) | undefined;
  let silence = listen(workspace);

  function listen(to: Workspace): () => void {
    const stops = [
      to.onOutput((terminal, text) => {
        if (terminal !== TERMINAL) return;
        output.append(text);
        broadcast.outputGrew();
      }),
      to.onAccept((terminal, input) => inTurn(() => accept({ kind: 'tty', terminal, input }))),
      to.onChange((change) => {
        if (isShown(change.resource, change.object)) broadcast.change(change);
      }),
      to.onFiles((path, text) => {
        const shown = toPagePath(path);
        if (shown !== undefined) broadcast.file(shown, text ?? null);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Does `work` after everything before it; what fails is told to whoever asked. */
  function inTurn(
    work: () => Promise<void>,
    asker?: { readonly socket: PageSocket; readonly id?: number },
  ): void {
    queue
      .run(async () => {
        if (closed || broken) return;
        await work();
        tellUndoable();
        scheduleTick();
      })
      .catch((error: unknown) => complain(error, asker));
  }

  function complain(error: unknown, asker?: { readonly socket: PageSocket; readonly id?: number }): void {
    const id = asker?.id === undefined ? {} : { id: asker.id };
    const failure = { type: 'failed', ...id, ...failureMessage(error) } as const;
    if (isRefusal(error)) {
      if (asker !== undefined) tell(asker.socket, failure);
      return;
    }
    log('error', 'workspace-failed', { workspace: row.id, error });
    broken = true;
    clearTimeout(tickTimer);
    for (const { socket } of pages.values()) {
      tell(socket, failure);
      socket.close(TRY_AGAIN, 'the workspace is loaded again');
    }
  }

  /** Lets virtual time follow the wall clock up to this moment. */
  async function catchUp(): Promise<void> {
    if (!clock.running) return;
    const target = clock.target();
    if (target > workspace.now) await workspace.advanceTo(target);
    clock.reached(workspace.now);
  }

  function scheduleTick(): void {
    clearTimeout(tickTimer);
    if (!clock.running || closed || broken) return;
    const { nextDue = Number.POSITIVE_INFINITY } = workspace;
    const wait = workspace.busy
      ? BUSY_TICK_MS
      : Math.min(IDLE_TICK_MS, Math.max(1, nextDue - clock.target()));
    tickTimer = setTimeout(() => inTurn(tick), wait);
  }

  async function tick(): Promise<void> {
    await catchUp();
    const { now } = workspace;
    if (seq - snapshot.seq >= SNAPSHOT_EVENTS || now - snapshot.at >= SNAPSHOT_VIRTUAL_MS)
      await takeSnapshot();
    if (now - markedAt >= MARK_VIRTUAL_MS) await mark();
  }

  /** At rest the whole state is stored, so that a replay begins here; otherwise only how far time has come. */
  async function takeSnapshot(): Promise<void> {
    if (!workspace.atRest) return;
    const state = workspace.snapshot();
    await store.saveSnapshot(row.id, seq, state);
    snapshot = { seq, at: state.now };
  }

  async function mark(): Promise<void> {
    markedAt = workspace.now;
    await store.markReached(row.id, markedAt);
  }

  /** Stores an input, then lets it act. Nothing moves between the two. */
  async function accept(raw: WorkspaceInput): Promise<void> {
    const input = storable(raw);
    await catchUp();
    const release = await workspace.hold();
    try {
      const stamped = workspace.stamp(input);
      await store.append(row.id, seq + 1, stamped);
      seq += 1;
      await workspace.deliver(stamped);
    } finally {
      release();
    }
  }

  /** Undo and reset act in memory first, and are shown once they and the state after them are stored together. */
  async function replace(kind: 'undo' | 'reset'): Promise<void> {
    if (kind === 'undo' && workspace.undoable.length === 0)
      throw new AppError('invalid', 'There is nothing to undo.');
    await catchUp();
    const resume = broadcast.pause();
    try {
      const release = await workspace.hold();
      const stamped = workspace.stamp({ kind });
      try {
        await workspace.deliver(stamped);
      } catch (error) {
        if (!(error instanceof UndoUnavailableError) || error.entry === undefined) throw error;
        swap(await goBack(loading, error.entry, seq + 1), error.entry.command);
      } finally {
        release();
      }
      await workspace.settle();
      await store.appendWithSnapshot(row.id, seq + 1, stamped, workspace.snapshot());
      seq += 1;
      snapshot = { seq, at: workspace.now };
      markedAt = workspace.now;
      if (clock.running) clock.start(workspace.now);
      broadcast.forget();
    } finally {
      resume();
    }
    const attempts = await store.attempts(row.id);
    broadcast.flush();
    for (const page of pages.values()) welcome(page, attempts);
  }

  function swap(next: Workspace, command: string): void {
    silence();
    workspace.close();
    workspace = next;
    silence = listen(next);
    output.append(`\r\n\x1b[2mtaken back: ${command}\x1b[0m\r\n`);
    next.press(TERMINAL, '');
  }

  async function attach(socket: PageSocket, hello: Extract<ClientMessage, { type: 'hello' }>): Promise<void> {
    if (pages.size === 0) {
      thaw?.();
      thaw = undefined;
      clock.start(workspace.now);
      idleSince = undefined;
    }
    const page = { socket, told: hello.seen ?? 0 };
    await resize(hello.size);
    const attempts = await store.attempts(row.id);
    pages.set(socket, page);
    welcome(page, attempts);
  }

  async function resize(size: { readonly columns: number; readonly rows: number }): Promise<void> {
    const wanted = `${size.columns}x${size.rows}`;
    if (wanted === shownSize) return;
    await accept({ kind: 'resize', terminal: TERMINAL, size });
    shownSize = wanted;
  }

  function welcome(page: Page, attempts: readonly AttemptView[]): void {
    const { from, text } = output.since(page.told);
    page.told = output.end;
    tell(page.socket, {
      type: 'welcome',
      output: text,
      from,
      files: shownFiles(workspace),
      layout,
      attempts,
      objects: shownObjects(workspace),
      undoable: lastCommand(workspace),
      now: workspace.now,
    });
  }

  /** With nobody attached time stands still, a busy shell included. */
  async function rest(): Promise<void> {
    if (pages.size > 0 || !clock.running) return;
    await catchUp();
    clock.stop();
    await keepState();
    thaw = await workspace.hold();
  }

  async function keepState(): Promise<void> {
    if (workspace.atRest && (seq > snapshot.seq || workspace.now > snapshot.at)) await takeSnapshot();
    else if (workspace.now > markedAt) await mark();
  }

  async function check(socket: PageSocket, id: number): Promise<void> {
    if (checking) throw new AppError('invalid', 'A check is under way; its verdicts come in a moment.');
    checking = true;
    await catchUp();
    const judged = { seq, verdicts: workspace.grade(lab) };
    // The copy is judged on its own time: the terminal goes on meanwhile.
    judged.verdicts
      .then((verdicts) => {
        const news = { seq: judged.seq, labVersion: lab.version, passed: passed(lab, verdicts), verdicts };
        return store.saveAttempt(row, news);
      })
      .then((attempt) => {
        for (const page of pages.values()) {
          tell(page.socket, { type: 'verdicts', id: page.socket === socket ? id : NOBODYS_ID, attempt });
        }
      })
      .catch((error: unknown) => {
        log('error', 'check-failed', { workspace: row.id, error });
        const message = 'The check could not be carried out; nothing was changed. Try again.';
        tell(socket, { type: 'failed', id, code: 'check-failed', message });
      })
      .finally(() => {
        checking = false;
      });
  }

  function tellUndoable(): void {
    const command = lastCommand(workspace);
    if (command === undoable) return;
    undoable = command;
    broadcast.tellAll({ type: 'undoable', command });
  }

  function keepLayout(next: Layout): void {
    layout = next;
    clearTimeout(layoutTimer);
    layoutTimer = setTimeout(saveLayout, LAYOUT_DELAY_MS);
  }

  function saveLayout(): void {
    layoutTimer = undefined;
    store.saveLayout(row.id, layout).catch((error: unknown) => {
      log('warn', 'layout-not-stored', { workspace: row.id, error });
    });
  }

  function receive(socket: PageSocket, message: ClientMessage): void {
    const asker = 'id' in message ? { socket, id: message.id } : { socket };
    if (message.type === 'hello') inTurn(() => attach(socket, message), asker);
    else if (!pages.has(socket)) return;
    else if (queue.size > QUEUE_LIMIT)
      complain(new AppError('too-large', 'That is too much at once.'), asker);
    // Made storable before the line editor sees them: it knows its own lines again when they are delivered.
    else if (message.type === 'keys') workspace.press(TERMINAL, storable(message.data));
    else if (message.type === 'layout') keepLayout(message.layout);
    else inTurn(() => serve(socket, message), asker);
  }

  async function serve(socket: PageSocket, message: Served): Promise<void> {
    if (message.type === 'resize') return resize(message);
    if (message.type === 'check') return check(socket, message.id);
    if (message.type === 'undo' || message.type === 'reset') await replace(message.type);
    else await accept(editInput(message));
    broadcast.flush();
    tell(socket, { type: 'done', id: message.id });
  }

  // A loaded workspace may be in the middle of a busy loop; it waits until somebody looks.
  inTurn(async () => {
    thaw = await workspace.hold();
  });

  return {
    get pages() {
      return pages.size;
    },
    get idleSince() {
      return idleSince;
    },
    get broken() {
      return broken;
    },
    receive,
    detach(socket) {
      if (!pages.delete(socket) || pages.size > 0) return;
      idleSince = Date.now();
      inTurn(rest);
    },
    async close() {
      clearTimeout(tickTimer);
      if (layoutTimer !== undefined) {
        clearTimeout(layoutTimer);
        saveLayout();
      }
      await queue.run(async () => {
        if (closed) return;
        if (!broken) {
          await catchUp();
          await keepState();
        }
        closed = true;
        broadcast.stop();
        silence();
        workspace.close();
      });
    },
  };
}

type Served = Exclude<ClientMessage, { type: 'hello' | 'keys' | 'layout' }>;

function lastCommand(workspace: Workspace): string | null {
  return workspace.undoable.at(-1)?.command ?? null;
}
