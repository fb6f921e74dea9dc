import {
  type Certificate,
  certificatesIn,
  printPem,
  publicHalf,
  readPem,
  readRequest,
  writeCertificate,
} from '../../../api';
import type { Tool, ToolContext } from '../../process';
import { opensslTime } from '../tls-lines';
import {
  alternativesText,
  complain,
  digitsOf,
  nameText,
  readFileOr,
  readWords,
  type Words,
  writeOut,
} from './words';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
const SERIAL_DIGITS = 39;
const VALUED =
  'in out inform outform ext days CA CAkey set_serial extfile extensions checkend checkhost copy_extensions nameopt signkey'.split(
    ' ',
  );
const SWITCHES =
  'noout text subject issuer dates startdate enddate serial fingerprint sha256 req CAcreateserial pubkey modulus purpose email hash'.split(
    ' ',
  );

/** openssl x509: shows a certificate, or makes one of a request (-req -CA). */
export const x509: Tool = async (context) => {
  const words = readWords(context.args, VALUED, SWITCHES);
  if (typeof words === 'string') return complain(context, words);
  const text = await readFileOr(
    context,
    words.value('in') ?? '-',
    words.has('req') ? 'certificate request input' : 'certificate',
  );
  if (text === undefined) return 1;
  if (words.has('req')) return sign(context, words, text);
  const block = readPem(text).find(({ label }) => label === 'CERTIFICATE');
  const [certificate] = certificatesIn(text);
  if (block === undefined || certificate === undefined) {
    await context.err(`Could not find certificate from ${words.value('in') ?? '<stdin>'}\n`);
    return 1;
  }
  await context.out(shown(context.args, certificate, words));
  const until = words.value('checkend');
  if (until !== undefined) {
    const expires = certificate.notAfter < context.now() + Number(until) * 1000;
    await context.out(`Certificate will ${expires ? '' : 'not '}expire\n`);
    if (expires) return 1;
  }
  if (!words.has('noout')) await writeOut(context, words.value('out'), printPem(block));
  return 0;
};

/** What is asked for, in the order asked. */
function shown(args: readonly string[], certificate: Certificate, words: Words): string {
  const { subject, issuer, notBefore, notAfter, serial, fingerprint, key } = certificate;
  const start = `notBefore=${opensslTime(notBefore)}\n`;
  const end = `notAfter=${opensslTime(notAfter)}\n`;
  const texts: Readonly<Record<string, () => string>> = {
    subject: () => `subject=${nameText(subject)}\n`,
    issuer: () => `issuer=${nameText(issuer)}\n`,
    dates: () => start + end,
    startdate: () => start,
    enddate: () => end,
    serial: () => `serial=${serial.toUpperCase()}\n`,
    fingerprint: () => `sha256 Fingerprint=${pairs(fingerprint)}\n`,
    modulus: () => `Modulus=${key.digits.toUpperCase()}\n`,
    ext: () => extensions(certificate, (words.value('ext') ?? '').split(',')),
    text: () => inFull(certificate),
  };
  return args.map((word) => texts[word.replace(/^--?/, '')]?.() ?? '').join('');
}

const pairs = (digits: string): string => (digits.toUpperCase().match(/../g) ?? []).join(':');

function extensions(certificate: Certificate, asked: readonly string[]): string {
  const names = alternativesText(certificate);
  const shownNames =
    asked.includes('subjectAltName') && names !== ''
      ? `X509v3 Subject Alternative Name: \n    ${names}\n`
      : '';
  const constraints = asked.includes('basicConstraints')
    ? `X509v3 Basic Constraints: \n    CA:${certificate.isAuthority ? 'TRUE' : 'FALSE'}\n`
    : '';
  return shownNames + constraints || 'No extensions matches in certificate\n';
}

function inFull(certificate: Certificate): string {
  const { serial, issuer, subject, notBefore, notAfter, key, isAuthority } = certificate;
  const names = alternativesText(certificate);
  const modulus =
    pairs(`00${key.digits}`)
      .toLowerCase()
      .match(/.{1,45}/g) ?? [];
  return [
    'Certificate:',
    '    Data:',
    '        Version: 3 (0x2)',
    '        Serial Number:',
    `            ${pairs(serial).toLowerCase()}`,
    '        Signature Algorithm: sha256WithRSAEncryption',
    `        Issuer: ${nameText(issuer)}`,
    '        Validity',
    `            Not Before: ${opensslTime(notBefore)}`,
    `            Not After : ${opensslTime(notAfter)}`,
    `        Subject: ${nameText(subject)}`,
    '        Subject Public Key Info:',
    `            Public Key Algorithm: ${key.kind === 'EC' ? 'id-ecPublicKey' : 'rsaEncryption'}`,
    `                Public-Key: (${key.bits} bit)`,
    ...(key.kind === 'RSA'
      ? [
          '                Modulus:',
          ...modulus.map((line) => `                    ${line}`),
          '                Exponent: 65537 (0x10001)',
        ]
      : []),
    '        X509v3 extensions:',
    '            X509v3 Basic Constraints: ',
    `                CA:${isAuthority ? 'TRUE' : 'FALSE'}`,
    ...(names === '' ? [] : ['            X509v3 Subject Alternative Name: ', `                ${names}`]),
    '    Signature Algorithm: sha256WithRSAEncryption',
    '',
  ].join('\n');
}

/** Makes a certificate of a request, as an authority or (-signkey) as its own. */
async function sign(context: ToolContext, words: Words, text: string): Promise<number> {
  const request = readRequest(text);
  if (request === undefined) {
    await context.err(`Could not find certificate request input from ${words.value('in') ?? '<stdin>'}\n`);
    return 1;
  }
  const caPath = words.value('CA');
  const caText = caPath === undefined ? undefined : await readFileOr(context, caPath, 'CA certificate');
  if (caPath !== undefined && caText === undefined) return 1;
  const [authority] = certificatesIn(caText ?? '');
  if (caPath !== undefined) {
    const keyText = await readFileOr(context, words.value('CAkey') ?? caPath, 'CA private key');
    if (keyText === undefined) return 1;
    if (authority === undefined || publicHalf(keyText)?.digits !== authority.key.digits) {
      await context.err('CA certificate and CA private key do not match\n');
      return 1;
    }
  }
  const digits = digitsOf(context);
  const now = context.now();
  const { names, addresses } = await fromExtensionFile(context, words, request);
  const bytes = writeCertificate({
    serial: `${1 + Math.floor(context.world.random.next() * 7)}${digits(SERIAL_DIGITS)}`,
    subject: request.subject,
    issuer: authority?.subject ?? request.subject,
    notBefore: now,
    notAfter: now + Number(words.value('days') ?? DEFAULT_DAYS) * DAY_MS,
    names,
    addresses,
    isAuthority: false,
    modulus: request.key.digits,
    signature: digits(request.key.digits.length),
  });
  await context.err('Certificate request self-signature ok\n');
  await context.err(`subject=${nameText(request.subject)}\n`);
  await writeOut(context, words.value('out'), printPem({ label: 'CERTIFICATE', bytes }));
  return 0;
}

/** A request's own extensions are dropped unless they are to be copied; a file may bring others. */
async function fromExtensionFile(
  context: ToolContext,
  words: Words,
  request: Pick<Certificate, 'names' | 'addresses'>,
): Promise<Pick<Certificate, 'names' | 'addresses'>> {
  if (/^copy/.test(words.value('copy_extensions') ?? '')) return request;
  const path = words.value('extfile');
  const text = path === undefined ? '' : ((await readFileOr(context, path, 'extensions')) ?? '');
  const list =
    /subjectAltName\s*=\s*(.*)/
      .exec(text)?.[1]
      ?.split(',')
      .map((each) => each.trim()) ?? [];
  const of = (prefix: string) =>
    list.filter((each) => each.startsWith(prefix)).map((each) => each.slice(prefix.length));
  return { names: of('DNS:'), addresses: of('IP:') };
}
