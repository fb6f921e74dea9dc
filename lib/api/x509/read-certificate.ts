import { type Der, derInside, hexOf, readDer, readOid, sha256, utf8Text } from '../../base';
import type { Certificate, DistinguishedName, PublicKey } from './certificate';
import { ALT_NAMES, BASIC_CONSTRAINTS, EC_PUBLIC_KEY, NAME_OIDS, RSA_ENCRYPTION, TAG } from './oids';
import { readPem } from './pem';

/** Certificates by their PEM: a pure function's memory, the same for every cluster. */
const known = new Map<string, readonly Certificate[]>();
/** Files remembered before the memory is emptied. */
const MAX_KNOWN = 200;

/** The certificates of a PEM file, in order; what is none is left out. */
export function certificatesIn(pem: string): readonly Certificate[] {
  const before = known.get(pem);
  if (before !== undefined) return before;
  if (known.size >= MAX_KNOWN) known.clear();
  const found = readPem(pem)
    .filter(({ label }) => label === 'CERTIFICATE')
    .flatMap(({ bytes }) => readCertificate(bytes) ?? []);
  known.set(pem, found);
  return found;
}

const VERSION_TAG = 0xa0;
const EXTENSIONS_TAG = 0xa3;

/** What a certificate in DER says; undefined when it is none. */
export function readCertificate(bytes: Uint8Array): Certificate | undefined {
  const [outer] = readDer(bytes) ?? [];
  const [signed] = derInside(outer);
  const fields = derInside(signed);
  const [serial, , issuer, validity, subject, key, ...rest] =
    fields[0]?.tag === VERSION_TAG ? fields.slice(1) : fields;
  const [from, until] = derInside(validity).map(timeOf);
  if (serial?.tag !== TAG.integer || key === undefined || from === undefined || until === undefined)
    return undefined;
  const extensions = rest.find(({ tag }) => tag === EXTENSIONS_TAG);
  return {
    serial: hexOf(serial.content).replace(/^00(?=..)/, ''),
    issuer: readName(issuer),
    subject: readName(subject),
    notBefore: from,
    notAfter: until,
    ...alternatives(extensionOf(extensions, ALT_NAMES)),
    isAuthority: derInside(extensionOf(extensions, BASIC_CONSTRAINTS))[0]?.content[0] === 0xff,
    key: readPublicKey(key),
    fingerprint: hexOf(sha256(bytes)),
  };
}

/** A name's attributes; those without a short name go by their identifiers. */
function readName(name: Der | undefined): DistinguishedName {
  return derInside(name).flatMap((set) =>
    derInside(set).map((pair) => {
      const [type, value] = derInside(pair);
      const oid = readOid(type?.content ?? new Uint8Array());
      return [NAME_OIDS[oid] ?? oid, utf8Text(value?.content ?? new Uint8Array())] as const;
    }),
  );
}

/** UTCTime ("261127080000Z") or GeneralizedTime, in ms since the epoch. */
function timeOf({ tag, content }: Der): number | undefined {
  const text = utf8Text(content);
  const short = /^(\d\d)(\d{10})Z$/.exec(text);
  const full = tag === TAG.utcTime && short !== null ? `${Number(short[1]) < 50 ? '20' : '19'}${text}` : text;
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  return daysBefore(year, month, day) * 86_400_000 + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** Days from 1970 to a date (H. Hinnant's days_from_civil). */
function daysBefore(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const ofEra = shifted - era * 400;
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/** An extension's value, out of its octets. */
function extensionOf(extensions: Der | undefined, oid: string): Der | undefined {
  return extensionIn(derInside(extensions)[0], oid);
}

function extensionIn(list: Der | undefined, oid: string): Der | undefined {
  for (const extension of derInside(list)) {
    const parts = derInside(extension);
    if (readOid(parts[0]?.content ?? new Uint8Array()) !== oid) continue;
    return readDer(parts.at(-1)?.content ?? new Uint8Array())?.[0];
  }
  return undefined;
}

const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

/** Alternative names: host names and IPv4 addresses. */
function alternatives(value: Der | undefined): Pick<Certificate, 'names' | 'addresses'> {
  const all = derInside(value);
  return {
    names: all.filter(({ tag }) => tag === DNS_NAME).map(({ content }) => utf8Text(content)),
    addresses: all.filter(({ tag }) => tag === IP_ADDRESS).map(({ content }) => [...content].join('.')),
  };
}

/** A SubjectPublicKeyInfo. */
export function readPublicKey(info: Der): PublicKey {
  const [algorithm, bits] = derInside(info);
  const oid = readOid(derInside(algorithm)[0]?.content ?? new Uint8Array());
  const content = bits?.content.subarray(1) ?? new Uint8Array();
  if (oid === RSA_ENCRYPTION) {
    const [modulus] = derInside(readDer(content)?.[0]);
    return rsaKey(modulus?.content ?? new Uint8Array());
  }
  if (oid === EC_PUBLIC_KEY)
    return { kind: 'EC', bits: ((content.length - 1) / 2) * 8, digits: hexOf(content) };
  return { kind: 'other', bits: content.length * 8, digits: hexOf(content) };
}

/** An RSA key by its modulus. */
export function rsaKey(modulus: Uint8Array): PublicKey {
  const bare = modulus[0] === 0 ? modulus.subarray(1) : modulus;
  return { kind: 'RSA', bits: bare.length * 8, digits: hexOf(bare) };
}

/** What a request for a certificate asks for. */
export type CertificateRequest = Pick<Certificate, 'subject' | 'names' | 'addresses' | 'isAuthority' | 'key'>;

/** Reads a request in PEM; undefined when it is none. */
export function readRequest(pem: string): CertificateRequest | undefined {
  const block = readPem(pem).find(({ label }) => label === 'CERTIFICATE REQUEST');
  const [info] = derInside(readDer(block?.bytes ?? new Uint8Array())?.[0]);
  const [, subject, key, attributes] = derInside(info);
  if (key === undefined) return undefined;
  const [attribute] = derInside(attributes);
  const [, values] = derInside(attribute);
  const found = derInside(values)[0];
  return {
    subject: readName(subject),
    key: readPublicKey(key),
    ...alternatives(extensionIn(found, ALT_NAMES)),
    isAuthority: derInside(extensionIn(found, BASIC_CONSTRAINTS))[0]?.content[0] === 0xff,
  };
}
