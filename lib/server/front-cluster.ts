import type { KubeObject } from '../api';
import { createWorkspace, type Workspace, type WorkspaceOptions } from '../workspace';
import { AppError } from './app-error';
import { sendTraced, shownObjects } from './live';
import { createSerialQueue } from './serial-queue';
import type { FrontFrame, FrontPlay } from './views';

/** The cluster on the front page, which anybody may poke at. */
export interface FrontCluster {
  /** The state after these moves, and what the last of them made happen; `AppError` "invalid" for what is no move. */
  play(moves: readonly string[]): Promise<FrontPlay>;
}

/**
 * Nothing is kept for a visitor: the page says what was done so far, and the same moves give the same state. So a restart
 * loses nothing, and visitors who do the same share one result.
 */
const MOVES_LIMIT = 30;
/** States kept: the beginnings that many visitors share, and the newest of each who is here. */
const STATES_LIMIT = 400;
/** More than this many waiting would keep each of them for seconds. */
const QUEUE_LIMIT = 25;
/** How long a move is watched, and how closely: virtual ms. A Pod is replaced within it. */
const WATCH_MS = 20_000;
const STEP_MS = 250;
/** A quiet stretch means that the move has had its effect. */
const QUIET_MS = 6_000;
const FRAMES_LIMIT = 14;

const OPTIONS: WorkspaceOptions = {
  seed: 7,
  // A Monday in January.
  startAt: 1_767_603_600_000,
  nodes: 3,
  images: 'any',
  lab: { objects: [], files: {}, startScript: startScript() },
};

function startScript(): string {
  return [
    'kubectl create deployment web --image=nginx --replicas=3 --port=80',
    'kubectl expose deployment web --port=80',
    'kubectl run client --image=nicolaka/netshoot --command -- sleep infinity',
  ].join('\n');
}

/** What a move is, and the command that does it; a request is sent instead of typed. */
const COMMANDS: readonly (readonly [RegExp, (found: RegExpExecArray) => string | undefined])[] = [
  [/^request$/, () => undefined],
  [/^delete:(web-[a-z0-9]+-[a-z0-9]+)$/, ([, pod]) => `kubectl delete pod ${pod} --wait=false`],
  [/^scale:([0-5])$/, ([, replicas]) => `kubectl scale deployment web --replicas=${replicas}`],
  [/^break$/, () => 'kubectl set selector service web app=wbe'],
  [/^mend$/, () => 'kubectl set selector service web app=web'],
];

interface State {
  readonly workspace: Workspace;
  readonly play: FrontPlay;
}

/** A front cluster; its first state is made when it is first asked for. */
export function createFrontCluster(): FrontCluster {
  const states = new Map<string, Promise<State>>();
  const queue = createSerialQueue();

  function after(moves: readonly string[]): Promise<State> {
    const key = moves.join(' ');
    const known = states.get(key);
    if (known !== undefined) {
      // Used again: the newest goes last.
      states.delete(key);
      states.set(key, known);
      return known;
    }
    const made = make(moves);
    states.set(key, made);
    made.catch(() => states.delete(key));
    for (const oldest of [...states.keys()].slice(0, Math.max(0, states.size - STATES_LIMIT)))
      if (oldest !== '') states.delete(oldest);
    return made;
  }

  async function make(moves: readonly string[]): Promise<State> {
    const move = moves.at(-1);
    if (move === undefined) return beginning();
    const before = await after(moves.slice(0, -1));
    return queue.run(() => makeMove(before.workspace.fork(), move));
  }

  return {
    async play(moves) {
      if (moves.length > MOVES_LIMIT)
        throw new AppError('invalid', 'That is enough for the front page: begin anew, or open a sandbox.');
      const wrong = moves.find((move) => !COMMANDS.some(([shape]) => shape.test(move)));
      if (wrong !== undefined) throw new AppError('invalid', 'The front page knows no such move.');
      if (queue.size > QUEUE_LIMIT)
        throw new AppError('unavailable', 'Many are at the front page now; try again in a moment.');
      return (await after(moves)).play;
    },
  };
}

async function beginning(): Promise<State> {
  const workspace = await createWorkspace(OPTIONS);
  return { workspace, play: { said: '', frames: [frame(workspace, 0)] } };
}

async function makeMove(workspace: Workspace, move: string): Promise<State> {
  const [found, commandOf] = COMMANDS.flatMap(([shape, command]) => {
    const match = shape.exec(move);
    return match === null ? [] : [[match, command] as const];
  })[0] ?? [null, () => undefined];
  const command = found === null ? undefined : commandOf(found);
  if (command === undefined) return sendRequest(workspace);
  const lines: string[] = [];
  const keep = (text: string) => lines.push(text);
  await workspace.run(command, { out: keep, err: keep });
  const said = `$ ${command}\n${lines.join('').trimEnd()}`;
  return { workspace, play: { said, frames: await watch(workspace) } };
}

async function sendRequest(workspace: Workspace): Promise<State> {
  const client = { kind: 'pod', namespace: 'default', name: 'client' } as const;
  const way = sendTraced(workspace, { host: 'web', port: 80, from: client });
  await workspace.advanceTo(workspace.now + STEP_MS);
  return { workspace, play: { said: '', frames: [{ ...frame(workspace, 0), way }] } };
}

/** What the move makes happen: one frame for each moment at which something looks different. */
async function watch(workspace: Workspace): Promise<readonly FrontFrame[]> {
  const from = workspace.now;
  const frames = [frame(workspace, 0)];
  let seen = JSON.stringify(frames[0]?.objects);
  let quietSince = from;
  while (workspace.now - from < WATCH_MS && workspace.now - quietSince < QUIET_MS) {
    await workspace.advanceTo(workspace.now + STEP_MS);
    const next = frame(workspace, workspace.now - from);
    const looks = JSON.stringify(next.objects);
    if (looks === seen) continue;
    seen = looks;
    quietSince = workspace.now;
    frames.push(next);
  }
  return frames.length > FRAMES_LIMIT ? [...frames.slice(0, FRAMES_LIMIT - 1), ...frames.slice(-1)] : frames;
}

function frame(workspace: Workspace, afterMs: number): FrontFrame {
  return {
    afterMs,
    objects: shownObjects(workspace)
      .filter(({ kind }) => DRAWN.has(kind))
      .map(drawn),
  };
}

const DRAWN = new Set(['Node', 'Pod', 'Service', 'EndpointSlice']);

/** Of an object, what a picture is drawn from: revisions and heartbeats would make every moment look new. */
function drawn({ apiVersion, kind, metadata, ...rest }: KubeObject): KubeObject {
  const { name, namespace, labels, creationTimestamp, deletionTimestamp } = metadata;
  const { spec, status, ...others } = rest as { spec?: unknown; status?: Record<string, unknown> };
  const kept = {
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(labels === undefined ? {} : { labels }),
    ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
    ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
  };
  return {
    apiVersion,
    kind,
    metadata: kept,
    ...others,
    ...(kind === 'Node' ? {} : { spec }),
    ...(status === undefined ? {} : { status: drawnStatus(status) }),
  } as KubeObject;
}

function drawnStatus({ phase, podIP, addresses, conditions, containerStatuses }: Record<string, unknown>) {
  const held = Array.isArray(conditions)
    ? conditions.map(({ type, status }: { type: string; status: string }) => ({ type, status }))
    : undefined;
  const waits = Array.isArray(containerStatuses)
    ? containerStatuses.map(({ state }: { state?: { waiting?: unknown } }) => ({
        state: { waiting: state?.waiting },
      }))
    : undefined;
  return { phase, podIP, addresses, conditions: held, containerStatuses: waits };
}
