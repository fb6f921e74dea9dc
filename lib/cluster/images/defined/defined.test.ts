import { describe, expect, it } from 'vitest';
import type {
  Delivery,
  ImageDefinition,
  ListenerDefinition,
  LookupFailure,
  Request,
  RouteDefinition,
} from '../../../api';
import { createRandom } from '../../../base';
import type { Incoming, ProcessEnv } from '../../seams';
import { findImage } from '../find-image';
import { definedProgram } from './program';

/** Names that do not resolve, by what their query meets. */
const UNRESOLVED: Readonly<Record<string, LookupFailure>> = {
  nowhere: { server: '10.96.0.10', why: 'not-found' },
  broken: { server: '10.96.0.10', why: 'misbehaving' },
  rejected: { server: '10.96.0.10', why: 'refused' },
  silent: { server: '10.96.0.10', why: 'silent' },
  unrouted: { server: '10.96.0.10', why: 'no-route' },
  offline: { server: '10.96.0.10', why: 'no-network' },
  late: { server: '10.96.0.10', why: 'silent' },
};

const START = 1_767_603_600_000;

function world(more: Partial<ProcessEnv> = {}, answer?: (request: Request) => Delivery): ProcessEnv {
  return {
    now: START,
    random: createRandom(7),
    hostname: 'web-0',
    podIP: '10.244.1.2',
    namespace: 'default',
    podName: 'web-0',
    image: 'shop/web:v3',
    argv: ['/app/server'],
    env: {},
    ports: [],
    readFile: (path) => (path === '/etc/resolv.conf' ? 'nameserver 10.96.0.10\n' : undefined),
    listFiles: () => [],
    readOnly: () => false,
    lookup: (name) => ({
      outcome:
        UNRESOLVED[name] === undefined
          ? { addresses: ['10.96.0.7'], latencyMs: 1 }
          : { addresses: [], failure: UNRESOLVED[name], latencyMs: name === 'late' ? 20_000 : 1 },
      trace: [],
    }),
    ping: () => ({ answered: true, latencyMs: 1 }),
    send: (_, __, request) => ({
      outcome: answer?.(request) ?? { kind: 'refused', latencyMs: 1 },
      trace: [],
    }),
    ...more,
  };
}

const ROUTE: RouteDefinition = {
  path: '*',
  delayMs: 0,
  calls: [],
  faults: [],
  log: [],
  reply: { status: 200, headers: {}, body: 'hello' },
  failure: { status: 502, headers: {}, body: '${calls}' },
};
const listener = (more: Partial<ListenerDefinition> = {}): ListenerDefinition => ({
  port: 8080,
  bind: '0.0.0.0',
  protocol: 'http',
  routes: [ROUTE],
  exchanges: [],
  ...more,
});
const START_AT_ONCE: ImageDefinition['start'] = { needs: [], log: [], takesMs: 0, calls: [], ready: [] };
const definition = (more: Partial<ImageDefinition> = {}): ImageDefinition => ({
  image: 'shop/web',
  sizeBytes: 1,
  entrypoint: ['/app/server'],
  cmd: [],
  env: {},
  files: {},
  tools: [],
  start: START_AT_ONCE,
  listeners: [listener()],
  stop: { ignored: false, takesMs: 100, exitCode: 0, log: ['bye from ${hostname}'] },
  ...more,
});
const routed = (route: Partial<RouteDefinition>) =>
  definition({ listeners: [listener({ routes: [{ ...ROUTE, ...route }] })] });
const CALL = {
  name: 'db',
  to: 'http://db:5000/x',
  method: 'GET',
  headers: {},
  body: '',
  timeoutMs: 1000,
  optional: false,
};

const GET: Incoming = {
  request: { kind: 'http', method: 'GET', path: '/a?b=1', host: 'web', headers: { 'X-Id': '5' }, body: '' },
  port: 8080,
  sourceIP: '10.244.2.9',
  protocol: 'TCP',
};

/** What a program replies to requests one after the other. */
function replies(what: ImageDefinition, env: ProcessEnv, ...requests: readonly Incoming[]) {
  const program = definedProgram(what);
  let { state } = program.start(env);
  return requests.map((incoming) => {
    const served = program.serve(state, incoming, env);
    // What it holds is data.
    state = JSON.parse(JSON.stringify(served.state));
    return served;
  });
}
const bodyOf = ({ reply }: { readonly reply: unknown }): unknown =>
  typeof reply === 'object' && reply !== null && 'body' in reply ? reply.body : reply;

describe('[I14] what a definition replies', () => {
  it.each([
    [
      '${hostname} ${pod.name} ${pod.ip} ${namespace} ${tag} ${image}',
      'web-0 web-0 10.244.1.2 default v3 shop/web:v3',
    ],
    ['${request.method} ${request.path} ${request.query.b} ${request.header.x-id}', 'GET /a 1 5'],
    ['${request.client} ${request.host} ${request.count}', '10.244.2.9 web 1'],
    ['${env.A:-none} ${env.B:-none} $${env.B}', 'none set ${env.B}'],
    ['${time}', '2026/01/05 09:00:00'],
  ])('%s', (body, text) => {
    const [served] = replies(
      routed({ reply: { status: 200, headers: {}, body } }),
      world({ env: { B: 'set', A: '' } }),
      GET,
    );
    expect(served && bodyOf(served)).toBe(text);
  });

  const connected: Delivery = {
    kind: 'delivered',
    reply: { kind: 'connected' },
    server: { ip: '10.96.0.7', port: 1 },
    sourceSeen: '10.244.1.2',
    latencyMs: 2,
  };
  const httpReply = (status: number, latencyMs = 2): Delivery => ({
    ...connected,
    reply: { kind: 'http', status, reason: '', headers: [], body: 'stored' },
    latencyMs,
  });
  it.each([
    [
      'a refusal',
      CALL,
      { kind: 'refused', latencyMs: 1 },
      'dial tcp 10.96.0.7:5000: connect: connection refused',
    ],
    ['silence', CALL, { kind: 'dropped' }, 'dial tcp 10.96.0.7:5000: i/o timeout'],
    [
      'no route',
      CALL,
      { kind: 'unreachable', why: 'host', latencyMs: 1 },
      'dial tcp 10.96.0.7:5000: connect: no route to host',
    ],
    ['a bad status', CALL, httpReply(503), '503 Service Unavailable'],
    ['another than it expects', { ...CALL, expect: [204] }, httpReply(200), '200 OK'],
    [
      'a slow answer',
      CALL,
      httpReply(200, 1500),
      'context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    ],
    ['what speaks no HTTP', CALL, connected, 'EOF'],
    ['no URL', { ...CALL, to: '${env.NOT_SET}' }, undefined, 'parse "": invalid URL'],
  ] as const)('a call that meets %s fails, and says so', (_, call, delivery, why) => {
    const env = world({}, () => delivery ?? connected);
    const [served] = replies(
      routed({ calls: [call], reply: { status: 200, headers: {}, body: 'fine' } }),
      env,
      GET,
    );
    expect(served?.reply).toMatchObject({ status: 502 });
    expect(served && bodyOf(served)).toContain(`FAILED: ${why}\n`);
    expect(served?.log).toEqual([expect.stringContaining(why)]);
  });

  // Go's net/dnsclient_unix.go: what came of the last query, told of the name as it was asked for.
  it.each([
    ['nowhere', 'lookup nowhere on 10.96.0.10:53: no such host'],
    ['broken', 'lookup broken on 10.96.0.10:53: server misbehaving'],
    [
      'rejected',
      'lookup rejected on 10.96.0.10:53: read udp 10.244.1.2:PORT->10.96.0.10:53: read: connection refused',
    ],
    ['silent', 'lookup silent on 10.96.0.10:53: read udp 10.244.1.2:PORT->10.96.0.10:53: i/o timeout'],
    [
      'unrouted',
      'lookup unrouted on 10.96.0.10:53: read udp 10.244.1.2:PORT->10.96.0.10:53: read: no route to host',
    ],
    ['offline', 'lookup offline on 10.96.0.10:53: dial udp 10.96.0.10:53: connect: network is unreachable'],
    // The call's own time is over before the resolver's.
    ['late', 'lookup late: i/o timeout'],
  ])('a call to the name %s fails in the words of Go', (name, why) => {
    const env = world({}, () => connected);
    const [served] = replies(routed({ calls: [{ ...CALL, to: `tcp://${name}:1` }] }), env, GET);
    const said = served === undefined ? '' : String(bodyOf(served));
    expect(said.replace(/:\d{5}->/, ':PORT->')).toContain(`FAILED: dial tcp: ${why}\n`);
  });

  it('calls that succeed, may fail, or are not wanted leave the reply alone', () => {
    const env = world({}, (request) =>
      request.kind === 'http' ? httpReply(200) : { kind: 'refused', latencyMs: 1 },
    );
    const calls = [
      CALL,
      { ...CALL, name: 'cache', to: 'tcp://cache:1', optional: true },
      { ...CALL, name: 'never', to: 'tcp://never:1', when: 'NOT_SET' },
    ];
    const body = '${call.db.status} ${call.db.body} ${call.cache.ok} [${call.never.ok}]';
    const [served] = replies(routed({ calls, reply: { status: 200, headers: {}, body } }), env, GET);
    expect(served && bodyOf(served)).toBe('200 stored false []');
  });

  it.each([
    [
      'every third',
      { every: 3, reply: { status: 500, headers: {}, body: 'no' } },
      ['hello', 'hello', 'no', 'hello'],
    ],
    [
      'from the second to the third',
      { from: 2, until: 3, reply: { status: 500, headers: {}, body: 'no' } },
      ['hello', 'no', 'no', 'hello'],
    ],
    [
      'while a variable is set',
      { when: 'BROKEN', connection: 'reset' as const },
      Array(4).fill({ kind: 'closed', why: 'reset' }),
    ],
    ['never', { chance: 0, exit: 1 }, ['hello', 'hello', 'hello', 'hello']],
  ])('a fault befalls %s', (_, fault, expected) => {
    const served = replies(routed({ faults: [fault] }), world({ env: { BROKEN: '1' } }), GET, GET, GET, GET);
    expect(served.map(bodyOf)).toEqual(expected);
  });

  it('faults end the process, take memory, and keep people waiting', () => {
    const [ended] = replies(routed({ faults: [{ exit: 3 }] }), world(), GET);
    expect(ended).toMatchObject({ exitCode: 3, reply: { status: 200 } });
    const leaking = replies(routed({ faults: [{ leakBytes: 10 }] }), world(), GET, GET);
    expect(leaking.map(({ memoryBytes }) => memoryBytes)).toEqual([10, 20]);
    const [hung] = replies(routed({ faults: [{ connection: 'hang' }] }), world(), GET);
    expect(hung?.latencyMs).toBe(3_600_000);
    const [slow] = replies(routed({ delayMs: 200, faults: [{ delayMs: 300 }] }), world(), GET);
    expect(slow?.latencyMs).toBe(501);
  });

  it('speaks UDP and TCP by patterns, and is silent to strangers', () => {
    const exchange = { ...ROUTE, match: '^PING', reply: 'PONG ${request.body}', failure: '' };
    const udp = definition({ listeners: [listener({ port: 53, protocol: 'udp', exchanges: [exchange] })] });
    const say = (text: string): Incoming => ({
      ...GET,
      port: 53,
      protocol: 'UDP',
      request: { kind: 'bytes', text },
    });
    expect(replies(udp, world(), say('PING 1\n'), say('what?')).map(({ reply }) => reply)).toEqual([
      { kind: 'bytes', text: 'PONG PING 1' },
      { kind: 'closed', why: 'empty-reply' },
    ]);
  });
});

describe('[I14] how a definition starts and ends', () => {
  it('listens once its time is over and its calls succeed', () => {
    let up = false;
    const env = (now: number) =>
      world({ now }, () =>
        up
          ? {
              kind: 'delivered',
              reply: { kind: 'connected' },
              server: { ip: '', port: 1 },
              sourceSeen: '',
              latencyMs: 1,
            }
          : { kind: 'refused', latencyMs: 1 },
      );
    const call = { ...CALL, to: 'tcp://db:1' };
    const program = definedProgram(
      definition({
        start: { needs: [], log: ['hi'], takesMs: 3000, calls: [call], retryMs: 1000, ready: ['up'] },
      }),
    );
    const first = program.start(env(START));
    expect(first).toMatchObject({ log: ['hi'], wakeAt: START + 3000 });
    expect(program.listens(first.state, env(START))).toEqual([]);
    const second = program.turn?.(first.state, env(START + 3000));
    expect(second?.log).toEqual(['db: tcp://db:1: dial tcp 10.96.0.7:1: connect: connection refused']);
    expect(second?.wakeAt).toBe(START + 4002);
    up = true;
    const third = program.turn?.(second?.state ?? first.state, env(START + 4002));
    expect(third?.log).toEqual(['up']);
    expect(program.listens(third?.state ?? first.state, env(START + 4002))).toEqual([
      { address: '0.0.0.0', port: 8080, protocol: 'TCP' },
    ]);
    expect(program.stop?.(third?.state ?? first.state, env(START + 5000))).toEqual({
      exitCode: 0,
      takesMs: 100,
      log: ['bye from web-0'],
    });
  });

  it.each([
    [{ start: { ...START_AT_ONCE, needs: ['A', 'B'] } }, ['required environment variable B is not set']],
    [
      { start: { ...START_AT_ONCE, calls: [CALL] } },
      ['db: http://db:5000/x: dial tcp 10.96.0.7:5000: connect: connection refused'],
    ],
    [{ listeners: [listener({ port: '${env.PORT}' })] }, ['listen tcp: address http: invalid port']],
  ])('ends with 1: %j', (more, log) => {
    const turn = definedProgram(definition(more)).start(world({ env: { A: '1', PORT: 'http' } }));
    expect(turn).toMatchObject({ exitCode: 1, log });
  });

  it('ends by itself when its work is done', () => {
    const program = definedProgram(
      definition({ start: { ...START_AT_ONCE, exit: { code: 4, afterMs: 500, log: ['done'] } } }),
    );
    const begun = program.start(world());
    expect(begun.wakeAt).toBe(START + 500);
    expect(program.turn?.(begun.state, world({ now: START + 500 }))).toMatchObject({
      exitCode: 4,
      log: ['done'],
    });
  });
});

describe('[I14] a lab’s own images', () => {
  const own = [
    definition({ tags: ['v1'] }),
    definition({ tags: ['v2'], tools: ['curl'] }),
    definition({ image: 'nginx' }),
  ];
  it.each([
    ['shop/web:v1', []],
    ['docker.io/shop/web:v2', ['curl']],
    ['nginx:1.27', []],
  ])('%s is theirs', (reference, tools) => {
    expect(findImage(reference, 'catalogue', own)).toMatchObject({ image: { tools } });
  });
  it.each(['shop/web', 'shop/web:v3', 'shop/other', 'ghcr.io/shop/web:v1'])('%s is nowhere', (reference) => {
    expect(findImage(reference, 'catalogue', own)).not.toHaveProperty('image');
  });
});
