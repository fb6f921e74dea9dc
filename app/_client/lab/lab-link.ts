import type { Vantage } from '../../../lib/api';
import type { ClientMessage, Inspection, ServerMessage, VerdictView } from '../../../lib/server';
import { editFile, type FileEntry, fileStatus, keepMine, sendFile, takeTheirs } from './file-entry';
import { type LabSocket, openLabSocket } from './lab-socket';
import {
  announce,
  INITIAL_STATE,
  type LabState,
  layoutOf,
  lineLost,
  MAIN_TERMINAL,
  type Pending,
  receive,
  wayKey,
  withClosedFile,
  withFile,
  withOpenFile,
  withRenamedFile,
} from './lab-state';
import { createScreens, type Screen } from './screens';

/** A lab page's line to its workspace: its state to read, and things to do. */
export interface LabLink {
  getState(): LabState;
  subscribe(listener: () => void): () => void;
  start(): () => void;
  attachScreen(terminal: string, screen: Screen): () => void;
  resize(terminal: string, columns: number, rows: number): void;
  /** Keys for the shell of the terminal that is shown, or of another. False when nobody received them. */
  type(keys: string, terminal?: string): boolean;
  /** Opens another terminal with a name, and types a first line into it. */
  openTerminal(title: string, keys?: string): void;
  showTerminal(terminal: string): void;
  /** Ends another terminal and what runs in it. */
  closeTerminal(terminal: string): void;
  /** What a terminal was sent lately. */
  shown(terminal: string): string;
  /** `listener` hears which terminal was sent something. */
  onShown(listener: (terminal: string) => void): () => void;
  edit(path: string, text: string): void;
  save(path: string): void;
  open(path: string): void;
  closeFile(path: string): void;
  /** Makes (or refills) a file, opens it and saves it. */
  put(path: string, text: string): void;
  /** Saves a file and gives it to the API, as `kubectl apply` or, when it was read from there, `kubectl replace`. */
  apply(path: string): void;
  dismissApplied(): void;
  /** Saves a file and asks what applying it would change; undefined looks away. */
  compareLive(path: string | undefined): void;
  /** Puts into a file what its objects are like now. */
  reread(path: string): void;
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
  /** Draws on the chart the way of a request that a check sent. */
  showTrace(title: string, verdict: VerdictView): void;
  /** Has a solution typed into a copy, of the workspace as it is or of the lab's start; undefined puts it away. */
  solve(solution: { readonly name: string; readonly from: 'now' | 'start' } | undefined): void;
  /** Asks for the solutions. */
  askSolutions(): void;
  remove(path: string): void;
  /** Saves a file and gives it another name, which is free. */
  rename(path: string, to: string): void;
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
const NOT_APPLIED = 'There is no connection to the server, so nothing was applied.';
const LAYOUT_MS = 400;

/** Makes a link to a workspace. It speaks to nobody until started. */
export function createLabLink(workspaceId: string): LabLink {
  let state = INITIAL_STATE;
  let socket: LabSocket | undefined;
  const screens = createScreens();
  /** Keys that a new terminal begins with, until it is there. */
  const firstKeys = new Map<string, string>();
  let greeted = false;
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
    const size = screens.size(MAIN_TERMINAL);
    if (size === undefined || greeted) return;
    greeted = send({ type: 'hello', size, seen: screens.seen(MAIN_TERMINAL) });
  };
  /** Once the page was welcomed, the server is asked for each of the other terminals. */
  const askTerminal = (terminal: string) => {
    const size = screens.size(terminal);
    if (size === undefined || terminal === MAIN_TERMINAL || !state.welcomed) return;
    const keys = firstKeys.get(terminal);
    const opening = { id: nextId(), terminal, size, seen: screens.seen(terminal) };
    if (send({ type: 'open-terminal', ...opening, ...(keys === undefined ? {} : { keys }) }))
      firstKeys.delete(terminal);
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

  const refill = (path: string, text: string) => {
    withUpdated(path, (file) => editFile(file, text));
    saveNow(path);
  };

  const finishEditing = () => {
    const path = state.editing;
    if (path === null) return;
    saveNow(path);
    send({ type: 'edited', id: nextId(), path });
  };

  const onMessage = (message: ServerMessage) => {
    if (message.type === 'welcome') screens.show(MAIN_TERMINAL, message.from, message.output);
    if (message.type === 'output')
      screens.show(message.terminal ?? MAIN_TERMINAL, message.from, message.text);
    set(receive(state, message));
    if (message.type === 'reread') refill(message.path, message.text);
    if (message.type === 'applied' && message.applied.fresh !== undefined) {
      const file = state.files[message.path];
      // Unless it was typed into meanwhile.
      if (file !== undefined && fileStatus(file) === 'saved') refill(message.path, message.applied.fresh);
    }
    if (message.type !== 'welcome') return;
    saveAll();
    for (const { id } of state.terminals) askTerminal(id);
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
    attachScreen(terminal, next) {
      const detach = screens.attach(terminal, next);
      if (terminal === MAIN_TERMINAL) {
        greeted = false;
        greet();
      } else askTerminal(terminal);
      return detach;
    },
    resize(terminal, columns, rows) {
      if (greeted) send({ type: 'resize', columns, rows, ...named(terminal) });
    },
    openTerminal(title, keys) {
      const taken = state.terminals.map(({ id }) => Number(id.slice(1)));
      const id = `t${Math.max(0, ...taken) + 1}`;
      if (keys !== undefined) firstKeys.set(id, keys);
      setLayout({ ...state, terminals: [...state.terminals, { id, title }], terminal: id });
    },
    showTerminal: (terminal) => setLayout({ ...state, terminal }),
    closeTerminal(terminal) {
      if (!send({ type: 'close-terminal', id: nextId(), terminal })) return;
      const terminals = state.terminals.filter(({ id }) => id !== terminal);
      const shown = state.terminal === terminal ? (terminals.at(-1)?.id ?? MAIN_TERMINAL) : state.terminal;
      screens.forget(terminal);
      setLayout({ ...state, terminals, terminal: shown });
    },
    shown: screens.text,
    onShown: screens.onShown,
    type(keys, terminal = state.terminal) {
      if (state.connection.phase === 'open' && send({ type: 'keys', data: keys, ...named(terminal) }))
        return true;
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
    apply(path) {
      if (state.connection.phase !== 'open')
        return set(announce({ ...state, failure: NOT_APPLIED }, NOT_APPLIED));
      ask('apply', (id) => ({ type: 'apply', id, path }));
    },
    dismissApplied: () => set({ ...state, applied: undefined }),
    compareLive(path) {
      if (path === undefined) return set({ ...state, liveDiff: undefined });
      ask('diff', (id) => ({ type: 'diff', id, path }));
      if (state.pending.diff !== undefined) set({ ...state, liveDiff: { path } });
    },
    reread: (path) => ask('reread', (id) => ({ type: 'reread', id, path })),
    answer(path, text) {
      const file = state.files[path];
      set(withFile(state, path, file === undefined ? { base: null, text } : editFile(file, text)));
      saveNow(path);
    },
    trace(host, port, pod) {
      const [name = '', namespace = 'default'] = pod?.split('/').toReversed() ?? [];
      const from = pod === undefined ? {} : { from: { kind: 'pod', namespace, name } as const };
      const id = nextId();
      if (send({ type: 'trace', id, host, port, ...from }))
        set({ ...state, waysAsked: { ...state.waysAsked, [id]: wayKey(host, port, pod) } });
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
    showTrace(title, { trace = [], reason = '', outcome }) {
      const course = {
        title,
        host: '',
        port: 0,
        from: '',
        outcome: reason,
        reached: outcome === 'met',
        trace,
      };
      set({ ...state, course });
    },
    solve(solution) {
      if (solution === undefined) return set({ ...state, solved: undefined });
      const { name, from } = solution;
      ask('solve', (id) => ({ type: 'solve', id, solution: name, from }));
      if (state.pending.solve !== undefined) set({ ...state, solved: { name } });
    },
    askSolutions() {
      if (send({ type: 'solutions', id: nextId() })) set({ ...state, failure: undefined });
    },
    remove(path) {
      if (send({ type: 'remove', id: nextId(), path })) setLayout(withFile(state, path, undefined));
    },
    rename(path, to) {
      saveNow(path);
      if (send({ type: 'rename', id: nextId(), path, to })) setLayout(withRenamedFile(state, path, to));
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

const named = (terminal: string) => (terminal === MAIN_TERMINAL ? {} : { terminal });

function sameQuestion(a: Inspection | undefined, b: Inspection): boolean {
  return a?.view === b.view && a.resource === b.resource && a.namespace === b.namespace && a.name === b.name;
}
