import { describe, expect, it } from 'vitest';
import {
  type Event,
  type IPAddress,
  type KubeObject,
  type Service,
  type ServiceCIDR,
  StatusError,
} from '../../api';
import { startTestCluster, type TestCluster } from './test-cluster';

const services = { group: '', version: 'v1', resource: 'services' };
const networking = (resource: string) => ({ group: 'networking.k8s.io', version: 'v1', resource });
const RANGES = networking('servicecidrs');
const ADDRESSES = networking('ipaddresses');

const service = (name: string, spec: object = {}): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { ports: [{ port: 80 }], ...spec },
  }) as KubeObject;
const range = (name: string, ...cidrs: readonly string[]): KubeObject =>
  ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'ServiceCIDR',
    metadata: { name },
    spec: { cidrs },
  }) as KubeObject;
const address = (name: string, parentRef: object | undefined, labels: object = {}): KubeObject =>
  ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IPAddress',
    metadata: { name, labels },
    spec: parentRef ? { parentRef } : {},
  }) as KubeObject;

function booted(): TestCluster {
  const cluster = startTestCluster({ nodes: 1 });
  cluster.advance(30_000);
  return cluster;
}

const held = ({ view }: TestCluster) =>
  view
    .list<IPAddress>('ipaddresses.networking.k8s.io', '')
    .map(({ metadata, spec }) => `${metadata.name} ${spec?.parentRef?.namespace}/${spec?.parentRef?.name}`);
const rangeOf = ({ view }: TestCluster, name: string) =>
  view.get<ServiceCIDR>('servicecidrs.networking.k8s.io', '', name);
const ready = (cluster: TestCluster, name: string) =>
  rangeOf(cluster, name)?.status?.conditions?.map(
    ({ status, reason, message }) => `${status} ${reason}: ${message}`,
  );
const told = ({ view }: TestCluster, name: string): readonly string[] =>
  view
    .list<Event>('events', '')
    .filter(({ involvedObject }) => involvedObject.name === name)
    .map(({ reason, message }) => `${reason}: ${message}`);

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof StatusError) return error.message;
    throw error;
  }
  return 'accepted';
}

const OWN = ['10.96.0.1 default/kubernetes', '10.96.0.10 kube-system/kube-dns'];
const MANAGED = {
  'ipaddress.kubernetes.io/ip-family': 'IPv4',
  'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io',
};

describe('[AS18] IPAddresses', () => {
  it('are there for each cluster IP, and go with it', () => {
    const cluster = booted();
    const { api } = cluster;
    expect(held(cluster)).toEqual(OWN);
    api.create(services, 'default', service('a', { clusterIP: '10.96.0.77' }));
    api.create(services, 'default', service('none', { clusterIP: 'None' }));
    api.create(services, 'default', service('dry', { clusterIP: '10.96.0.78' }), { dryRun: true });
    expect(held(cluster)).toEqual([...OWN, '10.96.0.77 default/a']);
    expect(api.get(ADDRESSES, '', '10.96.0.77')).toMatchObject({
      metadata: { labels: MANAGED, managedFields: [{ manager: 'kube-apiserver', operation: 'Update' }] },
      spec: { parentRef: { resource: 'services', namespace: 'default', name: 'a' } },
    });
    const external = { spec: { type: 'ExternalName', externalName: 'example.com' } };
    api.patch(services, 'default', 'a', 'merge', external);
    expect(held(cluster)).toEqual(OWN);
    api.patch(services, 'default', 'a', 'merge', { spec: { type: 'ClusterIP', externalName: null } });
    const { spec } = api.get(services, 'default', 'a') as unknown as Service;
    expect(held(cluster)).toContain(`${spec?.clusterIP} default/a`);
    api.delete(services, 'default', 'a');
    expect(held(cluster)).toEqual(OWN);
    expect(refusal(() => api.create(services, 'default', service('b', { clusterIP: '10.96.0.1' })))).toBe(
      'Service "b" is invalid: spec.clusterIPs: Invalid value: ["10.96.0.1"]: failed to allocate IP 10.96.0.1: provided IP is already allocated',
    );
  });

  it('that others made are taken, too', () => {
    const { api } = booted();
    api.create(
      ADDRESSES,
      '',
      address('10.96.0.99', { group: 'gateway.example.com', resource: 'gateways', name: 'g' }),
    );
    const made = () => api.create(services, 'default', service('b', { clusterIP: '10.96.0.99' }));
    expect(refusal(made)).toContain('provided IP is already allocated');
  });

  it('are made again, and cleaned up, by the API server itself', () => {
    const cluster = booted();
    const { api } = cluster;
    api.delete(ADDRESSES, '', '10.96.0.10');
    api.create(
      ADDRESSES,
      '',
      address('10.96.0.200', { resource: 'services', namespace: 'default', name: 'no' }, MANAGED),
    );
    api.create(
      ADDRESSES,
      '',
      address('10.96.0.201', { resource: 'services', namespace: 'default', name: 'kubernetes' }, MANAGED),
    );
    cluster.advance(100);
    expect(held(cluster)).toEqual([...OWN, '10.96.0.200 default/no']);
    cluster.advance(61_000);
    expect(held(cluster)).toEqual(OWN);
    expect(told(cluster, 'kube-dns')).toEqual([
      'ClusterIPNotAllocated: Cluster IP [IPv4]: 10.96.0.10 is not allocated; repairing',
    ]);
    expect([...told(cluster, '10.96.0.200'), ...told(cluster, '10.96.0.201')]).toEqual([
      'IPAddressNotAllocated: IPAddress: 10.96.0.200 for Service default/no appears to have leaked: cleaning up',
      'IPAddressWrongReference: IPAddress: 10.96.0.201 for Service default/kubernetes has a wrong reference; cleaning up',
    ]);
  });
});

describe('[SR1] ServiceCIDRs', () => {
  it('are ready; more of them give more addresses', () => {
    const cluster = booted();
    const { api } = cluster;
    expect(ready(cluster, 'kubernetes')).toEqual(['True : Kubernetes Service CIDR is ready']);
    const beyond = service('far', { clusterIP: '192.168.200.9' });
    expect(refusal(() => api.create(services, 'default', beyond))).toContain(
      'failed to allocate IP 192.168.200.9: the provided network does not match the current range',
    );
    expect(refusal(() => api.create(services, 'default', beyond, { dryRun: true }))).toContain(
      'the provided IP (192.168.200.9) is not in the valid range. The range of valid IPs is 10.96.0.0/12',
    );
    api.create(RANGES, '', range('more', '192.168.200.0/24'));
    cluster.advance(100);
    api.create(services, 'default', beyond);
    expect(held(cluster)).toContain('192.168.200.9 default/far');
    expect(told(cluster, 'far')).toEqual([]);
  });

  it('that are deleted stay while an address has no other range, and ten seconds more', () => {
    const cluster = booted();
    const { api } = cluster;
    api.create(RANGES, '', range('more', '192.168.200.0/24'));
    cluster.advance(100);
    api.create(services, 'default', service('far', { clusterIP: '192.168.200.9' }));
    api.delete(RANGES, '', 'more');
    cluster.advance(1000);
    expect(ready(cluster, 'more')).toEqual([
      'False Terminating: There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR',
    ]);
    const another = () => api.create(services, 'default', service('x', { clusterIP: '192.168.200.10' }));
    expect(refusal(another)).toContain('the provided network does not match the current range');
    api.delete(services, 'default', 'far');
    cluster.advance(8000);
    expect(rangeOf(cluster, 'more')).toBeDefined();
    cluster.advance(2000);
    expect(rangeOf(cluster, 'more')).toBeUndefined();
  });

  it('go when a wider one covers them', () => {
    const cluster = booted();
    cluster.api.create(RANGES, '', range('wide', '10.0.0.0/8'));
    cluster.advance(100);
    cluster.api.delete(RANGES, '', 'kubernetes');
    cluster.advance(11_000);
    // The API server puts back its own.
    cluster.advance(4000);
    expect(rangeOf(cluster, 'kubernetes')?.metadata.deletionTimestamp).toBeUndefined();
    expect(ready(cluster, 'kubernetes')).toEqual(['True : Kubernetes Service CIDR is ready']);
  });

  const refused: readonly (readonly [string, KubeObject, string])[] = [
    ['no range', range('r'), 'spec.cidrs: Required value: at least one CIDR required'],
    [
      'three ranges',
      range('r', '10.0.0.0/8', 'fd00::/64', '10.1.0.0/16'),
      'spec.cidrs: Invalid value: {"CIDRs":["10.0.0.0/8","fd00::/64","10.1.0.0/16"]}: may only hold up to 2 values',
    ],
    [
      'two of a family',
      range('r', '10.0.0.0/8', '11.0.0.0/8'),
      'spec.cidrs: Invalid value: {"CIDRs":["10.0.0.0/8","11.0.0.0/8"]}: may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64',
    ],
    [
      'bits beyond the prefix',
      range('r', '10.0.0.1/8'),
      'spec.cidrs[0]: Invalid value: "10.0.0.1/8": must not have bits set beyond the prefix length',
    ],
    [
      'no range at all',
      range('r', 'ten'),
      'spec.cidrs[0]: Invalid value: "ten": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
    ],
    [
      'another form of IPv6',
      range('r', 'FD00::/64'),
      'spec.cidrs[0]: Invalid value: "FD00::/64": must be in canonical form ("fd00::/64")',
    ],
  ];
  it.each(refused)('are refused with %s', (_what, object, message) => {
    const { api } = startTestCluster({ nodes: 1 });
    expect(refusal(() => api.create(RANGES, '', object))).toBe(
      `ServiceCIDR.networking.k8s.io "r" is invalid: ${message}`,
    );
  });

  const changes: readonly (readonly [readonly string[], string])[] = [
    [['10.0.0.0/8'], 'spec.cidrs[0]: Invalid value: "10.0.0.0/8": field is immutable'],
    [['10.96.0.0/12', 'fd00::/64'], 'accepted'],
  ];
  it.each(changes)('changed to %j', (cidrs, message) => {
    const { api } = startTestCluster({ nodes: 1 });
    const change = () => api.patch(RANGES, '', 'kubernetes', 'merge', { spec: { cidrs } });
    expect(refusal(change)).toContain(message);
  });

  const names: readonly (readonly [string, object | undefined, string])[] = [
    [
      'web',
      {},
      'metadata.name: Invalid value: "web": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
    ['010.0.0.1', {}, 'metadata.name: Invalid value: "010.0.0.1": must not have leading 0s'],
    ['::ffff:10.0.0.1', {}, 'must not be an IPv4-mapped IPv6 address'],
    ['FD00::1', {}, 'must be in canonical form ("fd00::1")'],
    ['10.0.0.1', undefined, 'spec.parentRef: Required value'],
    [
      '10.0.0.1',
      { resource: 'a/b', name: '' },
      'spec.parentRef.resource: Invalid value: "a/b": may not contain \'/\'',
    ],
  ];
  it.each(names)('an IPAddress %s of %j is refused', (name, parent, message) => {
    const { api } = startTestCluster({ nodes: 1 });
    const whole = parent && { resource: 'services', namespace: 'default', name: 'web', ...parent };
    expect(refusal(() => api.create(ADDRESSES, '', address(name, whole)))).toContain(message);
  });

  it('an IPAddress stays with its parent', () => {
    const { api } = booted();
    const move = () => api.patch(ADDRESSES, '', '10.96.0.1', 'merge', { spec: { parentRef: { name: 'x' } } });
    expect(refusal(move)).toBe(
      'IPAddress.networking.k8s.io "10.96.0.1" is invalid: spec.parentRef: Invalid value: {"Group":"","Resource":"services","Namespace":"default","Name":"x"}: field is immutable',
    );
  });
});
