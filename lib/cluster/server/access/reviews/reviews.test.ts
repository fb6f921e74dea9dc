import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../../api';
import { bindingObject, JANE, MASTER, outcome, ref, roleObject, startServer } from '../test-access';

const KINDS: Readonly<Record<string, string>> = {
  SelfSubjectAccessReview: 'selfsubjectaccessreviews.authorization.k8s.io',
  SubjectAccessReview: 'subjectaccessreviews.authorization.k8s.io',
  LocalSubjectAccessReview: 'localsubjectaccessreviews.authorization.k8s.io',
  SelfSubjectRulesReview: 'selfsubjectrulesreviews.authorization.k8s.io',
  TokenReview: 'tokenreviews.authentication.k8s.io',
  SelfSubjectReview: 'selfsubjectreviews.authentication.k8s.io',
};

function cluster() {
  const made = startServer();
  made.put({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'robot', namespace: 'default' } });
  made.put(roleObject('default', 'r', [{ verbs: ['get', 'list'], apiGroups: [''], resources: ['pods'] }]));
  made.put(bindingObject('default', 'Role/r', { kind: 'User', name: 'jane' }));
  const ask = (kind: string, spec: object, { as = JANE, namespace = '', metadata = {} } = {}) => {
    const where = ref(KINDS[kind] ?? '');
    const body = { apiVersion: `${where.group}/v1`, kind, metadata, spec } as KubeObject;
    return made.server.as(as).create(where, namespace, body) as unknown as {
      readonly code: number;
      readonly object: KubeObject & { readonly spec: object; readonly status: Record<string, unknown> };
    };
  };
  return { ...made, ask };
}

const GET_PODS = { verb: 'get', resource: 'pods', namespace: 'default' };

describe('access reviews', () => {
  it('[RV1] say whether, and why', () => {
    const { ask, server } = cluster();
    const before = server.store.revision;
    const { code, object } = ask('SelfSubjectAccessReview', { resourceAttributes: GET_PODS });
    expect(code).toBe(201);
    expect(object).toEqual({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      metadata: {},
      spec: { resourceAttributes: GET_PODS },
      status: {
        allowed: true,
        reason: 'RBAC: allowed by RoleBinding "b/default" of Role "r" to User "jane"',
      },
    });
    const elsewhere = { resourceAttributes: { ...GET_PODS, namespace: 'prod' } };
    expect(ask('SelfSubjectAccessReview', elsewhere).object.status).toEqual({ allowed: false });
    const path = { nonResourceAttributes: { verb: 'get', path: '/healthz' } };
    expect(ask('SelfSubjectAccessReview', path).object.status).toEqual({
      allowed: true,
      reason: expect.stringMatching(
        /^RBAC: allowed by ClusterRoleBinding "system:.*" of ClusterRole "system:.*" to Group "system:authenticated"$/,
      ),
    });
    expect(server.store.revision).toBe(before);
  });

  it('[RV1] of others, for those who may ask', () => {
    const { ask } = cluster();
    const spec = { user: 'jane', resourceAttributes: GET_PODS };
    expect(outcome(() => ask('SubjectAccessReview', spec))).toBe(
      '403 subjectaccessreviews.authorization.k8s.io is forbidden: User "jane" cannot create resource "subjectaccessreviews" in API group "authorization.k8s.io" at the cluster scope',
    );
    expect(ask('SubjectAccessReview', spec, { as: MASTER }).object.status.allowed).toBe(true);
    const local = { as: MASTER, namespace: 'default' };
    expect(ask('LocalSubjectAccessReview', spec, local).object).toMatchObject({
      metadata: { namespace: 'default' },
      status: { allowed: true },
    });
    const groups = {
      groups: ['system:masters'],
      resourceAttributes: { verb: '*', resource: '*', group: '*' },
    };
    expect(ask('SubjectAccessReview', groups, { as: MASTER }).object.status).toEqual({ allowed: true });
  });

  const NEITHER =
    'spec.resourceAttributes: Invalid value: "null": exactly one of nonResourceAttributes or resourceAttributes must be specified';

  it.each<[string, object, object, string]>([
    ['SelfSubjectAccessReview', {}, {}, `422 .authorization.k8s.io "" is invalid: ${NEITHER}`],
    [
      'SubjectAccessReview',
      {},
      {},
      `422 .authorization.k8s.io "" is invalid: [${NEITHER}, spec.user: Invalid value: "": at least one of user or group must be specified]`,
    ],
    [
      'LocalSubjectAccessReview',
      { user: 'a', resourceAttributes: { namespace: 'prod' } },
      { namespace: 'default' },
      '422 .authorization.k8s.io "" is invalid: spec.resourceAttributes.namespace: Invalid value: "prod": must match metadata.namespace',
    ],
    ['SelfSubjectRulesReview', {}, {}, '400 no namespace on request'],
    ['TokenReview', {}, {}, '400 token is required for TokenReview in authentication'],
  ])('[RV2] %s %j is refused', (kind, spec, where, expected) => {
    expect(outcome(() => cluster().ask(kind, spec, { as: MASTER, ...where }))).toBe(expected);
  });

  it('[RV3] a review is nothing but made', () => {
    const api = cluster().server.as(MASTER);
    const reviews = ref('subjectaccessreviews.authorization.k8s.io');
    expect(outcome(() => api.list(reviews, ''))).toBe(
      '405 the server does not allow this method on the requested resource',
    );
    expect(
      api
        .resources()
        .filter(({ verbs }) => verbs.join() === 'create')
        .map(({ resource }) => resource),
    ).toEqual([
      'selfsubjectreviews',
      'tokenreviews',
      'localsubjectaccessreviews',
      'selfsubjectaccessreviews',
      'selfsubjectrulesreviews',
      'subjectaccessreviews',
    ]);
  });
});

describe('what and who', () => {
  it('[RV4] rules of a namespace', () => {
    const made = cluster();
    const { object } = made.ask('SelfSubjectRulesReview', { namespace: 'default' });
    expect(object.spec).toEqual({});
    const { resourceRules, nonResourceRules, ...rest } = object.status;
    expect(rest).toEqual({ incomplete: false });
    expect(resourceRules).toContainEqual({ verbs: ['get', 'list'], apiGroups: [''], resources: ['pods'] });
    expect(nonResourceRules).toContainEqual({
      verbs: ['get'],
      nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version', '/version/'],
    });
    made.put(bindingObject('default', 'Role/gone', { kind: 'User', name: 'jane' }, 'c'));
    expect(made.ask('SelfSubjectRulesReview', { namespace: 'default' }).object.status.evaluationError).toBe(
      'role.rbac.authorization.k8s.io "gone" not found',
    );
  });

  it('[RV5] myself', () => {
    const { object } = cluster().ask('SelfSubjectReview', {});
    expect(object.metadata).toEqual({ creationTimestamp: '2026-09-21T14:13:20Z' });
    expect(object.status).toEqual({ userInfo: { username: 'jane', groups: JANE.groups } });
  });

  it('[RV6] a token', () => {
    const { ask, server } = cluster();
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', metadata: {} };
    const options = { name: 'robot', subresource: 'token' };
    const made = server.as(MASTER).create(ref('serviceaccounts'), 'default', body, options).object;
    const { token } = (made as unknown as { readonly status: { readonly token: string } }).status;
    const review = (spec: object) => ask('TokenReview', spec, { as: MASTER }).object.status;
    expect(review({ token })).toMatchObject({
      authenticated: true,
      audiences: ['https://kubernetes.default.svc.cluster.local'],
      user: {
        username: 'system:serviceaccount:default:robot',
        groups: expect.arrayContaining(['system:authenticated']),
      },
    });
    expect(review({ token: 'x' })).toEqual({ user: {}, error: 'invalid bearer token' });
    expect(review({ token: `${token}x` })).toEqual({
      user: {},
      error: '[invalid bearer token, go-jose/go-jose: error in cryptographic primitive]',
    });
    expect(review({ token, audiences: ['vault'] })).toEqual({
      user: {},
      error:
        '[invalid bearer token, token audiences ["https://kubernetes.default.svc.cluster.local"] is invalid for the target audiences ["vault"]]',
    });
  });
});
