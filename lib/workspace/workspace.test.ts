import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImageDefinition, KubeObject, Pod } from '../api';
import { createWorkspace, restoreWorkspace } from './create-workspace';
import { HOME } from './machines';
import type { StampedInput, Workspace, WorkspaceInput, WorkspaceOptions } from './seams';

const OPTIONS: WorkspaceOptions = { seed: 7, startAt: 1_767_603_600_000, nodes: 3, images: 'catalogue' };
const TERMINAL = 'main';

/** What is state and not bookkeeping about how it was reached. */
const stateOf = (workspace: Workspace): string => {
  const {
    breath: _breath,
    inputs: _inputs,
    undoable: _undoable,
    scrollback: _scrollback,
    ...state
  } = workspace.snapshot();
  return JSON.stringify(state);
};
const line = (text: string): WorkspaceInput => ({
  kind: 'tty',
  terminal: TERMINAL,
  input: { kind: 'line', text },
});

/** Stamps and delivers as a server does, and lets `ms` pass. Returns the stamp, for replays. */
async function give(workspace: Workspace, input: WorkspaceInput, ms = 0): Promise<StampedInput> {
  const release = await workspace.hold();
  const stamped = workspace.stamp(input);
  await workspace.deliver(stamped);
  release();
  while (!(await workspace.settle()));
  if (ms > 0) await workspace.advanceTo(workspace.now + ms);
  return stamped;
}

/** Lines that people type, right and wrong. */
const command = fc.constantFrom(
  'kubectl get pods',
  'kubectl create deployment web --image=nginx --replicas=2',
  'kubectl expose deployment web --port=80',
  'kubectl scale deployment web --replicas=4',
  'kubectl delete pod -l app=web --wait=false',
  'kubectl delete deployment web --wait=false',
  'kubectl get svc,endpointslices',
  'kubectl gte pods',
  'echo "a $RANDOM b" > note.txt; cat note.txt',
  'x=1; for i in a b; do echo $i$x; done',
  'cd /tmp && pwd',
  'curl -s --max-time 1 http://web',
);
const wait = fc.constantFrom(0, 5, 400, 3_000, 40_000);
const script = fc.array(fc.tuple(command, wait), { minLength: 1, maxLength: 6 });
/** A fixed seed, so that a failure is everybody's; `FC_SEED` tries others. */
const RUNS = { numRuns: 12, seed: Number(process.env.FC_SEED ?? 20_261_123) };

/** A program that runs and serves nothing. */
const imageCalled = (image: string): ImageDefinition => ({
  image,
  sizeBytes: 1_000_000,
  entrypoint: ['/serve'],
  cmd: [],
  env: {},
  files: {},
  tools: [],
  start: { needs: [], log: [], takesMs: 0, calls: [], ready: [] },
  listeners: [],
  stop: { ignored: false, takesMs: 0, exitCode: 0, log: [] },
});

describe('a workspace', () => {
  let start: Workspace;
  beforeAll(async () => {
    start = await createWorkspace(OPTIONS);
  });

  it('[W1] the same options give the same snapshot, byte for byte', async () => {
    expect(JSON.stringify((await createWorkspace(OPTIONS)).snapshot())).toBe(
      JSON.stringify(start.snapshot()),
    );
  });

  it('[W1] the same stamped inputs give the same snapshot, screen included', async () => {
    await fc.assert(
      fc.asyncProperty(script, async (lines) => {
        const first = start.fork();
        const log: StampedInput[] = [];
        for (const [text, ms] of lines) log.push(await give(first, line(text), ms));
        await first.advanceTo(first.now + 60_000);
        const second = start.fork();
        for (const stamped of log) await second.deliver(stamped);
        await second.advanceTo(first.now);
        expect(second.scrollback).toEqual(first.scrollback);
        expect(stateOf(second)).toBe(stateOf(first));
      }),
      RUNS,
    );
  });

  it('[W2] advancing in steps equals advancing at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        script,
        fc.array(fc.integer({ min: 1, max: 9_000 }), { maxLength: 12 }),
        async (lines, steps) => {
          const one = start.fork();
          for (const [text] of lines) await give(one, line(text));
          // A command that still runs would stay behind in the original.
          while (!one.atRest) await one.advanceTo(one.now + 1_000);
          const two = one.fork();
          const target = one.now + 100_000;
          for (const step of steps) await one.advanceTo(Math.min(target, one.now + step));
          await one.advanceTo(target);
          await two.advanceTo(target);
          expect(stateOf(one)).toBe(stateOf(two));
        },
      ),
      RUNS,
    );
  });

  it('[W4] a fork goes its own way', async () => {
    const before = JSON.stringify(start.snapshot());
    const fork = start.fork();
    await fork.run('kubectl create deployment web --image=nginx\nsleep 20\necho x > note.txt', {
      out: () => {},
      err: () => {},
    });
    expect(fork.view.get('deployments.apps', 'default', 'web')).toBeDefined();
    expect(fork.files.read(`${HOME}/note.txt`)).toBe('x\n');
    expect(JSON.stringify(start.snapshot())).toBe(before);
  });

  it('[W5] undo after a command gives the state before it; one that changed nothing is not counted', async () => {
    await fc.assert(
      fc.asyncProperty(script, command, async (lines, last) => {
        const workspace = start.fork();
        for (const [text, ms] of lines) await give(workspace, line(text), ms);
        while (!workspace.atRest) await workspace.advanceTo(workspace.now + 1_000);
        const [before, counted] = [stateOf(workspace), workspace.undoable];
        await give(workspace, line(last), 5_000);
        if (workspace.undoable.at(-1)?.ordinal !== workspace.inputs) {
          expect(workspace.undoable).toEqual(counted);
          expect(last).not.toMatch(/> note/);
          return;
        }
        expect(last).not.toMatch(/ get |gte|curl|^cd|^x=/);
        await give(workspace, { kind: 'undo' });
        expect(stateOf(workspace)).toBe(before);
      }),
      RUNS,
    );
  });

  it('[W5] undo keeps what the editor saved since; reset can be undone', async () => {
    const workspace = start.fork();
    await give(workspace, line('echo one > a.txt'));
    await give(workspace, { kind: 'save', path: `${HOME}/deep/b.txt`, text: 'kept' });
    await give(workspace, { kind: 'undo' });
    expect(workspace.files.stat(`${HOME}/a.txt`)).toBeUndefined();
    expect(workspace.files.read(`${HOME}/deep/b.txt`)).toBe('kept');
    await give(workspace, line('kubectl create namespace mine'), 1_000);
    await give(workspace, { kind: 'reset' });
    expect(workspace.view.get('namespaces', '', 'mine')).toBeUndefined();
    expect(workspace.undoable.at(-1)?.command).toBe('reset');
    await give(workspace, { kind: 'undo' });
    expect(workspace.view.get('namespaces', '', 'mine')).toBeDefined();
  });

  it('[W6] a restored snapshot behaves as the original does ever after', async () => {
    await fc.assert(
      fc.asyncProperty(script, script, async (before, after) => {
        const original = start.fork();
        for (const [text, ms] of before) await give(original, line(text), ms);
        while (!original.atRest) await original.advanceTo(original.now + 1_000);
        const restored = restoreWorkspace(JSON.parse(JSON.stringify(original.snapshot())), OPTIONS);
        expect(stateOf(restored)).toBe(stateOf(original));
        for (const [text, ms] of after) {
          const stamped = await give(original, line(text), ms);
          await restored.deliver(stamped);
        }
        await original.advanceTo(original.now + 60_000);
        await restored.advanceTo(original.now);
        expect(stateOf(restored)).toBe(stateOf(original));
      }),
      RUNS,
    );
  });

  it('[W3] Ctrl-C ends a busy loop, and a replay ends it at the same step', async () => {
    const first = start.fork();
    const log = [await giveBusy(first, line('i=0; while true; do i=$((i+1)); done'))];
    expect(await first.settle()).toBe(false);
    log.push(
      await giveBusy(first, { kind: 'tty', terminal: TERMINAL, input: { kind: 'signal', signal: 'INT' } }),
    );
    while (!(await first.settle()));
    log.push(await giveBusy(first, line('echo counted $i')));
    while (!(await first.settle()));
    expect(first.scrollback[TERMINAL]).toMatch(/counted \d+/);
    const second = start.fork();
    for (const stamped of log) await second.deliver(stamped);
    while (!(await second.settle()));
    expect(second.scrollback).toEqual(first.scrollback);
  });
});

async function giveBusy(workspace: Workspace, input: WorkspaceInput): Promise<StampedInput> {
  const release = await workspace.hold();
  const stamped = workspace.stamp(input);
  await workspace.deliver(stamped);
  release();
  return stamped;
}

describe('[W5] a command typed on the keyboard', () => {
  it('can be undone like one that was delivered', async () => {
    const workspace = (await createWorkspace(OPTIONS)).fork();
    const accepted: WorkspaceInput[] = [];
    workspace.onAccept((terminal, input) => accepted.push({ kind: 'tty', terminal, input }));
    await give(workspace, { kind: 'resize', terminal: TERMINAL, size: { columns: 80, rows: 24 } });
    workspace.press(TERMINAL, 'echo one > a.txt\r');
    for (const input of accepted) await give(workspace, input);
    expect(workspace.files.read(`${HOME}/a.txt`)).toBe('one\n');
    expect(workspace.undoable.map((each) => each.command)).toEqual(['echo one > a.txt']);
    await give(workspace, { kind: 'undo' });
    expect(workspace.files.stat(`${HOME}/a.txt`)).toBeUndefined();
  });
});

describe("a lab's objects", () => {
  it('may hold a namespace and a bare Pod in it, which needs the service account there', async () => {
    const made = await createWorkspace({
      ...OPTIONS,
      lab: {
        files: {},
        objects: [
          { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'away' } },
          {
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: { name: 'visitor', namespace: 'away' },
            spec: { containers: [{ name: 'visitor', image: 'nginx:1.27' }] },
          } as KubeObject,
        ],
      },
    });
    expect(made.view.get<Pod>('pods', 'away', 'visitor')?.status?.phase).toBe('Running');
  });

  it('[W1] are made in a cluster that boots alike whatever images the lab brings', async () => {
    const withImage = (image: string) =>
      createWorkspace({ ...OPTIONS, lab: { objects: [], files: {}, images: [imageCalled(image)] } });
    const [one, other] = [await withImage('house/one'), await withImage('house/other')];
    const heldBy = (workspace: Workspace) =>
      JSON.stringify((workspace.snapshot().cluster as { held: unknown }).held);
    expect(heldBy(one)).toBe(heldBy(other));
    const run = (workspace: Workspace) =>
      workspace.run('kubectl run it --image=house/one && kubectl wait --for=condition=Ready pod/it', {
        out: () => {},
        err: () => {},
      });
    expect([await run(one), await run(other)]).toEqual([0, 1]);
  });
});
