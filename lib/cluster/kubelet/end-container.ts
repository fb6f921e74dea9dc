import type { Container } from '../../api';
import type { ContainerRecord } from '../seams';
import { readContainerFile } from './container-files';
import type { ContainerRuntime, Ended } from './runtime';
import { type Work, wake } from './work';
import { insideOf } from './world';

/** From a process' end to the kubelet noticing it. */
const NOTICE_MS = 1000;
/** As much of a termination message as the kubelet keeps (MaxContainerTerminationMessageLength). */
const MAX_MESSAGE = 4096;
/** As much of the log as stands in for it (MaxContainerTerminationMessageLogLines and …LogLength). */
const LOG_LINES = 80;
const LOG_LENGTH = 2048;

/** Notes that a container's process has ended. */
export function endContainer(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
  exitCode: number,
  reason = exitCode === 0 ? 'Completed' : 'Error',
): ContainerRuntime {
  const message = messageOf(work, container, exitCode);
  // One whose postStart hook failed goes on saying so; others show how they ended.
  const shown = runtime.reason === 'PostStartHookError' ? {} : { reason: '', message: undefined };
  return noteEnd(
    work,
    container,
    { ...runtime, ...shown },
    {
      exitCode,
      reason,
      ...(message === '' ? {} : { message }),
      startedAt: runtime.startedAt ?? work.now,
      finishedAt: work.now,
      containerID: runtime.containerID ?? '',
    },
  );
}

/** Notes an end of any kind; the kubelet sees to it a moment later. */
export function noteEnd(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
  ended: Ended,
): ContainerRuntime {
  const { options, now } = work;
  const record = recordOf(work, container);
  if (record !== undefined) {
    const { asked: _, ...rest } = record;
    options.containers.update({ ...rest, running: false, state: undefined });
  }
  const at = now + NOTICE_MS;
  wake(work, at);
  const { wakeAt: __, stop: ___, hook: ____, ...kept } = runtime;
  return { ...kept, phase: 'stopped', at, ended, probes: {} };
}

/** What the process left at terminationMessagePath, or the end of its log where that is asked for. */
function messageOf(work: Work, container: Container, exitCode: number): string {
  const record = recordOf(work, container);
  const found = work.options.findImage(container.image ?? '');
  if (record === undefined || 'error' in found) return '';
  const { options, view, pod } = work;
  const inside = insideOf(options, view, pod, container, found.image.files ?? {});
  const text = readContainerFile(inside, container.terminationMessagePath ?? '/dev/termination-log') ?? '';
  if (text !== '') return text.slice(0, MAX_MESSAGE);
  if (container.terminationMessagePolicy !== 'FallbackToLogsOnError' || exitCode === 0) return '';
  const lines = record.log.slice(-LOG_LINES).map((line) => `${line.text}\n`);
  return lines.join('').slice(-LOG_LENGTH);
}

function recordOf({ options, pod }: Work, container: Container): ContainerRecord | undefined {
  return options.containers.get(pod.metadata.namespace ?? '', pod.metadata.name, container.name);
}
