import type { Pod } from '../api';
import { createCancel, type Output, type ProcessStreams } from '../base';
import type { ExecTarget, LogPort } from './client';
import type { RunInside } from './cluster-seam';
import { enterContainer, type InsideSources } from './container-inside';
import { resolveCommand } from './images';
import { allContainers, awaitsInput, withLines } from './kubelet';

/** What attaching to a process that reads needs to know. */
export interface AttachSources extends InsideSources {
  readonly logs: LogPort;
  readonly runInside: RunInside;
  now(): number;
}

/**
 * Writes to the process of a container that waits for its input; undefined when that reads nothing. What it shows is
 * logged, and its end is the container's; who leaves a process that reads once only ends its input.
 */
export function attachInput(
  sources: AttachSources,
  target: Omit<ExecTarget, 'command'>,
  streams: ProcessStreams,
): Promise<void> | undefined {
  const { namespace, pod: name, container } = target;
  const pod = sources.view.get<Pod>('pods', namespace, name);
  const spec = pod && allContainers(pod).find((each) => each.name === container);
  const found = spec && sources.findImage(spec.image ?? '');
  if (!spec || !found || 'error' in found) return undefined;
  const command = resolveCommand(found.image, spec);
  if (!('argv' in command) || !awaitsInput(spec, command.argv)) return undefined;
  const argv = readerOf(command.argv);
  return converse(sources, { ...target, command: argv }, streams, spec.stdinOnce === true);
}

/** The Z shell is not simulated; who asked for it gets its next of kin. */
const readerOf = (argv: readonly string[]): readonly string[] =>
  argv[0]?.endsWith('zsh') ? ['bash', ...argv.slice(1)] : argv;

async function converse(
  sources: AttachSources,
  target: ExecTarget,
  streams: ProcessStreams,
  isOnce: boolean,
): Promise<void> {
  const { namespace, pod, container } = target;
  const { containers } = sources;
  const started = containers.get(namespace, pod, container)?.containerID;
  const isSame = () => {
    const record = containers.get(namespace, pod, container);
    return record?.running === true && record.containerID === started;
  };
  const cancel = createCancel(streams.cancel);
  const stop = sources.logs.onChange(namespace, pod, container, () => {
    if (!isSame()) cancel.cancel();
  });
  const log = logger(sources, target);
  try {
    const inside = enterContainer(sources, target);
    const exitCode = await sources.runInside(inside, target.command, {
      ...streams,
      cancel,
      stdout: log.tee(streams.stdout),
      stderr: log.tee(streams.stderr),
    });
    stop();
    log.flush();
    if (!isSame()) return;
    if (!streams.cancel.cancelled) sources.ask(namespace, pod, container, { exitCode });
    else if (isOnce) sources.ask(namespace, pod, container, { exitCode: 0 });
  } finally {
    stop();
  }
}

/** Keeps what is shown as lines of the container's log. */
function logger({ containers, now }: AttachSources, { namespace, pod, container }: ExecTarget) {
  let rest = '';
  const keep = (lines: readonly string[]) => {
    const record = containers.get(namespace, pod, container);
    if (record && lines.length > 0)
      containers.update({ ...record, log: withLines(record.log, lines, now()) });
  };
  return {
    tee: (output: Output): Output => ({
      async write(text) {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        keep(lines);
        await output.write(text);
      },
    }),
    flush() {
      if (rest !== '') keep([rest]);
      rest = '';
    },
  };
}
