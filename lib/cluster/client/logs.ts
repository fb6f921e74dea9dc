import type { LogOptions, Pod, Stored } from '../../api';
import { formatMicroTime, parseTime, utf8Bytes } from '../../base';
import type { LogLine } from '../seams';
import type { ServerApi } from '../server';
import { checkLogged, chooseContainer, statusOf } from './containers';
import { createEventQueue } from './event-queue';
import type { ClientPorts } from './ports';

/** A container's log in pieces; followed, it goes on until the container ends or the reader calls it off. `through` says what right it is read by. */
export function readLogs(
  api: ServerApi,
  ports: ClientPorts,
  namespace: string,
  name: string,
  options: LogOptions,
  through: 'log' | 'attach' = 'log',
): AsyncGenerator<string> {
  return limited(readAll(api, ports, namespace, name, options, through), options.limitBytes);
}

async function* readAll(
  api: ServerApi,
  ports: ClientPorts,
  namespace: string,
  name: string,
  options: LogOptions,
  through: 'log' | 'attach',
): AsyncGenerator<string> {
  const { pod, now } = api.connect(namespace, name, through);
  const container = chooseContainer(pod, options.container ?? '');
  const previous = options.previous ?? false;
  ports.dial?.(pod.spec?.nodeName ?? '', `/containerLogs/${namespace}/${name}/${container}`);
  checkLogged(pod, container, previous);
  options.onStart?.();
  const read = () => ports.logs.read(namespace, name, container, previous) ?? [];
  const lines = read();
  const selected = selectLines(lines, options, ports.now());
  const text = selected.map((line) => formatLine(line, options)).join('');
  if (text !== '') yield text;
  if (!options.follow || previous) return;
  yield* follow(ports, { namespace, name, container }, options, { read, last: lines.at(-1) }, () =>
    isRunning(now(), container, pod),
  );
}

function isRunning(pod: Stored<Pod> | undefined, container: string, first: Stored<Pod>): boolean {
  return pod?.metadata.uid === first.metadata.uid && statusOf(pod, container)?.state?.running !== undefined;
}

async function* follow(
  ports: ClientPorts,
  { namespace, name, container }: { namespace: string; name: string; container: string },
  options: LogOptions,
  { read, last: seen }: { read(): readonly LogLine[]; readonly last: LogLine | undefined },
  running: () => boolean,
): AsyncGenerator<string> {
  let last = seen;
  let stop = () => {};
  const queue = createEventQueue<'changed'>(options.cancel, () => stop());
  stop = ports.logs.onChange(namespace, name, container, () => queue.push('changed'));
  // What came while the reader was busy with the beginning is news, too.
  queue.push('changed');
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

/** Ends after so many bytes. */
async function* limited(pieces: AsyncIterable<string>, limit: number | undefined): AsyncGenerator<string> {
  let left = limit ?? Number.POSITIVE_INFINITY;
  for await (const piece of pieces) {
    const cut = piece.length * LONGEST_CHARACTER > left ? firstBytes(piece, left) : piece;
    if (cut !== '') yield cut;
    if (cut.length < piece.length) return;
    left -= limit === undefined ? 0 : utf8Bytes(cut).length;
    if (left === 0) return;
  }
}

/** Bytes that a code unit takes at most. */
const LONGEST_CHARACTER = 3;

/** The beginning of a text that fits; a character that would be cut is left out. */
function firstBytes(text: string, limit: number): string {
  let bytes = 0;
  let end = 0;
  for (const char of text) {
    bytes += utf8Bytes(char).length;
    if (bytes > limit) break;
    end += char.length;
  }
  return text.slice(0, end);
}
