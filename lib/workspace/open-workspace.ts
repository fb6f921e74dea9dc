import { assert, createCancel, FileError, formatDuration, type Output, type TerminalSize } from '../base';
import { grade, type ObservedCommand } from '../labs';
import {
  createFiles,
  createSession,
  type Machine,
  runProcess,
  runScript,
  type Session,
  type SessionState,
  type TtyInput,
  type World,
} from '../shell';
import { type ApiCall, type ApiOutcome, makeCall } from './api-call';
import { createCommandWatch } from './command-watch';
import { createEditing } from './editing';
import { createEmitter } from './emitter';
import { createEvidence } from './evidence';
import { createHeart } from './heart';
import { createAdminPorts } from './local-ports';
import { ADMIN, adminMachine, containerMachine } from './machines';
import { createRemoteProcesses } from './remote-processes';
import type { Root } from './root';
import { saveFile } from './save-file';
import { createScrollback, withoutPrompt } from './scrollback';
import type { Brought, UndoEntry, Workspace, WorkspaceInput, WorkspaceOptions } from './seams';
import { createUndoStack, type UndoStack } from './undo';
import { watchedClient, watchedFiles } from './watch-changes';

/** A terminal's size until its page tells another. */
const SIZE: TerminalSize = { columns: 120, rows: 30 };
/** Where scripts leave their variables and working directory for the next script. */
const SCRIPT = 'script';
/** Commands kept for the grader: an hour of busy typing, and small in a snapshot. */
const OBSERVED_LIMIT = 300;

/** What the editor saved, so that taking back a command does not take back what was written since. */
type Saves = readonly { readonly ordinal: number; readonly input: WorkspaceInput }[];

/** What a workspace knows beside its state. */
export interface Beginning {
  readonly options: WorkspaceOptions;
  readonly inputs: number;
  readonly undo: UndoStack<Root>;
  readonly saves?: Saves | undefined;
  readonly scrollback: Readonly<Record<string, string>>;
  /** The state that `reset` goes back to. */
  readonly origin: () => Promise<Root>;
}

/** A workspace from within. */
interface Inside {
  root(): Root;
  undo(): UndoStack<Root>;
  saves(): Saves;
}

const insides = new WeakMap<Workspace, Inside>();

function insideOf(workspace: Workspace): Inside {
  const inside = insides.get(workspace);
  assert(inside, 'every workspace is opened here');
  return inside;
}

/** The present state of a workspace, as a value. */
export const rootOf = (workspace: Workspace): Root => insideOf(workspace).root();

/** A live workspace on a state. */
export function openWorkspace(root: Root, beginning: Beginning): Workspace {
  const accepted = createEmitter<[terminal: string, input: TtyInput]>();
  const shown = createEmitter<[terminal: string, text: string]>();
  const changed = createEmitter<Parameters<Parameters<Workspace['onChange']>[0]>>();
  const filed = createEmitter<[path: string, text: string | undefined]>();
  const replaced = createEmitter<[]>();
  const toEdit = createEmitter<[path: string | undefined]>();
  const editing = createEditing(toEdit.emit);
  const remote = createRemoteProcesses();
  const scrollback = createScrollback(beginning.scrollback);
  let { undo } = beginning;
  let saves = beginning.saves ?? [];
  const undoable = createEmitter<[entry: UndoEntry]>();
  const keep = (entry: UndoEntry, before: Root) => {
    undo.push(entry, before);
    undoable.emit(entry);
  };
  const watch = createCommandWatch(keep);
  let inputs = beginning.inputs;
  let states = root.sessions;
  let sessions = new Map<string, Session>();
  let scripts = 0;
  let { commands } = root;
  /** How often another state was put in place: what ends in an earlier one is nobody's command in this. */
  let life = 0;
  const observeIn = (when: number) => (argv: readonly string[], status: number) => {
    if (when !== life) return;
    const seen: ObservedCommand = { argv, status };
    commands = [...commands.slice(1 - OBSERVED_LIMIT), seen];
  };

  const heart = createHeart(
    root,
    (inside, argv, streams) =>
      runProcess(argv, {
        machine: containerMachine(inside, () => heart.now, watch.changedInside),
        world: world(),
        streams,
      }),
    changed.emit,
  );
  const ports = createAdminPorts(
    () => heart.cluster.network,
    (credentials, request) => heart.cluster.answer(credentials, ADMIN, request),
  );
  const files = createFiles(root.files, () => heart.now, filed.emit);
  const world = (): World => ({
    timer: heart.timer,
    random: heart.random,
    network: ports.network,
    ports,
    cloud: heart.cluster.cloud,
    breathe: heart.breathe,
    observe: observeIn(life),
  });
  const admin = (): Machine => adminMachine(files, heart.cluster.client(ADMIN));
  const show = (terminal: string, text: string) => {
    scrollback.add(terminal, text);
    shown.emit(terminal, text);
  };
  const session = (terminal: string, size = SIZE): Session => {
    const open = sessions.get(terminal);
    if (open) return open;
    const changed = () => watch.changed(terminal);
    const client = watchedClient(heart.cluster.client(ADMIN), changed, watch.inside(terminal));
    const made = createSession({
      machine: adminMachine(watchedFiles(files, changed), client),
      world: { ...world(), openEditor: editing.open },
      size,
      state: states[terminal],
      show: (text) => show(terminal, text),
      accept: (input) => accepted.emit(terminal, input),
    });
    sessions.set(terminal, made);
    return made;
  };
  const sessionStates = (): Readonly<Record<string, SessionState>> => ({
    ...states,
    ...Object.fromEntries([...sessions].map(([terminal, each]) => [terminal, each.state])),
  });
  const present = (): Root => ({
    ...heart.pulse(),
    breath: heart.breaths,
    files: files.state,
    sessions: sessionStates(),
    commands,
  });
  const replaceBy = (next: Root, note: string) => {
    life += 1;
    const open = [...sessions.keys()];
    for (const each of sessions.values()) each.kill();
    editing.forget();
    watch.forget();
    sessions = new Map();
    states = next.sessions;
    remote.endAll();
    ({ commands } = next);
    files.restore(next.files);
    heart.replace(next);
    replaced.emit();
    for (const terminal of open) {
      show(terminal, `\r\n\x1b[2m${note}\x1b[0m\r\n`);
      session(terminal);
    }
  };
  const edit = (input: WorkspaceInput) => {
    saves = [...saves, { ordinal: inputs, input }];
    saveFile(files, input);
  };
  const takeCall = (call: ApiCall): Promise<ApiOutcome> => {
    const { command, session: run } = call.caller;
    const entry = { command, at: heart.now, ordinal: inputs, ...(run && { session: run }) };
    const before = present();
    const { revision } = heart.cluster.view;
    const outcome = makeCall(heart.cluster.client(call.identity), call);
    // What was refused leaves nothing to take back; all that one run of a program does is taken back together.
    if (
      heart.cluster.view.revision !== revision &&
      (run === undefined || undo.entries.at(-1)?.session !== run)
    )
      keep(entry, before);
    return outcome;
  };
  /** Another state takes the place of this one, with all that was known of how it came about. */
  const putInPlace = ({ workspace: from, edits }: Brought, note: string) => {
    const inside = insideOf(from);
    undo = inside.undo().copy();
    saves = inside.saves();
    replaceBy(inside.root(), note);
    for (const each of edits) editAgain(each);
  };
  const editAgain = (input: WorkspaceInput) => {
    try {
      edit(input);
    } catch (error) {
      // What had no room then has none now.
      if (!(error instanceof FileError)) throw error;
    }
  };
  const closeTerminal = (terminal: string) => {
    sessions.get(terminal)?.kill();
    sessions.delete(terminal);
    const { [terminal]: _gone, ...others } = states;
    states = others;
    scrollback.remove(terminal);
    watch.end(terminal);
  };
  const commandOf = (input: WorkspaceInput): string =>
    input.kind === 'tty' && input.input.kind === 'line' && session(input.terminal).atPrompt
      ? input.input.text.trim()
      : '';
  const apply = (
    input: WorkspaceInput,
    origin: Root | undefined,
    brought: Brought | undefined,
  ): Promise<ApiOutcome> | undefined => {
    inputs += 1;
    switch (input.kind) {
      case 'tty': {
        const target = session(input.terminal);
        const command = commandOf(input);
        if (command !== '')
          watch.begin(input.terminal, { command, at: heart.now, ordinal: inputs }, present());
        target.deliver(input.input);
        return undefined;
      }
      case 'edited':
        editing.close(input.path, input.edited);
        return undefined;
      case 'resize':
        session(input.terminal, input.size).resize(input.size);
        return undefined;
      case 'close':
        closeTerminal(input.terminal);
        return undefined;
      case 'undo': {
        if (brought !== undefined) {
          putInPlace(brought, `taken back: ${undo.entries.at(-1)?.command ?? ''}`);
          return undefined;
        }
        const { entry, before } = undo.pop();
        const kept = saves.filter((each) => each.ordinal > entry.ordinal);
        replaceBy(before, `taken back: ${entry.command}`);
        for (const each of kept) saveFile(files, each.input);
        return undefined;
      }
      case 'go-to':
        assert(brought, 'whoever goes to another moment brings its state');
        putInPlace(brought, 'at another moment of this session');
        return undefined;
      case 'skip':
        for (const each of sessions.values())
          each.notice(`\x1b[2mskipped ahead ${formatDuration(input.ms)}\x1b[0m`);
        return undefined;
      case 'reset':
        assert(origin, 'a reset brings its origin');
        keep({ command: 'reset', at: heart.now, ordinal: inputs }, present());
        replaceBy(origin, 'reset to the start of the lab (undo takes this back)');
        return undefined;
      case 'api':
        return takeCall(input.call);
      case 'exec': {
        const { process } = input;
        const command = process.command
          ? `exec ${process.pod}: ${process.command.join(' ')}`
          : process.port === undefined
            ? `attach ${process.pod}`
            : `port-forward ${process.pod} ${process.port}`;
        keep({ command, at: heart.now, ordinal: inputs }, present());
        remote.start(process, heart.cluster);
        return undefined;
      }
      case 'exec-input':
        remote.input(input.id, input.text);
        return undefined;
      case 'exec-resize':
        remote.resize(input.id, input.size);
        return undefined;
      case 'exec-end':
        remote.end(input.id);
        return undefined;
      case 'ran':
        observeIn(life)(input.argv, input.status);
        return undefined;
      default:
        edit(input);
        return undefined;
    }
  };

  const workspace: Workspace = {
    get now() {
      return heart.now;
    },
    get view() {
      return heart.cluster.view;
    },
    get client() {
      return heart.cluster.client(ADMIN);
    },
    clientOf: (identity) => heart.cluster.client(identity),
    authenticate: (credentials, own) => heart.cluster.authenticate(credentials, own),
    get network() {
      return heart.cluster.network;
    },
    get faults() {
      return heart.cluster.faults;
    },
    files,
    get atRest() {
      return (
        scripts === 0 &&
        !heart.busy &&
        remote.running.length === 0 &&
        [...sessions.values()].every((each) => each.atRest)
      );
    },
    get busy() {
      return heart.busy;
    },
    get inputs() {
      return inputs;
    },
    get undoable() {
      return undo.entries;
    },
    onUndoable: undoable.on,
    begins: (input) => commandOf(input) !== '',
    get nextDue() {
      return heart.nextDue;
    },
    get nextWake() {
      return heart.nextWake;
    },
    get scrollback() {
      return scrollback.texts;
    },
    press: (terminal, keys) => session(terminal).press(keys),
    onAccept: accepted.on,
    onOutput: shown.on,
    onChange: changed.on,
    rehearse: (call) => makeCall(heart.pulse().cluster.client(call.identity), call),
    onFiles: filed.on,
    get editing() {
      return editing.path;
    },
    onEditing: toEdit.on,
    onProcess: remote.on,
    get processes() {
      return remote.running;
    },
    onReplaced: replaced.on,
    stamp: (input) => ({ at: heart.now, breath: heart.breaths, busy: heart.busy, input }),
    hold: () => heart.hold(),
    async deliver(stamped, brought) {
      if (stamped.input.kind === 'undo' && brought === undefined) undo.need();
      const origin = stamped.input.kind === 'reset' ? await beginning.origin() : undefined;
      let outcome: Promise<ApiOutcome> | undefined;
      await heart.at(stamped, () => {
        outcome = apply(stamped.input, origin, brought);
      });
      return outcome;
    },
    reach: (stamped) => heart.at(stamped, () => {}),
    settle: () => heart.settle(),
    advanceTo: (at) => heart.advanceTo(at),
    async run(text, { out, err }) {
      const cancel = createCancel();
      const streams = { stdin: undefined, stdout: writer(out), stderr: writer(err), tty: false, cancel };
      let status: number | undefined;
      let failure: unknown;
      const state = states[SCRIPT];
      scripts += 1;
      runScript(text, {
        machine: admin(),
        world: world(),
        streams,
        cancel,
        ...(state ? { state } : {}),
      }).then(
        (result) => {
          status = result.status;
          states = { ...states, [SCRIPT]: result.state };
        },
        (error: unknown) => {
          failure = error;
        },
      );
      const ended = () => status !== undefined || failure !== undefined;
      if (!(await heart.runUntil(ended))) {
        err('portside: the script waits for something that will not happen in this cluster\n');
        cancel.cancel();
        await heart.settle();
        status ??= 124;
      }
      scripts -= 1;
      if (failure !== undefined) throw failure;
      return status ?? 1;
    },
    get commands() {
      return commands;
    },
    grade: (lab, earned) => grade(lab, createEvidence(workspace.fork()), earned),
    fork: () => openWorkspace(present(), { ...beginning, inputs, undo: undo.copy(), saves, scrollback: {} }),
    snapshot() {
      assert(workspace.atRest, 'only a workspace at rest is plain data');
      const { now, random, breath, cluster, files: held, sessions: all } = present();
      return {
        format: 1,
        options: JSON.parse(JSON.stringify(beginning.options)),
        now,
        breath,
        inputs,
        undoable: undo.entries,
        random,
        cluster: cluster.snapshot(),
        files: JSON.parse(JSON.stringify(held)),
        sessions: JSON.parse(JSON.stringify(all)),
        scrollback: withoutPrompts(scrollback.texts),
        ...(commands.length > 0 ? { commands } : {}),
      };
    },
    close() {
      for (const each of sessions.values()) each.kill();
      sessions = new Map();
      remote.endAll();
    },
  };
  insides.set(workspace, { root: present, undo: () => undo, saves: () => saves });
  return workspace;
}

const writer = (take: (text: string) => void): Output => ({
  write(text) {
    take(text);
    return Promise.resolve();
  },
});

/** A terminal opened again prints its prompt anew, so the last one is not kept. */
const withoutPrompts = (texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(texts).map(([terminal, text]) => [terminal, withoutPrompt(text)]));

/** A new, empty undo stack for workspaces that begin here. */
export const emptyUndo = (): UndoStack<Root> => createUndoStack([]);
