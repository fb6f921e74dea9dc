import type { Json } from '../../api';
import type { Task } from '../../labs';
import { createWorkspace, type Workspace } from '../../workspace';
import { duration, printFigures, timed } from '../figures';
import { capstone } from './capstone.test-support';

const FIVE_MINUTES_MS = 300_000;
const SILENT = { out: () => {}, err: () => {} };

const WEB = `kubectl create deployment web --image=registry.k8s.io/e2e-test-images/agnhost:2.53 --replicas=3 -- /agnhost netexec --http-port=8080
kubectl patch deployment web -p '{"spec":{"template":{"spec":{"containers":[{"name":"agnhost","readinessProbe":{"httpGet":{"path":"/healthz","port":8080}}}]}}}}'
kubectl rollout status deployment/web
kubectl expose deployment web --port=80 --target-port=8080
sleep 30`;

const SET = `kubectl create service clusterip mongo --clusterip=None --tcp=27017
kubectl apply -f - <<'E'
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: mongo }
spec:
  serviceName: mongo
  replicas: 3
  selector: { matchLabels: { app: mongo } }
  template:
    metadata: { labels: { app: mongo } }
    spec:
      containers: [{ name: mongo, image: mongo, args: [--replSet, rs0, --bind_ip_all] }]
E
kubectl rollout status statefulset/mongo
sleep 10
kubectl exec mongo-0 -- mongosh --quiet --eval 'rs.initiate({_id:"rs0",members:[0,1,2].map(n=>({_id:n,host:"mongo-"+n+".mongo:27017"}))})'
sleep 60`;

const endpoints = { endpoints: { service: 'web', deployment: 'web', port: 8080 } };
const reach = { reach: { host: 'web', port: 80, path: '/hostname', deployment: 'web' } };

const taskOf = (events: readonly Json[], must: object): Task =>
  ({
    id: 'scenario',
    title: '',
    text: '',
    judged: 'hold',
    live: false,
    needs: [],
    weight: 1,
    checks: [
      {
        name: 'played',
        type: 'scenario',
        fields: {
          namespace: 'default',
          deployment: 'web',
          events,
          always: [],
          never: [],
          eventually: [],
          within: '2m',
          every: '5s',
          ...must,
        },
      },
    ],
  }) as Task;

/** What virtual minutes and scenarios on copies of a learner's cluster cost. */
async function benchScenario(): Promise<void> {
  const options = {
    seed: 1,
    startAt: 1_767_603_600_000,
    nodes: 3,
    images: 'catalogue',
    lab: { objects: [], files: {} },
  } as const;
  const start = await createWorkspace(options);
  const web = await after(start, WEB);
  const set = await after(start, SET);
  const idle = (from: Workspace) => timed(20, () => passFive(from));
  const plain = await idle(start);
  const probed = await idle(web);
  const members = await idle(set);
  const largest = await capstone();
  const shop = await idle(await after(largest.start, largest.solution));
  const graded = (events: readonly Json[], must: object) =>
    timed(10, () => web.grade({ tasks: [taskOf(events, must)] }));
  const waited = await graded([{ wait: '5m' }], { eventually: [endpoints] });
  const scaled = await graded([{ delete: 'every-pod' }, { scale: 0 }, { scale: 3 }], {
    eventually: [endpoints],
  });
  const asked = await graded([{ replace: 'every-pod' }], { eventually: [endpoints, reach] });
  const figure = (what: string, { p50, p99 }: { p50: number; p99: number }, goal?: string) => ({
    what: `${what} (p50 / p99)`,
    value: `${duration(p50)} / ${duration(p99)}`,
    ...(goal === undefined ? {} : { goal }),
  });
  printFigures(`Scenarios (${process.version}, on forks)`, [
    figure('five virtual minutes, nothing but the cluster itself', plain, '< 100 ms'),
    figure('five virtual minutes, three Pods with readiness probes', probed, '< 100 ms'),
    figure('five virtual minutes, a replica set of three', members, '< 100 ms'),
    figure('five virtual minutes, the capstone as its solution leaves it', shop, '< 100 ms'),
    figure('scenario: wait five minutes, endpoints as they should be', waited, '< 100 ms'),
    figure('scenario: every Pod deleted, scaled to 0 and to 3', scaled, '< 100 ms'),
    figure('scenario: every Pod replaced one by one, then called', asked),
  ]);
}

async function after(start: Workspace, script: string): Promise<Workspace> {
  const workspace = start.fork();
  const status = await workspace.run(`set -e\n${script}\n`, SILENT);
  if (status !== 0) throw new Error(`the script ended with ${status}`);
  return workspace;
}

async function passFive(from: Workspace): Promise<void> {
  const copy = from.fork();
  await copy.advanceTo(copy.now + FIVE_MINUTES_MS);
}

benchScenario().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
