import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type KubeObject,
  type ServiceAccount,
  StatusError,
  type Stored,
  type TokenRequest,
} from '../../../../api';
import { createRandom } from '../../../../base';
import { MASTER, outcome, ref, startServer, type TestServer } from '../test-access';
import { legacyClaims } from './account-claims';
import { readToken, signToken, tokenKey } from './jwt';

const account = (name: string, namespace = 'default') =>
  ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } }) as const;

function cluster(): TestServer {
  const made = startServer();
  made.put(account('default'));
  made.put(account('robot'));
  made.put({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'w1' } });
  made.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'default' },
    spec: { nodeName: 'w1', serviceAccountName: 'robot', containers: [{ name: 'c', image: 'nginx' }] },
  } as KubeObject);
  made.put({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'default' } });
  return made;
}

const request = (spec: object, metadata: object = {}) =>
  ({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', metadata, spec }) as KubeObject;

function ask({ server }: TestServer, spec: object = {}, name = 'robot', metadata: object = {}): TokenRequest {
  const options = { name, subresource: 'token' };
  const body = request(spec, metadata);
  return server.as(MASTER).create(ref('serviceaccounts'), 'default', body, options)
    .object as unknown as TokenRequest;
}

const tokenOf = (made: TestServer, spec: object = {}) => ask(made, spec).status?.token ?? '';
const uidOf = ({ server }: TestServer, path: string) => server.store.get(path)?.metadata.uid;

function owner({ server }: TestServer, token: string) {
  const found = server.authenticate({ token });
  return found instanceof StatusError ? `${found.code} ${found.message}` : found;
}

const SECOND = 1000;
const AUDIENCE = 'https://kubernetes.default.svc.cluster.local';

describe('TokenRequest', () => {
  it('[TK1] answers with a signed token and says when it ends', () => {
    const made = cluster();
    const { status, ...rest } = ask(made, {});
    expect(rest).toEqual({
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      metadata: { name: 'robot', namespace: 'default', creationTimestamp: '2026-09-21T14:13:20Z' },
      spec: { audiences: [AUDIENCE], expirationSeconds: 3600, boundObjectRef: null },
    });
    expect(status?.expirationTimestamp).toBe('2026-09-21T15:13:20Z');
    expect(readToken(status?.token ?? '')).toEqual({
      aud: [AUDIENCE],
      exp: 1_790_003_600,
      iat: 1_790_000_000,
      iss: AUDIENCE,
      jti: expect.stringMatching(/^[0-9a-f]{8}-/),
      'kubernetes.io': {
        namespace: 'default',
        serviceaccount: { name: 'robot', uid: uidOf(made, '/serviceaccounts/default/robot') },
      },
      nbf: 1_790_000_000,
      sub: 'system:serviceaccount:default:robot',
    });
    expect(made.server.store.list('/tokenrequests').length).toBe(0);
  });

  it('[TK1] a Pod’s own token lives a year, and names its node', () => {
    const made = cluster();
    const bound = { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'p' }, expirationSeconds: 3607 };
    expect(readToken(tokenOf(made, bound))).toMatchObject({
      exp: 1_790_000_000 + 365 * 24 * 3600,
      'kubernetes.io': {
        pod: { name: 'p', uid: uidOf(made, '/pods/default/p') },
        node: { name: 'w1', uid: uidOf(made, '/nodes//w1') },
        warnafter: 1_790_003_607,
      },
    });
  });

  it.each<[string, object, string, object, string]>([
    [
      'too short',
      { expirationSeconds: 599 },
      'robot',
      {},
      '422 TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 599: may not specify a duration less than 10 minutes',
    ],
    [
      'too long',
      { expirationSeconds: 2 ** 32 + 1 },
      'robot',
      {},
      '422 TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds',
    ],
    ['no such account', {}, 'nobody', {}, '404 serviceaccounts "nobody" not found'],
    [
      'another name',
      {},
      'robot',
      { name: 'x' },
      '422 TokenRequest.authentication.k8s.io "robot" is invalid: metadata.name: Invalid value: "x": must match the service account name if specified',
    ],
    [
      'another account’s Pod',
      { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'p' } },
      'default',
      {},
      '400 cannot bind token for serviceaccount "default" to pod running with different serviceaccount name.',
    ],
    [
      'no such Pod',
      { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'q' } },
      'robot',
      {},
      '404 pods "q" not found',
    ],
    [
      'another Pod of the name',
      { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'x' } },
      'robot',
      {},
      '409 Operation cannot be fulfilled on Pod "p": the UID in the bound object reference (x) does not match the UID in record. The object might have been deleted and then recreated',
    ],
    [
      'something else',
      { boundObjectRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'p' } },
      'robot',
      {},
      '400 cannot bind token to object of type apps/v1, Kind=Deployment',
    ],
  ])('[TK2] refuses %s', (_title, spec, name, metadata, expected) => {
    expect(outcome(() => ask(cluster(), spec, name, metadata))).toBe(expected);
  });
});

describe('bearer tokens', () => {
  it('[TK3] stand for their account', () => {
    const made = cluster();
    const token = tokenOf(made);
    expect(owner(made, token)).toEqual({
      user: 'system:serviceaccount:default:robot',
      uid: uidOf(made, '/serviceaccounts/default/robot'),
      groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'],
      extra: { 'authentication.kubernetes.io/credential-id': [`JTI=${readToken(token)?.jti}`] },
    });
    const bound = tokenOf(made, { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'p' } });
    expect(owner(made, bound)).toMatchObject({
      extra: {
        'authentication.kubernetes.io/pod-name': ['p'],
        'authentication.kubernetes.io/pod-uid': [uidOf(made, '/pods/default/p')],
        'authentication.kubernetes.io/node-name': ['w1'],
        'authentication.kubernetes.io/node-uid': [uidOf(made, '/nodes//w1')],
      },
    });
  });

  const UNAUTHORIZED = '401 Unauthorized';

  it('[TK4] end with their time, give or take a minute', () => {
    const made = cluster();
    const token = tokenOf(made, { expirationSeconds: 600 });
    made.now += 660 * SECOND;
    expect(owner(made, token)).toMatchObject({ user: 'system:serviceaccount:default:robot' });
    made.now += SECOND;
    expect(owner(made, token)).toBe(UNAUTHORIZED);
    made.now -= 800 * SECOND;
    expect(owner(made, token)).toBe(UNAUTHORIZED);
  });

  it('[TK4] go with their account, even when another takes its name', () => {
    const made = cluster();
    const token = tokenOf(made);
    made.server.as(MASTER).delete(ref('serviceaccounts'), 'default', 'robot');
    expect(owner(made, token)).toBe(UNAUTHORIZED);
    made.put(account('robot'));
    expect(owner(made, token)).toBe(UNAUTHORIZED);
  });

  it.each([
    ['Pod', 'pods', 'p'],
    ['Secret', 'secrets', 's'],
    ['Node', 'nodes', 'w1'],
  ])('[TK4] bound to a %s they go with it', (kind, resource, name) => {
    const made = cluster();
    const token = tokenOf(made, { boundObjectRef: { apiVersion: 'v1', kind, name } });
    expect(owner(made, token)).toMatchObject({ user: 'system:serviceaccount:default:robot' });
    const namespace = kind === 'Node' ? '' : 'default';
    made.server.as(MASTER).delete(ref(resource), namespace, name, { gracePeriodSeconds: 0 });
    expect(owner(made, token)).toBe(UNAUTHORIZED);
  });

  it('[TK4] for another audience they are nothing to the API server', () => {
    const made = cluster();
    expect(owner(made, tokenOf(made, { audiences: ['vault'] }))).toBe(UNAUTHORIZED);
    expect(owner(made, tokenOf(made, { audiences: ['vault', AUDIENCE] }))).toMatchObject({
      groups: expect.anything(),
    });
  });

  it('[TK5] no text but the one that was signed is taken', () => {
    const made = cluster();
    const token = tokenOf(made);
    const foreign = signToken(tokenKey(new Uint8Array(32)), readToken(token) ?? {});
    expect(owner(made, foreign)).toBe(UNAUTHORIZED);
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom('A', 'x', '.', '-', ' '), (at, letter) => {
        const changed = token.slice(0, at) + letter + token.slice(at + 1);
        if (changed !== token) expect(owner(made, changed)).toBe(UNAUTHORIZED);
      }),
    );
  });

  it('[TK5] the same cluster signs the same, a restored one takes what it signed', () => {
    expect(tokenOf(cluster())).toBe(tokenOf(cluster()));
    const made = cluster();
    const fork = made.server.fork(made.server.store.fork(), { now: () => made.now }, createRandom(9));
    expect(fork.authenticate({ token: tokenOf(made) })).toMatchObject({ groups: expect.anything() });
  });

  it('[TK6] a Secret’s token works while the Secret holds it', () => {
    const made = cluster();
    const metadata = {
      name: 'old',
      namespace: 'default',
      annotations: { 'kubernetes.io/service-account.name': 'robot' },
    };
    const secret = made.put({
      ...account('x'),
      kind: 'Secret',
      metadata,
      type: 'kubernetes.io/service-account-token',
    } as never);
    const robot = made.server.store.get('/serviceaccounts/default/robot') as Stored<ServiceAccount>;
    const token = signToken(made.server.tokenKey, legacyClaims(robot, secret as never));
    expect(owner(made, token)).toBe(UNAUTHORIZED);
    const patch = (body: object) =>
      made.server.as(MASTER).patch(ref('secrets'), 'default', 'old', 'merge', body);
    patch({ stringData: { token } });
    expect(owner(made, token)).toMatchObject({
      user: 'system:serviceaccount:default:robot',
      groups: expect.anything(),
    });
    patch({ metadata: { labels: { 'kubernetes.io/legacy-token-invalid-since': '2026-01-01' } } });
    expect(owner(made, token)).toBe(UNAUTHORIZED);
  });
});

describe('who is asking', () => {
  it('[ID1] nobody in particular is anonymous; a connection may vouch for somebody', () => {
    const { server } = cluster();
    expect(server.authenticate({})).toEqual({ user: 'system:anonymous', groups: ['system:unauthenticated'] });
    expect(server.authenticate({}, MASTER)).toEqual(MASTER);
  });

  const JANE = { user: 'jane', groups: ['system:authenticated'] };

  it.each<[string, Parameters<typeof wanted>[0], unknown]>([
    ['a user', { user: 'joe' }, { user: 'joe', groups: ['system:authenticated'] }],
    ['with groups', { user: 'joe', groups: ['a'] }, { user: 'joe', groups: ['a', 'system:authenticated'] }],
    [
      'not known',
      { user: 'joe', groups: ['system:unauthenticated'] },
      { user: 'joe', groups: ['system:unauthenticated'] },
    ],
    [
      'nobody',
      { user: 'system:anonymous' },
      { user: 'system:anonymous', groups: ['system:unauthenticated'] },
    ],
    [
      'an account',
      { user: 'system:serviceaccount:prod:x' },
      {
        user: 'system:serviceaccount:prod:x',
        groups: ['system:serviceaccounts', 'system:serviceaccounts:prod', 'system:authenticated'],
      },
    ],
    [
      'no account',
      { user: 'system:serviceaccount:x' },
      { user: 'system:serviceaccount:x', groups: ['system:authenticated'] },
    ],
    [
      'with uid and extras',
      { user: 'joe', uid: '1', extra: { Scopes: ['a'] } },
      { user: 'joe', uid: '1', groups: ['system:authenticated'], extra: { scopes: ['a'] } },
    ],
    ['nothing at all', {}, MASTER],
  ])('[ID2] impersonating %s', (_title, impersonate, expected) => {
    expect(wanted(impersonate)).toEqual(expected);
  });

  function wanted(
    impersonate: NonNullable<Parameters<TestServer['server']['authenticate']>[0]['impersonate']>,
    by = MASTER,
  ) {
    const found = cluster().server.authenticate({ impersonate }, by);
    return found instanceof StatusError ? `${found.code} ${found.message}` : found;
  }

  it.each<[object, string]>([
    [
      { user: 'joe' },
      '403 users "joe" is forbidden: User "jane" cannot impersonate resource "users" in API group "" at the cluster scope',
    ],
    [
      { user: 'system:serviceaccount:prod:x' },
      '403 serviceaccounts "x" is forbidden: User "jane" cannot impersonate resource "serviceaccounts" in API group "" in the namespace "prod"',
    ],
    [
      { groups: ['dev', 'ops'] },
      '500 requested [{Group  dev    } {Group  ops    }] without impersonating a user',
    ],
    [
      { uid: '1', extra: { a: ['b'] } },
      '500 requested [{UserExtra  b  authentication.k8s.io/v1  a} {UID  1  authentication.k8s.io/v1  }] without impersonating a user',
    ],
  ])('[ID3] %j is not for everybody', (impersonate, expected) => {
    expect(wanted(impersonate, JANE)).toBe(expected);
  });

  it('[ID3] each group, uid and extra needs leave', () => {
    const made = startServer();
    const rule = {
      verbs: ['impersonate'],
      apiGroups: ['*'],
      resources: ['users', 'groups', 'userextras/a'],
      resourceNames: ['joe', 'dev', 'b'],
    };
    made.put({
      ...account('r'),
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'r' },
      rules: [rule],
    } as never);
    made.put({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'r' },
      subjects: [{ kind: 'User', name: 'jane' }],
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'r' },
    } as never);
    const as = (impersonate: object) => {
      const found = made.server.authenticate({ impersonate }, JANE);
      return found instanceof StatusError ? found.message : 'allowed';
    };
    expect(as({ user: 'joe', groups: ['dev'], extra: { a: ['b'] } })).toBe('allowed');
    expect(as({ user: 'joe', groups: ['dev', 'system:masters'] })).toContain(
      'groups "system:masters" is forbidden',
    );
    expect(as({ user: 'joe', extra: { a: ['c'] } })).toBe(
      'userextras.authentication.k8s.io "c" is forbidden: User "jane" cannot impersonate resource "userextras/a" in API group "authentication.k8s.io" at the cluster scope',
    );
    expect(as({ user: 'joe', uid: '1' })).toContain('uids.authentication.k8s.io "1" is forbidden');
  });
});
