import { bytesOfHex, oidBytes, writeDer } from '../../base';
import { EXTENSION_REQUEST, RSA_ENCRYPTION, SHA256_WITH_RSA, TAG } from './oids';
import { printPem } from './pem';
import {
  algorithm,
  bitString,
  type CertificateText,
  publicKeyInfo,
  writeExtensions,
  writeInteger,
  writeName,
} from './write-certificate';

/** Digits in hexadecimal, as many as are asked for. */
export type Digits = (count: number) => string;

/** A private key in the form of PKCS #8: the modulus is what is looked at; its other numbers are of the right size only. */
export function writePrivateKey(modulus: string, digits: Digits): string {
  const half = modulus.length / 2;
  const odd = (count: number) => `b${digits(count - 2)}1`;
  const numbers = [
    modulus,
    '010001',
    odd(modulus.length),
    odd(half),
    odd(half),
    odd(half),
    odd(half),
    odd(half),
  ];
  const zero = writeDer(TAG.integer, Uint8Array.from([0]));
  const inner = writeDer(TAG.sequence, zero, ...numbers.map(writeInteger));
  const bytes = writeDer(TAG.sequence, zero, algorithm(RSA_ENCRYPTION), writeDer(TAG.octets, inner));
  return printPem({ label: 'PRIVATE KEY', bytes });
}

/** A new modulus of as many bits. */
export function newModulus(bits: number, digits: Digits): string {
  return `c${digits(bits / 4 - 2)}1`;
}

type Request = Pick<
  CertificateText,
  'subject' | 'names' | 'addresses' | 'isAuthority' | 'modulus' | 'signature'
>;

/** A request for a certificate (PKCS #10) in PEM. */
export function writeRequest(request: Request): string {
  const extensions = writeDer(TAG.set, writeExtensions(request));
  const attribute = writeDer(TAG.sequence, writeDer(TAG.oid, oidBytes(EXTENSION_REQUEST)), extensions);
  const info = writeDer(
    TAG.sequence,
    writeDer(TAG.integer, Uint8Array.from([0])),
    writeName(request.subject),
    publicKeyInfo(request.modulus),
    writeDer(0xa0, attribute),
  );
  const bytes = writeDer(
    TAG.sequence,
    info,
    algorithm(SHA256_WITH_RSA),
    bitString(bytesOfHex(request.signature)),
  );
  return printPem({ label: 'CERTIFICATE REQUEST', bytes });
}
