import { goJson, isRecord, sha256Hex } from '../../base';
import type { Fields } from './resource';

/** Digits that a name's suffix avoids, and what stands for them. */
const SAFE: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };
const HASH_LENGTH = 10;

/** The suffix of a ConfigMap or Secret, from what it holds (kubectl's and kustomize's hasher). `name` is '' to kustomize. */
export function contentHash(object: Fields, name: string): string {
  const secret = object.kind === 'Secret';
  const body = {
    kind: object.kind,
    name,
    data: object.data ?? (secret ? null : ''),
    ...(secret ? { type: object.type ?? '' } : {}),
    ...(object.immutable === undefined ? {} : { immutable: object.immutable }),
    ...(isRecord(object.binaryData) ? { binaryData: object.binaryData } : {}),
    ...(isRecord(object.stringData) ? { stringData: object.stringData } : {}),
  };
  return [...sha256Hex(goJson(body)).slice(0, HASH_LENGTH)].map((digit) => SAFE[digit] ?? digit).join('');
}
