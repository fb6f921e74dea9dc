import type { LiveThread } from './live-thread';
import type { Descriptors } from './thread';

/** Everything that is left of a standard input. */
export function takeText(thread: LiveThread, descriptors: Descriptors): string | undefined {
  const { in: source } = descriptors;
  if (source.from === 'nothing') return undefined;
  const text = thread.slots[source.slot] ?? '';
  thread.slots[source.slot] = '';
  return text;
}

/** The next line of a standard input, without its newline. */
export function takeLine(thread: LiveThread, descriptors: Descriptors): string | undefined {
  const { in: source } = descriptors;
  if (source.from === 'nothing') return undefined;
  const text = thread.slots[source.slot] ?? '';
  if (text === '') return undefined;
  const end = text.indexOf('\n');
  thread.slots[source.slot] = end < 0 ? '' : text.slice(end + 1);
  return end < 0 ? text : text.slice(0, end);
}
