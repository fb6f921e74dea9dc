import { describe, expect, it } from 'vitest';
import { type KubeObject, type Pod, type Secret, StatusError, type Stored } from '../../api';
import { decodeBase64 } from '../../base';
import { podTokens } from '../pod-tokens';
import { ROOT_CA } from '../root-ca';
import { startTestCluster, type TestCluster } from './test-cluster';

const core = (resource: string) => ({ group: '', version: 'v1', resource });
const ACCOUNTS = core('serviceaccounts');
const SECRETS = core('secrets');

const account: KubeObject = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'robot' } };
const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'kubernetes.io/service-account-token',
  metadata: { name: 'robot-token', annotations: { 'kubernetes.io/service-account.name': 'robot' } },
} as KubeObject;
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { serviceAccountName: 'robot', containers: [{ name: 'c', image: 'nginx' }] },
} as KubeObject;

function started(...objects: readonly (readonly [string, KubeObject])[]): TestCluster {
  const cluster = startTestCluster();
  cluster.advance(20_000);
  for (const [resource, object] of objects) cluster.api.create(core(resource), 'default', object);
  cluster.advance(10_000);
  return cluster;
}

const secretOf = ({ view }: TestCluster) => view.get<Secret>('secrets', 'default', 'robot-token');
const tokenIn = (cluster: TestCluster) => decodeBase64(secretOf(cluster)?.data?.token ?? '');

function userOf({ server }: TestCluster, token: string): string {
  const who = server.authenticate({ token });
  return who instanceof StatusError ? who.message : who.user;
}

const ROBOT = 'system:serviceaccount:default:robot';

describe('[TK7] a Secret of a service account', () => {
  it('is filled with a token that works, the root certificate and the namespace', () => {
    const cluster = started(['serviceaccounts', account], ['secrets', secret]);
    const found = secretOf(cluster);
    expect(Object.keys(found?.data ?? {}).sort()).toEqual(['ca.crt', 'namespace', 'token']);
    expect(decodeBase64(found?.data?.['ca.crt'] ?? '')).toBe(ROOT_CA);
    expect(decodeBase64(found?.data?.namespace ?? '')).toBe('default');
    const owner = cluster.view.get('serviceaccounts', 'default', 'robot');
    expect(found?.metadata.annotations?.['kubernetes.io/service-account.uid']).toBe(owner?.metadata.uid);
    expect(userOf(cluster, tokenIn(cluster))).toBe(ROBOT);
  });

  it('gets back what somebody takes out of it, and a new token is the old one again', () => {
    const cluster = started(['serviceaccounts', account], ['secrets', secret]);
    const before = tokenIn(cluster);
    cluster.api.patch(
      SECRETS,
      'default',
      'robot-token',
      'merge',
      { data: { token: null, 'ca.crt': 'eA==' } },
      {},
    );
    expect(userOf(cluster, before)).toBe('Unauthorized');
    cluster.advance(1000);
    expect(tokenIn(cluster)).toBe(before);
    expect(decodeBase64(secretOf(cluster)?.data?.['ca.crt'] ?? '')).toBe(ROOT_CA);
  });

  it('goes with its account, and is not made for one that does not exist', () => {
    const cluster = started(['serviceaccounts', account], ['secrets', secret]);
    const token = tokenIn(cluster);
    cluster.api.delete(ACCOUNTS, 'default', 'robot', {});
    expect(userOf(cluster, token)).toBe('Unauthorized');
    cluster.advance(1000);
    expect(secretOf(cluster)).toBeUndefined();
    cluster.api.create(SECRETS, 'default', secret);
    cluster.advance(1000);
    expect(secretOf(cluster)).toBeUndefined();
  });

  it('of an account that was made anew goes, too', () => {
    const cluster = started(['serviceaccounts', account], ['secrets', secret]);
    cluster.api.delete(ACCOUNTS, 'default', 'robot', {});
    cluster.api.create(ACCOUNTS, 'default', account);
    cluster.advance(1000);
    expect(secretOf(cluster)).toBeUndefined();
  });
});

describe('[TK8] the token in a Pod', () => {
  const SOURCE = { path: 'token', expirationSeconds: 3607 };

  function tokenNow(cluster: TestCluster, source: { path: string; expirationSeconds?: number } = SOURCE) {
    const { server, containers, now } = cluster;
    const found = cluster.view.get<Pod>('pods', 'default', 'web') as Stored<Pod>;
    return podTokens(server, containers, { now })(found, source) ?? '';
  }

  it('is the account’s, bound to the Pod and told with its node', () => {
    const cluster = started(['serviceaccounts', account], ['pods', pod]);
    const who = cluster.server.authenticate({ token: tokenNow(cluster) });
    const found = cluster.pods()[0];
    const node = cluster.view.get('nodes', '', found?.spec?.nodeName ?? '');
    expect(who).toMatchObject({
      user: ROBOT,
      groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'],
      extra: {
        'authentication.kubernetes.io/pod-name': ['web'],
        'authentication.kubernetes.io/pod-uid': [found?.metadata.uid],
        'authentication.kubernetes.io/node-name': [found?.spec?.nodeName],
        'authentication.kubernetes.io/node-uid': [node?.metadata.uid],
      },
    });
  });

  it('is asked for anew when four fifths of its life are over, and works on', () => {
    const cluster = started(['serviceaccounts', account], ['pods', pod]);
    const first = tokenNow(cluster, { path: 'other', expirationSeconds: 600 });
    cluster.advance(460_000);
    expect(tokenNow(cluster, { path: 'other', expirationSeconds: 600 })).toBe(first);
    cluster.advance(20_000);
    const second = tokenNow(cluster, { path: 'other', expirationSeconds: 600 });
    expect(second).not.toBe(first);
    cluster.advance(200_000);
    expect([first, second].map((token) => userOf(cluster, token))).toEqual(['Unauthorized', ROBOT]);
  });

  it('of a year when it is the usual one, for clients that read it once', () => {
    const cluster = started(['serviceaccounts', account], ['pods', pod]);
    const first = tokenNow(cluster);
    cluster.advance(3_600_000);
    expect(tokenNow(cluster)).not.toBe(first);
    expect(userOf(cluster, first)).toBe(ROBOT);
  });

  it('stays the lost account’s when another of its name appears', () => {
    const cluster = started(['serviceaccounts', account], ['pods', pod]);
    const token = tokenNow(cluster);
    cluster.advance(1000);
    cluster.api.delete(ACCOUNTS, 'default', 'robot', {});
    expect(userOf(cluster, tokenNow(cluster))).toBe('Unauthorized');
    cluster.api.create(ACCOUNTS, 'default', account);
    expect(tokenNow(cluster)).toBe(token);
    expect(userOf(cluster, token)).toBe('Unauthorized');
    cluster.advance(3_600_000);
    expect(userOf(cluster, tokenNow(cluster))).toBe(ROBOT);
  });

  it('is awaited with FailedMount while there is no account', () => {
    const cluster = started(['serviceaccounts', account]);
    cluster.api.create(core('pods'), 'default', pod);
    cluster.api.delete(ACCOUNTS, 'default', 'robot', {});
    cluster.advance(3000);
    const volume = cluster.pods()[0]?.spec?.volumes?.[0]?.name;
    expect(cluster.view.list('events', 'default')).toContainEqual(
      expect.objectContaining({
        reason: 'FailedMount',
        message: `MountVolume.SetUp failed for volume "${volume}" : failed to fetch token: serviceaccounts "robot" not found`,
      }),
    );
    cluster.api.create(ACCOUNTS, 'default', account);
    cluster.advance(20_000);
    expect(cluster.pods()[0]?.status?.phase).toBe('Running');
  });
});
