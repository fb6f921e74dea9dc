import { describe, expect, it } from 'vitest';
import type { KubeObject, ResourceRef } from '../../../../api';
import { pod, said, startTestServer, type TestServer } from '../test-server.test-support';
import { evaluatePod } from './evaluate';
import type { LevelVersion } from './policy';

const PREFIX = 'pod-security.kubernetes.io/';
const NAMESPACES: ResourceRef = { group: '', version: 'v1', resource: 'namespaces' };
const PODS: ResourceRef = { group: '', version: 'v1', resource: 'pods' };
const DEPLOYMENTS: ResourceRef = { group: 'apps', version: 'v1', resource: 'deployments' };

const labelled = (labels: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(labels).map(([key, value]) => [`${PREFIX}${key}`, value]));

function relabel(server: TestServer, labels: Readonly<Record<string, string>>): readonly string[] {
  const body = { metadata: { labels: labelled(labels) } };
  return server.api.patch(NAMESPACES, '', 'team', 'merge', body, {}).warnings;
}

const plain = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true };
const safe = {
  containers: [
    { name: 'c', image: 'nginx', securityContext: { ...plain, seccompProfile: { type: 'RuntimeDefault' } } },
  ],
};
const ALL_OF_RESTRICTED =
  'allowPrivilegeEscalation != false (container "c" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "c" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "c" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "c" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")';

const container = (securityContext: object, name = 'c') => ({ name, image: 'nginx', securityContext });
const latest = (level: LevelVersion['level']): LevelVersion => ({ level, version: 'latest' });

describe('[AD9] what the levels forbid', () => {
  it.each<[string, object, string]>([
    ['the host', { hostNetwork: true, hostPID: true }, 'host namespaces (hostNetwork=true, hostPID=true)'],
    [
      'privilege',
      { containers: [container({ privileged: true }), container({ privileged: true }, 'd')] },
      'privileged (containers "c", "d" must not set securityContext.privileged=true)',
    ],
    [
      'capabilities',
      { containers: [container({ capabilities: { add: ['SYS_ADMIN', 'NET_ADMIN', 'KILL'] } })] },
      'non-default capabilities (container "c" must not include "NET_ADMIN", "SYS_ADMIN" in securityContext.capabilities.add)',
    ],
    ['host paths', { volumes: [{ name: 'v', hostPath: { path: '/' } }] }, 'hostPath volumes (volume "v")'],
    [
      'host ports',
      { containers: [{ name: 'c', ports: [{ containerPort: 80, hostPort: 8080 }] }] },
      'hostPort (container "c" uses hostPort 8080)',
    ],
    [
      "probes of the node's choice",
      { containers: [{ name: 'c', livenessProbe: { httpGet: { host: '10.0.0.1', port: 80 } } }] },
      'probe or lifecycle host (container "c" uses probe or lifecycle host "10.0.0.1")',
    ],
    [
      'seccomp and SELinux',
      {
        securityContext: { seccompProfile: { type: 'Unconfined' }, seLinuxOptions: { user: 'root' } },
        containers: [container({ seLinuxOptions: { type: 'spc_t' } })],
      },
      'seLinuxOptions (pod and container "c" set forbidden securityContext.seLinuxOptions: type "spc_t"; user may not be set), seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined")',
    ],
    [
      'AppArmor and sysctls',
      {
        securityContext: {
          appArmorProfile: { type: 'Unconfined' },
          sysctls: [{ name: 'kernel.msgmax', value: '1' }],
        },
      },
      'forbidden AppArmor profile (pod must not set AppArmor profile type to "Unconfined"), forbidden sysctls (kernel.msgmax)',
    ],
  ])('baseline: %s', (_, spec, details) => {
    const whole = { containers: [{ name: 'c', image: 'nginx' }], ...spec };
    expect(evaluatePod(latest('baseline'), {}, whole as never).details).toBe(details);
    expect(evaluatePod(latest('privileged'), {}, whole as never).allowed).toBe(true);
  });

  it.each<[string, object, string]>([
    ['nothing said', { containers: [container({})] }, ALL_OF_RESTRICTED],
    ['all said', safe, ''],
    [
      'users and volumes',
      {
        ...safe,
        securityContext: { runAsUser: 0 },
        volumes: [
          { name: 'v', nfs: {} },
          { name: 'e', emptyDir: {} },
        ],
      },
      'restricted volume types (volume "v" uses restricted volume type "nfs"), runAsUser=0 (pod must not set runAsUser=0)',
    ],
    ['a user namespace', { ...safe, hostUsers: false, securityContext: { runAsUser: 0 } }, ''],
  ])('restricted: %s', (_, spec, details) => {
    expect(evaluatePod(latest('restricted'), {}, spec as never).details).toBe(details);
  });

  it('were fewer in earlier releases', () => {
    const spec = {
      ...safe,
      containers: [container({ ...plain, capabilities: { add: ['CHOWN'] } })],
    } as never;
    const at = (version: number) => evaluatePod({ level: 'restricted', version }, {}, spec).details;
    expect(at(18)).toBe('');
    expect(at(21)).toContain('seccompProfile');
    expect(at(22)).toContain('must not include "CHOWN"');
    expect(at(99)).toBe(at(35));
  });
});

describe('[AD9] PodSecurity', () => {
  it('refuses Pods below the level, and warns where it is told to', () => {
    const server = startTestServer();
    relabel(server, { enforce: 'baseline', warn: 'restricted', 'warn-version': 'v1.30' });
    expect(server.say(pod('p', {}, { hostNetwork: true }))).toBe(
      'pods "p" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true)',
    );
    const { warnings } = server.api.create(PODS, 'team', pod('p'), {});
    expect(warnings).toEqual([`would violate PodSecurity "restricted:v1.30": ${ALL_OF_RESTRICTED}`]);
    expect(server.api.create(PODS, 'team', pod('q', {}, safe), {}).warnings).toEqual([]);
  });

  it('lets templates pass, with a warning of what will be refused', () => {
    const server = startTestServer();
    relabel(server, { enforce: 'restricted' });
    const labels = { app: 'web' };
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
      },
    } as KubeObject;
    expect(server.api.create(DEPLOYMENTS, 'team', deployment, {}).warnings).toEqual([
      `would violate PodSecurity "restricted:latest": ${ALL_OF_RESTRICTED}`,
    ]);
  });

  it('looks at what is there when a level is raised', () => {
    const server = startTestServer();
    for (const name of ['b', 'a']) server.create(pod(name, {}, { hostNetwork: true }));
    server.create(pod('c'));
    expect(relabel(server, { enforce: 'baseline' })).toEqual([
      'existing pods in namespace "team" violate the new PodSecurity enforce level "baseline:latest"',
      'a (and 1 other pod): host namespaces',
    ]);
    expect(relabel(server, { enforce: 'baseline' })).toEqual([]);
    expect(relabel(server, { enforce: 'privileged' })).toEqual([]);
    // A Pod that is there may go on; only a new image is looked at.
    relabel(server, { enforce: 'baseline' });
    const change = (body: object) => said(() => server.api.patch(PODS, 'team', 'a', 'strategic', body, {}));
    expect(change({ metadata: { labels: { x: 'y' } } })).toBe('accepted');
    expect(change({ spec: { containers: [{ name: 'c', image: 'other' }] } })).toContain(
      'violates PodSecurity',
    );
  });

  it('knows its labels', () => {
    const server = startTestServer();
    const message = `metadata.labels[${PREFIX}enforce]: Invalid value: "odd": must be one of privileged, baseline, restricted`;
    expect(said(() => relabel(server, { enforce: 'odd' }))).toBe(`Namespace "team" is invalid: ${message}`);
    expect(said(() => relabel(server, { 'audit-version': '1.2' }))).toContain('must be "latest" or "v1.x"');
    const labels = labelled({ warn: 'most' });
    expect(server.say({ kind: 'Namespace', metadata: { name: 'n', labels } })).toContain(
      'Namespace "n" is invalid',
    );
  });
});
