/** A distinguished name: attributes in the order written ("CN", "O", "OU", "C" …). */
export type DistinguishedName = readonly (readonly [attribute: string, value: string])[];

/** A public key, as far as two of them are told apart. */
export interface PublicKey {
  readonly kind: 'RSA' | 'EC' | 'other';
  readonly bits: number;
  /** The modulus, the point, or all of it: in hexadecimal. */
  readonly digits: string;
}

/** What an X.509 certificate says. */
export interface Certificate {
  readonly serial: string;
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  /** ms since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Subject alternative names. */
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  readonly isAuthority: boolean;
  readonly key: PublicKey;
  /** SHA-256 of all of it. */
  readonly fingerprint: string;
}

/** The value of a name's attribute. */
export function attributeOf(name: DistinguishedName, attribute: string): string | undefined {
  return name.find(([key]) => key === attribute)?.[1];
}

/** "C = US, O = Internet, CN = shop", as OpenSSL 3 prints names; Go has no blanks around the sign. */
export function printName(name: DistinguishedName, equals = ' = ', between = ', '): string {
  return name.map(([attribute, value]) => `${attribute}${equals}${value}`).join(between);
}

/** Whether two names are the same. */
export function sameName(left: DistinguishedName, right: DistinguishedName): boolean {
  return printName(left) === printName(right);
}

/** Whether a certificate was issued by its own subject. */
export function isSelfSigned({ subject, issuer }: Certificate): boolean {
  return sameName(subject, issuer);
}

/** Whether a pattern of a certificate ("*.example.com" stands for one label) covers a host. */
export function coversHost(pattern: string, host: string): boolean {
  const [wanted, asked] = [pattern.toLowerCase(), host.toLowerCase().replace(/\.$/, '')];
  if (!wanted.startsWith('*.')) return wanted === asked;
  const dot = asked.indexOf('.');
  return dot > 0 && asked.slice(dot) === wanted.slice(1);
}

/** Whether a certificate is for a host or an address: by its alternative names, and without any by its common name. */
export function isForHost(certificate: Certificate, host: string): boolean {
  const { names, addresses, subject } = certificate;
  if (/^[\d.]+$|:/.test(host)) return addresses.includes(host);
  if (names.length > 0 || addresses.length > 0) return names.some((name) => coversHost(name, host));
  return coversHost(attributeOf(subject, 'CN') ?? '', host);
}
