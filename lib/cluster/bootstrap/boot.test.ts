import { describe, expect, it } from 'vitest';
import type { Deployment, Event } from '../../api';
import { startTestCluster } from './test-cluster';

describe('bootstrap', () => {
  it('[BO1] within a minute everything runs, and DNS is ready', () => {
    const cluster = startTestCluster();
    cluster.advance(60_000);
    const pods = cluster.pods('kube-system');
    expect(pods.length).toBe(2 + 4 + 3);
    expect(pods.filter((pod) => pod.status?.phase !== 'Running')).toEqual([]);
    const coredns = cluster.view.get<Deployment>('deployments.apps', 'kube-system', 'coredns');
    expect(coredns?.status?.availableReplicas).toBe(2);
    expect(cluster.view.get('services', 'default', 'kubernetes')).toBeDefined();
    expect(cluster.view.get('serviceaccounts', 'default', 'default')).toBeDefined();
  });

  it('[BO2] the default namespace has seen no events', () => {
    const cluster = startTestCluster();
    cluster.advance(60_000);
    expect(cluster.view.list<Event>('events', 'default')).toEqual([]);
  });

  it.each([1, 2, 6])('[BO3] %d nodes, of which one is the control plane', (nodes) => {
    const cluster = startTestCluster({ nodes });
    cluster.advance(60_000);
    expect(cluster.view.list('nodes', '').length).toBe(nodes);
    expect(cluster.pods('kube-system').every((pod) => pod.status?.phase === 'Running')).toBe(true);
  });
});
