import type { LogOptions, Pod, Stored } from '../../api';
import { formatMicroTime, parseTime } from '../../base';
import type { LogLine } from '../seams';
import type { ServerApi } from '../server';
import { checkLogged, chooseContainer, statusOf } from './containers';
import { createEventQueue } from './event-queue';
import type { ClientPorts } from './ports';

/** A container's log in pieces; followed, it goes on until the container ends or the reader calls it off. `through` says what right it is read by. */
export async function* readLogs(
  api: ServerApi,
  ports: ClientPorts,
  namespace: string,
  name: string,
  options: LogOptions,
  through: 'log' | 'attach' = 'log',
): AsyncGenerator<string> {
  const { pod, now } = api.connect(namespace, name, through);
  const container = chooseContainer(pod, options.container ?? '');
  const previous = options.previous ?? false;
  checkLogged(pod, container, previous);
  options.onStart?.();
  const read = () => ports.logs.read(namespace, name, container, previous) ?? [];
  const selected = selectLines(read(), options, ports.now());
  const text = limitBytes(selected.map((line) => formatLine(line, options)).join(''), options.limitBytes);
  if (text !== '') yield text;
  if (!options.follow || previous) return;
  yield* follow(ports, { namespace, name, container }, options, read, () => isRunning(now(), container, pod));
}

function isRunning(pod: Stored<Pod> | undefined, container: string, first: Stored<Pod>): boolean {
  return pod?.metadata.uid === first.metadata.uid && statusOf(pod, container)?.state?.running !== undefined;
}

async function* follow(
  ports: ClientPorts,
  { namespace, name, container }: { namespace: string; name: string; container: string },
  options: LogOptions,
  read: () => readonly LogLine[],
  running: () => boolean,
): AsyncGenerator<string> {
  let last = read().at(-1);
  let stop = () => {};
  const queue = createEventQueue<'changed'>(options.cancel, () => stop());
  stop = ports.logs.onChange(namespace, name, container, () => queue.push('changed'));
  if (!running()) queue.end();
  for await (const _changed of queue) {
    const lines = read();
    // Lines are immutable values: what follows the last one seen is new; when it is gone, all are.
    const fresh = lines.slice(last === undefined ? 0 : lines.lastIndexOf(last) + 1);
    last = lines.at(-1);
    if (fresh.length > 0) yield fresh.map((line) => formatLine(line, options)).join('');
    if (!running()) return;
  }
}

function selectLines(lines: readonly LogLine[], options: LogOptions, now: number): readonly LogLine[] {
  const { sinceSeconds, sinceTime, tailLines } = options;
  const since =
    sinceSeconds !== undefined ? now - sinceSeconds * 1000 : sinceTime ? parseTime(sinceTime) : undefined;
  const recent = since === undefined ? lines : lines.filter((line) => line.at >= since);
  if (tailLines === undefined || tailLines < 0) return recent;
  return tailLines === 0 ? [] : recent.slice(-tailLines);
}

function formatLine(line: LogLine, options: LogOptions): string {
  const stamp = options.timestamps ? `${formatMicroTime(line.at).slice(0, -1)}000Z ` : '';
  return `${stamp}${line.text}\n`;
}

const limitBytes = (text: string, limit: number | undefined): string =>
  limit === undefined ? text : text.slice(0, limit);
