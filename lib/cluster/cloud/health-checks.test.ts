import { describe, expect, it } from 'vitest';
import type { Delivery, Reply } from '../../api';
import { nextState } from './health-checks';
import type { Balancer, HealthCheck, Target } from './state';

const NEW: Target = { state: 'initial', streak: 0, reason: '' };
const check = (protocol: HealthCheck['protocol']): HealthCheck => ({
  protocol,
  port: 30080,
  path: '/healthz',
  intervalSeconds: 10,
  timeoutSeconds: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
});
const gave = (reply: Reply, latencyMs = 2): Delivery => ({
  kind: 'delivered',
  reply,
  server: { ip: '', port: 0 },
  sourceSeen: '',
  latencyMs,
});
const http = (status: number): Delivery => gave({ kind: 'http', status, reason: '', headers: [], body: '' });
const OUTCOMES: Readonly<Record<string, Delivery>> = {
  '+': gave({ kind: 'connected' }),
  '-': { kind: 'refused', latencyMs: 1 },
  d: { kind: 'dropped' },
  s: gave({ kind: 'connected' }, 6000),
  c: gave({ kind: 'closed', why: 'reset' }),
  2: http(200),
  3: http(301),
  5: http(503),
};

describe('[CL8] a target after a row of checks', () => {
  it.each<[Balancer['kind'], HealthCheck['protocol'], string, Partial<Target>]>([
    ['classic', 'TCP', '+', { state: 'initial', streak: 1 }],
    ['classic', 'TCP', '++', { state: 'healthy' }],
    ['classic', 'TCP', '+-+', { state: 'initial', streak: 1 }],
    ['classic', 'TCP', '--', { state: 'initial' }],
    ['classic', 'TCP', '---', { state: 'unhealthy', reason: 'failed' }],
    ['classic', 'TCP', '++--+--', { state: 'healthy' }],
    ['classic', 'TCP', '++---', { state: 'unhealthy' }],
    ['classic', 'TCP', '++---+', { state: 'unhealthy', streak: 1 }],
    ['classic', 'TCP', '++---++', { state: 'healthy', streak: 0 }],
    ['classic', 'TCP', '++ddd', { state: 'unhealthy', reason: 'timeout' }],
    ['classic', 'TCP', '++sss', { state: 'unhealthy', reason: 'timeout' }],
    ['classic', 'TCP', '++ccc', { state: 'unhealthy', reason: 'failed' }],
    ['classic', 'HTTP', '22', { state: 'healthy' }],
    ['classic', 'HTTP', '22333', { state: 'unhealthy', reason: 'code', code: 301 }],
    ['network', 'TCP', '+', { state: 'healthy' }],
    ['network', 'TCP', '+---+', { state: 'unhealthy', streak: 1 }],
    ['network', 'HTTP', '3', { state: 'healthy' }],
    ['network', 'HTTP', '2555', { state: 'unhealthy', reason: 'code', code: 503 }],
  ])('%s %s %s', (kind, protocol, row, expected) => {
    let target = NEW;
    for (const one of row) {
      const outcome = OUTCOMES[one];
      if (outcome !== undefined) target = nextState(target, check(protocol), kind, outcome);
    }
    expect(target).toMatchObject(expected);
  });
});
