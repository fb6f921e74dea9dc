import type { DistinguishedName } from './certificate';

/** Authorities that every machine's ca-certificates has, as far as anybody here shows a certificate of theirs. */
export const PUBLIC_AUTHORITIES: readonly DistinguishedName[] = [
  [
    ['C', 'US'],
    ['O', 'Internet Security Research Group'],
    ['CN', 'ISRG Root X1'],
  ],
  [
    ['C', 'US'],
    ['O', 'DigiCert Inc'],
    ['OU', 'www.digicert.com'],
    ['CN', 'DigiCert Global Root G2'],
  ],
  [
    ['C', 'US'],
    ['O', 'Amazon'],
    ['CN', 'Amazon Root CA 1'],
  ],
];
