import { describe, expect, it } from 'vitest';
import { certificatesIn, printName } from '../../api';
import { aBackend, anIngress, aPair, aSecret, startIngress } from './ingress-machine.test-support';

const WEB = aBackend('web', ['10.244.1.1']);
const shop = aPair(['shop.example.com']);
const SECRET = aSecret('shop-tls', { 'tls.crt': shop.crt, 'tls.key': shop.key });
const FAKE = 'Kubernetes Ingress Controller Fake Certificate';
const withTls = (host: string, secretName?: string, more: object = {}) =>
  anIngress('main', { [host]: ['/'] }, { spec: { tls: [{ hosts: [host], secretName }] }, ...more });

/** The common name of the certificate that a greeting is shown. */
function shown(machine: ReturnType<typeof startIngress>, serverName: string): string {
  const { reply } = machine.send(443, { kind: 'tls', tls: { serverName } });
  if (reply.kind !== 'tls') throw new Error(`no certificate: ${reply.kind}`);
  const [leaf] = certificatesIn(reply.session.chain);
  return printName(leaf?.subject ?? [], '=', ',').replace(/^.*CN=/, '');
}

describe('[IN8] certificates', () => {
  it.each([
    [
      'of the Secret, by SNI',
      [SECRET, withTls('shop.example.com', 'shop-tls')],
      'shop.example.com',
      'shop.example.com',
    ],
    ['of its own for another name', [SECRET, withTls('shop.example.com', 'shop-tls')], 'x.example.com', FAKE],
    ['of its own without SNI', [SECRET, withTls('shop.example.com', 'shop-tls')], '', FAKE],
    [
      'of its own while the Secret is missing',
      [withTls('shop.example.com', 'shop-tls')],
      'shop.example.com',
      FAKE,
    ],
    ['of its own where no Secret is named', [withTls('shop.example.com')], 'shop.example.com', FAKE],
    [
      'of its own where the Secret is for somebody else',
      [SECRET, withTls('b.example.com', 'shop-tls')],
      'b.example.com',
      FAKE,
    ],
    [
      'of its own where the key is not the certificate’s',
      [
        aSecret('shop-tls', { 'tls.crt': shop.crt, 'tls.key': 'no key' }),
        withTls('shop.example.com', 'shop-tls'),
      ],
      'shop.example.com',
      FAKE,
    ],
    [
      'of a wildcard host, for one label',
      [
        aSecret('wild', { 'tls.crt': aPair(['*.example.com']).crt, 'tls.key': aPair(['*.example.com']).key }),
        withTls('*.example.com', 'wild'),
      ],
      'a.example.com',
      '*.example.com',
    ],
  ])('%s', (_, objects, serverName, expected) => {
    expect(shown(startIngress({ objects: [...WEB, ...objects] }), serverName)).toBe(expected);
  });

  it('a default certificate takes the place of its own', () => {
    const args = ['--default-ssl-certificate=default/shop-tls'];
    expect(shown(startIngress({ objects: [SECRET], args }), 'x.example.com')).toBe('shop.example.com');
  });

  it('a Secret that comes later is used without a reload', () => {
    const machine = startIngress({ objects: [...WEB, withTls('shop.example.com', 'shop-tls')] });
    machine.objects = [...machine.objects, SECRET];
    const reloads = machine.events().length;
    machine.advance(5000);
    expect(shown(machine, 'shop.example.com')).toBe('shop.example.com');
    expect(machine.events()).toHaveLength(reloads);
  });

  it('says what is wrong with a certificate', () => {
    const machine = startIngress({ objects: [...WEB, SECRET, withTls('b.example.com', 'shop-tls')] });
    expect(machine.log.join('\n')).toContain(
      'Unexpected error validating SSL certificate "default/shop-tls" for server "b.example.com": x509: certificate is valid for shop.example.com, not b.example.com',
    );
    const missing = startIngress({ objects: [...WEB, withTls('b.example.com', 'gone')] });
    expect(missing.log.join('\n')).toContain(
      'Error getting SSL certificate "default/gone": local SSL certificate default/gone was not found. Using default certificate',
    );
  });

  it('a client that asks for trust hangs up before it asks for anything', () => {
    const machine = startIngress({ objects: WEB });
    const tls = { serverName: 'a.example.com', trust: { host: 'a.example.com' } };
    const { reply } = machine.send(443, {
      kind: 'http',
      method: 'GET',
      path: '/',
      host: 'a',
      headers: {},
      body: '',
      tls,
    });
    expect(reply).toMatchObject({
      kind: 'untrusted',
      problem: { code: 18, text: 'self-signed certificate' },
    });
  });
});

describe('[IN9] from HTTP to HTTPS', () => {
  const secured = (
    annotations: Readonly<Record<string, string>> = {},
    data: Readonly<Record<string, string>> = {},
  ) =>
    startIngress({
      objects: [
        ...WEB,
        SECRET,
        withTls('shop.example.com', 'shop-tls', { annotations }),
        {
          apiVersion: 'v1',
          kind: 'configmaps',
          metadata: {
            namespace: 'ingress-nginx',
            name: 'conf',
            uid: '1',
            resourceVersion: '1',
            creationTimestamp: '',
          },
          data,
        } as never,
      ],
      args: ['--configmap=ingress-nginx/conf'],
    });

  it.each([
    [
      'a host with a certificate is sent on',
      {},
      {},
      'http://shop.example.com/a/?b=1',
      '308 https://shop.example.com/a/?b=1',
    ],
    ['a slash at the end is dropped', {}, {}, 'http://shop.example.com/a/', '308 https://shop.example.com/a'],
    [
      'ssl-redirect: false leaves it',
      { 'ssl-redirect': 'false' },
      {},
      'http://shop.example.com/',
      '200 10.244.1.1:8080/',
    ],
    [
      'so does the ConfigMap',
      {},
      { 'ssl-redirect': 'false' },
      'http://shop.example.com/',
      '200 10.244.1.1:8080/',
    ],
    [
      'the code is the ConfigMap’s',
      {},
      { 'http-redirect-code': '301' },
      'http://shop.example.com/',
      '301 https://shop.example.com',
    ],
    ['HTTPS is served', {}, {}, 'https://shop.example.com/x', '200 10.244.1.1:8080/x'],
  ])('%s', (_, annotations, data, url, expected) => {
    expect(
      secured(annotations as Readonly<Record<string, string>>, data as Readonly<Record<string, string>>).get(
        url,
      ),
    ).toBe(expected);
  });

  it('tells browsers to stay with HTTPS', () => {
    const request = {
      kind: 'http',
      method: 'GET',
      path: '/',
      host: 'shop.example.com',
      headers: {},
      body: '',
      tls: { serverName: 'shop.example.com' },
    } as const;
    const { reply } = secured().send(443, request);
    expect(reply.kind === 'http' && reply.headers.at(-1)).toEqual([
      'Strict-Transport-Security',
      'max-age=31536000; includeSubDomains',
    ]);
  });

  it('plain HTTP at the TLS port gets a 400, TLS at the plain port nothing', () => {
    const machine = startIngress();
    const plain = { kind: 'http', method: 'GET', path: '/', host: 'x', headers: {}, body: '' } as const;
    expect(machine.send(443, plain).reply).toMatchObject({ status: 400 });
    expect(machine.send(80, { ...plain, tls: { serverName: 'x' } }).reply).toEqual({
      kind: 'closed',
      why: 'tls-mismatch',
    });
  });
});
