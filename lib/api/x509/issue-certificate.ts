import { sha256Hex } from '../../base';
import { printPem } from './pem';
import { type CertificateText, writeCertificate } from './write-certificate';

const DIGITS_OF_A_KEY = 512;
const DIGITS_OF_A_SERIAL = 31;

/**
 * A certificate in PEM whose key follows from `seed`, and whose serial number and signature follow from that and from when it
 * begins: renewed, it keeps its key.
 */
export function issueCertificate(
  seed: string,
  text: Omit<CertificateText, 'serial' | 'modulus' | 'signature'>,
): string {
  const bytes = writeCertificate({
    ...text,
    serial: `0${digits(`${seed} serial ${text.notBefore}`, DIGITS_OF_A_SERIAL)}`,
    modulus: `c${digits(`${seed} key`, DIGITS_OF_A_KEY - 2)}1`,
    signature: digits(`${seed} signature ${text.notBefore}`, DIGITS_OF_A_KEY),
  });
  return printPem({ label: 'CERTIFICATE', bytes });
}

function digits(seed: string, length: number): string {
  let text = '';
  for (let round = 0; text.length < length; round += 1) text += sha256Hex(`${seed} ${round}`);
  return text.slice(0, length);
}
