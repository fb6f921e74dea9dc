import type { Lab, Verdict } from '../../labs';
import type { Workspace } from '../../workspace';
import { AppError } from '../app-error';
import type { KubeHost, WorkspaceKeys } from '../kube-api';
import { log } from '../log';
import type { ApiKeyView, AttemptView, ClientMessage, TimelineEntry } from '../protocol';
import { createBroadcast } from './broadcast';
import { createClassDesk } from './class-desk';
import type { Classroom } from './classroom';
import { failureMessage, isRefusal } from './failure';
import { editInput, toEditingPath, toPagePath } from './home-paths';
import { inspectObject } from './inspect-object';
import { createJudge } from './judge';
import { keepLayout } from './keep-layout';
import { createLiveTicks } from './live-ticks';
import type { Loaded, Loading } from './load-workspace';
import { type ManifestMessage, serveManifest } from './manifests';
import { MAIN, type Page, type PageSocket, tell, tellOutput } from './page';
import { isShown, shownFiles, shownObjects } from './picture';
import { serveTime } from './serve-time';
import { showAttempt } from './show-attempt';
import { storable } from './storable';
import { createStoredWorkspace, type Replacement } from './stored-workspace';
import { createTerminals } from './terminals';
import { attemptEntry, entryOf, type Timeline } from './timeline';
import { traceRequest } from './trace-request';
import type { StoredAttempt } from './workspace-store';

/** More than this waiting means that nobody types it by hand. */
const QUEUE_LIMIT = 2_000;
/** WebSocket's "try again later": the page reconnects by itself. */
const TRY_AGAIN = 1013;
/** An id that no page gives: other tabs learn of a check that they did not ask for. */
const NOBODYS_ID = -1;

/** A workspace in memory, with whatever pages look at it and whatever clients speak to its API. */
export interface LiveWorkspace {
  readonly pages: number;
  /** Wall-clock ms since which nobody has used it; undefined while somebody does. */
  readonly idleSince: number | undefined;
  /** Virtual time, ms since the epoch. */
  readonly now: number;
  /** Something failed between memory and storage: it must be loaded again. */
  readonly broken: boolean;
  /** Its Kubernetes API, for as long as `useApi`'s return was not called. */
  readonly api: KubeHost;
  /** Somebody speaks to the API: time passes until the returned function is called. */
  useApi(): Promise<() => void>;
  /** What the terminal has shown, and `listener` for what it shows from now on. */
  watch(listener: (text: string) => void): { readonly shown: string; stop(): void };
  /** Handles what a page says. `hello` attaches it. */
  receive(socket: PageSocket, message: ClientMessage): void;
  detach(socket: PageSocket): void;
  /** What the home folder holds, as pages show it. */
  files(): readonly { readonly path: string; readonly text: string }[];
  /** Resolves when all that was accepted is stored and, at rest, snapshotted; it is of no more use then. */
  close(): Promise<void>;
}

/** What a live workspace is made from. */
export interface LiveOptions {
  readonly loading: Loading;
  readonly loaded: Loaded;
  /** The lab as it is now, to be judged by. */
  readonly lab: Lab;
  readonly keys: WorkspaceKeys;
  readonly classroom?: Classroom | undefined;
}

/** Who asked for something, and by which of its ids. */
interface Asker {
  readonly socket: PageSocket;
  readonly id?: number;
}

/** Brings a loaded workspace to life. */
export function createLiveWorkspace({ loading, loaded, lab, keys, classroom }: LiveOptions): LiveWorkspace {
  const { row, store } = loading;
  const pages = new Map<PageSocket, Page>();
  const terminals = createTerminals(loaded.workspace.scrollback);
  const broadcast = createBroadcast(pages, terminals.outputs, () => stored.workspace.now);
  const layout = keepLayout(loading);
  let told = '';
  let redoable: string | null = null;
  /** Pages that have asked for the timeline. */
  const followers = new WeakSet<PageSocket>();
  /** The file outside the home folder that pages show now. */
  let lent: string | undefined;
  const stored = createStoredWorkspace(loading, loaded, {
    listen,
    worked: tellUndoable,
    happened(row, timeline) {
      redoable = timeline.redo()?.command ?? null;
      const entry = entryOf(row);
      if (entry !== undefined) tellFollowers([entry], timeline);
      tellUndoable();
    },
    broke(error) {
      for (const { socket } of pages.values()) {
        tell(socket, { type: 'failed', ...failureMessage(error) });
        socket.close(TRY_AGAIN, 'the workspace is loaded again');
      }
    },
  });

  const ticks = createLiveTicks({
    lab,
    watched: () => pages.size > 0,
    inTurn: (look) =>
      stored.inTurn(async () => {
        await stored.catchUp();
        await look(stored.workspace);
      }),
    tellAll: (message) => broadcast.tellAll(message),
  });
  const desk = createClassDesk({
    row,
    lab,
    classroom,
    stored: () => stored,
    latest: async () => ((await store.attempts(row.id)).at(-1)?.verdicts ?? []) as readonly Verdict[],
    tellAll: (message) => broadcast.tellAll(message),
    type: (keys) => stored.workspace.press(MAIN, keys),
  });

  const judge = createJudge({ loading, lab, classroom, stored: () => stored, tellAttempt });

  function listen(to: Workspace): () => void {
    const stops = [
      to.onOutput((terminal, text) => {
        terminals.output(terminal).append(text);
        if (terminal === MAIN) desk.shown(text);
        broadcast.outputGrew();
      }),
      to.onAccept((terminal, input) =>
        inTurn(async () => {
          await stored.accept({ kind: 'tty', terminal, input });
          desk.inputCame();
          ticks.changed();
        }),
      ),
      to.onChange((change) => {
        ticks.changed();
        if (isShown(change.resource, change.object)) broadcast.change(change);
      }),
      to.onFiles((path, text) => {
        ticks.changed();
        const shown = path === to.editing ? toEditingPath(path) : toPagePath(path);
        if (shown !== undefined) broadcast.file(shown, text ?? null);
      }),
      to.onEditing((path) => tellEditing(path)),
      to.onUndoable(tellUndoable),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Does `work` after everything before it; what is refused is told to whoever asked. */
  function inTurn(work: () => Promise<unknown>, asker?: Asker): void {
    stored.inTurn(work).catch((error: unknown) => {
      if (asker !== undefined && isRefusal(error)) refuse(asker, error);
    });
  }

  function refuse({ socket, id }: Asker, error: unknown): void {
    tell(socket, { type: 'failed', ...(id === undefined ? {} : { id }), ...failureMessage(error) });
  }

  /** The stored attempts as the page shows them. */
  async function shownAttempts(): Promise<readonly AttemptView[]> {
    return shown(await store.attempts(row.id));
  }

  function shown(attempts: readonly StoredAttempt[]): Promise<readonly AttemptView[]> {
    return Promise.all(attempts.map((attempt) => showAttempt(lab, attempt)));
  }

  function tellFollowers(entries: readonly TimelineEntry[], timeline: Timeline): void {
    const lineage = timeline.lineage();
    for (const { socket } of pages.values())
      if (followers.has(socket)) tell(socket, { type: 'timeline', entries, lineage });
  }

  /** Nothing is shown of an undo or a reset until it is stored. */
  async function replace(by: Replacement): Promise<void> {
    const resume = broadcast.pause();
    try {
      await stored.replace(by);
      broadcast.forget();
    } finally {
      resume();
    }
    const attempts = await shownAttempts();
    broadcast.flush();
    for (const page of pages.values()) welcome(page, attempts);
    ticks.changed();
  }

  async function attach(socket: PageSocket, hello: Extract<ClientMessage, { type: 'hello' }>): Promise<void> {
    const page: Page = { socket, told: new Map([[MAIN, hello.seen ?? 0]]) };
    stored.enter();
    try {
      await resize(MAIN, hello.size);
      const attempts = await store.attempts(row.id);
      const views = await shown(attempts);
      redoable = (await stored.timeline()).redo()?.command ?? null;
      pages.set(socket, page);
      welcome(page, views);
      desk.tell((attempts.at(-1)?.verdicts ?? []) as readonly Verdict[]);
      if (ticks.told !== undefined) tell(socket, ticks.told);
      ticks.changed();
    } finally {
      if (!pages.has(socket)) stored.leave();
    }
  }

  async function resize(
    terminal: string,
    size: { readonly columns: number; readonly rows: number },
  ): Promise<void> {
    const { columns, rows } = size;
    // A terminal that was closed elsewhere is not opened by the size of a tab that still shows it.
    if (!terminals.outputs.has(terminal) || !terminals.resized(terminal, size)) return;
    await stored.accept({ kind: 'resize', terminal, size: { columns, rows } });
  }

  /** Made storable before the line editor sees them: it knows its own lines again when they are delivered. */
  function type(terminal: string, keys: string): void {
    if (terminals.outputs.has(terminal)) stored.workspace.press(terminal, storable(keys));
  }

  async function openTerminal(
    socket: PageSocket,
    { id, terminal, size, seen, keys }: Extract<ClientMessage, { type: 'open-terminal' }>,
  ): Promise<void> {
    terminals.need(terminal);
    const isNew = !terminals.outputs.has(terminal);
    terminals.output(terminal);
    await resize(terminal, size);
    const page = pages.get(socket);
    if (page === undefined) return;
    page.told.set(terminal, seen);
    tellOutput(page, terminals.outputs);
    tell(socket, { type: 'done', id });
    if (isNew && keys !== undefined) type(terminal, keys);
  }

  async function closeTerminal(
    socket: PageSocket,
    { id, terminal }: Extract<ClientMessage, { type: 'close-terminal' }>,
  ): Promise<void> {
    if (terminal === MAIN) throw new AppError('invalid', 'The first terminal stays open.');
    if (terminals.outputs.has(terminal)) await stored.accept({ kind: 'close', terminal });
    terminals.remove(terminal);
    for (const page of pages.values()) page.told.delete(terminal);
    tell(socket, { type: 'done', id });
  }

  function welcome(page: Page, attempts: readonly AttemptView[]): void {
    const { workspace } = stored;
    const output = terminals.output(MAIN);
    const { from, text } = output.since(page.told.get(MAIN) ?? 0);
    page.told.set(MAIN, output.end);
    tell(page.socket, {
      type: 'welcome',
      output: text,
      from,
      files: shownFiles(workspace),
      layout: layout.now,
      attempts,
      objects: shownObjects(workspace),
      undoable: lastCommand(workspace),
      redoable,
      paused: stored.paused,
      editing: workspace.editing === undefined ? null : toEditingPath(workspace.editing),
      now: workspace.now,
    });
  }

  function tellAttempt(attempt: AttemptView, seq: number, { socket, id }: Asker): void {
    classroom?.happened(row);
    desk.tell();
    for (const page of pages.values())
      tell(page.socket, {
        type: 'verdicts',
        id: page.socket === socket ? (id ?? NOBODYS_ID) : NOBODYS_ID,
        attempt,
      });
    if (attempt.verdicts.some(({ outcome }) => outcome === 'cannot-judge')) return;
    stored.timeline().then(
      (timeline) => tellFollowers([attemptEntry({ seq, ...attempt })], timeline),
      (error: unknown) => log('error', 'attempt-not-on-timeline', { workspace: row.id, error }),
    );
  }

  async function keyFor(action: 'look' | 'make' | 'revoke'): Promise<ApiKeyView | null> {
    if (action === 'make') return keys.make(row.id);
    if (action === 'revoke') await keys.revoke(row.id);
    return keys.describe(row.id);
  }

  /** Tells which file a command waits for; one outside the home folder is shown for that long only. */
  function tellEditing(path: string | undefined): void {
    const { files } = stored.workspace;
    if (lent !== undefined) broadcast.file(lent, null);
    const shown = path === undefined ? null : toEditingPath(path);
    lent = shown?.startsWith('/') ? shown : undefined;
    if (path !== undefined && lent !== undefined) broadcast.file(lent, files.read(path));
    broadcast.tellAll({ type: 'editing', path: shown });
  }

  function tellUndoable(): void {
    const message = { type: 'undoable', command: lastCommand(stored.workspace), redo: redoable } as const;
    const next = JSON.stringify(message);
    if (next === told) return;
    told = next;
    broadcast.tellAll(message);
  }

  async function redo(): Promise<void> {
    const found = (await stored.timeline()).redo();
    if (found === undefined) throw new AppError('invalid', 'There is nothing to redo.');
    await replace({ kind: 'go-to', seq: found.seq });
  }

  async function pause(paused: boolean): Promise<void> {
    await stored.pause(paused);
    broadcast.tellAll({ type: 'clock', paused, now: stored.workspace.now });
  }

  /** What changes a workspace's place in time. */
  async function moveInTime(message: Moving): Promise<void> {
    if (message.type === 'undo' || message.type === 'reset') await replace({ kind: message.type });
    else if (message.type === 'redo') await redo();
    else if (message.type === 'go-to') await replace({ kind: 'go-to', seq: message.seq });
    else if (message.type === 'skip') await stored.skip(message.ms);
    else await pause(message.paused);
  }

  function receive(socket: PageSocket, message: ClientMessage): void {
    const asker = 'id' in message ? { socket, id: message.id } : { socket };
    if (message.type === 'hello') inTurn(() => attach(socket, message), asker);
    else if (!pages.has(socket)) return;
    else if (stored.waiting > QUEUE_LIMIT)
      refuse(asker, new AppError('too-large', 'That is too much at once.'));
    else if (message.type === 'keys') type(message.terminal ?? MAIN, message.data);
    else if (message.type === 'layout') layout.set(message.layout);
    else if (message.type === 'apply' || message.type === 'diff' || message.type === 'reread')
      askManifest(socket, message);
    else inTurn(() => serve(socket, message), asker);
  }

  /** kubectl takes turns of its own; what the page said before is done by then. */
  function askManifest(socket: PageSocket, message: ManifestMessage): void {
    serveManifest(stored, message).then(
      (answer) => {
        broadcast.flush();
        tell(socket, answer);
      },
      (error: unknown) => {
        if (!isRefusal(error)) log('error', 'manifest-failed', { workspace: row.id, error });
        refuse({ socket, id: message.id }, error);
      },
    );
  }

  async function serve(socket: PageSocket, message: Served): Promise<void> {
    if (message.type === 'resize') return resize(message.terminal ?? MAIN, message);
    if (message.type === 'open-terminal') return openTerminal(socket, message);
    if (message.type === 'close-terminal') return closeTerminal(socket, message);
    if (message.type === 'check' || message.type === 'solutions' || message.type === 'solve')
      return judge.serve(socket, message);
    if (message.type === 'trace')
      return tell(socket, { type: 'traced', id: message.id, way: traceRequest(stored.workspace, message) });
    if (message.type === 'inspect')
      return tell(socket, {
        type: 'inspected',
        id: message.id,
        text: await inspectObject(stored.workspace, message),
      });
    if (message.type === 'key')
      return tell(socket, { type: 'key', id: message.id, key: await keyFor(message.action) });
    if (message.type === 'timeline') followers.add(socket);
    if (message.type === 'timeline' || message.type === 'compare')
      return serveTime(socket, message, { loading, stored });
    if (message.type === 'hand' || message.type === 'reply' || message.type === 'follow')
      await desk.serve(message);
    else if (isMoving(message)) await moveInTime(message);
    else await stored.accept(editInput(message, stored.workspace.editing));
    broadcast.flush();
    tell(socket, { type: 'done', id: message.id });
  }

  return {
    get pages() {
      return pages.size;
    },
    get now() {
      return stored.workspace.now;
    },
    get idleSince() {
      return stored.idleSince;
    },
    get broken() {
      return stored.broken;
    },
    api: stored,
    async useApi() {
      await stored.inTurn(async () => stored.enter());
      let left = false;
      return () => {
        if (!left) stored.leave();
        left = true;
      };
    },
    receive,
    watch(listener) {
      return { shown: terminals.output(MAIN).since(0).text, stop: desk.watch(listener) };
    },
    detach(socket) {
      if (pages.delete(socket)) stored.leave();
    },
    files: () => shownFiles(stored.workspace),
    async close() {
      layout.close();
      desk.close();
      ticks.stop();
      for (const { socket } of pages.values()) socket.close(TRY_AGAIN, 'the workspace is loaded again');
      await stored.close();
      broadcast.stop();
    },
  };
}

type Served = Exclude<ClientMessage, ManifestMessage | { type: 'hello' | 'keys' | 'layout' }>;

type Moving = Extract<Served, { type: 'undo' | 'redo' | 'reset' | 'go-to' | 'skip' | 'pause' }>;

const MOVES: ReadonlySet<Served['type']> = new Set(['undo', 'redo', 'reset', 'go-to', 'skip', 'pause']);
const isMoving = (message: Served): message is Moving => MOVES.has(message.type);

function lastCommand(workspace: Workspace): string | null {
  return workspace.undoable.at(-1)?.command ?? null;
}
