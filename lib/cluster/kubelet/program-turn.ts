import type { Container } from '../../api';
import { parseQuantity } from '../../base';
import type { Asked, ContainerRecord, ProcessEnv, Stop, Turn } from '../seams';
import { writeContainerFiles } from './container-files';
import { endContainer } from './end-container';
import { withLines } from './log-lines';
import type { ContainerRuntime } from './runtime';
import { type Work, wake } from './work';
import { insideOf, processEnv } from './world';

/** Gives a container's program the turn that it asked for, or that a request or a signal asked for it. */
export function driveProgram(work: Work, container: Container, start: ContainerRuntime): ContainerRuntime {
  const { options, now } = work;
  const record = recordOf(work, container);
  if (record === undefined) return start;
  const { asked } = record;
  let runtime = start;
  if (asked !== undefined) {
    options.containers.update({ ...record, asked: undefined });
    runtime = answer(work, container, runtime, asked);
    if (!isUp(runtime)) return runtime;
  }
  if (runtime.wakeAt === undefined || runtime.wakeAt > now) {
    wake(work, runtime.wakeAt);
    return runtime;
  }
  return turnOf(work, container, { ...runtime, wakeAt: undefined });
}

const isUp = ({ phase }: ContainerRuntime): boolean =>
  phase === 'running' || phase === 'stopping' || phase === 'hook';

function answer(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
  { exitCode, memoryBytes, wakeAt, signal }: Asked,
): ContainerRuntime {
  if (exitCode !== undefined) return endContainer(work, container, runtime, exitCode);
  if (memoryBytes !== undefined && isTooMuch(container, memoryBytes))
    return endContainer(work, container, runtime, 137, 'OOMKilled');
  const next =
    wakeAt === undefined ? runtime : { ...runtime, wakeAt: Math.min(runtime.wakeAt ?? wakeAt, wakeAt) };
  return signal === undefined ? next : signalled(work, container, next, signal);
}

/** A signal from inside: what has no handler for it ignores it, being PID 1. */
function signalled(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
  signal: NonNullable<Asked['signal']>,
): ContainerRuntime {
  if (signal === 'KILL') return runtime;
  if (signal !== 'TERM' && signal !== 'QUIT' && signal !== 'INT')
    return turnOf(work, container, runtime, signal);
  const stop = stopOf(work, container);
  if (stop === undefined) return runtime;
  keepStop(work, container, stop);
  const at = work.now + stop.takesMs;
  wake(work, at);
  return { ...runtime, phase: 'stopping', at, stop: { deadline: at, exitCode: stop.exitCode } };
}

/** What a container's stop signal would do; undefined when it is not listened to. */
export function stopOf(work: Work, container: Container) {
  const found = work.options.findImage(container.image ?? '');
  const record = recordOf(work, container);
  const env = envOf(work, container);
  if ('error' in found || env === undefined || record?.state === undefined) return undefined;
  return found.image.stop(record.state, env);
}

function turnOf(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
  signal?: Asked['signal'],
): ContainerRuntime {
  const found = work.options.findImage(container.image ?? '');
  const record = recordOf(work, container);
  const env = envOf(work, container);
  if ('error' in found || env === undefined || record?.state === undefined) return runtime;
  return takeTurn(
    work,
    container,
    runtime,
    found.image.turn(record.state, signal === undefined ? env : { ...env, signal }),
  );
}

/** Takes in what a program did in one turn. */
export function takeTurn(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
  turn: Turn,
): ContainerRuntime {
  const { options, now } = work;
  keepOutput(work, container, turn.log, turn.files);
  const record = recordOf(work, container);
  if (record === undefined) return runtime;
  options.containers.update({ ...record, state: turn.state });
  if (turn.memoryBytes !== undefined && isTooMuch(container, turn.memoryBytes))
    return endContainer(work, container, runtime, 137, 'OOMKilled');
  if (turn.exitCode !== undefined) return endContainer(work, container, runtime, turn.exitCode);
  // A program that asks for its next turn at this very moment would never let time pass.
  const wakeAt = turn.wakeAt === undefined ? undefined : Math.max(turn.wakeAt, now + 1);
  wake(work, wakeAt);
  return { ...runtime, wakeAt };
}

/** Keeps what a program logged and wrote. */
export function keepOutput(work: Work, container: Container, log: Turn['log'], files: Turn['files']): void {
  const { options, view, pod, now } = work;
  if (files !== undefined && Object.keys(files).length > 0) {
    const found = options.findImage(container.image ?? '');
    const image = 'error' in found ? {} : (found.image.files ?? {});
    writeContainerFiles(options.containers, insideOf(options, view, pod, container, image), files);
  }
  const record = recordOf(work, container);
  if (record === undefined || log === undefined || log.length === 0) return;
  options.containers.update({ ...record, log: withLines(record.log, log, now) });
}

/** Keeps what a program did when it heard its stop signal. */
export function keepStop(work: Work, container: Container, stop: Stop): void {
  keepOutput(work, container, stop.log, stop.files);
  const record = recordOf(work, container);
  if (record !== undefined && stop.state !== undefined)
    work.options.containers.update({ ...record, state: stop.state });
}

/** Whether a program holds more memory than its container may (limits.memory). */
function isTooMuch(container: Container, bytes: number): boolean {
  const text = (container.resources?.limits as Readonly<Record<string, string>> | undefined)?.memory;
  const limit = text === undefined ? undefined : parseQuantity(text);
  return limit !== undefined && bytes > Number(limit.digits) / 10 ** limit.scale;
}

/** A container's record. */
export function recordOf({ options, pod }: Work, container: Container): ContainerRecord | undefined {
  return options.containers.get(pod.metadata.namespace ?? '', pod.metadata.name, container.name);
}

function envOf({ options, view, pod, now, random }: Work, container: Container): ProcessEnv | undefined {
  return processEnv(options, view, pod, container.name, now, random);
}
