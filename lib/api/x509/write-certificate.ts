import { bytesOfHex, civilTime, concatBytes, oidBytes, utf8Bytes, writeDer } from '../../base';
import type { Certificate, DistinguishedName } from './certificate';
import { ALT_NAMES, BASIC_CONSTRAINTS, NAME_OIDS, RSA_ENCRYPTION, SHA256_WITH_RSA, TAG } from './oids';

/** What a certificate to be written says; its key is RSA, of this modulus in hexadecimal. */
export interface CertificateText extends Omit<Certificate, 'key' | 'fingerprint'> {
  readonly modulus: string;
  /** In hexadecimal. Nothing here checks signatures: who issued what goes by names. */
  readonly signature: string;
}

const EXPONENT = Uint8Array.from([1, 0, 1]);
const VERSION_3 = writeDer(0xa0, writeDer(TAG.integer, Uint8Array.from([2])));

/** The certificate in DER. */
export function writeCertificate(text: CertificateText): Uint8Array {
  const signed = writeDer(
    TAG.sequence,
    VERSION_3,
    writeInteger(text.serial),
    algorithm(SHA256_WITH_RSA),
    writeName(text.issuer),
    writeDer(TAG.sequence, writeTime(text.notBefore), writeTime(text.notAfter)),
    writeName(text.subject),
    publicKeyInfo(text.modulus),
    writeDer(0xa3, writeExtensions(text)),
  );
  return writeDer(TAG.sequence, signed, algorithm(SHA256_WITH_RSA), bitString(bytesOfHex(text.signature)));
}

/** A number in hexadecimal, never negative. */
export function writeInteger(hex: string): Uint8Array {
  const bytes = bytesOfHex(hex);
  const high = (bytes[0] ?? 0) >= 0x80;
  return writeDer(TAG.integer, high ? concatBytes([Uint8Array.from([0]), bytes]) : bytes);
}

/** An algorithm that takes no parameters. */
export function algorithm(oid: string): Uint8Array {
  return writeDer(TAG.sequence, writeDer(TAG.oid, oidBytes(oid)), writeDer(TAG.null));
}

/** A string of whole bytes. */
export function bitString(bytes: Uint8Array): Uint8Array {
  return writeDer(TAG.bits, Uint8Array.from([0]), bytes);
}

/** The SubjectPublicKeyInfo of an RSA key. */
export function publicKeyInfo(modulus: string): Uint8Array {
  const key = writeDer(TAG.sequence, writeInteger(modulus), writeDer(TAG.integer, EXPONENT));
  return writeDer(TAG.sequence, algorithm(RSA_ENCRYPTION), bitString(key));
}

/** A distinguished name. */
export function writeName(name: DistinguishedName): Uint8Array {
  const oids = new Map(Object.entries(NAME_OIDS).map(([oid, attribute]) => [attribute, oid]));
  const parts = name.map(([attribute, value]) => {
    const tag = attribute === 'C' ? TAG.printable : TAG.utf8;
    const type = writeDer(TAG.oid, oidBytes(oids.get(attribute) ?? attribute));
    return writeDer(TAG.set, writeDer(TAG.sequence, type, writeDer(tag, utf8Bytes(value))));
  });
  return writeDer(TAG.sequence, ...parts);
}

function writeTime(ms: number): Uint8Array {
  const { year, month, day, hour, minute, second } = civilTime(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  const rest = [month, day, hour, minute, second].map(two).join('');
  return year < 2050
    ? writeDer(TAG.utcTime, utf8Bytes(`${two(year % 100)}${rest}Z`))
    : writeDer(TAG.time, utf8Bytes(`${year}${rest}Z`));
}

/** The extensions that tell names, addresses and whether it is an authority's. */
export function writeExtensions({
  names,
  addresses,
  isAuthority,
}: Pick<CertificateText, 'names' | 'addresses' | 'isAuthority'>): Uint8Array {
  const constraints = isAuthority
    ? writeDer(TAG.sequence, writeDer(TAG.boolean, Uint8Array.from([0xff])))
    : writeDer(TAG.sequence);
  const alternatives = [
    ...names.map((name) => writeDer(0x82, utf8Bytes(name))),
    ...addresses.map((ip) => writeDer(0x87, Uint8Array.from(ip.split('.').map(Number)))),
  ];
  return writeDer(
    TAG.sequence,
    extension(BASIC_CONSTRAINTS, constraints),
    ...(alternatives.length === 0 ? [] : [extension(ALT_NAMES, writeDer(TAG.sequence, ...alternatives))]),
  );
}

function extension(oid: string, value: Uint8Array): Uint8Array {
  return writeDer(TAG.sequence, writeDer(TAG.oid, oidBytes(oid)), writeDer(TAG.octets, value));
}
