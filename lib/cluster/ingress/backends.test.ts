import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../api';
import { aBackend, anIngress, okFrom, startIngress } from './ingress-machine.test-support';

const REFUSED: Delivery = { kind: 'refused', latencyMs: 1 };
const DROPPED: Delivery = { kind: 'dropped' };
const ingress = anIngress('main', { 'a.example.com': ['/'] });
const GET = { kind: 'http', method: 'GET', path: '/', host: 'a.example.com', headers: {}, body: '' } as const;

describe('[IN5] what fails behind it', () => {
  it.each([
    ['no endpoints', [ingress, ...aBackend('web', [])], undefined, '503', '[default-web-80] [] - - - - '],
    ['no such Service', [ingress], undefined, '503', '[default-web-80] [] - - - - '],
    [
      'a port that the Service has not',
      [anIngress('main', { 'a.example.com': ['/ Prefix web:81'] }), ...aBackend('web', ['10.244.1.1'])],
      undefined,
      '503',
      '[default-web-81] [] - - - - ',
    ],
    [
      'a refusing endpoint',
      [ingress, ...aBackend('web', ['10.244.1.1'])],
      REFUSED,
      '502',
      '[default-web-80] [] 10.244.1.1:8080, 10.244.1.1:8080, 10.244.1.1:8080 0, 0, 0 0.001, 0.001, 0.001 502, 502, 502 ',
    ],
    [
      'a silent endpoint',
      [ingress, ...aBackend('web', ['10.244.1.1'])],
      DROPPED,
      '504',
      '[default-web-80] [] 10.244.1.1:8080, 10.244.1.1:8080, 10.244.1.1:8080 0, 0, 0 5.000, 5.000, 5.000 504, 504, 504 ',
    ],
  ])('%s', (_, objects, outcome, status, line) => {
    const machine = startIngress({ objects, servers: () => outcome });
    expect(machine.get('http://a.example.com/')).toBe(status);
    expect(machine.log.at(-1)).toContain(line);
  });

  it('tells a refusal in its error log', () => {
    const objects = [ingress, ...aBackend('web', ['10.244.1.1'])];
    const machine = startIngress({ objects, servers: () => REFUSED });
    machine.get('http://a.example.com/');
    expect(machine.log.at(-2)).toMatch(
      /^2026\/01\/05 09:00:02 \[error\] 34#34: \*1 connect\(\) failed \(111: Connection refused\) while connecting to upstream, client: 192\.168\.50\.100, server: a\.example\.com, request: "GET \/ HTTP\/1\.1", upstream: "http:\/\/10\.244\.1\.1:8080\/", host: "a\.example\.com"$/,
    );
  });

  it('goes on to the next endpoint when one refuses', () => {
    const objects = [ingress, ...aBackend('web', ['10.244.1.1', '10.244.1.2'])];
    const servers = (address: string) => (address.startsWith('10.244.1.1:') ? REFUSED : undefined);
    const machine = startIngress({ objects, servers });
    for (let count = 0; count < 4; count += 1)
      expect(machine.get('http://a.example.com/')).toBe('200 10.244.1.2:8080/');
  });

  it('takes endpoints by turns', () => {
    const machine = startIngress({
      objects: [ingress, ...aBackend('web', ['10.244.1.1', '10.244.1.2', '10.244.1.3'])],
    });
    const six = Array.from({ length: 6 }, () => machine.get('http://a.example.com/'));
    expect(new Set(six.slice(0, 3)).size).toBe(3);
    expect(six.slice(3)).toEqual(six.slice(0, 3));
  });

  it('leaves out endpoints that are not ready', () => {
    const [service, slice] = aBackend('web', ['10.244.1.1', '10.244.1.2']);
    const unready = JSON.parse(JSON.stringify(slice).replace('"ready":true', '"ready":false'));
    const machine = startIngress({
      objects: [ingress, ...(service === undefined ? [] : [service]), unready],
    });
    for (let count = 0; count < 3; count += 1)
      expect(machine.get('http://a.example.com/')).toBe('200 10.244.1.2:8080/');
  });
});

describe('[IN6] what it sends on', () => {
  it.each([
    ['to the endpoint, not to the cluster IP', {}, '200 10.244.1.1:8080/'],
    ['to the cluster IP where it is told to', { 'service-upstream': 'true' }, '200 10.96.7.7:80/'],
  ])('%s', (_, annotations, expected) => {
    const objects = [
      ...aBackend('web', ['10.244.1.1']),
      anIngress('main', { 'a.example.com': ['/'] }, { annotations }),
    ];
    expect(startIngress({ objects }).get('http://a.example.com/')).toBe(expected);
  });

  it('names ports and follows ExternalNames', () => {
    const spec = { type: 'ExternalName', externalName: 'api.example.com', ports: [], clusterIP: '' };
    const objects = [
      ...aBackend('web', ['10.244.1.1']),
      ...aBackend('out', [], spec),
      anIngress('main', { 'a.example.com': ['/web Prefix web:http', '/out Prefix out:8443'] }),
    ];
    const machine = startIngress({ objects });
    expect(machine.get('http://a.example.com/web')).toBe('200 10.244.1.1:8080/web');
    expect(machine.get('http://a.example.com/out')).toBe('200 api.example.com:8443/out');
  });

  it('the client’s Host, and who the client is', () => {
    let seen: unknown;
    const servers = (address: string, request: Parameters<typeof okFrom>[1]) => {
      seen = request;
      return okFrom(address, request);
    };
    const machine = startIngress({ objects: [ingress, ...aBackend('web', ['10.244.1.1'])], servers });
    machine.send(
      80,
      { ...GET, host: 'a.example.com:8080', headers: { 'X-Forwarded-For': '1.2.3.4', Accept: '*/*' } },
      '10.244.2.9',
    );
    expect(seen).toMatchObject({
      host: 'a.example.com:8080',
      headers: {
        'X-Real-IP': '10.244.2.9',
        'X-Forwarded-For': '10.244.2.9',
        'X-Forwarded-Host': 'a.example.com:8080',
        'X-Forwarded-Port': '80',
        'X-Forwarded-Proto': 'http',
        'X-Scheme': 'http',
        Accept: '*/*',
      },
    });
  });

  it('a trace: server, location, endpoint, and each hop behind it', () => {
    const machine = startIngress({ objects: [ingress, ...aBackend('web', ['10.244.1.1'])] });
    const { trace = [] } = machine.send(80, GET);
    expect(trace.map(({ rule, effect, object }) => [rule, effect, object?.field])).toEqual([
      ['server a.example.com', 'takes the request for host a.example.com', 'spec.rules[0].host'],
      ['location "/"', '/ goes to upstream default-web-80', 'spec.rules[0].http.paths[0]'],
      ['upstream default-web-80', 'chooses 10.244.1.1:8080, the only endpoint', 'spec.selector'],
      ['10.244.1.1:8080', 'delivered', undefined],
    ]);
  });
});

describe('[IN7] annotations', () => {
  const answer = (annotations: Readonly<Record<string, string>>, path: string, paths = ['/']) => {
    const objects = [
      ...aBackend('web', ['10.244.1.1']),
      anIngress('main', { 'a.example.com': paths }, { annotations }),
    ];
    return startIngress({ objects }).get(`http://a.example.com${path}`);
  };
  const GROUPS = '/api(/|$)(.*) ImplementationSpecific';

  it.each([
    ['rewrite-target', { 'rewrite-target': '/' }, ['/api'], '/api', '200 10.244.1.1:8080/'],
    [
      'rewrite-target drops what lies below',
      { 'rewrite-target': '/' },
      ['/api'],
      '/api/users',
      '200 10.244.1.1:8080/',
    ],
    [
      'rewrite-target with groups',
      { 'rewrite-target': '/$2' },
      [GROUPS],
      '/api/users?id=1',
      '200 10.244.1.1:8080/users?id=1',
    ],
    [
      'rewrite-target with groups, at the root',
      { 'rewrite-target': '/$2' },
      [GROUPS],
      '/api',
      '200 10.244.1.1:8080/',
    ],
    [
      'rewriting paths are expressions, and mind no capitals',
      { 'rewrite-target': '/$2' },
      [GROUPS],
      '/API/x',
      '200 10.244.1.1:8080/x',
    ],
    [
      'a rewritten prefix is a prefix of letters',
      { 'rewrite-target': '/' },
      ['/api'],
      '/apix',
      '200 10.244.1.1:8080/',
    ],
    [
      'use-regex',
      { 'use-regex': 'true' },
      ['/v[0-9]+ ImplementationSpecific'],
      '/v12',
      '200 10.244.1.1:8080/v12',
    ],
    [
      'use-regex that does not match',
      { 'use-regex': 'true' },
      ['/v[0-9]+ ImplementationSpecific'],
      '/vx',
      '404',
    ],
    [
      'force-ssl-redirect',
      { 'force-ssl-redirect': 'true' },
      ['/'],
      '/x?y=1',
      '308 https://a.example.com/x?y=1',
    ],
    ['app-root', { 'app-root': '/app' }, ['/'], '/', '302 http://a.example.com/app'],
    ['app-root leaves the rest', { 'app-root': '/app' }, ['/'], '/x', '200 10.244.1.1:8080/x'],
    [
      'permanent-redirect',
      { 'permanent-redirect': 'https://b.example.com' },
      ['/'],
      '/x',
      '301 https://b.example.com',
    ],
    [
      'temporal-redirect',
      { 'temporal-redirect': 'https://b.example.com' },
      ['/'],
      '/x',
      '302 https://b.example.com',
    ],
    [
      'whitelist-source-range without the client',
      { 'whitelist-source-range': '10.0.0.0/8' },
      ['/'],
      '/',
      '403',
    ],
    [
      'whitelist-source-range with it',
      { 'whitelist-source-range': '10.0.0.0/8, 192.168.50.0/24' },
      ['/'],
      '/',
      '200 10.244.1.1:8080/',
    ],
    ['denylist-source-range', { 'denylist-source-range': '192.168.50.100/32' }, ['/'], '/', '403'],
  ])('%s', (_, annotations, paths, path, expected) => {
    expect(answer(annotations as Readonly<Record<string, string>>, path, paths)).toBe(expected);
  });

  it('default-backend answers while the Service has no endpoints', () => {
    const annotations = { 'default-backend': 'spare' };
    const objects = [
      ...aBackend('web', []),
      ...aBackend('spare', ['10.244.1.9']),
      anIngress('main', { 'a.example.com': ['/'] }, { annotations }),
    ];
    expect(startIngress({ objects }).get('http://a.example.com/')).toBe('200 10.244.1.9:8080/');
  });

  it('a body longer than proxy-body-size gets 413', () => {
    const annotations = { 'proxy-body-size': '1k' };
    const objects = [
      ...aBackend('web', ['10.244.1.1']),
      anIngress('main', { 'a.example.com': ['/'] }, { annotations }),
    ];
    const { reply } = startIngress({ objects }).send(80, { ...GET, method: 'POST', body: 'x'.repeat(1025) });
    expect(reply).toMatchObject({ status: 413, reason: 'Request Entity Too Large' });
  });
});
