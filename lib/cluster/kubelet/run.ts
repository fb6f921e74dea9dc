import type { Container } from '../../api';
import { driveProbes } from './drive-probes';
import { driveHook, tellHookFailed } from './hooks';
import { freshProbes } from './probes';
import { driveProgram } from './program-turn';
import { backOffPull, beginPull, endPull } from './pull';
import { afterEnd, backOff } from './restart';
import { type ContainerRuntime, FRESH_CONTAINER } from './runtime';
import { startContainer } from './start-container';
import { beginStop, driveStop } from './stop-container';
import { tell, type Work, wake } from './work';

/** Moves one container of a live Pod on to where it should be now. */
export function drive(work: Work, container: Container, runtime: ContainerRuntime): ContainerRuntime {
  if (runtime.image !== undefined && runtime.image !== container.image) {
    const changed = withNewImage(work, container, runtime);
    if (changed !== undefined) return changed;
  }
  const due = runtime.at === undefined || runtime.at <= work.now;
  if (!due && !TURNS.has(runtime.phase)) {
    wake(work, runtime.at);
    return runtime;
  }
  switch (runtime.phase) {
    case 'waiting':
      return runtime.reason === 'ImagePullBackOff'
        ? backOffPull(work, container, runtime)
        : beginPull(work, container, runtime);
    case 'pulling':
      return endPull(work, container, runtime);
    case 'pull-failed':
      return backOffPull(work, container, runtime);
    case 'starting':
      return afterStart(work, container, startContainer(work, container, runtime));
    case 'hook':
      return afterStart(work, container, driveProgram(work, container, runtime));
    case 'running':
      return keepRunning(work, container, runtime);
    case 'stopping': {
      const stopped = driveStop(work, container, runtime);
      return stopped.phase === 'stopped' ? afterEnd(work, container, stopped) : stopped;
    }
    case 'stopped':
      return afterEnd(work, container, runtime);
    case 'backing-off':
      return backOff(work, container, runtime);
  }
}

/** Phases in which a program may have something to do before the phase's own time comes. */
const TURNS: ReadonlySet<ContainerRuntime['phase']> = new Set(['running', 'hook', 'stopping']);

/** The image is the one thing of a running Pod that may be changed: the container is made anew with it. */
function withNewImage(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
): ContainerRuntime | undefined {
  if (runtime.phase === 'running' || runtime.phase === 'hook') {
    const message = `Container ${container.name} definition changed, will be restarted`;
    tell(work, 'Normal', 'Killing', message, container);
    const graceMs = (work.pod.spec?.terminationGracePeriodSeconds ?? 30) * 1000;
    return beginStop(work, container, { ...runtime, image: container.image, crashBackoffMs: 0 }, graceMs);
  }
  if (runtime.phase === 'stopping' || runtime.phase === 'stopped') return undefined;
  const { pullBackoffMs } = FRESH_CONTAINER;
  return beginPull(work, container, { ...runtime, pullBackoffMs, crashBackoffMs: 0 });
}

/** A container counts as running once its postStart hook is done; one whose hook fails is stopped. */
function afterStart(work: Work, container: Container, runtime: ContainerRuntime): ContainerRuntime {
  if (runtime.phase !== 'hook') return runtime;
  const handler = container.lifecycle?.postStart;
  const outcome =
    handler === undefined ? { succeeded: true } : driveHook(work, container, handler, runtime.hook);
  if ('runs' in outcome) {
    wake(work, outcome.runs.at);
    return { ...runtime, hook: outcome.runs };
  }
  const { hook: _, message: __, ...rest } = runtime;
  if (outcome.succeeded) {
    const running = {
      ...rest,
      phase: 'running',
      reason: '',
      probes: freshProbes(container, work.now),
    } as const;
    return driveProbes(work, container, running);
  }
  tellHookFailed(work, container, 'PostStart');
  tell(work, 'Normal', 'Killing', 'FailedPostStartHook', container);
  const graceMs = (work.pod.spec?.terminationGracePeriodSeconds ?? 30) * 1000;
  // To the API it never was running: it waits, and says that the hook failed.
  return beginStop(
    work,
    container,
    { ...rest, reason: 'PostStartHookError', message: outcome.why ?? 'PostStartHook failed' },
    graceMs,
  );
}

function keepRunning(work: Work, container: Container, runtime: ContainerRuntime): ContainerRuntime {
  const next = driveProgram(work, container, runtime);
  return next.phase === 'running' ? driveProbes(work, container, next) : next;
}
