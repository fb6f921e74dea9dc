import { describe, expect, it } from 'vitest';
import { differenceFrom, ruleSchema } from './compare';

const service = {
  metadata: { labels: { 'app.kubernetes.io/name': 'web' } },
  spec: {
    type: 'ClusterIP',
    ports: [
      { name: 'http', port: 80, targetPort: 8080 },
      { name: 'https', port: 443, targetPort: 'tls' },
    ],
  },
};
const rule = (fields: object) => ruleSchema.parse({ because: 'x', ...fields });

const deployment = {
  spec: { replicas: 3, requests: { memory: '128Mi' }, limits: { memory: '0.25Gi' } },
  status: { readyReplicas: 3, updatedReplicas: 2 },
};

describe('comparisons with quantities and with other fields', () => {
  it.each([
    [{ path: 'spec.requests.memory', atLeast: '64Mi', atMost: '0.5Gi' }],
    [{ path: 'spec.requests.memory', atMost: { path: 'spec.limits.memory' } }],
    [{ path: 'status.readyReplicas', sameAs: 'spec.replicas' }],
  ])('%j holds', (fields) => {
    expect(differenceFrom(rule(fields), deployment)).toBeUndefined();
  });

  it.each([
    [{ path: 'spec.requests.memory', atLeast: '1Gi' }, 'at least 1Gi', '"128Mi"'],
    [{ path: 'status.updatedReplicas', atLeast: { path: 'spec.replicas' } }, 'at least 3', '2'],
    [{ path: 'status.updatedReplicas', sameAs: 'spec.replicas' }, '3 (as spec.replicas)', '2'],
    [{ path: 'spec.nothing', sameAs: 'spec.nothing' }, 'not set (as spec.nothing)', 'not set'],
    [{ path: 'spec.replicas', atLeast: { path: 'spec.nothing' } }, 'at least (not set)', '3'],
  ])('%j does not hold', (fields, expected, actual) => {
    expect(differenceFrom(rule(fields), deployment)).toEqual({ expected, actual });
  });

  it('[G5] a bound that is nothing of all that is refused', () => {
    expect(() => rule({ path: 'spec.replicas', atLeast: 'many' })).toThrow('quantity');
  });
});

describe('comparisons of fields', () => {
  it.each([
    [{ path: 'spec.type', is: 'ClusterIP' }],
    [{ path: '$.spec.ports[0].port', is: 80 }],
    [{ path: "spec.ports[?@.name=='https'].port", is: 443 }],
    [{ path: "metadata.labels['app.kubernetes.io/name']", matches: '^w' }],
    [{ path: 'spec.ports[*].port', some: 443, count: 2 }],
    [{ path: 'spec.ports[*].port', atLeast: 80, atMost: 443 }],
    [{ path: 'spec.externalName', absent: true }],
    [{ path: 'spec.externalName', not: 'a' }],
    [{ path: 'spec.type', oneOf: ['ClusterIP', 'NodePort'], present: true }],
  ])('%j holds', (fields) => {
    expect(differenceFrom(rule(fields), service)).toBeUndefined();
  });

  it.each([
    [{ path: 'spec.type', is: 'NodePort' }, '"NodePort"', '"ClusterIP"'],
    [{ path: 'spec.ports[*].port', is: 80 }, '80', '80, 443'],
    [{ path: 'spec.nothing', is: null }, 'null', 'not set'],
    [{ path: 'spec.type', absent: true }, 'not set', '"ClusterIP"'],
    [{ path: 'spec.type', not: 'ClusterIP' }, 'anything but "ClusterIP"', '"ClusterIP"'],
    [{ path: 'spec.ports[*].targetPort', atMost: 9000 }, 'at most 9000', '8080, "tls"'],
    [
      { path: 'spec.ports[*]', count: 1 },
      '1 of them',
      '{"name":"http","port":80,"targetPort":8080}, {"name":"https","port":443,"targetPort":"tls"}',
    ],
  ])('%j does not hold', (fields, expected, actual) => {
    expect(differenceFrom(rule(fields), service)).toEqual({ expected, actual });
  });

  it.each([
    [{ path: 'spec.ports[', is: 1 }, 'is no JSONPath'],
    [{ path: 'spec.type' }, 'needs a comparison'],
    [{ path: 'spec.type', matches: '(' }, 'is no regular expression'],
  ])('[G5] %j is refused', (fields, message) => {
    expect(() => rule(fields)).toThrow(message);
  });
});
