import { type DistinguishedName, issueCertificate } from '../../api';

const DAY_MS = 86_400_000;
const AUTHORITY: DistinguishedName = [['CN', 'kubernetes']];
/** 2025-06-01T00:00:00Z: before any cluster begins. */
const FOUNDED = 1_748_736_000_000;
/** kubeadm's authorities are good for ten years, what they certify for one. */
const AUTHORITY_MS = 3650 * DAY_MS;
const CERTIFICATE_MS = 365 * DAY_MS;
/** Certificates are renewed in good time, on days that follow from the calendar alone. */
const RENEWAL_MS = 30 * DAY_MS;

/** The names of the API server's own Service. */
const NAMES = [
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  'kubernetes.default.svc.cluster.local',
];

/** The authority's certificate in PEM: what `kube-root-ca.crt` holds. */
export const ROOT_CA: string = issueCertificate('kubernetes', {
  subject: AUTHORITY,
  issuer: AUTHORITY,
  notBefore: FOUNDED,
  notAfter: FOUNDED + AUTHORITY_MS,
  names: ['kubernetes'],
  addresses: [],
  isAuthority: true,
});

/** The API server's certificate in PEM, on a node of that name and address. */
export function apiServerChain(node: string, addresses: readonly string[], now: number): string {
  const notBefore = Math.floor(now / RENEWAL_MS) * RENEWAL_MS - RENEWAL_MS;
  return issueCertificate(`kube-apiserver ${node}`, {
    subject: [['CN', 'kube-apiserver']],
    issuer: AUTHORITY,
    notBefore,
    notAfter: notBefore + CERTIFICATE_MS,
    names: [node, ...NAMES],
    addresses,
    isAuthority: false,
  });
}
