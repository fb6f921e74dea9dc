import { describe, expect, it } from 'vitest';
import { aBackend, anIngress, startIngress } from './ingress-machine.test-support';

const WEB = aBackend('web', ['10.244.1.1']);
const other = (name: string, ip: string) => aBackend(name, [ip]);

/** Kind, paths and requests of the table in the documentation of Ingress ("Examples" under path types). */
const DOCUMENTED: readonly (readonly [kind: string, paths: string, request: string, matches: string])[] = [
  ['Prefix', '/', '/any/path', '/'],
  ['Exact', '/foo', '/foo', '/foo'],
  ['Exact', '/foo', '/bar', 'none'],
  ['Exact', '/foo', '/foo/', 'none'],
  ['Exact', '/foo/', '/foo', 'none'],
  ['Prefix', '/foo', '/foo', '/foo'],
  ['Prefix', '/foo', '/foo/', '/foo'],
  ['Prefix', '/foo/', '/foo/', '/foo/'],
  ['Prefix', '/aaa/bb', '/aaa/bbb', 'none'],
  ['Prefix', '/aaa/bbb', '/aaa/bbb', '/aaa/bbb'],
  ['Prefix', '/aaa/bbb/', '/aaa/bbb/', '/aaa/bbb/'],
  ['Prefix', '/aaa/bbb', '/aaa/bbb/', '/aaa/bbb'],
  ['Prefix', '/aaa/bbb', '/aaa/bbb/ccc', '/aaa/bbb'],
  ['Prefix', '/aaa/bbb', '/aaa/bbbxyz', 'none'],
  ['Prefix', '/,/aaa', '/aaa/ccc', '/aaa'],
  ['Prefix', '/,/aaa,/aaa/bbb', '/aaa/bbb', '/aaa/bbb'],
  ['Prefix', '/,/aaa,/aaa/bbb', '/ccc', '/'],
  ['Prefix', '/aaa', '/ccc', 'none'],
  ['ImplementationSpecific', '/foo', '/foo', '/foo'],
  ['ImplementationSpecific', '/foo', '/foobar', 'none'],
];

describe('[IN1] paths', () => {
  it.each(DOCUMENTED)('%s %s takes %s by %s', (kind, paths, request, matches) => {
    const all = paths.split(',');
    const backends = all.flatMap((_, index) => other(`web-${index}`, `10.244.1.${index + 1}`));
    const rules = { 'a.example.com': all.map((path, index) => `${path} ${kind} web-${index}:80`) };
    const machine = startIngress({ objects: [...backends, anIngress('main', rules)] });
    const expected = matches === 'none' ? '404' : `200 10.244.1.${all.indexOf(matches) + 1}:8080${request}`;
    expect(machine.get(`http://a.example.com${request}`)).toBe(expected);
  });

  it('an exact path goes before a prefix of the same letters', () => {
    const rules = { 'a.example.com': ['/foo Prefix web-0:80', '/foo Exact web-1:80'] };
    const objects = [
      ...other('web-0', '10.244.1.1'),
      ...other('web-1', '10.244.1.2'),
      anIngress('main', rules),
    ];
    const machine = startIngress({ objects });
    expect(machine.get('http://a.example.com/foo')).toBe('200 10.244.1.2:8080/foo');
    expect(machine.get('http://a.example.com/foo/x')).toBe('200 10.244.1.1:8080/foo/x');
  });

  it.each([
    ['/foo%2fbar', '200 10.244.1.1:8080/foo%2fbar'],
    ['//foo', '200 10.244.1.1:8080//foo'],
    ['/x/../foo?q=1', '200 10.244.1.1:8080/x/../foo?q=1'],
    ['/FOO', '404'],
  ])('%s is looked up as nginx reads it', (path, expected) => {
    const machine = startIngress({ objects: [...WEB, anIngress('main', { 'a.example.com': ['/foo'] })] });
    expect(machine.get(`http://a.example.com${path}`)).toBe(expected);
  });

  it('of two Ingresses with one host and path the older one keeps it', () => {
    const made = (name: string, at: string, backend: string) => {
      const ingress = anIngress(name, { 'a.example.com': [`/ Prefix ${backend}:80`] });
      return { ...ingress, metadata: { ...ingress.metadata, creationTimestamp: at } };
    };
    const objects = [
      ...other('web-0', '10.244.1.1'),
      ...other('web-1', '10.244.1.2'),
      made('aa', '2026-01-05T08:00:02Z', 'web-0'),
      made('zz', '2026-01-05T08:00:01Z', 'web-1'),
    ];
    expect(startIngress({ objects }).get('http://a.example.com/')).toBe('200 10.244.1.2:8080/');
  });
});

describe('[IN2] hosts', () => {
  const rules = {
    'foo.example.com': ['/ Prefix web-0:80'],
    '*.example.com': ['/ Prefix web-1:80'],
    '': ['/all Prefix web-2:80'],
  };
  const backends = [0, 1, 2].flatMap((index) => other(`web-${index}`, `10.244.1.${index + 1}`));
  const machine = startIngress({ objects: [...backends, anIngress('main', rules)] });

  it.each([
    ['foo.example.com', '/', '200 10.244.1.1:8080/'],
    ['foo.example.com:8080', '/', '200 10.244.1.1:8080/'],
    ['FOO.example.com', '/', '200 10.244.1.1:8080/'],
    ['bar.example.com', '/', '200 10.244.1.2:8080/'],
    ['baz.bar.example.com', '/', '404'],
    ['example.com', '/', '404'],
    ['example.com', '/all', '200 10.244.1.3:8080/all'],
    ['192.168.50.11', '/all/x', '200 10.244.1.3:8080/all/x'],
  ])('%s%s → %s', (host, path, expected) => {
    expect(machine.get(`http://${host}${path}`)).toBe(expected);
  });

  it('an alias is a name of the server, unless somebody else has it', () => {
    const annotations = { 'server-alias': 'b.example.com,c.example.com' };
    const objects = [
      ...backends,
      anIngress('main', { 'a.example.com': ['/ Prefix web-0:80'] }, { annotations }),
      anIngress('other', { 'c.example.com': ['/ Prefix web-1:80'] }),
    ];
    const aliased = startIngress({ objects });
    expect(aliased.get('http://b.example.com/')).toBe('200 10.244.1.1:8080/');
    expect(aliased.get('http://c.example.com/')).toBe('200 10.244.1.2:8080/');
  });
});

describe('[IN3] classes', () => {
  const annotation = (value: string) => ({ 'kubernetes.io/ingress.class': value });
  const none = { ingressClassName: undefined };

  it.each([
    ['its class by the field', {}, [], '200'],
    ['another class', { spec: { ingressClassName: 'other' } }, [], '404'],
    ['no class', { spec: none }, [], '404'],
    ['its class by annotation', { spec: none, annotations: annotation('nginx') }, [], '200'],
    ['another class by annotation', { spec: none, annotations: annotation('traefik') }, [], '404'],
    ['the field before the annotation', { annotations: annotation('traefik') }, [], '200'],
    ['no class, where those are watched too', { spec: none }, ['--watch-ingress-without-class'], '200'],
    ['its class, of another controller', {}, ['--controller-class=example.com/other'], '404'],
  ])('%s', (_, more, args, status) => {
    const objects = [...WEB, anIngress('main', { 'a.example.com': ['/'] }, more)];
    expect(startIngress({ objects, args }).get('http://a.example.com/').slice(0, 3)).toBe(status);
  });

  it('says which Ingresses it leaves alone, and why', () => {
    const other = anIngress('main', { 'a.example.com': ['/'] }, { spec: { ingressClassName: 'other' } });
    const { log, events } = startIngress({ objects: [other] });
    expect(log.join('\n')).toContain(
      'store.go:396] "Ignoring ingress because of error while validating ingress class" ingress="default/main" error="no object matching key \\"other\\" in local store"',
    );
    expect(events()).toEqual(['RELOAD NGINX reload triggered due to a change in configuration']);
  });
});

describe('[IN4] the default backend', () => {
  it('answers 404 with nginx’ own page', () => {
    const machine = startIngress();
    const { reply } = machine.send(80, {
      kind: 'http',
      method: 'GET',
      path: '/',
      host: 'x',
      headers: {},
      body: '',
    });
    expect(reply).toMatchObject({ status: 404, reason: 'Not Found' });
    expect(reply.kind === 'http' && reply.body.length).toBe(146);
    expect(reply.kind === 'http' && reply.headers.map(([name]) => name)).toEqual([
      'Date',
      'Content-Type',
      'Content-Length',
      'Connection',
    ]);
  });

  it.each([
    [
      'of an Ingress without rules takes all that nobody else does',
      {},
      'http://any.example.com/x',
      '200 10.244.1.1:8080/x',
    ],
    [
      'of an Ingress with rules takes the rest of its hosts',
      { 'a.example.com': ['/a'] },
      'http://a.example.com/b',
      '200 10.244.1.1:8080/b',
    ],
    [
      'of an Ingress with rules takes no other host',
      { 'a.example.com': ['/a'] },
      'http://b.example.com/b',
      '404',
    ],
  ])('%s', (_, rules, url, expected) => {
    const spec = { defaultBackend: { service: { name: 'web', port: { number: 80 } } } };
    const ingress = anIngress('main', rules, { spec });
    expect(startIngress({ objects: [...WEB, ingress] }).get(url)).toBe(expected);
  });

  it('of the controller may be a Service of one’s own', () => {
    const args = ['--default-backend-service=default/web'];
    expect(startIngress({ objects: WEB, args }).get('http://any.example.com/')).toBe('200 10.244.1.1:8080/');
  });
});
