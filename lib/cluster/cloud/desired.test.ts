import { describe, expect, it } from 'vitest';
import type { Service, Stored } from '../../api';
import { desiredBalancer } from './desired';

const AWS = 'service.beta.kubernetes.io/aws-load-balancer-';
const CERT = 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';
type Annotations = Readonly<Record<string, string>>;

function service(annotations: Annotations, spec: object = {}, status: object = {}): Stored<Service> {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'web',
      namespace: 'shop',
      uid: '0a1b2c3d-1111-2222-3333-444455556666',
      resourceVersion: '1',
      annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [AWS + key, value])),
    },
    spec: {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Cluster',
      ports: [{ name: 'http', port: 80, nodePort: 30080, protocol: 'TCP' }],
      ...spec,
    },
    status,
  } as unknown as Stored<Service>;
}

const TWO = {
  ports: [
    { name: 'http', port: 80, nodePort: 30080, protocol: 'TCP' },
    { name: 'https', port: 443, nodePort: 30443, protocol: 'TCP' },
  ],
};
const LOCAL = { externalTrafficPolicy: 'Local', healthCheckNodePort: 31000 };

describe('[CL6] a balancer’s name', () => {
  it('is "a" and the UID without dashes, 32 letters long', () => {
    expect(desiredBalancer(service({})).name).toBe('a0a1b2c3d111122223333444455556666'.slice(0, 32));
  });
});

describe('[CL7] listeners', () => {
  it.each<[string, Annotations, object, readonly string[]]>([
    ['plain', {}, {}, ['tcp:80→tcp:30080']],
    ['http by its backend', { 'backend-protocol': 'http' }, {}, ['http:80→http:30080']],
    ['a certificate is for all ports', { 'ssl-cert': CERT }, TWO, ['ssl:80→tcp:30080', 'ssl:443→tcp:30443']],
    [
      'or for some by number',
      { 'ssl-cert': CERT, 'ssl-ports': '443' },
      TWO,
      ['tcp:80→tcp:30080', 'ssl:443→tcp:30443'],
    ],
    [
      'or by name, with http behind',
      { 'ssl-cert': CERT, 'ssl-ports': 'https', 'backend-protocol': 'http' },
      TWO,
      ['http:80→http:30080', 'https:443→http:30443'],
    ],
    ['https behind', { 'ssl-cert': CERT, 'backend-protocol': 'https' }, {}, ['https:80→https:30080']],
    ['of a network balancer', { type: 'nlb' }, {}, ['TCP:80→TCP:30080']],
    [
      'its TLS',
      { type: 'nlb', 'ssl-cert': CERT, 'ssl-ports': '443' },
      TWO,
      ['TCP:80→TCP:30080', 'TLS:443→TCP:30443'],
    ],
    [
      'its TLS to targets',
      { type: 'nlb', 'ssl-cert': CERT, 'backend-protocol': 'ssl' },
      {},
      ['TLS:80→TLS:30080'],
    ],
  ])('%s', (_, annotations, spec, expected) => {
    const { mappings } = desiredBalancer(service(annotations, spec));
    expect(
      mappings.map((each) => `${each.protocol}:${each.port}→${each.instanceProtocol}:${each.nodePort}`),
    ).toEqual(expected);
  });
});

describe('[CL8] the health check', () => {
  it.each<[string, Annotations, object, object]>([
    [
      'TCP on the first node port',
      {},
      TWO,
      {
        protocol: 'TCP',
        port: 30080,
        intervalSeconds: 10,
        unhealthyThreshold: 6,
        healthyThreshold: 2,
        timeoutSeconds: 5,
      },
    ],
    ['SSL where the backend is', { 'backend-protocol': 'ssl' }, {}, { protocol: 'SSL', port: 30080 }],
    ['kube-proxy’s page under Local', {}, LOCAL, { protocol: 'HTTP', port: 31000, path: '/healthz' }],
    [
      'numbers of one’s own',
      { 'healthcheck-interval': '5', 'healthcheck-timeout': '3', 'healthcheck-unhealthy-threshold': '2' },
      {},
      { intervalSeconds: 5, timeoutSeconds: 3, unhealthyThreshold: 2 },
    ],
    [
      'a page of one’s own',
      { 'healthcheck-protocol': 'http', 'healthcheck-path': '/up', 'healthcheck-port': '30999' },
      {},
      { protocol: 'HTTP', port: 30999, path: '/up' },
    ],
    [
      'of a network balancer',
      { type: 'nlb' },
      {},
      { protocol: 'TCP', port: 'traffic-port', path: '', intervalSeconds: 30, healthyThreshold: 3 },
    ],
    [
      'of a network balancer under Local',
      { type: 'nlb' },
      LOCAL,
      { protocol: 'HTTP', port: 31000, path: '/healthz', intervalSeconds: 10, healthyThreshold: 2 },
    ],
  ])('%s', (_, annotations, spec, expected) => {
    expect(desiredBalancer(service(annotations, spec)).check).toMatchObject(expected);
  });
});

describe('[CL7] scheme, attributes, ranges, groups', () => {
  it.each<[Annotations, object, object]>([
    [{}, {}, { scheme: 'internet-facing', sourceRanges: ['0.0.0.0/0'], kind: 'classic' }],
    [{ internal: 'true' }, {}, { scheme: 'internal' }],
    [{ internal: 'false' }, {}, { scheme: 'internet-facing' }],
    [{ internal: '0.0.0.0/0' }, {}, { scheme: 'internal' }],
    [
      {},
      { loadBalancerSourceRanges: ['10.2.0.0/16', '10.1.0.0/16'] },
      { sourceRanges: ['10.1.0.0/16', '10.2.0.0/16'] },
    ],
    [
      { 'security-groups': 'sg-1, sg-2', 'extra-security-groups': 'sg-3' },
      {},
      { givenGroups: ['sg-1', 'sg-2'], extraGroups: ['sg-3'] },
    ],
    [
      {
        'cross-zone-load-balancing-enabled': 'true',
        'connection-idle-timeout': '30',
        'connection-draining-enabled': 'T',
        'connection-draining-timeout': '60',
      },
      {},
      {
        attributes: {
          crossZone: true,
          idleTimeoutSeconds: 30,
          draining: { enabled: true, timeoutSeconds: 60 },
        },
      },
    ],
    [
      { type: 'nlb', 'target-group-attributes': 'preserve_client_ip.enabled=false' },
      {},
      { attributes: { preserveClientIp: false } },
    ],
    [
      { 'additional-resource-tags': 'Team=shop,Cost=' },
      {},
      { tags: { Team: 'shop', Cost: '', 'kubernetes.io/service-name': 'shop/web' } },
    ],
  ])('%j %j', (annotations, spec, expected) => {
    expect(desiredBalancer(service(annotations, spec))).toMatchObject(expected);
  });
});

const UDP = { ports: [{ port: 53, nodePort: 30053, protocol: 'UDP' }] };

describe('[CL4] refused in the provider’s words', () => {
  it.each<[Annotations, object, object, string]>([
    [{}, { sessionAffinity: 'ClientIP' }, {}, 'unsupported load balancer affinity: ClientIP'],
    [{}, UDP, {}, 'Protocol UDP not supported by LoadBalancer'],
    [
      { type: 'nlb' },
      { ports: [...UDP.ports, ...TWO.ports] },
      {},
      'mixed protocol is not supported for LoadBalancer',
    ],
    [
      { type: 'nlb' },
      { ports: [{ port: 1, nodePort: 30001, protocol: 'SCTP' }] },
      {},
      'Protocol SCTP not supported by LoadBalancer',
    ],
    [{}, { loadBalancerIP: '1.2.3.4' }, {}, 'LoadBalancerIP cannot be specified for AWS ELB'],
    [
      { 'proxy-protocol': 'v2' },
      {},
      {},
      `annotation "${AWS}proxy-protocol"="v2" detected, but the only value supported currently is '*'`,
    ],
    [
      { 'cross-zone-load-balancing-enabled': 'yes' },
      {},
      {},
      `error parsing service annotation: ${AWS}cross-zone-load-balancing-enabled=yes`,
    ],
    [
      { 'ssl-cert': CERT, 'backend-protocol': 'smtp' },
      {},
      {},
      `Invalid backend protocol smtp for ${CERT} in ${AWS}backend-protocol`,
    ],
    [
      { type: 'nlb' },
      {},
      { loadBalancer: { ingress: [{ hostname: 'a-1.us-east-1.elb.amazonaws.com' }] } },
      `cannot update Load Balancer Type annotation "${AWS}type" after creation for NLB`,
    ],
    [
      { type: 'nlb', 'healthcheck-interval': 'soon' },
      {},
      {},
      `failed to parse annotation ${AWS}healthcheck-interval=soon`,
    ],
    [{ type: 'nlb', 'healthcheck-port': 'web' }, {}, {}, "Invalid health check port 'web'"],
    [
      { 'target-group-attributes': 'a=b' },
      {},
      {},
      'target group attributes annotation is only supported for NLB',
    ],
    [
      { 'healthcheck-interval': '1' },
      {},
      {},
      'cannot update health check for load balancer "a0a1b2c3d11112222333344445555666": "some of the load balancer health check parameters are invalid: HealthCheck validation errors: Interval must be at least 5"',
    ],
  ])('%j %j %j', (annotations, spec, status, message) => {
    expect(() => desiredBalancer(service(annotations, spec, status))).toThrow(
      expect.objectContaining({ message }) as Error,
    );
  });
});
