import { describe, expect, it } from 'vitest';
import type { DnsQuery, KubeObject, Stored, View } from '../../api';
import { answer } from './answer';
import { outsideAnswer } from './upstream';

const object = (kind: string, namespace: string, name: string, rest: object): Stored =>
  ({ apiVersion: 'v1', kind, metadata: { namespace, name }, ...rest }) as unknown as Stored;

const external = (name: string, externalName: string) =>
  object('services', 'default', name, { spec: { type: 'ExternalName', externalName } });

const OBJECTS = [
  object('namespaces', '', 'default', {}),
  object('services', 'default', 'web', {
    spec: { clusterIP: '10.96.1.1', clusterIPs: ['10.96.1.1'], ports: [{ port: 80 }] },
  }),
  external('inside', 'web.default.svc.cluster.local'),
  external('outside', 'example.com'),
  external('nowhere', 'nosuch.example.com'),
];

function viewOf(extra: readonly Stored[] = []): View {
  const list = (resource: string, namespace: string) =>
    [...OBJECTS, ...extra].filter(
      ({ kind, metadata }) => kind === resource && (namespace === '' || metadata.namespace === namespace),
    );
  return {
    revision: 1,
    get: <T extends KubeObject>(resource: string, namespace: string, name: string) =>
      list(resource, namespace).find(({ metadata }) => metadata.name === name) as Stored<T> | undefined,
    list: <T extends KubeObject>(resource: string, namespace: string) =>
      list(resource, namespace) as readonly KubeObject[] as readonly Stored<T>[],
  };
}

const corefile = (text: string) =>
  object('configmaps', 'kube-system', 'coredns', { data: { Corefile: text } });
const ask = (name: string, view = viewOf(), type: DnsQuery['type'] = 'A') =>
  answer({ name, type }, view).outcome;
const shown = (name: string) =>
  ask(`${name}.default.svc.cluster.local`).answers.map(({ type, data }) => `${type} ${data}`);

describe('[D2] the Corefile decides', () => {
  it.each([
    ['kubeadm’s', [], 30],
    ['one without a ttl', [corefile('.:53 {\n  kubernetes cluster.local\n}\n')], 5],
    ['one with its own', [corefile('.:53 {\n  kubernetes cluster.local {\n    ttl 7\n  }\n}\n')], 7],
  ])('%s', (_, objects, ttl) => {
    expect(ask('web.default.svc.cluster.local', viewOf(objects)).answers[0]?.ttl).toBe(ttl);
  });

  it('an empty chain refuses, hosts come first', () => {
    expect(ask('example.com', viewOf([corefile('.:53 {\n  kubernetes cluster.local\n}\n')])).code).toBe(
      'REFUSED',
    );
    const hosts = corefile(
      '.:53 {\n  hosts {\n    1.2.3.4 web.default.svc.cluster.local\n    fallthrough\n  }\n}\n',
    );
    expect(ask('web.default.svc.cluster.local', viewOf([hosts])).answers[0]?.data).toBe('1.2.3.4');
  });
});

describe('[D3] ExternalName', () => {
  it.each([
    ['inside', ['CNAME web.default.svc.cluster.local.', 'A 10.96.1.1']],
    ['outside', ['CNAME example.com.', 'A 23.192.228.80', 'A 23.192.228.84']],
    ['nowhere', ['CNAME nosuch.example.com.']],
  ])('%s', (name, records) => {
    expect(shown(name)).toEqual(records);
  });
});

describe('[D4] what is not the cluster’s', () => {
  it.each([
    ['example.com', 'NOERROR'],
    ['nosuch.example', 'NXDOMAIN'],
    ['nosuch.default.svc.cluster.local', 'NXDOMAIN'],
  ])('%s gives %s', (name, code) => {
    expect(ask(name).code).toBe(code);
  });

  it('the world knows no name of the cluster', () => {
    expect(outsideAnswer({ name: 'web.default.svc.cluster.local', type: 'A' }).outcome.code).toBe('NXDOMAIN');
  });
});
