import { issueCertificate } from '../../api';
import type { Site } from './site';

const DAY_MS = 86_400_000;
/** Sites get a new certificate every month, good for three. */
const MONTH_MS = 30 * DAY_MS;
const VALID_MS = 90 * DAY_MS;

/** A site's certificates at a moment, in PEM: its own, and its issuer's intermediate is left out as known. */
export function siteChain(site: Site, now: number): string {
  const [first = ''] = site.certifiedFor ?? site.hosts;
  const notBefore = Math.floor(now / MONTH_MS) * MONTH_MS - MONTH_MS;
  return issueCertificate(first, {
    subject: [['CN', first]],
    issuer: site.issuer,
    notBefore,
    notAfter: notBefore + VALID_MS,
    names: site.certifiedFor ?? site.hosts,
    addresses: [],
    isAuthority: false,
  });
}
