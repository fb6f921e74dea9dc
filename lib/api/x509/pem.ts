import { base64Url, fromBase64Url } from '../../base';

/** One block of a PEM file. */
export interface PemBlock {
  /** "CERTIFICATE", "PRIVATE KEY". */
  readonly label: string;
  readonly bytes: Uint8Array;
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n([\s\S]*?)-----END \1-----/g;

/** The blocks of a PEM file; what lies between them is skipped, a block that is no base 64 too. */
export function readPem(text: string): readonly PemBlock[] {
  return [...text.matchAll(BLOCK)].flatMap(([, label = '', body = '']) => {
    const letters = body
      .replace(/^[\w-]+:.*$/gm, '')
      .replace(/[\s=]/g, '')
      .replaceAll('+', '-')
      .replaceAll('/', '_');
    const bytes = fromBase64Url(letters);
    return bytes === undefined ? [] : [{ label, bytes }];
  });
}

const LINE = 64;

/** A block as PEM files have it. */
export function printPem({ label, bytes }: PemBlock): string {
  const letters = base64Url(bytes).replaceAll('-', '+').replaceAll('_', '/');
  const padded = letters.padEnd(Math.ceil(letters.length / 4) * 4, '=');
  const lines = padded.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
