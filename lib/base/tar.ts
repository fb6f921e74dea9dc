import { utf8Bytes } from './sha256';
import { utf8Text } from './utf8-text';

/** One member of an archive. */
export interface TarEntry {
  /** Without a slash at its end. */
  readonly name: string;
  readonly kind: 'file' | 'directory';
  readonly mode: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  readonly text: string;
}

const BLOCK = 512;
/** GNU tar and Go's fill the last record. */
const RECORD = 20 * BLOCK;
const NAME_BYTES = 100;
/** A long name is a member of its own (GNU). */
const LONG_NAME = 'L';

/** An archive of text files as its bytes' text: what a pipe of text carries (ustar). */
export function packTar(entries: readonly TarEntry[]): string {
  const members = entries.flatMap((entry) => {
    const name = entry.kind === 'directory' ? `${entry.name}/` : entry.name;
    const long = utf8Bytes(name).length > NAME_BYTES;
    const first = long ? [member('././@LongLink', LONG_NAME, 0, 0, `${name}\0`)] : [];
    const type = entry.kind === 'directory' ? '5' : '0';
    return [...first, member(name, type, entry.mode, entry.modifiedAt, entry.text)];
  });
  const size = members.reduce((sum, { bytes }) => sum + bytes, 2 * BLOCK);
  const fill = (RECORD - (size % RECORD)) % RECORD;
  return `${members.map(({ text }) => text).join('')}${'\0'.repeat(2 * BLOCK + fill)}`;
}

function member(name: string, type: string, mode: number, modifiedAt: number, text: string) {
  const size = utf8Bytes(text).length;
  const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, '0')}\0`;
  const padded = (value: string, width: number) => {
    const short = [...value];
    while (utf8Bytes(short.join('')).length > width) short.pop();
    const kept = short.join('');
    return kept + '\0'.repeat(width - utf8Bytes(kept).length);
  };
  const head = (sum: string) =>
    [
      padded(name, NAME_BYTES),
      octal(mode, 8),
      octal(0, 8),
      octal(0, 8),
      octal(size, 12),
      octal(Math.floor(modifiedAt / 1000), 12),
      sum,
      type,
      '\0'.repeat(NAME_BYTES),
      'ustar\0',
      '00',
      padded('root', 32),
      padded('root', 32),
      octal(0, 8),
      octal(0, 8),
      '\0'.repeat(167),
    ].join('');
  const sum = utf8Bytes(head(' '.repeat(8))).reduce((total, byte) => total + byte, 0);
  const header = head(`${sum.toString(8).padStart(6, '0')}\0 `);
  const fill = (BLOCK - (size % BLOCK)) % BLOCK;
  return { text: `${header}${text}${'\0'.repeat(fill)}`, bytes: BLOCK + size + fill };
}

/** The members of an archive; undefined where it is none, or ends too early. */
export function unpackTar(archive: string): readonly TarEntry[] | undefined {
  const bytes = utf8Bytes(archive);
  const entries: TarEntry[] = [];
  let long: string | undefined;
  let next = 0;
  while (next + BLOCK <= bytes.length) {
    const at = next;
    if (bytes[at] === 0) return entries;
    const field = (start: number, length: number) => {
      const whole = bytes.subarray(at + start, at + start + length);
      const end = whole.indexOf(0);
      return utf8Text(end < 0 ? whole : whole.subarray(0, end));
    };
    const number = (start: number, length: number) => Number.parseInt(field(start, length).trim() || '0', 8);
    const size = number(124, 12);
    const start = at + BLOCK;
    if (!field(257, 6).startsWith('ustar') || Number.isNaN(size) || start + size > bytes.length)
      return undefined;
    const text = utf8Text(bytes.subarray(start, start + size));
    next = start + size + ((BLOCK - (size % BLOCK)) % BLOCK);
    const type = field(156, 1);
    if (type === LONG_NAME) {
      long = text.replace(/\0.*$/s, '');
      continue;
    }
    // Names that pax keeps beside are short in the header as well, as far as text files go.
    if (type === 'x' || type === 'g') continue;
    const prefix = field(345, 155);
    const name = long ?? (prefix === '' ? field(0, NAME_BYTES) : `${prefix}/${field(0, NAME_BYTES)}`);
    long = undefined;
    entries.push({
      name: name.replace(/\/+$/, ''),
      kind: type === '5' || name.endsWith('/') ? 'directory' : 'file',
      mode: number(100, 8) & 0o7777,
      modifiedAt: number(136, 12) * 1000,
      text,
    });
  }
  return bytes.length === 0 ? [] : undefined;
}
