import {
  type Certificate,
  certificatesIn,
  judgeChain,
  printPem,
  readPem,
  type TlsSession,
} from '../../../api';
import type { Tool, ToolContext } from '../../process';
import { CONNECT_PATIENCE_MS, isAddress } from '../http-request';
import { opensslTime } from '../tls-lines';
import { complain, nameText, readWords } from './words';

const VALUED =
  'connect servername CAfile CApath verify alpn host port starttls cipher verify_hostname timeout name'.split(
    ' ',
  );
const SWITCHES =
  'showcerts brief quiet verify_return_error noservername tls1_2 tls1_3 ign_eof no_ign_eof crlf debug state msg 4 6 prexit status'.split(
    ' ',
  );

/** openssl s_client: greets a TLS server and tells what it showed. */
export const sClient: Tool = async (context) => {
  const words = readWords(context.args, VALUED, SWITCHES);
  if (typeof words === 'string') return complain(context, words);
  const [host = '', port = '443'] = (words.value('connect') ?? 'localhost:4433').split(':');
  const serverName = words.has('noservername')
    ? ''
    : (words.value('servername') ?? (isAddress(host) ? '' : host));
  const alpn = words.value('alpn')?.split(',');
  const found = await reach(context, host, Number(port), serverName, alpn);
  if (typeof found === 'string') {
    await context.err(found);
    return 1;
  }
  const file = words.value('CAfile');
  const authorities = file === undefined ? undefined : certificatesIn(await context.readFile(file));
  const chain = certificatesIn(found.chain);
  const wanted = words.value('verify_hostname');
  const judged = judgeChain(chain, { host: wanted ?? serverName, authorities }, context.now());
  // Names are looked at only where that is asked for.
  const problem = judged?.code === 62 && wanted === undefined ? undefined : judged;
  const depth = chain.toReversed();
  await context.out(words.has('brief') || words.has('quiet') ? '' : 'CONNECTED(00000003)\n');
  if (!words.has('quiet')) await context.err(verification(depth, problem));
  if (problem !== undefined && words.has('verify_return_error')) {
    await context.err(
      'error:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed\n',
    );
    return 1;
  }
  if (words.has('brief')) await context.err(briefly(found, chain[0], problem?.text));
  else if (!words.has('quiet')) await context.out(inFull(found, chain, problem, words.has('showcerts')));
  if (!words.has('ign_eof')) await context.stdin.readAll();
  await context.err('DONE\n');
  return 0;
};

async function reach(
  context: ToolContext,
  host: string,
  port: number,
  serverName: string,
  alpn: readonly string[] | undefined,
): Promise<TlsSession | string> {
  const { world, machine } = context;
  const looked = isAddress(host) ? undefined : world.network.lookup(machine.vantage, host).outcome;
  if (looked !== undefined) await context.sleep(looked.latencyMs);
  const ip = looked === undefined ? host : looked.addresses[0];
  const failed = (text: string, code: string) =>
    `${code}:error:8000006F:system library:BIO_connect:${text}:../crypto/bio/bio_sock2.c:178:calling connect()\n${code}:error:10000067:BIO routines:BIO_connect:connect error:../crypto/bio/bio_sock2.c:180:\nconnect:errno=${text === 'Connection refused' ? 111 : text === 'No route to host' ? 113 : 110}\n`;
  const code = '00C7B3F6FF7F0000';
  if (ip === undefined)
    return `${code}:error:10080002:BIO routines:BIO_lookup_ex:system lib:../crypto/bio/bio_addr.c:758:Name or service not known\nconnect:errno=22\n`;
  const tls = { serverName, ...(alpn === undefined ? {} : { alpn }) };
  const { outcome } = world.network.send({
    from: machine.vantage,
    to: { ip, port },
    protocol: 'TCP',
    request: { kind: 'tls', tls },
  });
  await context.sleep(outcome.kind === 'dropped' ? CONNECT_PATIENCE_MS : outcome.latencyMs);
  if (outcome.kind === 'dropped') return failed('Connection timed out', code);
  if (outcome.kind === 'refused') return failed('Connection refused', code);
  if (outcome.kind === 'unreachable') return failed('No route to host', code);
  if (outcome.reply.kind === 'tls') return outcome.reply.session;
  return `CONNECTED(00000003)\n${code}:error:0A0000C6:SSL routines:tls_get_more_records:packet length too long:../ssl/record/methods/tls_common.c:663:\n---\nno peer certificate available\n---\nNo client certificate CA names sent\n---\nSSL handshake has read 5 bytes and written 1542 bytes\nVerification: OK\n---\nNew, (NONE), Cipher is (NONE)\nThis TLS version forbids renegotiation.\nCompression: NONE\nExpansion: NONE\nNo ALPN negotiated\nEarly data was not sent\nVerify return code: 0 (ok)\n---\n`;
}

type Problem = ReturnType<typeof judgeChain>;

function verification(chain: readonly Certificate[], problem: Problem): string {
  const lines = chain.flatMap((certificate, index) => {
    const depth = chain.length - 1 - index;
    const head = `depth=${depth} ${nameText(certificate.subject)}`;
    if (index > 0 || problem === undefined) return [head, 'verify return:1'];
    return [
      head,
      `verify error:num=${problem.code}:${problem.text}`,
      'verify return:1',
      head,
      'verify return:1',
    ];
  });
  return `${lines.join('\n')}\n`;
}

function briefly(
  { version, cipher }: TlsSession,
  leaf: Certificate | undefined,
  problem: string | undefined,
): string {
  return [
    'CONNECTION ESTABLISHED',
    `Protocol version: ${version}`,
    `Ciphersuite: ${cipher}`,
    `Peer certificate: ${leaf === undefined ? '' : nameText(leaf.subject)}`,
    'Hash used: SHA256',
    'Signature type: rsa_pss_rsae_sha256',
    problem === undefined ? 'Verification: OK' : `Verification error: ${problem}`,
    'Negotiated TLS1.3 group: X25519MLKEM768',
    '',
  ].join('\n');
}

const READ_BYTES = 1380;
const WRITTEN_BYTES = 1604;

function inFull(
  session: TlsSession,
  chain: readonly Certificate[],
  problem: Problem,
  showAll: boolean,
): string {
  const pems = readPem(session.chain).map(printPem);
  const [leaf] = chain;
  const links = chain.flatMap((certificate, index) => [
    ` ${index} s:${nameText(certificate.subject)}`,
    `   i:${nameText(certificate.issuer)}`,
    `   a:PKEY: ${certificate.key.kind}, ${certificate.key.bits} (bit); sigalg: sha256WithRSAEncryption`,
    `   v:NotBefore: ${opensslTime(certificate.notBefore)}; NotAfter: ${opensslTime(certificate.notAfter)}`,
    ...(showAll ? [pems[index]?.trimEnd() ?? ''] : []),
  ]);
  return [
    '---',
    'Certificate chain',
    ...links,
    '---',
    'Server certificate',
    ...(showAll ? [] : [pems[0]?.trimEnd() ?? '']),
    `subject=${leaf === undefined ? '' : nameText(leaf.subject)}`,
    `issuer=${leaf === undefined ? '' : nameText(leaf.issuer)}`,
    '---',
    'No client certificate CA names sent',
    'Peer signing digest: SHA256',
    'Peer signature type: rsa_pss_rsae_sha256',
    'Negotiated TLS1.3 group: X25519MLKEM768',
    '---',
    `SSL handshake has read ${READ_BYTES + Math.floor(session.chain.length / 2)} bytes and written ${WRITTEN_BYTES} bytes`,
    problem === undefined ? 'Verification: OK' : `Verification error: ${problem.text}`,
    '---',
    `New, ${session.version}, Cipher is ${session.cipher}`,
    `Protocol: ${session.version}`,
    `Server public key is ${leaf?.key.bits ?? 0} bit`,
    'This TLS version forbids renegotiation.',
    'Compression: NONE',
    'Expansion: NONE',
    session.alpn === undefined ? 'No ALPN negotiated' : `ALPN protocol: ${session.alpn}`,
    'Early data was not sent',
    `Verify return code: ${problem?.code ?? 0} (${problem?.text ?? 'ok'})`,
    '---',
    '',
  ].join('\n');
}
