import { describe, expect, it } from 'vitest';
import type { Delivery, Protocol, Reply, Request } from '../../api';
import { createRandom } from '../../base';
import type { ProcessEnv } from '../seams';
import { findImage } from '.';

const NOW = 1_795_474_525_000;
const found = findImage('registry.k8s.io/e2e-test-images/agnhost:2.55', 'catalogue');
if ('error' in found) throw new Error(found.message);
const { image } = found;

type Sent = {
  readonly host: string;
  readonly port: number;
  readonly request: Request;
  readonly protocol: Protocol;
};

function envOf(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
  answer?: (sent: Sent) => Delivery,
): ProcessEnv {
  return {
    now: NOW,
    random: createRandom(1),
    hostname: 'pod-1',
    podIP: '10.244.1.2',
    namespace: 'default',
    podName: 'pod-1',
    image: 'agnhost',
    argv: ['/agnhost', ...argv],
    env,
    ports: [],
    readFile: () => undefined,
    listFiles: () => [],
    readOnly: () => false,
    lookup: (name) => ({
      outcome:
        name === 'nosuch'
          ? { addresses: [], failure: { server: '10.96.0.10', why: 'not-found' }, latencyMs: 1 }
          : { addresses: ['10.96.0.7'], latencyMs: 1 },
      trace: [],
    }),
    ping: () => ({ answered: true, latencyMs: 1 }),
    send: (host, port, request, protocol = 'TCP') => ({
      outcome: answer?.({ host, port, request, protocol }) ?? { kind: 'refused', latencyMs: 1 },
      trace: [],
    }),
  };
}

const get = (path: string, method = 'GET'): Request => ({
  kind: 'http',
  method,
  path,
  host: 'x',
  headers: { 'X-One': 'two' },
  body: '',
});
const say = (text: string): Request => ({ kind: 'bytes', text });

function ask(env: ProcessEnv, request: Request, port: number, protocol: Protocol = 'TCP') {
  const { state } = image.start(env);
  return image.serve(state, { request, port, protocol, sourceIP: '10.244.1.9' }, env);
}
const text = (reply: Reply): string =>
  reply.kind === 'http' ? `${reply.status} ${reply.body}` : reply.kind === 'bytes' ? reply.text : reply.kind;
const sockets = (env: ProcessEnv): string =>
  image
    .listens(image.start(env).state, env)
    .map(({ address, port, protocol }) => `${address}:${port}/${protocol}`)
    .join(' ');

describe('[I8] agnhost', () => {
  it.each<[readonly string[], Readonly<Record<string, string>>, string]>([
    [['netexec'], {}, '0.0.0.0:8080/TCP 0.0.0.0:8081/UDP'],
    [
      ['netexec', '--http-port=80', '--udp-port', '-1', '--sctp-port=90'],
      {},
      '0.0.0.0:80/TCP 0.0.0.0:90/SCTP',
    ],
    [
      ['netexec', '--udp-listen-addresses=10.0.0.1,10.0.0.2'],
      {},
      '0.0.0.0:8080/TCP 10.0.0.1:8081/UDP 10.0.0.2:8081/UDP',
    ],
    [['serve-hostname'], {}, '0.0.0.0:9376/TCP'],
    [['serve-hostname', '--http=false', '--udp', '--port=53'], {}, '0.0.0.0:53/UDP'],
    [
      ['porter'],
      { SERVE_PORT_80: 'a', SERVE_TLS_PORT_443: 'b', SERVE_UDP_PORT_53: 'c', OTHER: 'd' },
      '0.0.0.0:80/TCP 0.0.0.0:443/TCP 0.0.0.0:53/UDP',
    ],
    [['test-webserver'], {}, '0.0.0.0:80/TCP'],
    [['pause'], {}, ''],
  ])('%j listens', (argv, env, expected) => {
    expect(sockets(envOf(argv, env))).toBe(expected);
  });

  it.each<[string, RegExp]>([
    ['/', /^200 NOW: 2026-11-23 22:55:25\.000000000 \+0000 UTC$/],
    ['/hostname', /^200 pod-1$/],
    ['/hostName', /^200 pod-1$/],
    ['/clientip', /^200 10\.244\.1\.9:\d+$/],
    ['/echo?msg=hi+there&code=418', /^418 hi there$/],
    ['/echo?msg=hi&code=x', /^200 argument 'code' must be an integer or empty, got "x"\n$/],
    ['/header?key=x-one', /^200 two$/],
    ['/healthz', /^200 $/],
    ['/redirect?location=/echo', /^302 <a href="\/echo">Found<\/a>\.\n\n$/],
  ])('netexec: GET %s', (path, expected) => {
    expect(text(ask(envOf(['netexec']), get(path), 8080).reply)).toMatch(expected);
  });

  it('netexec without UDP is never healthy, and an override wins', () => {
    expect(text(ask(envOf(['netexec', '--udp-port=-1']), get('/healthz'), 8080).reply)).toBe('412 ');
    expect(text(ask(envOf(['netexec', '--http-override=/echo?msg=x']), get('/hostname'), 8080).reply)).toBe(
      '200 x',
    );
  });

  it('netexec ends when told to', () => {
    expect(ask(envOf(['netexec']), get('/exit?code=3'), 8080).exitCode).toBe(3);
    expect(ask(envOf(['netexec']), get('/shutdown'), 8080).exitCode).toBe(0);
  });

  it.each<[string, string]>([
    ['hostname\n', 'pod-1'],
    ['HostName', 'pod-1'],
    ['echo hello', 'hello'],
    ['what', ''],
  ])('netexec on UDP: %j', (asked, expected) => {
    const served = ask(envOf(['netexec']), say(asked), 8081, 'UDP');
    expect(text(served.reply)).toBe(expected);
    expect(served.log).toHaveLength(1);
  });

  it.each<[string, string, number, Protocol, Request, string]>([
    ['serve-hostname', '', 9376, 'TCP', get('/anything'), '200 pod-1'],
    ['serve-hostname', '--http=false --tcp', 9376, 'TCP', say(''), 'pod-1'],
    ['porter', '', 80, 'TCP', get('/'), '200 hello'],
    ['porter', '--json-response', 80, 'TCP', get('/', 'PATCH'), '200 {"Method":"PATCH","Body":"hello"}'],
    ['porter', '', 53, 'UDP', say('x'), 'datagram'],
    ['porter', '', 443, 'TCP', get('/'), '400 Client sent an HTTP request to an HTTPS server.\n'],
  ])('%s %s on %d/%s', (verb, flags, port, protocol, request, expected) => {
    const env = envOf([verb, ...flags.split(' ').filter((flag) => flag !== '')], {
      SERVE_PORT_80: 'hello',
      SERVE_UDP_PORT_53: 'datagram',
      SERVE_TLS_PORT_443: 'secret',
    });
    expect(text(ask(env, request, port, protocol).reply)).toBe(expected);
  });

  const delivered = (reply: Reply): Delivery => ({
    kind: 'delivered',
    reply,
    server: { ip: '10.244.2.2', port: 80 },
    sourceSeen: '10.244.1.2',
    latencyMs: 2,
  });
  it.each<[string, Delivery, RegExp]>([
    [
      'host=web&port=80&request=hostname&tries=2',
      delivered({ kind: 'http', status: 200, reason: 'OK', headers: [], body: 'web-1' }),
      /^200 \{"responses":\["web-1","web-1"\]\}$/,
    ],
    [
      'host=web&port=80&request=hostname&protocol=udp',
      delivered({ kind: 'bytes', text: 'web-2' }),
      /^200 \{"responses":\["web-2"\]\}$/,
    ],
    [
      'host=web&port=80&request=hostname',
      { kind: 'refused', latencyMs: 1 },
      /^200 \{"errors":\["Get \\"http:\/\/10\.96\.0\.7:80\/hostname\\": dial tcp 10\.96\.0\.7:80: connect: connection refused"\]\}$/,
    ],
    ['host=web&port=80&request=hostname', { kind: 'dropped' }, /context deadline exceeded/],
    [
      'host=web&port=80&request=hostname&protocol=udp',
      { kind: 'dropped' },
      /^200 \{"errors":\["reading from udp connection failed\. err:'read udp 10\.244\.1\.2:\d+->10\.96\.0\.7:80: i\/o timeout'"\]\}$/,
    ],
    ['host=web&port=80', { kind: 'dropped' }, /^400 request parameter not specified\. <nil>\n$/],
    [
      'host=nosuch&port=80&request=x',
      { kind: 'dropped' },
      /^400 host and\/or port param are invalid\. lookup nosuch on 10\.96\.0\.10:53: no such host\n$/,
    ],
  ])('netexec /dial?%s', (query, outcome, expected) => {
    const served = ask(
      envOf(['netexec'], {}, () => outcome),
      get(`/dial?${query}`),
      8080,
    );
    expect(text(served.reply)).toMatch(expected);
    if (outcome.kind === 'dropped' && query.includes('request=hostname'))
      expect(served.latencyMs).toBeGreaterThan(4999);
  });

  it.each<[readonly string[], Delivery, string, number]>([
    [['--timeout=3s', 'web:80'], delivered({ kind: 'connected' }), '', 0],
    [['--timeout=3s', 'web:80'], { kind: 'refused', latencyMs: 1 }, 'REFUSED\n', 1],
    [['--timeout=3s', 'web:80'], { kind: 'dropped' }, 'TIMEOUT\n', 1],
    [
      ['--protocol', 'udp', '--timeout', '1s', 'web:80'],
      { kind: 'dropped' },
      'TIMEOUT: read udp ->10.96.0.7:80: i/o timeout\n',
      1,
    ],
    [['nosuch:80'], { kind: 'dropped' }, 'DNS: lookup nosuch on 10.96.0.10:53: no such host\n', 1],
    [['web'], { kind: 'dropped' }, 'UNKNOWN: address web: missing port in address\n', 1],
  ])('connect %j', (args, outcome, err, code) => {
    const world = { ...envOf(['connect', ...args], {}, () => outcome), terminal: false };
    const step = image.executables?.agnhost?.step(null, { kind: 'start' }, world);
    expect(step).toMatchObject({ err, next: { kind: 'exit', code } });
    if (args[0] === '--timeout=3s' && outcome.kind === 'dropped') expect(step?.afterMs).toBe(3001);
  });
});
