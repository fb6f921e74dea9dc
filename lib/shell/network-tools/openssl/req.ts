import {
  newModulus,
  printPem,
  publicHalf,
  writeCertificate,
  writePrivateKey,
  writeRequest,
} from '../../../api';
import type { Tool, ToolContext } from '../../process';
import { complain, digitsOf, parseSubject, readFileOr, readWords, type Words, writeOut } from './words';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
const DEFAULT_BITS = 2048;
/** Digits of a serial number, after its first. */
const SERIAL_DIGITS = 39;

const VALUED = 'newkey key keyout out subj addext days set_serial config in passin passout pkeyopt sha'.split(
  ' ',
);
const SWITCHES = 'x509 new nodes noenc sha256 sha512 batch text noout verify utf8'.split(' ');

/** openssl req: a new key, and a certificate for oneself (-x509) or a request for one. */
export const req: Tool = async (context) => {
  const words = readWords(context.args, VALUED, SWITCHES);
  if (typeof words === 'string') return complain(context, words);
  const subject = parseSubject(words.value('subj') ?? '/C=AU/ST=Some-State/O=Internet Widgits Pty Ltd');
  if (subject === undefined) {
    await context.err(
      `req: subject name is expected to be in the format /type0=value0/type1=value1/type2=... where characters may be escaped by \\. This name is not in that format: '${(words.value('subj') ?? '').slice(1)}'\n`,
    );
    return 1;
  }
  const modulus = await keyFor(context, words);
  if (modulus === undefined) return 1;
  const digits = digitsOf(context);
  const asked = extensionsOf(words.values('addext'), words.has('x509'));
  const signature = digits(modulus.length);
  if (!words.has('x509')) {
    await writeOut(context, words.value('out'), writeRequest({ subject, modulus, signature, ...asked }));
    return 0;
  }
  const now = context.now();
  const bytes = writeCertificate({
    serial: `${1 + Math.floor(context.world.random.next() * 7)}${digits(SERIAL_DIGITS)}`,
    subject,
    issuer: subject,
    notBefore: now,
    notAfter: now + Number(words.value('days') ?? DEFAULT_DAYS) * DAY_MS,
    modulus,
    signature,
    ...asked,
  });
  await writeOut(context, words.value('out'), printPem({ label: 'CERTIFICATE', bytes }));
  return 0;
};

/** The key that is named, or a new one. */
async function keyFor(context: ToolContext, words: Words): Promise<string | undefined> {
  const path = words.value('key');
  if (path !== undefined) {
    const text = await readFileOr(context, path, 'private key');
    const half = text === undefined ? undefined : publicHalf(text);
    if (half?.kind === 'RSA') return half.digits;
    if (text !== undefined) await context.err(`Could not find private key from ${path}\n`);
    return undefined;
  }
  const asked = words.value('newkey') ?? `rsa:${DEFAULT_BITS}`;
  const bits = /^rsa:(\d+)$/.exec(asked)?.[1] ?? (asked === 'rsa' ? String(DEFAULT_BITS) : undefined);
  if (bits === undefined) {
    await complain(context, `only RSA keys are made here (-newkey rsa:BITS), not ${asked}`);
    return undefined;
  }
  const digits = digitsOf(context);
  const modulus = newModulus(Number(bits), digits);
  await context.err(
    '.....+..+....+.....+++++++++++++++++++++++++++++++++++++++*\n..+.+......+++++++++++++++++++++++++++++++++++++++*\n-----\n',
  );
  const keyout = words.value('keyout') ?? 'privkey.pem';
  await writeOut(context, keyout, writePrivateKey(modulus, digits));
  return modulus;
}

/** What -addext says: alternative names, and whether it is an authority's; self-made certificates are, by default. */
function extensionsOf(
  texts: readonly string[],
  authority: boolean,
): {
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  readonly isAuthority: boolean;
} {
  const alternatives = texts
    .flatMap((text) => /^\s*subjectAltName\s*=\s*(.*)$/.exec(text)?.[1]?.split(',') ?? [])
    .map((each) => each.trim());
  const of = (prefix: string) =>
    alternatives.filter((each) => each.startsWith(prefix)).map((each) => each.slice(prefix.length));
  const said = texts.find((text) => /basicConstraints/.test(text));
  return {
    names: of('DNS:'),
    addresses: of('IP:'),
    isAuthority: said === undefined ? authority : /CA\s*:\s*TRUE/i.test(said),
  };
}

/** openssl genrsa [-out FILE] [BITS]. */
export const genrsa: Tool = async (context) => {
  const last = context.args.at(-1) ?? '';
  const bits = /^\d+$/.test(last) ? Number(last) : DEFAULT_BITS;
  const words = readWords(
    context.args.filter((word) => !/^\d+$/.test(word)),
    ['out'],
    ['traditional'],
  );
  if (typeof words === 'string') return complain(context, words);
  const digits = digitsOf(context);
  await writeOut(context, words.value('out'), writePrivateKey(newModulus(bits, digits), digits));
  return 0;
};
