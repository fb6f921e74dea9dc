import { isRecord } from '../../base';

type Read = Readonly<Record<string, unknown>>;

/** Both sides of a comparison as they may be shown; `null` is how kubectl prints a Secret that is not there yet. */
export interface Masked<T> {
  readonly before: T | null | undefined;
  readonly after: T;
}

/** Hides the values of a v1 Secret and tells which of them differ, as kubectl's `Masker` does; anything else stays as it is. */
export function maskSecrets<T extends object>(before: T | undefined, after: T): Masked<T> {
  const read = after as Read;
  if (read.apiVersion !== 'v1' || read.kind !== 'Secret') return { before, after };
  const [old, young] = [dataOf(before), dataOf(after)];
  return {
    before: before === undefined ? null : withData(before, maskedData(old, young, '*** (before)')),
    after: withData(after, maskedData(young, old, '*** (after)')),
  };
}

function dataOf(secret: object | undefined): Read {
  const data = (secret as Read | undefined)?.data;
  return isRecord(data) ? data : {};
}

function maskedData(own: Read, other: Read, changed: string): Read {
  const mask = (key: string) => (key in other && other[key] !== own[key] ? changed : '***');
  return Object.fromEntries(Object.keys(own).map((key) => [key, mask(key)]));
}

const withData = <T extends object>(secret: T, data: Read): T =>
  'data' in secret ? { ...secret, data } : secret;
