import type { Container } from '../../api';
import { beginPull } from './pull';
import type { ContainerRuntime, Ended } from './runtime';
import { between, tell, type Work, wake } from './work';

const CRASH_BACKOFF_MS = 10_000;
const CRASH_BACKOFF_MAX_MS = 300_000;
/** A container that ran this long starts without back-off again. */
const CRASH_FORGIVEN_MS = 600_000;
const RESYNC_MIN_MS = 10_000;
const RESYNC_MAX_MS = 15_000;

/** Whether an init container runs beside the others (restartPolicy: Always). */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

/** Whether a container that ended so is started again. */
export function isRestarted(work: Work, container: Container, ended: Ended): boolean {
  const { initContainers = [], ephemeralContainers = [], restartPolicy = 'Always' } = work.pod.spec ?? {};
  if (ephemeralContainers.some((each) => each.name === container.name)) return false;
  const init = initContainers.some((each) => each.name === container.name);
  const sidecar = init && isSidecar(container);
  const policy = sidecar ? 'Always' : (container.restartPolicy ?? restartPolicy);
  if (policy === 'Never') return false;
  if (ended.exitCode === 0) return policy === 'Always' && (!init || sidecar);
  return true;
}

/** Sees to a container that has ended: it rests, starts again, or waits for its back-off. */
export function afterEnd(work: Work, container: Container, runtime: ContainerRuntime): ContainerRuntime {
  const { ended } = runtime;
  if (ended === undefined || !isRestarted(work, container, ended))
    return { ...runtime, at: undefined, reason: '', message: undefined };
  const { now } = work;
  if (runtime.phase === 'stopped' && runtime.at !== undefined && runtime.at > now) return runtime;
  const forgiven = ended.finishedAt - ended.startedAt >= CRASH_FORGIVEN_MS && ended.startedAt > 0;
  const wait = forgiven ? 0 : runtime.crashBackoffMs;
  const next = wait === 0 ? CRASH_BACKOFF_MS : Math.min(wait * 2, CRASH_BACKOFF_MAX_MS);
  if (ended.finishedAt + wait <= now) {
    return beginPull(work, container, {
      ...runtime,
      reason: '',
      message: undefined,
      crashBackoffMs: next,
      at: undefined,
    });
  }
  return backOff(work, container, { ...runtime, phase: 'backing-off', retryAt: ended.finishedAt + wait });
}

/** Tells of a restart's back-off, or starts again when it is over. */
export function backOff(work: Work, container: Container, runtime: ContainerRuntime): ContainerRuntime {
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
