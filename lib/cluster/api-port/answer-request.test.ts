import { describe, expect, it } from 'vitest';
import { certificatesIn, type Delivery, type KubeObject, type Request } from '../../api';
import { startTestCluster } from '../bootstrap/test-cluster';
import { apiServerChain, ROOT_CA } from '../root-ca';
import { answerConnection } from './answer-connection';
import { answerAs } from './answer-request';
import type { Reach } from './proxied';
import type { HttpRequest } from './request';

const core = (resource: string) => ({ group: '', version: 'v1', resource });
const rbac = (resource: string) => ({ group: 'rbac.authorization.k8s.io', version: 'v1', resource });
const MAPS = '/api/v1/namespaces/default/configmaps';
const PODS = '/api/v1/namespaces/default/pods';

const cluster = startTestCluster();
cluster.advance(20_000);
const { api, server } = cluster;
api.create(core('serviceaccounts'), 'default', {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'robot' },
});
api.create(rbac('roles'), 'default', {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: { name: 'maps' },
  rules: [
    {
      apiGroups: [''],
      resources: ['configmaps'],
      verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
    },
  ],
} as KubeObject);
api.create(rbac('rolebindings'), 'default', {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: 'maps' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'maps' },
  subjects: [{ kind: 'ServiceAccount', name: 'robot', namespace: 'default' }],
} as KubeObject);
const issued = api.create(
  core('serviceaccounts'),
  'default',
  { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', metadata: {}, spec: {} } as KubeObject,
  { name: 'robot', subresource: 'token' },
).object as unknown as { readonly status: { readonly token: string } };

/** There is no network in these tests; ways through it are typed in the transcript `kubectl-proxy`. */
const reach: Reach = {
  send: () => ({ kind: 'refused', by: 'reset', latencyMs: 0 }) as unknown as Delivery,
  random: { next: () => 0, state: 0 },
};
const NOW = 1_795_474_525_000;
const CHAIN = apiServerChain('control-plane', ['10.96.0.1'], NOW);

interface Asked {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function ask(
  method: string,
  path: string,
  { token = issued.status.token, headers = {}, body = '' }: Asked = {},
) {
  const request: HttpRequest = {
    kind: 'http',
    method,
    path,
    host: 'kubernetes.default',
    headers: { ...(token === '' ? {} : { Authorization: `Bearer ${token}` }), ...headers },
    body,
    tls: { serverName: 'kubernetes.default' },
  };
  const reply = answerConnection(server, request, CHAIN, NOW, reach);
  if (reply.kind !== 'http') throw new Error(`no page: ${reply.kind}`);
  return reply;
}

const JSON_BODY = { 'content-type': 'application/json' };
const MAP = (name: string, more: object = {}) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...more });

describe('[AP1] [AP2] who asks, and what is answered', () => {
  const ROWS: readonly (readonly [title: string, ...Parameters<typeof ask>, number, string])[] = [
    ['a token that does not hold', 'GET', PODS, { token: 'x' }, 401, '"message":"Unauthorized"'],
    ['nobody', 'GET', PODS, { token: '' }, 403, 'User \\"system:anonymous\\" cannot list resource'],
    ['an account without the right', 'GET', PODS, {}, 403, 'system:serviceaccount:default:robot'],
    ['an account with it', 'GET', MAPS, {}, 200, '"kind":"ConfigMapList"'],
    ['one object', 'GET', `${MAPS}/kube-root-ca.crt`, {}, 200, 'BEGIN CERTIFICATE'],
    ['none of that name', 'GET', `${MAPS}/nope`, {}, 404, 'configmaps \\"nope\\" not found'],
    ['what is open to all', 'GET', '/version', { token: '' }, 200, '"gitVersion": "v1.35'],
    ['a path that is none', 'GET', '/nope', {}, 403, 'cannot get path \\"/nope\\"'],
    ['a method that is none', 'BREW', MAPS, {}, 405, 'does not allow this method'],
    ['a new object', 'POST', MAPS, { headers: JSON_BODY, body: MAP('a') }, 201, '"name":"a"'],
    ['the same once more', 'POST', MAPS, { headers: JSON_BODY, body: MAP('a') }, 409, 'AlreadyExists'],
    ['a name that may not be', 'POST', MAPS, { headers: JSON_BODY, body: MAP('A_') }, 422, 'RFC 1123'],
    ['a body that is no JSON', 'POST', MAPS, { headers: JSON_BODY, body: '{' }, 400, 'json parse error'],
    ['a form', 'POST', MAPS, { headers: { 'Content-Type': 'text/x' }, body: 'a' }, 415, 'application/json'],
    [
      'a whole one',
      'PUT',
      `${MAPS}/a`,
      { headers: JSON_BODY, body: MAP('a', { data: { k: 'v' } }) },
      200,
      '"k":"v"',
    ],
    [
      'a merge patch',
      'PATCH',
      `${MAPS}/a`,
      { headers: { 'content-type': 'application/merge-patch+json' }, body: '{"data":{"k":"w"}}' },
      200,
      '"k":"w"',
    ],
    ['a patch of no kind', 'PATCH', `${MAPS}/a`, { headers: JSON_BODY, body: '{}' }, 415, 'merge-patch'],
    ['a dry run', 'DELETE', `${MAPS}/a?dryRun=All`, {}, 200, '"status":"Success"'],
    ['by selector', 'GET', `${MAPS}?fieldSelector=metadata.name%3Da`, {}, 200, '"k":"w"'],
    [
      'what is there, watched',
      'GET',
      `${MAPS}?watch=true&fieldSelector=metadata.name%3Da`,
      {},
      200,
      '"type":"ADDED"',
    ],
    ['gone', 'DELETE', `${MAPS}/a`, {}, 200, '"status":"Success"'],
    ['gone before', 'DELETE', `${MAPS}/a`, {}, 404, 'not found'],
  ];
  it.each(ROWS)('%s', (_title, method, path, asked, status, words) => {
    const reply = ask(method, path, asked);
    expect({ status: reply.status, body: reply.body }).toEqual({
      status,
      body: expect.stringContaining(words),
    });
  });
});

it.each([
  ['curl/8.5.0', true],
  ['Wget/1.21', true],
  ['', false],
])('[AP3] %j is shown JSON to be read by people: %s', (agent, isIndented) => {
  const { body } = ask('GET', MAPS, { headers: { 'User-Agent': agent } });
  expect(body.startsWith('{\n  "kind": "ConfigMapList"')).toBe(isIndented);
});

describe('[RC1] [RC2] the API server’s certificate', () => {
  const [authority] = certificatesIn(ROOT_CA);
  const hello = (trusted: boolean, host: string): Request => ({
    kind: 'tls',
    tls: {
      serverName: host,
      trust: { host, authorities: trusted && authority ? [authority] : [] },
    },
  });
  it.each([
    [true, 'kubernetes.default.svc', 'tls'],
    [true, '10.96.0.1', 'tls'],
    [true, 'web.default.svc', 'untrusted'],
    [false, 'kubernetes.default.svc', 'untrusted'],
  ])('with the authority %s, for %s: %s', (trusted, host, kind) => {
    expect(answerConnection(server, hello(trusted, host), CHAIN, NOW, reach).kind).toBe(kind);
  });
});

describe('[AP6] what is passed on to Pods and Services', () => {
  const workload = { kind: 'Pod', apiVersion: 'v1', metadata: { name: 'site', labels: { app: 'site' } } };
  api.create(core('pods'), 'default', {
    ...workload,
    spec: { containers: [{ name: 'site', image: 'nginx', ports: [{ containerPort: 80 }] }] },
  } as KubeObject);
  const service = (name: string, app: string) =>
    api.create(core('services'), 'default', {
      kind: 'Service',
      apiVersion: 'v1',
      metadata: { name },
      spec: { selector: { app }, ports: [{ name: 'http', port: 8080, targetPort: 80 }] },
    } as KubeObject);
  service('site', 'site');
  service('idle', 'nobody');
  cluster.advance(60_000);
  const admin = { user: 'admin', groups: ['system:masters', 'system:authenticated'] };
  const BASE = '/api/v1/namespaces/default';
  it.each([
    [`${BASE}/services/site:81/proxy/`, 503, 'no service port \\"81\\" found for service \\"site\\"'],
    [`${BASE}/services/idle/proxy/`, 503, 'no endpoints available for service \\"idle\\"'],
    [`${BASE}/services/nope/proxy/`, 404, 'services \\"nope\\" not found'],
    [`${BASE}/services/a:b:c/proxy/`, 400, 'invalid proxy request'],
    [`${BASE}/pods/site:81/proxy/`, 503, 'error trying to reach service: dial tcp 10.244.'],
  ])('%s: %i', (path, status, words) => {
    const request: HttpRequest = { kind: 'http', method: 'GET', path, host: 'x', headers: {}, body: '' };
    const reply = answerAs(server, admin, request, reach);
    expect(reply).toMatchObject({ kind: 'http', status, body: expect.stringContaining(words) });
  });

  it('not for who may not', () => {
    const { body } = ask('GET', `${BASE}/services/site/proxy/`);
    expect(body).toContain('cannot get resource \\"services/proxy\\"');
  });
});
