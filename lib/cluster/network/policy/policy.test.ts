import { describe, expect, it } from 'vitest';
import type { Stored, Vantage } from '../../../api';
import {
  cluster,
  DB,
  direct,
  egress,
  from,
  ingress,
  labels,
  one,
  pod,
  sent,
  tcp,
} from './policy-cluster.test-support';

describe('[N20] the trace names the policy, its rule and the field', () => {
  it.each<[string, readonly Stored[], string, string, RegExp]>([
    [
      'deny all',
      one(ingress()),
      'spec.ingress',
      'NetworkPolicy default/p',
      /isolates the Pod for ingress and allows nothing/,
    ],
    [
      'the wrong port',
      one(ingress(from({ podSelector: labels({ app: 'x' }) }), { ports: [tcp(81)] })),
      'spec.ingress[1].ports',
      'NetworkPolicy default/p, ingress rule 2',
      /it speaks of 81\/TCP, not of port 80\/TCP/,
    ],
    [
      'the wrong Pod',
      one(ingress({ from: [{ podSelector: labels({ app: 'x' }) }], ports: [tcp(80)] })),
      'spec.ingress[0].from[0].podSelector',
      'NetworkPolicy default/p, ingress rule 1',
      /the labels of Pod default\/api \(10.244.1.3\) do not match/,
    ],
    [
      'the wrong namespace',
      one(ingress(from({ namespaceSelector: labels({ team: 'ops' }), podSelector: labels({ app: 'api' }) }))),
      'spec.ingress[0].from[0].namespaceSelector',
      'NetworkPolicy default/p, ingress rule 1',
      /the labels of namespace default do not match/,
    ],
    [
      'an exception',
      one(ingress(from({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.244.1.0/24'] } }))),
      'spec.ingress[0].from[0].ipBlock.except[0]',
      'NetworkPolicy default/p, ingress rule 1',
      /10.244.1.3 is in the exception 10.244.1.0\/24/,
    ],
    [
      'egress',
      one(egress('api', { to: [{ podSelector: labels({ app: 'x' }) }] })),
      'spec.egress[0].to[0].podSelector',
      'NetworkPolicy default/p, egress rule 1',
      /the labels of Pod default\/db/,
    ],
  ])('%s', (_, policies, field, rule, detail) => {
    const hop = sent(policies, pod('api'), direct).trace.at(-1);
    expect(hop).toMatchObject({
      rule,
      object: { resource: 'networkpolicies.networking.k8s.io', namespace: 'default', name: 'p', field },
    });
    expect(hop?.effect).toMatch(/^drops the packet: no rule allows (in|e)gress /);
    expect(hop?.detail).toMatch(detail);
  });

  it('also the rule that lets a packet through', () => {
    const { trace } = sent(one(ingress({}, from({ podSelector: {} }))), pod('api'), direct);
    expect(trace).toContainEqual({
      at: 'pod default/db',
      rule: 'NetworkPolicy default/p, ingress rule 1',
      effect: 'allows ingress from default/api (10.244.1.3) to port 80/TCP',
      object: {
        resource: 'networkpolicies.networking.k8s.io',
        namespace: 'default',
        name: 'p',
        field: 'spec.ingress[0]',
      },
    });
  });
});

describe('[N21] an echo has no port', () => {
  it.each<[string, readonly Stored[], Vantage, boolean]>([
    ['isolated', one(ingress()), pod('api'), false],
    ['a rule with ports does not speak of it', one(ingress({ ports: [tcp()] })), pod('api'), false],
    ['a rule without ports does', one(ingress(from({ podSelector: {} }))), pod('api'), true],
    ['isolated for egress', one(egress('api')), pod('api'), false],
    ['from the Pod’s own node', one(ingress()), { kind: 'node', name: 'worker-1' }, true],
  ])('%s', (_, policies, sender, answered) => {
    expect(cluster(...policies).network.ping({ from: sender, ip: DB }).outcome.answered).toBe(answered);
  });
});
