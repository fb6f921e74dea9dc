import { describe, expect, it } from 'vitest';
import type { Deployment, Event } from '../../api';
import { startTestCluster } from './test-cluster';

describe('bootstrap', () => {
  it('[BO1] comes to rest with everything running', () => {
    const cluster = startTestCluster();
    cluster.advance(60_000);
    const pods = cluster
      .pods('kube-system')
      .map((pod) => `${pod.metadata.name} ${pod.status?.phase} ${pod.spec?.nodeName} ${pod.status?.podIP}`);
    console.log(pods, cluster.loop.nextDue(), cluster.now());
    console.log(
      cluster.view
        .list<Event>('events', '')
        .map((e) => `${e.involvedObject.name} ${e.reason} ${e.message} ${e.count}`),
    );
    console.log(
      JSON.stringify(
        cluster.view.get<Deployment>('deployments.apps', 'kube-system', 'coredns')?.status,
        null,
        1,
      ),
    );
    //console.log(JSON.stringify(cluster.pods('kube-system')[0], null, 1));
    expect(cluster.pods('kube-system').every((pod) => pod.status?.phase === 'Running')).toBe(true);
  });
});
