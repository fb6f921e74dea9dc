import { describe, expect, it } from 'vitest';
import { freshWorkspace, judged, SILENT } from './fresh-workspace.test-support';

describe('the DNS check', () => {
  it('[G4] tells why there is no right answer yet, and takes the right one', async () => {
    const workspace = await freshWorkspace();
    const asked = (fields: object) => judged(workspace, 'dns', { from: 'pod', ...fields });
    const pods = { names: ['web'], deployment: 'web' };
    await workspace.run('kubectl create deployment web --image=nginx --replicas=0', SILENT);
    expect(await asked(pods)).toMatchObject({
      outcome: 'not-met',
      reason:
        'web gives no such name from a Pod. Deployment web has no ready Pod, so there is no address that it could give.',
      expected: 'the addresses of Pods that are not ready yet',
    });
    expect(await asked({ names: ['web'], service: 'web' })).toMatchObject({
      reason: 'web gives no such name from a Pod: there is no Service "web" in namespace default.',
      expected: 'the cluster IP of a Service that is not there yet',
    });
    const made =
      'kubectl scale deploy web --replicas=2; kubectl rollout status deploy web; kubectl create svc clusterip web --clusterip=None; sleep 5';
    await workspace.run(made, SILENT);
    expect(await asked(pods)).toMatchObject({ outcome: 'met' });
    const refuses = String.raw`kubectl -n kube-system get cm coredns -o yaml | sed 's/^    \.:53 /    elsewhere.test:53 /' | kubectl apply -f - && kubectl -n kube-system rollout restart deploy coredns && kubectl -n kube-system rollout status deploy coredns; sleep 40`;
    await workspace.run(refuses, SILENT);
    expect(await asked(pods)).toMatchObject({
      reason: 'Name server 10.96.0.10, asked for web from a Pod, answered that it cannot tell.',
      actual: 'an error',
    });
  });
});
