import type { Container } from '../../api';
import { resolveCommand } from '../images';
import type { ContainerRecord, LogLine, ProcessEnv, Turn } from '../seams';
import { environmentOf } from './environment';
import { driveProbes, freshProbes } from './probes';
import { backOffPull, beginPull, endPull, retryLater } from './pull';
import { type ContainerRuntime, type Ended, FRESH_CONTAINER } from './runtime';
import { beginStop } from './stop-container';
import { between, tell, type Work, wake } from './work';
import { processEnv } from './world';

/** Lines kept of one run's log: enough to read, little enough for thousands of workspaces. */
const LOG_LINES = 2000;
/** From a process' end to the kubelet noticing it. */
const NOTICE_MS = 1000;
const CRASH_BACKOFF_MS = 10_000;
const CRASH_BACKOFF_MAX_MS = 300_000;
/** A container that ran this long starts without back-off again. */
const CRASH_FORGIVEN_MS = 600_000;
const RESYNC_MIN_MS = 10_000;
const RESYNC_MAX_MS = 15_000;

/** Moves one container of a live Pod on to where it should be now. */
export function drive(work: Work, container: Container, runtime: ContainerRuntime): ContainerRuntime {
  if (runtime.image !== undefined && runtime.image !== container.image) {
    const changed = withNewImage(work, container, runtime);
    if (changed !== undefined) return changed;
  }
  const due = runtime.at === undefined || runtime.at <= work.now;
  if (!due && runtime.phase !== 'running') {
    wake(work, runtime.at);
    return runtime;
  }
  switch (runtime.phase) {
    case 'waiting':
      return runtime.reason === 'ImagePullBackOff'
        ? backOffPull(work, container, runtime)
        : begin(work, container, runtime);
    case 'pulling':
      return endPull(work, container, runtime);
    case 'pull-failed':
      return backOffPull(work, container, runtime);
    case 'starting':
      return start(work, container, runtime);
    case 'running':
      return keepRunning(work, container, runtime);
    case 'stopping':
      return afterEnd(work, container, end(work, container, runtime, stopTurn(runtime)));
    case 'stopped':
      return afterEnd(work, container, runtime);
    case 'backing-off':
      return backOff(work, container, runtime);
  }
}

/** The image is the one thing of a running Pod that may be changed: the container is made anew with it. */
function withNewImage(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
): ContainerRuntime | undefined {
  if (runtime.phase === 'running') {
    const message = `Container ${container.name} definition changed, will be restarted`;
    tell(work, 'Normal', 'Killing', message, container);
    const graceMs = (work.pod.spec?.terminationGracePeriodSeconds ?? 30) * 1000;
    return beginStop(work, container, { ...runtime, image: container.image, crashBackoffMs: 0 }, graceMs);
  }
  if (runtime.phase === 'stopping' || runtime.phase === 'stopped') return undefined;
  const { pullBackoffMs } = FRESH_CONTAINER;
  return beginPull(work, container, { ...runtime, pullBackoffMs, crashBackoffMs: 0 });
}

const stopTurn = (runtime: ContainerRuntime): Turn => ({ state: null, exitCode: runtime.stopCode ?? 137 });

function begin(work: Work, container: Container, runtime: ContainerRuntime): ContainerRuntime {
  return beginPull(work, container, runtime);
}

/** Creates and starts the container, once its image is there. */
function start(work: Work, container: Container, runtime: ContainerRuntime): ContainerRuntime {
  const { options, view, pod, now, random } = work;
  const found = options.findImage(container.image ?? '');
  if ('error' in found) return beginPull(work, container, runtime);
  const environment = environmentOf(view, pod, container, found.image.env ?? {});
  if ('error' in environment) {
    tell(work, 'Warning', 'Failed', `Error: ${environment.error}`, container);
    return retryLater(work, runtime, 'CreateContainerConfigError', environment.error);
  }
  tell(work, 'Normal', 'Created', 'Container created', container);
  const containerID = `containerd://${hexId(random)}`;
  const restarts = runtime.last === undefined && runtime.ended === undefined ? 0 : runtime.restarts + 1;
  const { ended, at: _, wakeAt: __, stopCode: ___, ...kept } = runtime;
  const base: ContainerRuntime = {
    ...kept,
    phase: 'running',
    reason: '',
    restarts,
    containerID,
    startedAt: now,
    last: ended ?? runtime.last,
    probes: freshProbes(container, now),
  };
  const command = resolveCommand(found.image, container);
  if (!('argv' in command)) {
    tell(work, 'Warning', 'Failed', `Error: ${command.message}`, container);
    return noteEnd(work, container, base, {
      exitCode: command.exitCode,
      reason: command.reason,
      message: command.message,
      startedAt: 0,
      finishedAt: now,
      containerID,
    });
  }
  tell(work, 'Normal', 'Started', 'Container started', container);
  const started = firstTurn(work, container, base, found.image);
  return started.phase === 'running' ? driveProbes(work, container, started) : started;
}

function firstTurn(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
  image: { start(env: ProcessEnv): Turn },
): ContainerRuntime {
  const { options, view, pod, now, random } = work;
  const { namespace = '', name: podName, uid } = pod.metadata;
  const before = options.containers.get(namespace, podName, container.name);
  const record: ContainerRecord = {
    podUid: uid,
    namespace,
    podName,
    name: container.name,
    node: work.node.metadata.name,
    image: container.image ?? '',
    containerID: runtime.containerID ?? '',
    state: null,
    running: true,
    startedAt: now,
    restarts: runtime.restarts,
    log: [],
    previousLog: before?.log ?? [],
    files: {},
  };
  options.containers.update(record);
  const env = processEnv(options, view, pod, container.name, now, random);
  return env === undefined ? runtime : take(work, container, runtime, image.start(env));
}

function keepRunning(work: Work, container: Container, runtime: ContainerRuntime): ContainerRuntime {
  const { options, view, pod, now, random } = work;
  let next = runtime;
  if (next.wakeAt !== undefined && next.wakeAt <= now) {
    const record = options.containers.get(pod.metadata.namespace ?? '', pod.metadata.name, container.name);
    const found = options.findImage(container.image ?? '');
    const env = processEnv(options, view, pod, container.name, now, random);
    if (record?.state !== undefined && !('error' in found) && env !== undefined) {
      next = take(work, container, next, found.image.turn(record.state, env));
    }
  } else wake(work, next.wakeAt);
  return next.phase === 'running' ? driveProbes(work, container, next) : next;
}

/** Takes in what a program did in one turn. */
function take(work: Work, container: Container, runtime: ContainerRuntime, turn: Turn): ContainerRuntime {
  const { options, pod, now } = work;
  const record = options.containers.get(pod.metadata.namespace ?? '', pod.metadata.name, container.name);
  if (record === undefined) return runtime;
  const lines: readonly LogLine[] = (turn.log ?? []).map((text) => ({ at: now, text }));
  options.containers.update({
    ...record,
    state: turn.exitCode === undefined ? turn.state : undefined,
    running: turn.exitCode === undefined,
    log: lines.length === 0 ? record.log : [...record.log, ...lines].slice(-LOG_LINES),
    files: turn.files === undefined ? record.files : { ...record.files, ...turn.files },
  });
  if (turn.exitCode !== undefined) return end(work, container, runtime, turn);
  // A program that asks for its next turn at this very moment would never let time pass.
  const wakeAt = turn.wakeAt === undefined ? undefined : Math.max(turn.wakeAt, now + 1);
  wake(work, wakeAt);
  return { ...runtime, wakeAt };
}

/** The container's process has ended. */
function end(work: Work, container: Container, runtime: ContainerRuntime, turn: Turn): ContainerRuntime {
  const exitCode = turn.exitCode ?? 0;
  return noteEnd(work, container, runtime, {
    exitCode,
    reason: exitCode === 0 ? 'Completed' : 'Error',
    startedAt: runtime.startedAt ?? work.now,
    finishedAt: work.now,
    containerID: runtime.containerID ?? '',
  });
}

function noteEnd(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
  ended: Ended,
): ContainerRuntime {
  const { options, pod, now } = work;
  const record = options.containers.get(pod.metadata.namespace ?? '', pod.metadata.name, container.name);
  if (record?.running) options.containers.update({ ...record, running: false, state: undefined });
  const at = now + NOTICE_MS;
  wake(work, at);
  return { ...runtime, phase: 'stopped', at, wakeAt: undefined, stopCode: undefined, ended, probes: {} };
}

/** Whether a container that ended so is started again. */
export function isRestarted(work: Work, container: Container, ended: Ended): boolean {
  const sidecar = isSidecar(container);
  const init = work.pod.spec?.initContainers?.some((each) => each.name === container.name) ?? false;
  const policy = sidecar ? 'Always' : (work.pod.spec?.restartPolicy ?? 'Always');
  if (policy === 'Never') return false;
  if (ended.exitCode === 0) return policy === 'Always' && (!init || sidecar);
  return true;
}

/** Whether an init container runs beside the others (restartPolicy: Always). */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

function afterEnd(work: Work, container: Container, runtime: ContainerRuntime): ContainerRuntime {
  const { ended } = runtime;
  if (ended === undefined || !isRestarted(work, container, ended)) return { ...runtime, at: undefined };
  const { now } = work;
  if (runtime.phase === 'stopped' && runtime.at !== undefined && runtime.at > now) return runtime;
  const forgiven = ended.finishedAt - ended.startedAt >= CRASH_FORGIVEN_MS;
  const wait = forgiven ? 0 : runtime.crashBackoffMs;
  const next = wait === 0 ? CRASH_BACKOFF_MS : Math.min(wait * 2, CRASH_BACKOFF_MAX_MS);
  if (ended.finishedAt + wait <= now) {
    return beginPull(work, container, { ...runtime, crashBackoffMs: next, at: undefined });
  }
  return backOff(work, container, { ...runtime, phase: 'backing-off', retryAt: ended.finishedAt + wait });
}

function backOff(work: Work, container: Container, runtime: ContainerRuntime): ContainerRuntime {
  const { now, pod, random } = work;
  const retryAt = runtime.retryAt ?? now;
  const wait = runtime.crashBackoffMs;
  if (retryAt <= now) {
    const next = Math.min(wait * 2, CRASH_BACKOFF_MAX_MS);
    return beginPull(work, container, { ...runtime, crashBackoffMs: next, at: undefined });
  }
  const podText = `${pod.metadata.name}_${pod.metadata.namespace ?? ''}(${pod.metadata.uid})`;
  const told = `Back-off restarting failed container ${container.name} in pod ${podText}`;
  tell(work, 'Warning', 'BackOff', told, container);
  const at = Math.min(retryAt, now + between(random, RESYNC_MIN_MS, RESYNC_MAX_MS));
  wake(work, at);
  const message = `back-off ${backOffText(wait)} restarting failed container=${container.name} pod=${podText}`;
  return { ...runtime, phase: 'backing-off', reason: 'CrashLoopBackOff', message, at };
}

/** "10s", "1m20s", "5m0s": Go's way. */
function backOffText(ms: number): string {
  const seconds = ms / 1000;
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}

/** 64 hexadecimal digits, as containerd names containers. */
function hexId(random: Work['random']): string {
  let id = '';
  while (id.length < 64)
    id += Math.floor(random.next() * 0x100000000)
      .toString(16)
      .padStart(8, '0');
  return id;
}
