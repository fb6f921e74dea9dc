import { createWorkspace, type Workspace } from '../../workspace';
import { duration, type Figure, printFigures } from '../figures';

const TERMINAL = 'main';
/** How often each of the others runs a command, in ms of the wall clock. */
const OTHERS_EVERY_MS = 5_000;
const ROUNDS = 60;
/** However busy the others are, this is enough to see it: no further round begins. */
const LONGEST_MS = 90_000;
const PROMPT = '$ ';

/** What learners type most. */
const COMMANDS = [
  'ls -la',
  'cat /etc/hosts',
  'kubectl get pods',
  'kubectl get deploy,pods,svc -o wide',
  'kubectl describe service web',
  'kubectl get svc web -o yaml',
  'kubectl logs deploy/web --tail=5',
  'kubectl exec client -- curl -s http://web',
  "kubectl get pods -o json | jq -r '.items[].metadata.name'",
  'kubectl scale deploy web --replicas=2',
];

interface Times {
  readonly first: number[];
  readonly last: number[];
}

/** One person at a terminal, as the live server hosts it. */
function sit(workspace: Workspace) {
  let heard = 0;
  let tail = '';
  workspace.onOutput((_terminal, text) => {
    if (heard === 0) heard = performance.now();
    tail = (tail + text).slice(-200);
  });
  const accepted: Parameters<Workspace['stamp']>[0][] = [];
  workspace.onAccept((terminal, input) => accepted.push({ kind: 'tty', terminal, input }));
  /** From when the key came to when this process got to it, and what it showed. */
  const arrive = async (keys: string): Promise<number> => {
    const at = performance.now();
    await new Promise((resolve) => setImmediate(resolve));
    heard = 0;
    workspace.press(TERMINAL, keys);
    return at;
  };
  return {
    async key(key: string): Promise<number> {
      const at = await arrive(key);
      return heard - at;
    },
    async enter(): Promise<{ readonly first: number; readonly last: number }> {
      const at = await arrive('\r');
      heard = 0;
      tail = '';
      for (const input of accepted.splice(0)) {
        const release = await workspace.hold();
        await workspace.deliver(workspace.stamp(input));
        release();
      }
      while (!(workspace.atRest && tail.endsWith(PROMPT))) {
        await workspace.settle();
        if (workspace.atRest) break;
        await workspace.advanceTo(workspace.nextDue ?? workspace.now + 1);
      }
      return { first: heard - at, last: performance.now() - at };
    },
  };
}

const share = (times: readonly number[], part: number): number => {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
};
const both = (times: readonly number[]): string =>
  `${duration(share(times, 0.5) * 1000)} / ${duration(share(times, 0.99) * 1000)}`;

/** Workspaces in each of which somebody runs a command now and then; returns how to stop them, and how many a second they ran. */
function busyOthers(start: Workspace, count: number): () => Promise<number> {
  const others = Array.from({ length: count }, () => start.fork());
  let going = true;
  let ran = 0;
  const began = performance.now();
  const work = async () => {
    for (let at = 0; going; at = (at + 1) % others.length) {
      const other = others[at];
      const due = performance.now() + OTHERS_EVERY_MS / others.length;
      await other?.run('kubectl get pods; kubectl exec client -- curl -s http://web', {
        out: () => {},
        err: () => {},
      });
      ran += 1;
      const left = due - performance.now();
      await new Promise((resolve) => (left > 0 ? setTimeout(resolve, left) : setImmediate(resolve)));
    }
  };
  const done = count > 0 ? work() : Promise.resolve();
  return async () => {
    going = false;
    await done;
    const rate = (ran * 1000) / (performance.now() - began);
    for (const other of others) other.close();
    return rate;
  };
}

async function measure(start: Workspace, count: number): Promise<readonly Figure[]> {
  const stop = busyOthers(start, count - 1);
  const workspace = start.fork();
  const person = sit(workspace);
  const keys: number[] = [];
  const byCommand = new Map<string, Times>(COMMANDS.map((command) => [command, { first: [], last: [] }]));
  const end = performance.now() + LONGEST_MS;
  let rounds = 0;
  for (let round = -2; round < ROUNDS && performance.now() < end; round += 1) {
    if (round >= 0) rounds += 1;
    for (const [command, times] of byCommand) {
      for (const key of command) {
        const took = await person.key(key);
        if (round >= 0) keys.push(took);
      }
      const { first, last } = await person.enter();
      if (round < 0) continue;
      times.first.push(first);
      times.last.push(last);
    }
  }
  const rate = await stop();
  workspace.close();
  return [
    { what: 'rounds of the ten commands', value: String(rounds) },
    ...(count > 1
      ? [
          {
            what: `commands a second in the other ${count - 1} (asked for: ${((count - 1) * 1000) / OTHERS_EVERY_MS})`,
            value: rate.toFixed(1),
          },
        ]
      : []),
    { what: 'keystroke to echo (p50 / p99)', value: both(keys), goal: '< 16 ms' },
    ...[...byCommand].flatMap(([command, { first, last }]) => [
      { what: `${command}: first byte`, value: both(first) },
      { what: `${' '.repeat(command.length)}  last byte`, value: both(last) },
    ]),
  ];
}

async function benchTerminal(): Promise<void> {
  const start = await createWorkspace({
    seed: 1,
    startAt: 1_767_603_600_000,
    nodes: 3,
    images: 'catalogue',
  });
  await start.run(
    `kubectl create deployment web --image=nginx --replicas=2
kubectl expose deployment web --port=80
kubectl run client --image=nicolaka/netshoot --command -- sleep infinity
kubectl rollout status deployment/web
kubectl wait pod/client --for=condition=Ready`,
    { out: () => {}, err: () => {} },
  );
  for (const count of [1, 500])
    printFigures(
      `Terminal with ${count} ${count === 1 ? 'workspace' : 'workspaces'} active in one process (${process.version}; host time)`,
      await measure(start, count),
    );
}

benchTerminal().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
