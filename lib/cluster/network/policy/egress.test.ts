import { describe, expect, it } from 'vitest';
import { brief, service } from '../hand-made-cluster.test-support';
import {
  clusterIP,
  direct,
  egress,
  ingress,
  labels,
  NO,
  one,
  pod,
  policy,
  type Row,
  sent,
  tcp,
  toDb,
  YES,
} from './policy-cluster.test-support';

const EGRESS: readonly Row[] = [
  ['default deny: nothing goes out', one(egress('api')), pod('api'), direct, NO],
  ['another Pod goes out', one(egress('api')), pod('shop'), direct, YES],
  [
    'an ingress policy does not isolate for egress',
    one({ podSelector: labels({ app: 'api' }), policyTypes: ['Ingress'] }),
    pod('api'),
    direct,
    YES,
  ],
  [
    'egress rules alone isolate for egress too',
    one({ podSelector: labels({ app: 'api' }), egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/24' } }] }] }),
    pod('api'),
    direct,
    NO,
  ],
  ['an empty rule lets it out', one(egress('api', {})), pod('api'), direct, YES],
  ['podSelector', one(egress('api', { to: [toDb] })), pod('api'), direct, YES],
  [
    'podSelector through a Service: the Pod counts',
    one(egress('api', { to: [toDb] })),
    pod('api'),
    [clusterIP, 5432],
    YES,
  ],
  [
    'ipBlock of the cluster IP does not help',
    one(egress('api', { to: [{ ipBlock: { cidr: `${clusterIP}/32` } }] })),
    pod('api'),
    [clusterIP, 5432],
    NO,
  ],
  ['ports: the Pod’s', one(egress('api', { ports: [tcp(80)] })), pod('api'), [clusterIP, 5432], YES],
  ['ports: not the Service’s', one(egress('api', { ports: [tcp(5432)] })), pod('api'), [clusterIP, 5432], NO],
  ['ports: a name of the other Pod’s', one(egress('api', { ports: [tcp('web')] })), pod('api'), direct, YES],
  [
    'ports: a name means nothing outside',
    one(egress('api', { ports: [tcp('ssh')] })),
    pod('api'),
    ['192.168.50.12', 22],
    NO,
  ],
  ['its own node is open', one(egress('api')), pod('api'), ['192.168.50.11', 22], 'delivered worker-1'],
  ['other nodes are not', one(egress('api')), pod('api'), ['192.168.50.12', 22], NO],
  [
    'other nodes by ipBlock',
    one(egress('api', { to: [{ ipBlock: { cidr: '192.168.50.0/24' } }] })),
    pod('api'),
    ['192.168.50.12', 22],
    'delivered worker-2',
  ],
  [
    'both ends must allow: ingress does not',
    [...one(egress('api', {})), policy('q', ingress())],
    pod('api'),
    direct,
    NO,
  ],
  ['replies need no rule', [...one(egress('db')), policy('q', ingress({}))], pod('api'), direct, YES],
  ['itself', one(egress('db')), pod('db'), [clusterIP, 5432], YES],
  [
    'policies come after the rules: no endpoints still refuses',
    [
      ...one(egress('api')),
      service('none', {
        clusterIP: '10.96.8.8',
        clusterIPs: ['10.96.8.8'],
        ports: [{ port: 80, protocol: 'TCP' }],
      }),
    ],
    pod('api'),
    ['10.96.8.8', 80],
    'refused',
  ],
];

describe('[N19] NetworkPolicy: egress', () => {
  it.each(EGRESS)('%s', (_, policies, sender, to, expected) => {
    expect(brief(sent(policies, sender, to).outcome)).toBe(expected);
  });
});
