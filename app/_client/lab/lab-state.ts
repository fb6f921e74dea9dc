import type { KubeObject } from '../../../lib/api';
import type {
  ApiKeyView,
  Applied,
  AttemptView,
  ClassroomView,
  Inspection,
  Layout,
  LiveDiff,
  MomentDiff,
  ServerMessage,
  SolutionRecording,
  SolutionView,
  TerminalTab,
  TracedView,
} from '../../../lib/server';
import { titleOf } from '../../_ui/title-of';
import { acknowledgeFile, type FileEntry, fileChanged, forgetSent } from './file-entry';
import { type TimelineState, withEntries } from './timeline';

/** How the line to the server stands. */
export type Connection =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'open' }
  /** `retryAt` is wall-clock ms. */
  | { readonly phase: 'lost'; readonly retryAt: number };

/** Requests that are under way, by the id their answer will bear. */
export interface Pending {
  readonly check?: number | undefined;
  readonly undo?: number | undefined;
  readonly reset?: number | undefined;
  readonly redo?: number | undefined;
  readonly goTo?: number | undefined;
  readonly compare?: number | undefined;
  readonly skip?: number | undefined;
  readonly key?: number | undefined;
  readonly course?: number | undefined;
  readonly inspect?: number | undefined;
  readonly apply?: number | undefined;
  readonly diff?: number | undefined;
  readonly reread?: number | undefined;
  readonly solve?: number | undefined;
}

/** A request on the chart; one that a check sent is called by the check's name. */
export type Course = TracedView & { readonly title?: string };

/** What kubectl tells of the object that is looked at; no text while the answer is on its way. */
export interface Inspected extends Inspection {
  readonly text?: string;
}

/** Everything a lab page shows that can change. */
export interface LabState {
  readonly connection: Connection;
  /** The workspace has introduced itself at least once. */
  readonly welcomed: boolean;
  readonly files: Readonly<Record<string, FileEntry>>;
  readonly openFiles: readonly string[];
  readonly activeFile: string | undefined;
  readonly step: string | undefined;
  /** Terminals beside the main one, in the order of their tabs. */
  readonly terminals: readonly TerminalTab[];
  /** The terminal that is shown. */
  readonly terminal: string;
  readonly attempts: readonly AttemptView[];
  readonly objects: Readonly<Record<string, KubeObject>>;
  /** Ways of requests that pictures of the lesson asked for, by picture (`wayKey`). */
  readonly ways: Readonly<Record<string, TracedView>>;
  /** The pictures that wait for a way, by the number of their question. */
  readonly waysAsked: Readonly<Record<number, string>>;
  /** The request that is drawn on the chart. */
  readonly course: Course | undefined;
  readonly inspected: Inspected | undefined;
  /** Told once they may be known. */
  readonly solutions: readonly SolutionView[] | undefined;
  /** A solution as it was typed into a copy, until put away; no recording while it is being typed. */
  readonly solved: { readonly name: string; readonly recording?: SolutionRecording } | undefined;
  readonly now: number;
  readonly undoable: string | null;
  readonly redoable: string | null;
  /** Virtual time stands still. */
  readonly paused: boolean;
  /** Undefined until somebody looks at it. */
  readonly timeline: TimelineState | undefined;
  /** What is different between the two moments that were asked about. */
  readonly compared: MomentDiff | undefined;
  /** The file that a command in the terminal waits to be edited. */
  readonly editing: string | null;
  /** What came of the last apply, until dismissed. */
  readonly applied: { readonly path: string; readonly outcome: Applied } | undefined;
  /** The file that is compared with what is live; no `diff` while the answer is on its way. */
  readonly liveDiff: { readonly path: string; readonly diff?: LiveDiff } | undefined;
  /** Checks of live tasks that are met as things stand, as "task/check"; undefined before anybody has looked. */
  readonly ticks: ReadonlySet<string> | undefined;
  /** The key for the learner's own tools; null: there is none; undefined: nobody has asked yet. */
  readonly apiKey: ApiKeyView | null | undefined;
  /** News of the class that this is worked on for. */
  readonly classroom: ClassroomView | undefined;
  readonly pending: Pending;
  /** The last thing that went wrong, until dismissed. */
  readonly failure: string | undefined;
  /** What a screen reader is told next; `count` tells two equal texts apart. */
  readonly announced: { readonly text: string; readonly count: number };
  /** Keys were pressed while there was nobody to receive them. */
  readonly keysLost: boolean;
}

/** The terminal that is always there. */
export const MAIN_TERMINAL = 'main';

/** A lab page before the server has spoken. */
export const INITIAL_STATE: LabState = {
  connection: { phase: 'connecting' },
  welcomed: false,
  files: {},
  openFiles: [],
  activeFile: undefined,
  step: undefined,
  terminals: [],
  terminal: MAIN_TERMINAL,
  attempts: [],
  objects: {},
  ways: {},
  waysAsked: {},
  course: undefined,
  inspected: undefined,
  solutions: undefined,
  solved: undefined,
  now: 0,
  undoable: null,
  redoable: null,
  paused: false,
  timeline: undefined,
  compared: undefined,
  editing: null,
  applied: undefined,
  liveDiff: undefined,
  ticks: undefined,
  apiKey: undefined,
  classroom: undefined,
  pending: {},
  failure: undefined,
  announced: { text: '', count: 0 },
  keysLost: false,
};

/** The same state with something for a screen reader to say. */
export function announce(state: LabState, text: string): LabState {
  return { ...state, announced: { text, count: state.announced.count + 1 } };
}

/** One sentence that tells how a check went. */
export function verdictSentence(attempt: AttemptView): string {
  const { verdicts } = attempt;
  const met = verdicts.filter((verdict) => verdict.outcome === 'met').length;
  if (attempt.passed) return `Lab passed: all ${verdicts.length} checks are met.`;
  const first = verdicts.find((verdict) => verdict.outcome !== 'met');
  // A task is judged up to its first check that is not met: how many follow, an attempt does not tell.
  const words = met === 1 ? '1 check is met.' : `${met} checks are met.`;
  if (first === undefined) return words;
  const what = first.outcome === 'not-met' ? 'Not met' : 'Could not be judged';
  return `${words} ${what}: ${first.check}. ${first.reason ?? ''}`.trim();
}

/** One sentence that tells how an apply went. */
export function appliedSentence(path: string, { status, said, problems }: Applied): string {
  const [first] = problems;
  if (status === 0) return said.trim().split('\n').join(', ');
  if (first === undefined) return said.trim();
  const more = problems.length > 1 ? ` And ${problems.length - 1} more.` : '';
  return `${path}, line ${first.line}: ${first.message}.${more}`;
}

/** One sentence that tells what applying would change. */
export function diffSentence({ objects, said }: LiveDiff): string {
  if (said !== '') return said;
  const changed = objects.filter(({ before, after }) => before !== after);
  if (changed.length === 0) return 'Applying this would change nothing.';
  return `Applying this would change ${changed.map(({ title }) => title).join(', ')}.`;
}

/** The key under which an object is kept. */
export function objectKey(object: KubeObject): string {
  return `${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

/** The paths that are files, in the order given and each once. */
function existing(paths: readonly string[], files: LabState['files']): readonly string[] {
  return [...new Set(paths)].filter((path) => files[path] !== undefined);
}

/** Sets one file, or removes it, and keeps the tabs in step. */
export function withFile(state: LabState, path: string, file: FileEntry | undefined): LabState {
  if (file !== undefined) {
    return state.files[path] === file ? state : { ...state, files: { ...state.files, [path]: file } };
  }
  const { [path]: _gone, ...files } = state.files;
  const openFiles = existing(state.openFiles, files);
  const activeFile = state.activeFile === path ? openFiles[0] : state.activeFile;
  return { ...state, files, openFiles, activeFile };
}

/** Opens a file in a tab and shows it; a file that is not there cannot be opened. */
export function withOpenFile(state: LabState, path: string): LabState {
  if (state.files[path] === undefined) return state;
  return { ...state, openFiles: existing([...state.openFiles, path], state.files), activeFile: path };
}

/** Gives a file another name; its tab stays where it is, and what of it is unsaved or in conflict stays so. */
export function withRenamedFile(state: LabState, path: string, to: string): LabState {
  const { [path]: file, ...files } = state.files;
  if (file === undefined) return state;
  const renamed = (other: string) => (other === path ? to : other);
  return {
    ...state,
    files: { ...files, [to]: file },
    openFiles: state.openFiles.map(renamed),
    activeFile: state.activeFile === path ? to : state.activeFile,
  };
}

/** Closes a tab; its neighbour comes forward. */
export function withClosedFile(state: LabState, path: string): LabState {
  const place = state.openFiles.indexOf(path);
  const openFiles = state.openFiles.filter((other) => other !== path);
  const neighbour = openFiles[Math.min(place, openFiles.length - 1)];
  return { ...state, openFiles, activeFile: state.activeFile === path ? neighbour : state.activeFile };
}

/** What of the state is stored with the workspace. */
export function layoutOf(state: LabState): Layout {
  const { openFiles, activeFile, step, terminals, terminal } = state;
  return { openFiles, activeFile, step, ...(terminals.length === 0 ? {} : { terminals, terminal }) };
}

type Welcome = Extract<ServerMessage, { type: 'welcome' }>;

function welcomed(state: LabState, message: Welcome): LabState {
  const theirs = new Map(message.files.map((file) => [file.path, file.text]));
  const files: Record<string, FileEntry> = {};
  for (const path of new Set([...theirs.keys(), ...Object.keys(state.files)])) {
    const file = fileChanged(state.files[path], theirs.get(path) ?? null);
    if (file !== undefined) files[path] = file;
  }
  const remembered = state.welcomed ? layoutOf(state) : message.layout;
  const openFiles = existing(remembered.openFiles, files);
  const first = openFiles.length > 0 || state.welcomed ? openFiles : Object.keys(files).sort().slice(0, 4);
  const active = remembered.activeFile;
  const { terminals = [], terminal = MAIN_TERMINAL } = remembered;
  return {
    ...state,
    connection: { phase: 'open' },
    welcomed: true,
    files,
    openFiles: first,
    activeFile: active !== undefined && first.includes(active) ? active : first[0],
    step: remembered.step,
    terminals,
    terminal: terminals.some(({ id }) => id === terminal) ? terminal : MAIN_TERMINAL,
    attempts: message.attempts,
    objects: Object.fromEntries(message.objects.map((object) => [objectKey(object), object])),
    now: message.now,
    undoable: message.undoable,
    redoable: message.redoable,
    paused: message.paused,
    keysLost: false,
  };
}

function clusterChanged(state: LabState, message: Extract<ServerMessage, { type: 'cluster' }>): LabState {
  const objects = { ...state.objects };
  for (const { type, object } of message.changes) {
    if (type === 'DELETED') delete objects[objectKey(object)];
    else objects[objectKey(object)] = object;
  }
  return { ...state, objects, now: message.now };
}

function done(state: LabState, id: number): LabState {
  const files = Object.fromEntries(
    Object.entries(state.files).map(([path, file]) => [path, acknowledgeFile(file, id)]),
  );
  const next = { ...state, files, pending: withoutPending(state.pending, id) };
  if (id === state.pending.undo) return announce(next, 'Undone.');
  if (id === state.pending.redo) return announce(next, 'Redone.');
  if (id === state.pending.goTo) return announce(next, 'The lab is at that moment again.');
  if (id === state.pending.skip) return announce(next, 'Time has jumped ahead.');
  return id === state.pending.reset ? announce(next, 'The lab is back at its start.') : next;
}

/** A command waits for a file, which comes forward; or it goes on, and a file that was lent for it goes. */
function editingTold(state: LabState, path: string | null): LabState {
  if (state.editing === path) return state;
  if (path !== null) {
    const text = `The terminal waits for ${path}: edit it, then press Done.`;
    return announce({ ...withOpenFile(state, path), editing: path }, text);
  }
  const before = state.editing;
  const left = before?.startsWith('/') === true ? withFile(state, before, undefined) : state;
  return announce({ ...left, editing: null }, 'The terminal goes on.');
}

/** The secret is told once only, so what is known of it is kept as long as it is the same key. */
function keyTold(state: LabState, { id, key }: Extract<ServerMessage, { type: 'key' }>): LabState {
  const secret = state.apiKey?.createdAt === key?.createdAt ? state.apiKey?.key : undefined;
  const apiKey = key && (secret === undefined ? key : { key: secret, ...key });
  return { ...state, apiKey, pending: withoutPending(state.pending, id) };
}

/** What is new of the class is said once; what is merely still so is not. */
function classroomTold(state: LabState, classroom: ClassroomView): LabState {
  const before = state.classroom;
  const next = { ...state, classroom };
  const note = classroom.notes.find(({ id }) => !before?.notes.some((known) => known.id === id));
  const reply = classroom.replies.find(({ id }) => !before?.replies.some((known) => known.id === id));
  const { follow, hand } = classroom;
  if (follow !== null && !follow.agreed && before?.follow?.by !== follow.by)
    return announce(next, `${follow.by} asks to watch your terminal.`);
  if (before !== undefined && reply !== undefined)
    return announce(next, `${reply.by} has sent you something.`);
  if (before !== undefined && note !== undefined)
    return announce(next, `A hint from ${note.by} is below the task.`);
  if (hand?.claimedBy && before?.hand?.claimedBy !== hand.claimedBy)
    return announce(next, `${hand.claimedBy} is looking at your question.`);
  return next;
}

/** What has come to be met is said; what was so when the page came, or is so no longer, is only shown. */
function ticksTold(state: LabState, met: readonly string[]): LabState {
  const next = { ...state, ticks: new Set(met) };
  const news = state.ticks === undefined ? [] : met.filter((each) => !state.ticks?.has(each));
  if (news.length === 0) return next;
  const names = news.map((each) => titleOf(each.slice(each.indexOf('/') + 1)));
  return announce(next, `Met so far: ${names.join(', ')}.`);
}

/** A picture of the lesson: two that send to one place from different Pods show different ways. */
export const wayKey = (host: string, port: number, pod: string | undefined): string =>
  `${pod ?? ''} ${host}:${port}`;

/** The picture that asked shows the way; an answer to nobody's question is shown by none. */
function wayTold(
  { ways, waysAsked }: LabState,
  id: number,
  way: TracedView,
): Pick<LabState, 'ways' | 'waysAsked'> {
  const { [id]: key, ...waiting } = waysAsked;
  return { ways: key === undefined ? ways : { ...ways, [key]: way }, waysAsked: waiting };
}

function withoutPending(pending: Pending, id: number | undefined): Pending {
  return Object.fromEntries(Object.entries(pending).filter(([, other]) => other !== id));
}

/** The state after the server has said something. Terminal output goes to the screen and changes nothing here. */
export function receive(state: LabState, message: ServerMessage): LabState {
  switch (message.type) {
    case 'welcome': {
      const next = editingTold(welcomed(state, message), message.editing);
      return state.connection.phase === 'lost' ? announce(next, 'Connected again.') : next;
    }
    case 'output':
      return state;
    case 'key':
      return keyTold(state, message);
    case 'cluster':
      return clusterChanged(state, message);
    case 'files':
      return message.changes.reduce(
        (next, { path, text }) => withFile(next, path, fileChanged(next.files[path], text)),
        state,
      );
    case 'done':
      return done(state, message.id);
    case 'ticks':
      return ticksTold(
        state,
        message.met.map(({ task, check }) => `${task}/${check}`),
      );
    case 'verdicts': {
      const pending = withoutPending(state.pending, message.id);
      const others = state.attempts.filter((attempt) => attempt.id !== message.attempt.id);
      return announce(
        { ...state, pending, attempts: [...others, message.attempt] },
        verdictSentence(message.attempt),
      );
    }
    case 'solutions':
      return announce({ ...state, solutions: message.solutions }, 'The solutions are shown below the tasks.');
    case 'solved': {
      const pending = withoutPending(state.pending, message.id);
      const solved = state.solved && { ...state.solved, recording: message.recording };
      return announce({ ...state, pending, solved }, 'The solution is ready to be watched.');
    }
    case 'inspected': {
      if (message.id !== state.pending.inspect || state.inspected === undefined) return state;
      const pending = withoutPending(state.pending, message.id);
      return { ...state, pending, inspected: { ...state.inspected, text: message.text } };
    }
    case 'traced': {
      const { way } = message;
      const told =
        message.id === state.pending.course
          ? { course: way, pending: withoutPending(state.pending, message.id) }
          : wayTold(state, message.id, way);
      return announce({ ...state, ...told }, `A request to ${way.host} from ${way.from}: ${way.outcome}.`);
    }
    case 'classroom':
      return classroomTold(state, message.classroom);
    case 'undoable':
      return { ...state, undoable: message.command, redoable: message.redo };
    case 'timeline':
      return { ...state, timeline: withEntries(state.timeline, message) };
    case 'compared': {
      const pending = withoutPending(state.pending, message.id);
      const { objects, files } = message.diff;
      const text = `${objects.length} objects and ${files.length} files are different.`;
      return announce({ ...state, pending, compared: message.diff }, text);
    }
    case 'clock': {
      const text = message.paused ? 'Time stands still.' : 'Time goes on.';
      return announce({ ...state, paused: message.paused, now: message.now }, text);
    }
    case 'applied': {
      const { path, applied: outcome } = message;
      const pending = withoutPending(state.pending, message.id);
      // What was compared is no longer so.
      const next = { ...state, pending, applied: { path, outcome }, liveDiff: undefined };
      return announce(next, appliedSentence(path, outcome));
    }
    case 'differs': {
      if (message.id !== state.pending.diff) return state;
      const { path, diff } = message;
      const pending = withoutPending(state.pending, message.id);
      return announce({ ...state, pending, liveDiff: { path, diff } }, diffSentence(diff));
    }
    case 'reread': {
      const pending = withoutPending(state.pending, message.id);
      return announce(
        { ...state, pending, applied: undefined },
        `${message.path} is as it is in the cluster now.`,
      );
    }
    case 'editing':
      return editingTold(state, message.path);
    case 'failed': {
      const files = Object.fromEntries(
        Object.entries(state.files).map(([path, file]) => [
          path,
          file.sent?.id === message.id ? forgetSent(file) : file,
        ]),
      );
      const pending = withoutPending(state.pending, message.id);
      const solved = message.id === state.pending.solve ? undefined : state.solved;
      const liveDiff = message.id === state.pending.diff ? undefined : state.liveDiff;
      const next = { ...state, files, pending, solved, liveDiff, failure: message.message };
      return announce(next, message.message);
    }
  }
}

/** The state once the line has broken; the next attempt is at `retryAt`. */
export function lineLost(state: LabState, retryAt: number): LabState {
  const files = Object.fromEntries(
    Object.entries(state.files).map(([path, file]) => [path, forgetSent(file)]),
  );
  const waits = {
    solved: state.pending.solve === undefined ? state.solved : undefined,
    liveDiff: state.pending.diff === undefined ? state.liveDiff : undefined,
  };
  const next: LabState = { ...state, ...waits, files, connection: { phase: 'lost', retryAt }, pending: {} };
  return state.connection.phase === 'lost' ? next : announce(next, 'Connection lost. Trying again.');
}
