import { describe, expect, it } from 'vitest';
import type { Delivery, DnsAnswer, Network } from '../../api';
import { createCancel } from '../../base';
import { runScript } from '../index';
import { tinyMachine, tinyWorld } from '../tiny-world.test-support';

const http = (status: number, reason: string, body: string): Delivery => ({
  kind: 'delivered',
  reply: {
    kind: 'http',
    status,
    reason,
    headers: [
      ['Server', 'nginx'],
      ['Content-Length', String(body.length)],
    ],
    body,
  },
  server: { ip: '10.244.1.2', port: 80 },
  sourceSeen: '10.244.2.2',
  latencyMs: 1,
});

const none: DnsAnswer = { code: 'NXDOMAIN', authoritative: true, answers: [], authority: [], additional: [] };

/** web answers, silent keeps silent, closed refuses, gone is unknown. */
const network: Partial<Network> = {
  lookup: (_from, name) => {
    const addresses: Readonly<Record<string, string>> = {
      web: '10.96.0.1',
      silent: '10.96.0.2',
      closed: '10.96.0.3',
      mute: '10.96.0.4',
      lost: '10.96.0.5',
      many: '10.96.0.5',
    };
    const ip = addresses[name];
    const outcome =
      ip === undefined
        ? { addresses: [], error: 'not-found' as const, latencyMs: 1 }
        : {
            addresses: [ip, ...(name === 'many' ? ['10.96.0.3', '10.96.0.1'] : [])],
            canonicalName: `${name}.default.svc.cluster.local`,
            latencyMs: 1,
          };
    return { outcome, trace: [] };
  },
  resolvConf: () => ({
    nameservers: ['10.96.0.10'],
    search: ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local'],
    ndots: 5,
  }),
  ping: () => ({ outcome: { answered: false, latencyMs: 0 }, trace: [] }),
  send: (packet) => {
    const { request, to } = packet;
    const say = (outcome: Delivery) => ({ outcome, trace: [] });
    if (request.kind === 'dns') {
      const found = request.query.name === 'web.default.svc.cluster.local';
      const record = { name: `${request.query.name}.`, type: 'A', ttl: 5, data: '10.96.0.1' };
      const answer: DnsAnswer = found
        ? { ...none, code: 'NOERROR', answers: request.query.type === 'A' ? [record] : [] }
        : none;
      return say({
        kind: 'delivered',
        reply: { kind: 'dns', answer },
        server: to,
        sourceSeen: '',
        latencyMs: 1,
      });
    }
    if (to.ip === '10.96.0.2') return say({ kind: 'dropped' });
    if (to.ip === '10.96.0.5') return say({ kind: 'unreachable', why: 'host', latencyMs: 3050 });
    if (to.ip === '10.96.0.3') return say({ kind: 'refused', latencyMs: 1 });
    if (to.ip === '10.96.0.4') {
      return say({
        kind: 'delivered',
        reply: { kind: 'closed', why: 'empty-reply' },
        server: to,
        sourceSeen: '',
        latencyMs: 1,
      });
    }
    if (request.kind !== 'http')
      return say({
        kind: 'delivered',
        reply: { kind: 'connected' },
        server: to,
        sourceSeen: '',
        latencyMs: 1,
      });
    return say(
      request.path === '/nope'
        ? http(404, 'Not Found', 'nope\n')
        : http(200, 'OK', `hello from ${request.host}${request.path}\n`),
    );
  },
};

async function run(text: string, shell: 'bash' | 'ash' = 'bash') {
  const world = tinyWorld(network);
  world.setAuto(true);
  const began = world.timer.now();
  let out = '';
  let err = '';
  const { status } = await runScript(text, {
    machine: tinyMachine(world, { shell }),
    world,
    cancel: createCancel(),
    streams: {
      stdin: undefined,
      stdout: {
        write: async (piece) => {
          out += piece;
        },
      },
      stderr: {
        write: async (piece) => {
          err += piece;
        },
      },
      tty: true,
      cancel: createCancel(),
    },
  });
  return { out, err, status, ms: world.timer.now() - began };
}

describe('network tools', () => {
  it.each([
    ['curl http://web', 'hello from web/\n', '', 0, 2],
    ['curl -s web:8080/x?y=1', 'hello from web:8080/x?y=1\n', '', 0, 2],
    ["curl -s -o /dev/null -w '%{http_code}\\n' web/nope", '404\n', '', 0, 2],
    ['curl -sf web/nope', '', '', 22, 2],
    ['curl -fsS web/nope', '', 'curl: (22) The requested URL returned error: 404\n', 22, 2],
    ['curl gone', '', 'curl: (6) Could not resolve host: gone\n', 6, 1],
    ['curl -s gone', '', '', 6, 1],
    [
      'curl http://10.96.0.3',
      '',
      'curl: (7) Failed to connect to 10.96.0.3 port 80 after 1 ms: Could not connect to server\n',
      7,
      1,
    ],
    [
      'curl --connect-timeout 3 silent',
      '',
      'curl: (28) Connection timed out after 3000 milliseconds\n',
      28,
      3000,
    ],
    ['curl -m 2 silent', '', 'curl: (28) Connection timed out after 2000 milliseconds\n', 28, 2000],
    [
      'curl silent',
      '',
      'curl: (28) Failed to connect to silent port 80 after 130000 ms: Could not connect to server\n',
      28,
      130_000,
    ],
    ['curl mute', '', 'curl: (52) Empty reply from server\n', 52, 2],
    [
      'curl --nope x',
      '',
      "curl: option --nope: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information\n",
      2,
      0,
    ],
    [
      "curl -sv -u me:pw -e http://ref -b c=d -H 'X-A: b' -d a=b -o /dev/null web",
      '',
      [
        '* Host web:80 was resolved.',
        '* IPv6: (none)',
        '* IPv4: 10.96.0.1',
        '*   Trying 10.96.0.1:80...',
        '* Connected to web (10.96.0.1) port 80',
        '* using HTTP/1.x',
        "* Server auth using Basic with user 'me'",
        '> POST / HTTP/1.1',
        '> Host: web',
        '> Authorization: Basic bWU6cHc=',
        '> User-Agent: curl/8.14.1',
        '> Accept: */*',
        '> Referer: http://ref',
        '> Cookie: c=d',
        '> X-A: b',
        '> Content-Length: 3',
        '> Content-Type: application/x-www-form-urlencoded',
        '> ',
        '} [3 bytes data]',
        '* upload completely sent off: 3 bytes',
        '< HTTP/1.1 200 OK',
        '< Server: nginx',
        '< Content-Length: 16',
        '< ',
        '{ [16 bytes data]',
        '* Connection #0 to host web left intact',
        '',
      ].join('\n'),
      0,
      2,
    ],
    ['curl -sI web', 'HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Length: 16\r\n\r\n', '', 0, 2],
    ['wget -qO- http://web', 'hello from web/\n', '', 0, 2],
    ['getent hosts web', '10.96.0.1       web.default.svc.cluster.local\n', '', 0, 1],
    ['nc -zv -w 2 web 80', '', 'Connection to web (10.96.0.1) 80 port [tcp/*] succeeded!\n', 0, 2],
    [
      'nc -zv -w 2 closed 80',
      '',
      'nc: connect to closed (10.96.0.3) port 80 (tcp) failed: Connection refused\n',
      1,
      2,
    ],
    [
      'nc -zv many 80',
      '',
      'nc: connect to many (10.96.0.5) port 80 (tcp) failed: No route to host\nnc: connect to many (10.96.0.3) port 80 (tcp) failed: Connection refused\nConnection to many (10.96.0.1) 80 port [tcp/*] succeeded!\n',
      0,
      3053,
    ],
    ['curl -m 2 lost', '', 'curl: (28) Connection timed out after 2000 milliseconds\n', 28, 2000],
    [
      'curl -m 4 lost',
      '',
      'curl: (7) Failed to connect to lost port 80 after 3051 ms: Could not connect to server\n',
      7,
      3051,
    ],
    [
      'nc -zv -w 2 silent 80',
      '',
      'nc: connect to silent (10.96.0.2) port 80 (tcp) timed out: Operation now in progress\n',
      1,
      2001,
    ],
    ['dig +short web.default.svc.cluster.local', '10.96.0.1\n', '', 0, 1],
    ['dig +short +search web', '10.96.0.1\n', '', 0, 1],
    [
      'nslookup web',
      'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\nName:\tweb.default.svc.cluster.local\nAddress: 10.96.0.1\n\n',
      '',
      0,
      2,
    ],
    [
      'nslookup gone',
      "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\n** server can't find gone: NXDOMAIN\n\n",
      '',
      1,
      4,
    ],
    ['for i in 1 2; do timeout 1 curl -s silent || echo $?; done', '124\n124\n', '', 0, 2000],
  ])('[S8] %s', async (text, out, err, status, ms) => {
    expect(await run(text)).toEqual({ out, err, status, ms });
  });

  it.each([
    ['nc -zv many 80', '', 'nc: many (10.96.0.5:80): No route to host\n', 1],
    ['wget -qO- web', 'hello from web/\n', '', 0],
    ['wget -qO- closed', '', "wget: can't connect to remote host (10.96.0.3): Connection refused\n", 1],
    ['wget -qO- -T 2 silent', '', 'wget: download timed out\n', 1],
    ['wget -qO- gone', '', "wget: bad address 'gone'\n", 1],
    ['wget -qO- web/nope', '', 'wget: server returned error: HTTP/1.1 404 Not Found\n', 1],
    [
      'nslookup web.default.svc.cluster.local',
      'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\tweb.default.svc.cluster.local\nAddress: 10.96.0.1\n\n\n',
      '',
      0,
    ],
  ])('busybox: %s', async (text, out, err, status) => {
    const { ms: _ms, ...seen } = await run(text, 'ash');
    expect(seen).toEqual({ out, err, status });
  });

  it('a cluster IP answers no ping', async () => {
    const { out, status } = await run('ping -c 2 -W 1 web');
    expect(out).toContain('2 packets transmitted, 0 received, 100% packet loss');
    expect(status).toBe(1);
  });
});
