import { printPem, writeCertificate } from '../../api';
import { sha256Hex } from '../../base';
import type { Site } from './site';

const DAY_MS = 86_400_000;
/** Sites get a new certificate every month, good for three. */
const MONTH_MS = 30 * DAY_MS;
const VALID_MS = 90 * DAY_MS;
const DIGITS_OF_A_KEY = 512;

/** A site's certificates at a moment, in PEM: its own, and its issuer's intermediate is left out as known. */
export function siteChain(site: Site, now: number): string {
  const [first = ''] = site.certifiedFor ?? site.hosts;
  const notBefore = Math.floor(now / MONTH_MS) * MONTH_MS - MONTH_MS;
  const digits = (seed: string, length: number) => {
    let text = '';
    for (let round = 0; text.length < length; round += 1) text += sha256Hex(`${first} ${seed} ${round}`);
    return text.slice(0, length);
  };
  const bytes = writeCertificate({
    serial: `0${digits(`serial ${notBefore}`, 31)}`,
    subject: [['CN', first]],
    issuer: site.issuer,
    notBefore,
    notAfter: notBefore + VALID_MS,
    names: site.certifiedFor ?? site.hosts,
    addresses: [],
    isAuthority: false,
    modulus: `c${digits('key', DIGITS_OF_A_KEY - 2)}1`,
    signature: digits(`signature ${notBefore}`, DIGITS_OF_A_KEY),
  });
  return printPem({ label: 'CERTIFICATE', bytes });
}
