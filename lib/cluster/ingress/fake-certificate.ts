import { printPem, writeCertificate } from '../../api';
import type { Random } from '../../base';

const YEAR_MS = 365 * 86_400_000;
const NAME = [
  ['O', 'Acme Co'],
  ['CN', 'Kubernetes Ingress Controller Fake Certificate'],
] as const;

/** The certificate that every start of a controller makes for hosts without one (ssl.GetFakeSSLCert). */
export function fakeCertificate(random: Random, now: number): string {
  const digits = (bytes: number) =>
    Array.from({ length: bytes }, () =>
      Math.floor(random.next() * 256)
        .toString(16)
        .padStart(2, '0'),
    ).join('');
  const bytes = writeCertificate({
    serial: `5${digits(15)}f`,
    subject: NAME,
    issuer: NAME,
    notBefore: now,
    notAfter: now + YEAR_MS,
    names: ['ingress.local'],
    addresses: [],
    isAuthority: false,
    modulus: `c${digits(255)}1`,
    signature: digits(256),
  });
  return printPem({ label: 'CERTIFICATE', bytes });
}
