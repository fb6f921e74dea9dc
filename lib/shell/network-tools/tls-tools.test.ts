import { describe, expect, it } from 'vitest';
import {
  greet,
  type Network,
  newModulus,
  printPem,
  type Reply,
  type Request,
  writeCertificate,
} from '../../api';
import { createCancel } from '../../base';
import { runScript } from '../index';
import { TEST_START, tinyMachine, tinyWorld } from '../tiny-world.test-support';

const digits = (count: number) => 'b3'.repeat(count).slice(0, count);
const YEAR_MS = 365 * 86_400_000;
const ROOT = [
  ['C', 'US'],
  ['O', 'Internet Security Research Group'],
  ['CN', 'ISRG Root X1'],
] as const;

/** A server's certificate: of a public authority, of its own, or an old one. */
function chainOf(name: string, issuer: 'public' | 'own', old = false): string {
  const subject = [['CN', name]] as const;
  const end = old ? TEST_START - 1000 : TEST_START + YEAR_MS;
  const bytes = writeCertificate({
    serial: '77',
    subject,
    issuer: issuer === 'own' ? subject : ROOT,
    notBefore: TEST_START - YEAR_MS,
    notAfter: end,
    names: [name],
    addresses: [],
    isAuthority: false,
    modulus: newModulus(2048, digits),
    signature: digits(512),
  });
  return printPem({ label: 'CERTIFICATE', bytes });
}

const SERVERS: Readonly<Record<string, { readonly chain: string; readonly alpn?: readonly string[] }>> = {
  'good.example.com': { chain: chainOf('good.example.com', 'public'), alpn: ['h2'] },
  'plain.example.com': { chain: chainOf('plain.example.com', 'public') },
  'own.example.com': { chain: chainOf('own.example.com', 'own'), alpn: ['h2'] },
  'old.example.com': { chain: chainOf('old.example.com', 'public', true) },
  alias: { chain: chainOf('good.example.com', 'public') },
};
const HOSTS = Object.keys(SERVERS);

function serve(host: string, request: Request): Reply {
  const server = SERVERS[host];
  const offer = request.kind === 'tls' || request.kind === 'http' ? request.tls : undefined;
  if (server === undefined || offer === undefined) return { kind: 'closed', why: 'reset' };
  const { session, problem } = greet(offer, server, TEST_START);
  if (problem !== undefined) return { kind: 'untrusted', problem, session };
  if (request.kind === 'tls') return { kind: 'tls', session };
  const headers = [
    ['Content-Type', 'text/plain'],
    ['Connection', 'keep-alive'],
  ] as const;
  return { kind: 'http', status: 200, reason: 'OK', headers, body: `hello, ${offer.serverName}\n`, session };
}

const network: Partial<Network> = {
  lookup: (_, name) => ({
    outcome: { addresses: [`10.0.0.${HOSTS.indexOf(name)}`], latencyMs: 1 },
    trace: [],
  }),
  send({ to, request }) {
    const host = HOSTS[Number(to.ip.split('.')[3])] ?? '';
    const server = { ip: to.ip, port: to.port };
    if (to.port === 81) return { outcome: { kind: 'refused', latencyMs: 1 }, trace: [] };
    return {
      outcome: { kind: 'delivered', reply: serve(host, request), server, sourceSeen: '', latencyMs: 1 },
      trace: [],
    };
  },
};

async function run(text: string) {
  const world = tinyWorld(network);
  world.setAuto(true);
  const seen = { out: '', err: '' };
  const into = (stream: 'out' | 'err') => ({
    async write(piece: string) {
      seen[stream] += piece;
    },
  });
  const cancel = createCancel();
  const { status } = await runScript(text, {
    machine: tinyMachine(world),
    world,
    cancel,
    streams: {
      stdin: undefined,
      stdout: into('out'),
      stderr: into('err'),
      tty: false,
      cancel,
    },
  });
  return { ...seen, status };
}

const MORE = `More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the webpage mentioned above.
`;

describe('[S17] curl and certificates', () => {
  it.each([
    ['a known authority', 'https://good.example.com', 'hello, good.example.com\n', '', 0],
    ['its own', 'https://own.example.com', '', 'SSL certificate problem: self-signed certificate', 60],
    ['its own, with -k', '-k https://own.example.com', 'hello, own.example.com\n', '', 0],
    ['expired', 'https://old.example.com', '', 'SSL certificate problem: certificate has expired', 60],
    [
      'for another name',
      'https://alias',
      '',
      "SSL: no alternative certificate subject name matches target host name 'alias'",
      60,
    ],
    [
      'by an address',
      'https://10.0.0.0',
      '',
      "SSL: no alternative certificate subject name matches target ipv4 address '10.0.0.0'",
      60,
    ],
    [
      'by --resolve',
      '--resolve good.example.com:443:10.0.0.0 https://good.example.com',
      'hello, good.example.com\n',
      '',
      0,
    ],
    [
      'by --connect-to',
      '--connect-to good.example.com:443:alias:443 https://good.example.com',
      'hello, good.example.com\n',
      '',
      0,
    ],
  ])('%s', async (_, args, out, problem, status) => {
    const err = problem === '' ? '' : `curl: (60) ${problem}\n${MORE}`;
    expect(await run(`curl -sS ${args}`)).toEqual({ out, err, status });
  });

  it('takes an authority from a file, and says when there is none in it', async () => {
    const made = await run(
      'openssl s_client -connect own.example.com:443 </dev/null 2>/dev/null | openssl x509 > own.crt; curl -sS --cacert own.crt https://own.example.com',
    );
    expect(made).toEqual({ out: 'hello, own.example.com\n', err: '', status: 0 });
    expect((await run('curl -sS --cacert gone.crt https://own.example.com')).status).toBe(77);
  });

  it.each([
    ['https://good.example.com', 'HTTP/2 200 \r\ncontent-type: text/plain\r\n\r\n'],
    [
      '--http1.1 https://good.example.com',
      'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: keep-alive\r\n\r\n',
    ],
    [
      'https://plain.example.com',
      'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: keep-alive\r\n\r\n',
    ],
  ])('%s is answered with the version agreed on', async (args, out) => {
    expect((await run(`curl -sI ${args}`)).out).toBe(out);
  });

  it('-v tells of the handshake and the certificate', async () => {
    const { err } = await run('curl -sv https://good.example.com >/dev/null');
    for (const line of [
      '* ALPN: curl offers h2,http/1.1',
      '*  CAfile: /etc/ssl/certs/ca-certificates.crt',
      '* TLSv1.3 (IN), TLS handshake, Certificate (11):',
      '* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384',
      '* ALPN: server accepted h2',
      '*  subject: CN=good.example.com',
      '*  expire date: Jan  2 03:04:05 2027 GMT',
      '*  subjectAltName: host "good.example.com" matched cert\'s "good.example.com"',
      '*  issuer: C=US; O=Internet Security Research Group; CN=ISRG Root X1',
      '*  SSL certificate verify ok.',
      '* using HTTP/2',
      '* [HTTP/2] [1] [:authority: good.example.com]',
      '> GET / HTTP/2',
      '< HTTP/2 200 ',
    ])
      expect(err).toContain(line);
    const insecure = await run('curl -skv https://own.example.com >/dev/null');
    expect(insecure.err).toContain(
      '*  SSL certificate verify result: self-signed certificate (18), continuing anyway.',
    );
  });
});

describe('[S17] wget and certificates', () => {
  it.each([
    ['https://good.example.com -qO-', 'hello, good.example.com\n', 0],
    ['https://own.example.com -qO-', '', 5],
    ['--no-check-certificate https://own.example.com -qO-', 'hello, own.example.com\n', 0],
    ['https://alias -qO-', '', 5],
  ])('wget %s', async (args, out, status) => {
    expect(await run(`wget ${args}`)).toMatchObject({ out, status });
  });
});

describe('[S18] openssl', () => {
  it.each([
    [
      '-connect good.example.com:443',
      'Verify return code: 0 (ok)',
      'depth=0 CN=good.example.com\nverify return:1\nDONE\n',
    ],
    [
      '-connect own.example.com:443',
      'Verify return code: 18 (self-signed certificate)',
      'depth=0 CN=own.example.com\nverify error:num=18:self-signed certificate\nverify return:1\ndepth=0 CN=own.example.com\nverify return:1\nDONE\n',
    ],
    [
      '-connect alias:443',
      'Verify return code: 0 (ok)',
      'depth=0 CN=good.example.com\nverify return:1\nDONE\n',
    ],
    [
      '-connect good.example.com:443 -alpn h2',
      'ALPN protocol: h2',
      'depth=0 CN=good.example.com\nverify return:1\nDONE\n',
    ],
  ])('s_client %s', async (args, line, err) => {
    const seen = await run(`openssl s_client ${args} </dev/null`);
    expect(seen.out).toContain(`\n${line}\n`);
    expect(seen).toMatchObject({ err, status: 0 });
  });

  it('s_client says why it has no connection', async () => {
    const seen = await run('openssl s_client -connect good.example.com:81 </dev/null');
    expect(seen.status).toBe(1);
    expect(seen.err).toContain('BIO_connect:Connection refused');
    expect(seen.err).toContain('connect:errno=111\n');
  });

  it.each([
    ['-subject', 'subject=CN=a.example.com, O=A\n'],
    ['-issuer', 'issuer=CN=a.example.com, O=A\n'],
    ['-dates', 'notBefore=Jan  2 03:04:05 2026 GMT\nnotAfter=Jan 12 03:04:05 2026 GMT\n'],
    [
      '-ext subjectAltName',
      'X509v3 Subject Alternative Name: \n    DNS:a.example.com, DNS:b.example.com, IP Address:10.0.0.9\n',
    ],
    ['-checkend 0', 'Certificate will not expire\n'],
    ['-checkend 99999999', 'Certificate will expire\n'],
  ])('x509 %s of a certificate made by req', async (args, out) => {
    const req =
      'openssl req -x509 -nodes -newkey rsa:2048 -days 10 -keyout k -out c -subj /CN=a.example.com/O=A -addext "subjectAltName=DNS:a.example.com,DNS:b.example.com,IP:10.0.0.9" 2>/dev/null';
    expect((await run(`${req}; openssl x509 -in c -noout ${args}`)).out).toBe(out);
  });

  it('an authority of one’s own signs a request', async () => {
    const { out, status } = await run(`
      openssl genrsa -out ca.key 2048
      openssl req -x509 -new -key ca.key -subj /CN=ca -out ca.crt
      openssl req -new -newkey rsa:2048 -nodes -keyout s.key -out s.csr -subj /CN=s.example.com -addext subjectAltName=DNS:s.example.com 2>/dev/null
      openssl x509 -req -in s.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 5 -copy_extensions copy -out s.crt 2>/dev/null
      openssl x509 -in s.crt -noout -subject -issuer -ext subjectAltName`);
    expect(status).toBe(0);
    expect(out).toBe(
      'subject=CN=s.example.com\nissuer=CN=ca\nX509v3 Subject Alternative Name: \n    DNS:s.example.com\n',
    );
  });

  it.each([
    ['openssl nonsense', 'Invalid command \'nonsense\'; type "help" for a list.\n'],
    [
      'openssl x509 -in gone',
      'Could not open file or uri for loading certificate from gone: No such file or directory\n',
    ],
    ['openssl x509 -nonsense', 'x509: Unknown option or cipher: nonsense\nx509: Use -help for summary.\n'],
  ])('%s', async (command, err) => {
    expect(await run(command)).toMatchObject({ err, status: 1 });
  });
});
