import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type Certificate,
  certificatesIn,
  coversHost,
  isForHost,
  judgeChain,
  newModulus,
  printName,
  printPem,
  publicHalf,
  readRequest,
  writeCertificate,
  writePrivateKey,
  writeRequest,
} from './index';

const START = Date.UTC(2026, 0, 5, 9);
const DAY_MS = 86_400_000;
const digits = (count: number) => 'a7'.repeat(count).slice(0, count);
const MODULUS = newModulus(2048, digits);
const SUBJECT = [
  ['CN', 'shop.example.com'],
  ['O', 'Shop & Söhne'],
] as const;

function made(more: Partial<Parameters<typeof writeCertificate>[0]> = {}): string {
  const bytes = writeCertificate({
    serial: '8f01',
    subject: SUBJECT,
    issuer: SUBJECT,
    notBefore: START,
    notAfter: START + 30 * DAY_MS,
    names: ['shop.example.com', '*.shop.example.com'],
    addresses: ['10.0.0.1'],
    isAuthority: true,
    modulus: MODULUS,
    signature: digits(512),
    ...more,
  });
  return printPem({ label: 'CERTIFICATE', bytes });
}

const first = (pem: string): Certificate => {
  const [found] = certificatesIn(pem);
  if (found === undefined) throw new Error('no certificate');
  return found;
};

describe('certificates', () => {
  it('are read as they were written', () => {
    expect(first(made())).toMatchObject({
      serial: '8f01',
      subject: SUBJECT,
      issuer: SUBJECT,
      notBefore: START,
      notAfter: START + 30 * DAY_MS,
      names: ['shop.example.com', '*.shop.example.com'],
      addresses: ['10.0.0.1'],
      isAuthority: true,
      key: { kind: 'RSA', bits: 2048, digits: MODULUS },
    });
  });

  it('hold the key whose other half made them', () => {
    expect(publicHalf(writePrivateKey(MODULUS, digits))).toEqual(first(made()).key);
    expect(publicHalf('no key at all')).toBeUndefined();
  });

  it('are asked for by requests', () => {
    const asked = { subject: SUBJECT, names: ['a.b'], addresses: [], isAuthority: false };
    const pem = writeRequest({ ...asked, modulus: MODULUS, signature: digits(512) });
    expect(readRequest(pem)).toMatchObject(asked);
    expect(readRequest(made())).toBeUndefined();
  });

  it('what is none is left out', () => {
    const broken = printPem({ label: 'CERTIFICATE', bytes: Uint8Array.from([0x30, 0x82, 0xff, 0xff, 1]) });
    expect(certificatesIn(`${broken}rubbish\n${made()}`)).toHaveLength(1);
  });

  it.each([
    ['a.example.com', 'a.example.com', true],
    ['A.example.com', 'a.EXAMPLE.com', true],
    ['*.example.com', 'a.example.com', true],
    ['*.example.com', 'b.a.example.com', false],
    ['*.example.com', 'example.com', false],
  ])('%s covers %s: %s', (pattern, host, covered) => {
    expect(coversHost(pattern, host)).toBe(covered);
  });

  it('go by their common name only when they have no other', () => {
    expect(isForHost(first(made({ names: [], addresses: [] })), 'shop.example.com')).toBe(true);
    expect(isForHost(first(made({ names: ['b.example.com'] })), 'shop.example.com')).toBe(false);
    expect(isForHost(first(made()), '10.0.0.1')).toBe(true);
  });
});

describe('chains', () => {
  const root = [['CN', 'my-ca']] as const;
  const signed = made({ issuer: root, isAuthority: false });
  const authority = made({ subject: root, issuer: root });
  const trust = { host: 'shop.example.com' };

  it.each([
    ['its own', made(), trust, START, 18],
    ['its own, which is known', made(), { ...trust, authorities: certificatesIn(made()) }, START, undefined],
    ['of an unknown authority', signed, trust, START, 20],
    ['of an unknown authority, which is sent along', signed + authority, trust, START, 19],
    ['of a known one', signed, { ...trust, authorities: certificatesIn(authority) }, START, undefined],
    ['for another host', signed, { host: 'x.com', authorities: certificatesIn(authority) }, START, 62],
    ['expired', signed, { ...trust, authorities: certificatesIn(authority) }, START + 31 * DAY_MS, 10],
    ['from the future', signed, { ...trust, authorities: certificatesIn(authority) }, START - 1, 9],
  ])('%s', (_, chain, asked, now, code) => {
    expect(judgeChain(certificatesIn(chain), asked, now)?.code).toBe(code);
  });
});

/** The program, where it is installed. */
const OPENSSL = 'openssl';
const hasOpenssl = (() => {
  try {
    execFileSync(OPENSSL, ['version']);
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasOpenssl)('the real openssl', () => {
  it('reads what is written here', () => {
    const folder = mkdtempSync(join(tmpdir(), 'x509-'));
    const path = join(folder, 'a.crt');
    writeFileSync(path, made());
    const text = execFileSync(OPENSSL, [
      'x509',
      '-in',
      path,
      '-noout',
      '-serial',
      '-enddate',
      '-ext',
      'subjectAltName',
    ]);
    expect(String(text)).toBe(
      'serial=8F01\nnotAfter=Feb  4 09:00:00 2026 GMT\nX509v3 Subject Alternative Name: \n    DNS:shop.example.com, DNS:*.shop.example.com, IP Address:10.0.0.1\n',
    );
  });

  it.each([['rsa:2048'], ['ec']])('what it writes with a key of kind %s is read here', (kind) => {
    const folder = mkdtempSync(join(tmpdir(), 'x509-'));
    const [crt, key] = [join(folder, 'a.crt'), join(folder, 'a.key')];
    const curve = kind === 'ec' ? ['-pkeyopt', 'ec_paramgen_curve:prime256v1'] : [];
    const about = ['-subj', '/O=Acme/CN=a.example.com', '-addext', 'subjectAltName=DNS:a.example.com'];
    const args = [
      'req',
      '-x509',
      '-nodes',
      '-newkey',
      kind,
      ...curve,
      '-keyout',
      key,
      '-out',
      crt,
      '-days',
      '9',
      ...about,
    ];
    execFileSync(OPENSSL, args, { stdio: 'ignore' });
    const read = first(readFileSync(crt, 'utf8'));
    expect(printName(read.subject)).toBe('O = Acme, CN = a.example.com');
    expect(read.names).toEqual(['a.example.com']);
    expect(publicHalf(readFileSync(key, 'utf8'))).toEqual(read.key);
  });
});
