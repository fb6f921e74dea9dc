import { beforeAll, describe, expect, it } from 'vitest';
import type { Event, Fault, Node, Pod, Request, Stored, Vantage } from '../../api';
import { createWorkspace, restoreWorkspace, type Workspace, type WorkspaceOptions } from '../../workspace';

const OPTIONS: WorkspaceOptions = { seed: 1, startAt: 1_767_690_000_000, nodes: 3, images: 'catalogue' };
const GET: Request = { kind: 'http', method: 'GET', path: '/', host: 'web', headers: {}, body: '' };
const office: Vantage = { kind: 'office' };
const node = (name: string): Vantage => ({ kind: 'node', name });
const SETUP = `kubectl create deployment web --image=nginx --replicas=4
kubectl expose deployment web --port=80 --type=NodePort
kubectl run client --image=nicolaka/netshoot -- sleep infinity
kubectl rollout status deployment/web
kubectl wait --for=condition=Ready pod/client --timeout=60s
sleep 1`;
const client: Vantage = { kind: 'pod', namespace: 'default', name: 'client' };

let start: Workspace;
beforeAll(async () => {
  start = await createWorkspace(OPTIONS);
  await run(start, SETUP);
});

async function run(workspace: Workspace, text: string): Promise<string> {
  let shown = '';
  const add = (piece: string) => {
    shown += piece;
  };
  await workspace.run(text, { out: add, err: add });
  return shown;
}
const after = async (workspace: Workspace, ms: number) => workspace.advanceTo(workspace.now + ms);
const ready = (workspace: Workspace, name: string) =>
  workspace.view.get<Node>('nodes', '', name)?.status?.conditions?.find(({ type }) => type === 'Ready');
const pods = (workspace: Workspace, on?: string): readonly Stored<Pod>[] =>
  workspace.view
    .list<Pod>('pods', 'default')
    .filter(
      ({ metadata, spec }) => metadata.labels?.app === 'web' && (on === undefined || spec?.nodeName === on),
    );
const events = (workspace: Workspace): readonly string[] =>
  workspace.view
    .list<Event>('events', 'default')
    .map(
      ({ type, reason, message, involvedObject }) => `${involvedObject.kind} ${type} ${reason} ${message}`,
    );
const ask = (workspace: Workspace, from: Vantage, ip: string, port = 80) =>
  workspace.network.send({ from, to: { ip, port }, protocol: 'TCP', request: GET }).outcome;
const cluster = (workspace: Workspace) =>
  workspace.view.get('services', 'default', 'web') as unknown as {
    spec: { clusterIP: string; ports: readonly { nodePort: number }[] };
  };

describe('[FA2], [FA3] a machine that is off', () => {
  it('NotReady after 40 to 50 s, Pods evicted after 300 s, and back with a boot', async () => {
    const workspace = start.fork();
    const gone = pods(workspace, 'worker-1').map(({ metadata }) => metadata.name);
    expect(gone.length).toBeGreaterThan(0);
    workspace.faults.inject({ kind: 'node-down', node: 'worker-1' });
    await after(workspace, 40_000);
    expect(ready(workspace, 'worker-1')?.status).toBe('True');
    await after(workspace, 10_500);
    expect(ready(workspace, 'worker-1')).toMatchObject({
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
    });
    const taints = () =>
      workspace.view
        .get<Node>('nodes', '', 'worker-1')
        ?.spec?.taints?.map(({ key, effect }) => `${key}:${effect}`);
    expect(taints()).toEqual([
      'node.kubernetes.io/unreachable:NoSchedule',
      'node.kubernetes.io/unreachable:NoExecute',
    ]);
    expect(events(workspace)).toContain('Node Normal NodeNotReady Node worker-1 status is now: NodeNotReady');
    expect(events(workspace)).toContain('Pod Warning NodeNotReady Node is not ready');
    expect(await run(workspace, 'kubectl get nodes | grep worker-1')).toMatch(/^worker-1 +NotReady /);
    // The rest of the Service goes on, from every node that is up.
    for (let round = 0; round < 10; round += 1)
      expect(ask(workspace, node('worker-2'), cluster(workspace).spec.clusterIP)).toMatchObject({
        kind: 'delivered',
        server: { node: 'worker-2' },
      });
    await after(workspace, 200_000);
    expect(pods(workspace).every(({ metadata }) => metadata.deletionTimestamp === undefined)).toBe(true);
    await after(workspace, 110_000);
    const ending = pods(workspace, 'worker-1').filter(
      ({ metadata }) => metadata.deletionTimestamp !== undefined,
    );
    expect(ending.map(({ metadata }) => metadata.name)).toEqual(gone);
    expect(pods(workspace, 'worker-2')).toHaveLength(4);
    expect(await run(workspace, `kubectl logs ${gone[0]}`)).toBe(
      `Error from server: Get "https://192.168.50.11:10250/containerLogs/default/${gone[0]}/nginx": dial tcp 192.168.50.11:10250: connect: no route to host\n`,
    );
    expect(await run(workspace, `kubectl exec ${gone[0]} -- ls`)).toContain(
      'error dialing backend: dial tcp 192.168.50.11:10250: connect: no route to host',
    );
    workspace.faults.lift({ kind: 'node-down', node: 'worker-1' });
    expect(workspace.network.iptablesSave('worker-1')).not.toContain('KUBE-SVC');
    await after(workspace, 60_000);
    expect(ready(workspace, 'worker-1')).toMatchObject({ status: 'True', reason: 'KubeletReady' });
    expect(taints()).toBeUndefined();
    expect(pods(workspace).map(({ metadata }) => metadata.name)).not.toContain(gone[0]);
    expect(events(workspace)).toContain('Node Normal NodeReady Node worker-1 status is now: NodeReady');
    const proxy = workspace.view
      .list<Pod>('pods', 'kube-system')
      .find(
        ({ metadata, spec }) =>
          metadata.labels?.['k8s-app'] === 'kube-proxy' && spec?.nodeName === 'worker-1',
      );
    expect(proxy?.status?.containerStatuses?.[0]).toMatchObject({
      restartCount: 1,
      ready: true,
      lastState: { terminated: { exitCode: 255, reason: 'Unknown' } },
    });
    expect(ask(workspace, node('worker-1'), cluster(workspace).spec.clusterIP).kind).toBe('delivered');
  });

  it('a short outage evicts nobody; the Pods start again with new addresses', async () => {
    const workspace = start.fork();
    const before = pods(workspace, 'worker-1').map(({ metadata, status }) => [metadata.name, status?.podIP]);
    workspace.faults.inject({ kind: 'node-down', node: 'worker-1' });
    await after(workspace, 120_000);
    expect(ask(workspace, office, '192.168.50.11', 22).kind).toBe('dropped');
    workspace.faults.lift({ kind: 'node-down', node: 'worker-1' });
    await after(workspace, 60_000);
    const now = pods(workspace, 'worker-1');
    expect(now.map(({ metadata }) => metadata.name)).toEqual(before.map(([name]) => name));
    expect(now.every(({ status }) => status?.containerStatuses?.[0]?.restartCount === 1)).toBe(true);
    expect(now.map(({ status }) => status?.podIP)).not.toEqual(before.map(([, ip]) => ip));
    expect(events(workspace)).toContain(
      'Pod Normal SandboxChanged Pod sandbox changed, it will be killed and re-created.',
    );
  });
});

describe('[FA2] a kubelet that hangs', () => {
  it('its containers serve on until the slices leave them out', async () => {
    const workspace = start.fork();
    const [pod] = pods(workspace, 'worker-1');
    workspace.faults.inject({ kind: 'kubelet-stopped', node: 'worker-1' });
    await after(workspace, 60_000);
    expect(ready(workspace, 'worker-1')?.status).toBe('Unknown');
    expect(ask(workspace, client, pod?.status?.podIP ?? '').kind).toBe('delivered');
    expect(ask(workspace, office, '192.168.50.11', 10_250).kind).toBe('refused');
    for (let round = 0; round < 10; round += 1)
      expect(ask(workspace, client, cluster(workspace).spec.clusterIP)).toMatchObject({
        server: { node: 'worker-2' },
      });
    expect(await run(workspace, `kubectl logs ${pod?.metadata.name}`)).toContain(
      'connect: connection refused',
    );
    workspace.faults.lift({ kind: 'kubelet-stopped', node: 'worker-1' });
    await after(workspace, 20_000);
    expect(ready(workspace, 'worker-1')?.status).toBe('True');
    expect(pods(workspace, 'worker-1')[0]?.status?.containerStatuses?.[0]).toMatchObject({
      restartCount: 0,
      ready: true,
    });
  });
});

describe('[FA4] what is killed', () => {
  it('a process ends with 137 and is started again', async () => {
    const workspace = start.fork();
    const name = pods(workspace)[0]?.metadata.name ?? '';
    const ip = pods(workspace)[0]?.status?.podIP ?? '';
    workspace.faults.strike({ kind: 'kill-process', namespace: 'default', pod: name });
    expect(ask(workspace, node('worker-2'), ip).kind).toBe('refused');
    await after(workspace, 6000);
    expect(workspace.view.get<Pod>('pods', 'default', name)?.status?.containerStatuses?.[0]).toMatchObject({
      restartCount: 1,
      ready: true,
      lastState: { terminated: { exitCode: 137, reason: 'Error' } },
    });
    expect(ask(workspace, node('worker-2'), ip).kind).toBe('delivered');
  });
  it('a Pod is gone at once and replaced', async () => {
    const workspace = start.fork();
    const name = pods(workspace)[0]?.metadata.name ?? '';
    workspace.faults.strike({ kind: 'kill-pod', namespace: 'default', pod: name });
    expect(workspace.view.get('pods', 'default', name)).toBeUndefined();
    await after(workspace, 10_000);
    expect(pods(workspace)).toHaveLength(4);
  });
  it.each<[string, () => void]>([
    [
      'a Pod that there is not',
      () => start.fork().faults.strike({ kind: 'kill-pod', namespace: 'default', pod: 'no' }),
    ],
    ['a node that there is not', () => start.fork().faults.inject({ kind: 'node-down', node: 'no' })],
  ])('%s is refused', (_, strike) => {
    expect(strike).toThrow(/"no" not found$/);
  });
});

describe('[FA5] a broken probe', () => {
  it('takes the Pod out of its Service, and lets it back', async () => {
    const workspace = start.fork();
    await run(
      workspace,
      `kubectl patch deployment web --type=strategic -p '{"spec":{"template":{"spec":{"containers":[{"name":"nginx","readinessProbe":{"httpGet":{"path":"/","port":80},"periodSeconds":5}}]}}}}'
kubectl rollout status deployment/web
sleep 10`,
    );
    const name =
      pods(workspace).find(({ metadata }) => metadata.deletionTimestamp === undefined)?.metadata.name ?? '';
    const fault: Fault = { kind: 'probe-broken', namespace: 'default', pod: name, probe: 'readiness' };
    workspace.faults.inject(fault);
    await after(workspace, 20_000);
    const isReady = () =>
      workspace.view.get<Pod>('pods', 'default', name)?.status?.containerStatuses?.[0]?.ready;
    expect(isReady()).toBe(false);
    expect(
      events(workspace).some((text) =>
        /Readiness probe failed: Get "http:\/\/10\.244\.\d\.\d+:80\/": context deadline exceeded/.test(text),
      ),
    ).toBe(true);
    workspace.faults.lift(fault);
    await after(workspace, 10_000);
    expect(isReady()).toBe(true);
  });
});

describe('[FA6] a hung kube-proxy, no DNS', () => {
  it('rules grow stale on that node alone', async () => {
    const workspace = start.fork();
    workspace.faults.inject({ kind: 'kube-proxy-stopped', node: 'worker-1' });
    await run(workspace, 'kubectl scale deployment web --replicas=0\nsleep 10');
    const { clusterIP } = cluster(workspace).spec;
    expect(ask(workspace, node('worker-2'), clusterIP).kind).toBe('refused');
    expect(ask(workspace, node('worker-1'), clusterIP).kind).toBe('unreachable');
    expect(ask(workspace, node('worker-1'), '127.0.0.1', 10_256).kind).toBe('refused');
    workspace.faults.lift({ kind: 'kube-proxy-stopped', node: 'worker-1' });
    await after(workspace, 2000);
    expect(ask(workspace, node('worker-1'), clusterIP).kind).toBe('refused');
    expect(ask(workspace, node('worker-1'), '127.0.0.1', 10_256).kind).toBe('delivered');
  });
  it('names stop without CoreDNS', async () => {
    const workspace = start.fork();
    workspace.faults.inject({ kind: 'dns-stopped' });
    await after(workspace, 40_000);
    expect(workspace.network.lookup(client, 'web').outcome.error).toBe('no-server');
    workspace.faults.lift({ kind: 'dns-stopped' });
    await after(workspace, 20_000);
    expect(workspace.network.lookup(client, 'web').outcome.addresses).toEqual([
      cluster(workspace).spec.clusterIP,
    ]);
  });
});

describe('[FA7] faults are state', () => {
  it('kept in forks and snapshots, once each', async () => {
    const workspace = start.fork();
    const fault: Fault = { kind: 'node-down', node: 'worker-1' };
    workspace.faults.inject(fault);
    workspace.faults.inject({ ...fault });
    expect(workspace.fork().faults.active).toEqual([fault]);
    const restored = restoreWorkspace(JSON.parse(JSON.stringify(workspace.snapshot())), OPTIONS);
    expect(restored.faults.active).toEqual([fault]);
    await after(restored, 60_000);
    expect(ready(restored, 'worker-1')?.status).toBe('Unknown');
    restored.faults.lift(fault);
    restored.faults.lift(fault);
    expect(restored.faults.active).toEqual([]);
    expect(start.faults.active).toEqual([]);
  });
});
