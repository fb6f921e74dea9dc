import { beforeAll, describe, expect, it } from 'vitest';
import type { Lease, Node } from '../../api';
import { parseTime } from '../../base';
import { createWorkspace, type Workspace, type WorkspaceOptions } from '../../workspace';

const OPTIONS: WorkspaceOptions = { seed: 1, startAt: 1_767_690_000_000, nodes: 3, images: 'catalogue' };

let start: Workspace;
beforeAll(async () => {
  start = await createWorkspace(OPTIONS);
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

async function renewed(workspace: Workspace, name = 'worker-1', namespace = 'kube-node-lease') {
  const lease = (await workspace.client.get(
    { group: 'coordination.k8s.io', version: 'v1', resource: 'leases' },
    namespace,
    name,
  )) as unknown as Lease;
  return parseTime(lease.spec?.renewTime ?? '') ?? 0;
}

async function heard(workspace: Workspace, name = 'worker-1') {
  const nodes = await workspace.client.list({ group: '', version: 'v1', resource: 'nodes' }, '', {});
  const node = nodes.items.find(({ metadata }) => metadata.name === name) as unknown as Node;
  const times = node.status?.conditions?.map((each) => parseTime(String(each.lastHeartbeatTime)) ?? 0) ?? [];
  expect(new Set(times).size).toBe(1);
  return times[0] ?? 0;
}

describe('heartbeats', () => {
  it('[HB1], [HB3] go on while nothing happens, and are in no snapshot', async () => {
    const workspace = start.fork();
    await after(workspace, 1_000_000);
    const left = JSON.stringify(workspace.snapshot());
    const [lease, status] = [await renewed(workspace), await heard(workspace)];
    expect(workspace.now - lease).toBeLessThanOrEqual(10_400);
    expect(workspace.now - status).toBeLessThanOrEqual(300_999);
    expect(workspace.now - (await renewed(workspace, 'kube-scheduler', 'kube-system'))).toBeLessThan(2100);
    await after(workspace, 60_000);
    expect(await renewed(workspace)).toBeGreaterThan(lease + 40_000);
    const fresh = start.fork();
    await after(fresh, 1_000_000);
    expect(JSON.stringify(fresh.snapshot())).toBe(left);
  });

  it.each(['node-down', 'kubelet-stopped'] as const)('[HB2] %s: the last stays the last', async (kind) => {
    const workspace = start.fork();
    await after(workspace, 600_000);
    workspace.faults.inject({ kind, node: 'worker-1' });
    const [lease, status] = [await renewed(workspace), await heard(workspace)];
    for (let round = 0; round < 3; round += 1) {
      await after(workspace, 300_000);
      expect(await renewed(workspace)).toBe(lease);
      expect(await heard(workspace)).toBe(status);
    }
    expect(workspace.now - (await renewed(workspace, 'worker-2'))).toBeLessThanOrEqual(10_400);
    const died = workspace.now;
    workspace.faults.lift({ kind, node: 'worker-1' });
    await after(workspace, 21_000);
    expect(await heard(workspace)).toBeGreaterThanOrEqual(Math.floor(died / 1000) * 1000);
    expect(await renewed(workspace)).toBeGreaterThanOrEqual(died);
    const told = await run(
      workspace,
      'kubectl get events --field-selector involvedObject.name=worker-1,involvedObject.uid=worker-1 -o custom-columns=R:.reason --no-headers',
    );
    const boot = kind === 'node-down' ? ['Rebooted'] : [];
    expect(told.trim().split('\n')).toEqual([
      'Starting',
      'NodeAllocatableEnforced',
      'NodeHasSufficientMemory',
      'NodeHasNoDiskPressure',
      'NodeHasSufficientPID',
      ...boot,
      'NodeReady',
    ]);
  });

  it('[HB4] leases of others are as they were written', async () => {
    const workspace = start.fork();
    await run(
      workspace,
      `kubectl create -f - <<END
{ apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: { name: worker-1 }, spec: { holderIdentity: worker-1, renewTime: "2026-01-05T09:00:00.000000Z" } }
END`,
    );
    await after(workspace, 60_000);
    expect(await renewed(workspace, 'worker-1', 'default')).toBe(parseTime('2026-01-05T09:00:00Z'));
  });

  it('a write that does not touch them takes none of it for a change', async () => {
    const workspace = start.fork();
    await after(workspace, 600_000);
    const again =
      'kubectl get node worker-1 -o yaml > n.yaml; kubectl replace -f n.yaml; kubectl get node worker-1 -o jsonpath={.metadata.resourceVersion}';
    const version = /(\d+)$/.exec(await run(workspace, again))?.[1];
    expect(await run(workspace, `sleep 700; ${again}`)).toBe(`node/worker-1 replaced\n${version}`);
  });

  it('a cordon is told of at the kubelet’s next look, and one that it never saw is not', async () => {
    const workspace = start.fork();
    const events = 'kubectl get events -o custom-columns=R:.reason --no-headers';
    const aligned = `sleep $((10 - $(date +%s) % 10))`;
    await run(
      workspace,
      `${aligned}; sleep 1; kubectl cordon worker-1; sleep 2; kubectl uncordon worker-1; sleep 20`,
    );
    expect(await run(workspace, events)).toBe('');
    await run(workspace, `kubectl cordon worker-1; sleep 20; kubectl uncordon worker-1; sleep 20`);
    expect(await run(workspace, events)).toBe('NodeNotSchedulable\nNodeSchedulable\n');
  });

  it('a Lease that is deleted is made again; one goes with its node, which is told of', async () => {
    const workspace = start.fork();
    const leases = 'kubectl get leases -n kube-node-lease -o custom-columns=N:.metadata.name --no-headers';
    await run(workspace, 'kubectl delete lease -n kube-node-lease worker-1; sleep 11');
    expect(await run(workspace, leases)).toBe('control-plane\nworker-1\nworker-2\n');
    await run(workspace, 'kubectl delete node worker-2; sleep 30');
    expect(await run(workspace, leases)).toBe('control-plane\nworker-1\n');
    expect(await run(workspace, 'kubectl get events')).toContain(
      'Node worker-2 event: Removing Node worker-2 from Controller',
    );
  });
});
