import type { Vantage } from '../../../lib/api';
import type { ClientMessage, Inspection, ServerMessage } from '../../../lib/server';
import { editFile, type FileEntry, fileStatus, keepMine, sendFile, takeTheirs } from './file-entry';
import { type LabSocket, openLabSocket } from './lab-socket';
import {
  INITIAL_STATE,
  type LabState,
  layoutOf,
  lineLost,
  type Pending,
  receive,
  withClosedFile,
  withFile,
  withOpenFile,
} from './lab-state';
import { placeOutput } from './output-cursor';

/** The terminal's glass, as the link writes on it. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
  clear(): void;
}

/** A lab page's line to its workspace: its state to read, and things to do. */
export interface LabLink {
  getState(): LabState;
  subscribe(listener: () => void): () => void;
  start(): () => void;
  attachScreen(screen: Screen): () => void;
  resize(columns: number, rows: number): void;
  /** Keys for the shell. False when nobody received them. */
  type(keys: string): boolean;
  edit(path: string, text: string): void;
  save(path: string): void;
  open(path: string): void;
  closeFile(path: string): void;
  /** Makes (or refills) a file, opens it and saves it. */
  put(path: string, text: string): void;
  /** Writes an answer into its file, without opening it. */
  answer(path: string, text: string): void;
  /** Asks for the way of a request from a Pod, for a picture in the lesson. */
  trace(host: string, port: number, pod: string | undefined): void;
  /** Sends a request to be drawn on the chart. */
  sendRequest(
    to: { readonly host: string; readonly port: number; readonly path: string },
    from: Vantage,
  ): void;
  /** Takes the drawn request off the chart. */
  forgetRequest(): void;
  /** Asks what kubectl tells of an object; undefined looks away. */
  inspect(inspection: Inspection | undefined): void;
  /** Asks for the solutions. */
  askSolutions(): void;
  remove(path: string): void;
  /** The file that a command waits for is edited: the command goes on. */
  finishEditing(): void;
  settle(path: string, whose: 'mine' | 'theirs'): void;
  showStep(step: string): void;
  check(): void;
  undo(): void;
  redo(): void;
  reset(): void;
  /** Asks for the timeline, or for what is older than the known part of it; later entries come by themselves. */
  askTimeline(): void;
  /** Brings back the state of a moment: just after event `seq` and what followed it. */
  goTo(seq: number): void;
  /** Asks what is different between two moments (`to` undefined: now); undefined looks away. */
  compare(moments: { readonly from: number; readonly to?: number | undefined } | undefined): void;
  skip(ms: number): void;
  pause(paused: boolean): void;
  /** Asks about the key for the learner's own tools, makes a new one, or ends it. */
  key(action: 'look' | 'make' | 'revoke'): void;
  /** Raises the hand with a question, or (undefined) takes it down. */
  raiseHand(text: string | undefined): void;
  /** Applies what staff sent, or puts it away. */
  answerReply(reply: string, action: 'apply' | 'dismiss'): void;
  /** Whether staff may watch the terminal. */
  answerFollow(agrees: boolean): void;
  retry(): void;
  dismissFailure(): void;
}

const AUTOSAVE_MS = 700;
const LAYOUT_MS = 400;

/** Makes a link to a workspace. It speaks to nobody until started. */
export function createLabLink(workspaceId: string): LabLink {
  let state = INITIAL_STATE;
  let socket: LabSocket | undefined;
  let screen: Screen | undefined;
  let greeted = false;
  let seen = 0;
  let lastId = 0;
  let layoutTimer: ReturnType<typeof setTimeout> | undefined;
  const saveTimers = new Map<string, ReturnType<typeof setTimeout>>();
  const listeners = new Set<() => void>();

  const set = (next: LabState) => {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const send = (message: ClientMessage) => socket?.send(message) ?? false;
  const nextId = () => {
    lastId += 1;
    return lastId;
  };

  const greet = () => {
    if (screen === undefined || greeted) return;
    const size = { columns: screen.columns, rows: screen.rows };
    greeted = send({ type: 'hello', size, seen });
  };
  const show = (from: number, text: string) => {
    const placed = placeOutput(seen, from, text);
    seen = placed.seen;
    if (placed.clear) screen?.clear();
    if (placed.text !== '') screen?.write(placed.text);
  };

  const saveNow = (path: string) => {
    clearTimeout(saveTimers.get(path));
    const file = state.files[path];
    if (file === undefined || fileStatus(file) !== 'unsaved') return;
    const id = nextId();
    if (send({ type: 'save', id, path, text: file.text })) set(withFile(state, path, sendFile(file, id)));
  };
  const saveSoon = (path: string) => {
    clearTimeout(saveTimers.get(path));
    saveTimers.set(path, setTimeout(saveNow, AUTOSAVE_MS, path));
  };
  const saveAll = () => {
    for (const path of Object.keys(state.files)) saveNow(path);
  };
  /** Leaving now would lose text that cannot be saved while there is no line, or not before a conflict is settled. */
  const warnOfLoss = (event: Event) => {
    saveAll();
    const files = Object.values(state.files);
    if (files.some((file) => ['unsaved', 'conflict'].includes(fileStatus(file)))) event.preventDefault();
  };
  const setLayout = (next: LabState) => {
    set(next);
    clearTimeout(layoutTimer);
    layoutTimer = setTimeout(() => send({ type: 'layout', layout: layoutOf(state) }), LAYOUT_MS);
  };
  const withUpdated = (path: string, update: (file: FileEntry) => FileEntry | undefined) => {
    const file = state.files[path];
    if (file !== undefined) set(withFile(state, path, update(file)));
  };

  const finishEditing = () => {
    const path = state.editing;
    if (path === null) return;
    saveNow(path);
    send({ type: 'edited', id: nextId(), path });
  };

  const onMessage = (message: ServerMessage) => {
    if (message.type === 'welcome') show(message.from, message.output);
    if (message.type === 'output') show(message.from, message.text);
    set(receive(state, message));
    if (message.type !== 'welcome') return;
    saveAll();
    // The server pushes to whoever has asked on this line.
    if (state.timeline !== undefined) send({ type: 'timeline', id: nextId() });
  };
  const ask = (what: keyof Pending, message: (id: number) => ClientMessage) => {
    if (state.pending[what] !== undefined) return;
    saveAll();
    const id = nextId();
    if (send(message(id))) set({ ...state, pending: { ...state.pending, [what]: id }, failure: undefined });
  };
  const request = (what: 'check' | 'undo' | 'redo' | 'reset') => ask(what, (id) => ({ type: what, id }));

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      socket = openLabSocket(workspaceId, {
        onOpen: greet,
        onMessage,
        onLost: (retryAt) => {
          greeted = false;
          set(lineLost(state, retryAt));
        },
      });
      window.addEventListener('pagehide', saveAll);
      window.addEventListener('beforeunload', warnOfLoss);
      return () => {
        window.removeEventListener('pagehide', saveAll);
        window.removeEventListener('beforeunload', warnOfLoss);
        saveAll();
        clearTimeout(layoutTimer);
        socket?.close();
        socket = undefined;
        greeted = false;
      };
    },
    attachScreen(next) {
      screen = next;
      seen = 0;
      greeted = false;
      greet();
      return () => {
        screen = undefined;
      };
    },
    resize(columns, rows) {
      if (greeted) send({ type: 'resize', columns, rows });
    },
    type(keys) {
      if (state.connection.phase === 'open' && send({ type: 'keys', data: keys })) return true;
      if (!state.keysLost) set({ ...state, keysLost: true });
      return false;
    },
    edit(path, text) {
      const file = state.files[path];
      if (file === undefined || file.text === text) return;
      set(withFile(state, path, editFile(file, text)));
      saveSoon(path);
    },
    save: saveNow,
    open: (path) => setLayout(withOpenFile(state, path)),
    finishEditing,
    closeFile(path) {
      if (path === state.editing) finishEditing();
      saveNow(path);
      setLayout(withClosedFile(state, path));
    },
    put(path, text) {
      const file = state.files[path];
      const entry = file === undefined ? { base: null, text } : editFile(file, text);
      setLayout(withOpenFile(withFile(state, path, entry), path));
      saveNow(path);
    },
    answer(path, text) {
      const file = state.files[path];
      set(withFile(state, path, file === undefined ? { base: null, text } : editFile(file, text)));
      saveNow(path);
    },
    trace(host, port, pod) {
      const from =
        pod === undefined ? {} : { from: { kind: 'pod', namespace: 'default', name: pod } as const };
      send({ type: 'trace', id: nextId(), host, port, ...from });
    },
    sendRequest(to, from) {
      const id = nextId();
      if (send({ type: 'trace', id, ...to, from }))
        set({ ...state, pending: { ...state.pending, course: id }, failure: undefined });
    },
    forgetRequest: () => set({ ...state, course: undefined }),
    inspect(inspection) {
      if (inspection === undefined) return set({ ...state, inspected: undefined });
      const id = nextId();
      if (!send({ type: 'inspect', id, ...inspection })) return;
      // The same question again keeps the old answer on the screen until the new one is there.
      const text = sameQuestion(state.inspected, inspection) ? state.inspected?.text : undefined;
      set({
        ...state,
        pending: { ...state.pending, inspect: id },
        inspected: { ...inspection, ...(text === undefined ? {} : { text }) },
      });
    },
    askSolutions() {
      if (send({ type: 'solutions', id: nextId() })) set({ ...state, failure: undefined });
    },
    remove(path) {
      if (send({ type: 'remove', id: nextId(), path })) setLayout(withFile(state, path, undefined));
    },
    settle(path, whose) {
      withUpdated(path, whose === 'mine' ? keepMine : takeTheirs);
      saveNow(path);
    },
    showStep: (step) => setLayout({ ...state, step }),
    check: () => request('check'),
    undo: () => request('undo'),
    redo: () => request('redo'),
    askTimeline() {
      const oldest = state.timeline?.entries[0]?.seq;
      send({ type: 'timeline', id: nextId(), ...(oldest === undefined ? {} : { before: oldest }) });
    },
    goTo: (seq) => ask('goTo', (id) => ({ type: 'go-to', id, seq })),
    compare(moments) {
      if (moments === undefined) return set({ ...state, compared: undefined });
      const { from, to } = moments;
      ask('compare', (id) => ({ type: 'compare', id, from, ...(to === undefined ? {} : { to }) }));
    },
    skip: (ms) => ask('skip', (id) => ({ type: 'skip', id, ms })),
    pause: (paused) => void send({ type: 'pause', id: nextId(), paused }),
    reset: () => request('reset'),
    key(action) {
      if (state.pending.key !== undefined) return;
      const id = nextId();
      if (send({ type: 'key', id, action }))
        set({ ...state, pending: { ...state.pending, key: id }, failure: undefined });
    },
    raiseHand: (text) => send({ type: 'hand', id: nextId(), raised: text !== undefined, text: text ?? '' }),
    answerReply: (reply, action) => send({ type: 'reply', id: nextId(), reply, action }),
    answerFollow: (agrees) => send({ type: 'follow', id: nextId(), agrees }),
    retry: () => socket?.retry(),
    dismissFailure: () => set({ ...state, failure: undefined }),
  };
}

function sameQuestion(a: Inspection | undefined, b: Inspection): boolean {
  return a?.view === b.view && a.resource === b.resource && a.namespace === b.namespace && a.name === b.name;
}
