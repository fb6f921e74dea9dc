import type { Container } from '../../api';
import { endContainer } from './end-container';
import { driveHook, tellHookFailed } from './hooks';
import { driveReadiness } from './probes';
import { driveProgram, keepStop, stopOf } from './program-turn';
import type { ContainerRuntime } from './runtime';
import { type Work, wake } from './work';

const SIGKILL_CODE = 137;
/** What is left to a process whose hook used its grace up (minimumGracePeriodInSeconds). */
const LEAST_GRACE_MS = 2000;

/** Asks a running container to stop: its hook runs, then it gets its signal, and SIGKILL when the grace is over. */
export function beginStop(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
  graceMs: number,
): ContainerRuntime {
  const deadline = work.now + graceMs;
  return driveStop(work, container, { ...runtime, phase: 'stopping', at: work.now, stop: { deadline } });
}

/** Moves a stop on: the hook, the signal, the end. */
export function driveStop(work: Work, container: Container, start: ContainerRuntime): ContainerRuntime {
  const { now } = work;
  const { stop } = start;
  if (stop === undefined) return endContainer(work, container, start, SIGKILL_CODE);
  if ((start.at ?? now) <= now && stop.exitCode !== undefined)
    return endContainer(work, container, start, stop.exitCode);
  const runtime = driveReadiness(work, container, driveProgram(work, container, start));
  // It may have ended by itself, or by a signal from inside.
  if (runtime.phase !== 'stopping' || runtime.stop?.exitCode !== undefined) {
    wake(work, runtime.at);
    return runtime;
  }
  const handler = container.lifecycle?.preStop;
  if (handler === undefined || stop.deadline - now <= 0)
    return signal(work, container, runtime, stop.deadline);
  const outcome = driveHook(work, container, handler, stop.hook);
  if ('runs' in outcome && stop.deadline > now) {
    const at = Math.min(outcome.runs.at ?? stop.deadline, stop.deadline);
    wake(work, at);
    return { ...runtime, at, stop: { ...stop, hook: outcome.runs } };
  }
  if ('succeeded' in outcome && !outcome.succeeded) tellHookFailed(work, container, 'PreStop');
  return signal(work, container, runtime, stop.deadline);
}

function signal(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
  deadline: number,
): ContainerRuntime {
  const { now } = work;
  // A grace of nothing is SIGKILL at once; a hook that took it all leaves the least.
  const end =
    deadline <= now && container.lifecycle?.preStop === undefined
      ? now
      : Math.max(deadline, now + LEAST_GRACE_MS);
  const stops = stopOf(work, container);
  const inTime = stops !== undefined && now + stops.takesMs <= end;
  if (stops !== undefined) keepStop(work, container, stops);
  const at = inTime ? now + stops.takesMs : end;
  wake(work, at);
  return { ...runtime, at, stop: { deadline: end, exitCode: inTime ? stops.exitCode : SIGKILL_CODE } };
}
