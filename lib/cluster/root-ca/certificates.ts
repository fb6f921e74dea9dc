import { type DistinguishedName, printPem, writeCertificate } from '../../api';
import { sha256Hex } from '../../base';

const DAY_MS = 86_400_000;
const AUTHORITY: DistinguishedName = [['CN', 'kubernetes']];
/** 2025-06-01T00:00:00Z: before any cluster begins. */
const FOUNDED = 1_748_736_000_000;
/** kubeadm's authorities are good for ten years, what they certify for one. */
const AUTHORITY_MS = 3650 * DAY_MS;
const CERTIFICATE_MS = 365 * DAY_MS;
/** Certificates are renewed in good time, on days that follow from the calendar alone. */
const RENEWAL_MS = 30 * DAY_MS;
const DIGITS_OF_A_KEY = 512;

/** The names of the API server's own Service. */
const NAMES = [
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  'kubernetes.default.svc.cluster.local',
];

/** The authority's certificate in PEM: what `kube-root-ca.crt` holds. */
export const ROOT_CA: string = certificate({
  subject: AUTHORITY,
  notBefore: FOUNDED,
  notAfter: FOUNDED + AUTHORITY_MS,
  names: ['kubernetes'],
  addresses: [],
  isAuthority: true,
});

/** The API server's certificate in PEM, on a node of that name and address. */
export function apiServerChain(node: string, addresses: readonly string[], now: number): string {
  const notBefore = Math.floor(now / RENEWAL_MS) * RENEWAL_MS - RENEWAL_MS;
  return certificate({
    subject: [['CN', 'kube-apiserver']],
    notBefore,
    notAfter: notBefore + CERTIFICATE_MS,
    names: [node, ...NAMES],
    addresses,
    isAuthority: false,
  });
}

type Said = Omit<Parameters<typeof writeCertificate>[0], 'issuer' | 'serial' | 'modulus' | 'signature'>;

function certificate(said: Said): string {
  const seed = JSON.stringify([said.subject, said.names, said.notBefore]);
  const bytes = writeCertificate({
    ...said,
    issuer: AUTHORITY,
    serial: `0${digits(`${seed} serial`, 15)}`,
    modulus: `c${digits(`${seed} key`, DIGITS_OF_A_KEY - 2)}1`,
    signature: digits(`${seed} signature`, DIGITS_OF_A_KEY),
  });
  return printPem({ label: 'CERTIFICATE', bytes });
}

function digits(seed: string, length: number): string {
  let text = '';
  for (let round = 0; text.length < length; round += 1) text += sha256Hex(`${seed} ${round}`);
  return text.slice(0, length);
}
