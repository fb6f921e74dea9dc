import { deflateSync } from 'node:zlib';
import { createWorkspace, restoreWorkspace, type Workspace, type WorkspaceOptions } from '../../workspace';
import { duration, heapBytes, printFigures, timed } from '../figures';

/** A Pod to send from, as the ClusterIP lab has one. */
const CLIENT = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'client' },
  spec: { containers: [{ name: 'client', image: 'nicolaka/netshoot', command: ['sleep', 'infinity'] }] },
};

/** Forks, held workspaces, commands, snapshots: what one process can carry. */
async function benchWorkspaces(): Promise<void> {
  const options: WorkspaceOptions = {
    seed: 1,
    startAt: 1_767_603_600_000,
    nodes: 3,
    images: 'catalogue',
    lab: { objects: [CLIENT], files: {} },
  };
  const began = performance.now();
  const start = await createWorkspace(options);
  const boot = (performance.now() - began) * 1000;
  printFigures(`Workspaces (${process.version}, one process)`, [
    { what: 'boot of a three-node cluster, three virtual minutes', value: duration(boot) },
    ...(await forks(start)),
    ...(await commands(start)),
    ...(await snapshots(start, options)),
  ]);
}

async function forks(start: Workspace) {
  const fork = await timed(2000, () => start.fork());
  const figures = [
    {
      what: "fork of the lab's start (p50 / p99)",
      value: `${duration(fork.p50)} / ${duration(fork.p99)}`,
      goal: '< 1 ms',
    },
  ];
  for (const count of [1_000, 10_000]) {
    const before = heapBytes();
    const held = Array.from({ length: count }, () => start.fork());
    const bytes = (heapBytes() - before) / held.length;
    figures.push({
      what: `heap for each of ${count.toLocaleString('en')} untouched workspaces`,
      value: `${(bytes / 1000).toFixed(1)} kB`,
      goal: '< 50 kB',
    });
  }
  return figures;
}

const SILENT = { out: () => {}, err: () => {} };

async function commands(start: Workspace) {
  const workspace = start.fork();
  await workspace.run(
    'kubectl create deployment web-app --image=nginx --replicas=3\nkubectl rollout status deployment/web-app',
    SILENT,
  );
  const pods = await timed(500, () => workspace.run('kubectl get pods', SILENT));
  const wide = await timed(300, () =>
    workspace.run('kubectl get deploy,pods,svc,endpointslices -o wide', SILENT),
  );
  const apply = await timed(200, (round) =>
    workspace.run(`kubectl apply -f - <<'E'\n${service(round)}\nE`, SILENT),
  );
  const curl = await timed(200, () =>
    workspace.run('kubectl exec client -- curl -s http://web-service', SILENT),
  );
  return [
    {
      what: 'kubectl get pods (p50 / p99)',
      value: `${duration(pods.p50)} / ${duration(pods.p99)}`,
      goal: '< 1 ms',
    },
    {
      what: 'kubectl get deploy,pods,svc,endpointslices -o wide',
      value: `${duration(wide.p50)} / ${duration(wide.p99)}`,
    },
    { what: 'kubectl apply of one Service', value: `${duration(apply.p50)} / ${duration(apply.p99)}` },
    {
      what: 'kubectl exec client -- curl http://web-service',
      value: `${duration(curl.p50)} / ${duration(curl.p99)}`,
    },
  ];
}

const service = (round: number): string => `apiVersion: v1
kind: Service
metadata: { name: web-service }
spec:
  selector: { app: web-app, round: "${round}" }
  ports: [{ port: 80 }]`;

async function snapshots(start: Workspace, options: WorkspaceOptions) {
  const snapshot = start.snapshot();
  const text = JSON.stringify(snapshot);
  const take = await timed(50, () => start.snapshot());
  const restore = await timed(50, () => restoreWorkspace(JSON.parse(text), options, async () => start));
  return [
    { what: 'snapshot (p50 / p99)', value: `${duration(take.p50)} / ${duration(take.p99)}` },
    {
      what: 'snapshot size as JSON / deflated',
      value: `${Math.round(text.length / 1000)} kB / ${Math.round(deflateSync(text).length / 1000)} kB`,
    },
    {
      what: 'restore from JSON text (p50 / p99)',
      value: `${duration(restore.p50)} / ${duration(restore.p99)}`,
      goal: '< 20 ms',
    },
  ];
}

benchWorkspaces().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
