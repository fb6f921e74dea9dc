import { beforeAll, describe, expect, it } from 'vitest';
import type { KubeObject } from '../api';
import type { ApiCall, ApiOutcome } from './api-call';
import { createWorkspace, restoreWorkspace } from './create-workspace';
import { ADMIN } from './machines';
import type { ProcessEvent } from './remote-processes';
import type { StampedInput, Workspace, WorkspaceInput, WorkspaceOptions } from './seams';

const OPTIONS: WorkspaceOptions = { seed: 11, startAt: 1_767_603_600_000, nodes: 3, images: 'catalogue' };
const DEPLOYMENTS = { group: 'apps', version: 'v1', resource: 'deployments' };
const PODS = { group: '', version: 'v1', resource: 'pods' };

const web = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'nginx' }] },
    },
  },
} as unknown as KubeObject;

const from = (session?: string) => ({
  identity: ADMIN,
  namespace: 'default',
  caller: { command: 'kubectl', ...(session === undefined ? {} : { session }) },
});
const create = (object: KubeObject, session?: string): ApiCall => ({
  ...from(session),
  verb: 'create',
  ref: DEPLOYMENTS,
  object,
  options: {},
});
const scale = (replicas: number, session?: string): ApiCall => ({
  ...from(session),
  verb: 'patch',
  ref: DEPLOYMENTS,
  name: 'web',
  type: 'merge',
  body: { spec: { replicas } },
  options: {},
});

/** Stamps and delivers as a server does, and lets `ms` pass. */
async function give(
  workspace: Workspace,
  input: WorkspaceInput,
  ms = 0,
): Promise<{ stamped: StampedInput; outcome: ApiOutcome | undefined }> {
  const release = await workspace.hold();
  const stamped = workspace.stamp(input);
  const outcome = await workspace.deliver(stamped);
  release();
  while (!(await workspace.settle()));
  if (ms > 0) await workspace.advanceTo(workspace.now + ms);
  return { stamped, outcome };
}

const api = (call: ApiCall): WorkspaceInput => ({ kind: 'api', call });
const podNames = async (workspace: Workspace) =>
  (await workspace.client.list(PODS, 'default')).items.map(({ metadata }) => metadata.name);

describe('a workspace whose API is used from outside', () => {
  let start: Workspace;
  beforeAll(async () => {
    start = await createWorkspace(OPTIONS);
  });

  it('[W8] answers a write as the API does, and refuses as it does', async () => {
    const workspace = start.fork();
    const first = await give(workspace, api(create(web)));
    expect(first.outcome).toMatchObject({ done: true, answer: { code: 201 } });
    const again = await give(workspace, api(create(web)));
    expect(again.outcome).toMatchObject({ done: false, refusal: { code: 409, reason: 'AlreadyExists' } });
  });

  it('[W8] the same stored writes give the same workspace, also after a restart', async () => {
    const workspace = start.fork();
    const log = [
      await give(workspace, api(create(web)), 20_000),
      await give(workspace, api(create(web)), 10),
      await give(workspace, api(scale(4)), 20_000),
    ];
    const replayed = restoreWorkspace(start.snapshot(), OPTIONS, async () => start);
    // What was stored went through JSON.
    for (const { stamped } of log) await replayed.deliver(JSON.parse(JSON.stringify(stamped)));
    await replayed.advanceTo(workspace.now);
    expect(JSON.stringify(replayed.snapshot())).toBe(JSON.stringify(workspace.snapshot()));
  });

  it('[W9] one run of a program is undone at once, two runs one after the other', async () => {
    const workspace = start.fork();
    await give(workspace, api(create(web, 'run-1')), 5_000);
    await give(workspace, api(scale(3, 'run-1')), 5_000);
    await give(workspace, api(scale(1, 'run-2')), 5_000);
    expect(workspace.undoable.map(({ session }) => session)).toEqual(['run-1', 'run-2']);
    await give(workspace, { kind: 'undo' });
    expect(await podNames(workspace)).toHaveLength(3);
    let replaced = 0;
    workspace.onReplaced(() => {
      replaced += 1;
    });
    await give(workspace, { kind: 'undo' });
    expect(replaced).toBe(1);
    expect(await podNames(workspace)).toEqual(await podNames(start));
  });

  it('[W9] what was refused is nothing to take back', async () => {
    const workspace = start.fork();
    await give(workspace, api(create(web, 'run-1')), 1_000);
    await give(workspace, api(create(web, 'run-2')), 1_000);
    expect(workspace.undoable.map(({ session }) => session)).toEqual(['run-1']);
  });

  it('[W10] a rehearsal answers like the write, and leaves nothing behind', async () => {
    const workspace = start.fork();
    const before = JSON.stringify(workspace.snapshot());
    const outcome = await workspace.rehearse({ ...create(web), options: { dryRun: true } } as ApiCall);
    expect(outcome).toMatchObject({ done: true, answer: { object: { metadata: { name: 'web' } } } });
    expect(JSON.stringify(workspace.snapshot())).toBe(before);
  });

  describe('exec', () => {
    const begin = (workspace: Workspace, pod: string, command: readonly string[]): WorkspaceInput => ({
      kind: 'exec',
      process: {
        id: `exec-${workspace.inputs}`,
        identity: ADMIN,
        namespace: 'default',
        pod,
        container: '',
        command,
        stdin: true,
        tty: false,
      },
    });

    async function withPod(): Promise<{ workspace: Workspace; pod: string; said: ProcessEvent[] }> {
      const workspace = start.fork();
      await give(workspace, api(create(web)), 20_000);
      const [pod = ''] = await podNames(workspace);
      const said: ProcessEvent[] = [];
      workspace.onProcess((_id, event) => said.push(event));
      return { workspace, pod, said };
    }

    it('[W11] a process reads what is delivered and says how it ended', async () => {
      const { workspace, pod, said } = await withPod();
      const input = begin(workspace, pod, ['sh', '-c', 'read x; echo "got $x"; exit 3']);
      const id = `exec-${workspace.inputs}`;
      await give(workspace, input);
      expect(workspace.processes).toEqual([id]);
      expect(workspace.atRest).toBe(false);
      await give(workspace, { kind: 'exec-input', id, text: 'hello\n' });
      expect(said).toEqual([
        { kind: 'output', stream: 'stdout', text: 'got hello\n' },
        { kind: 'exit', code: 3 },
      ]);
      expect(workspace.atRest).toBe(true);
    });

    it('[W11] a process that cannot start is refused in the words of the API', async () => {
      const { workspace, said } = await withPod();
      await give(workspace, begin(workspace, 'nobody', ['ls']));
      expect(said).toMatchObject([{ kind: 'refused', refusal: { message: 'pods "nobody" not found' } }]);
    });

    it('[W11] a process whose caller left, or whose cluster was undone, is gone', async () => {
      const { workspace, pod, said } = await withPod();
      const id = `exec-${workspace.inputs}`;
      await give(workspace, begin(workspace, pod, ['sleep', '1000']));
      await give(workspace, { kind: 'exec-end', id });
      expect(workspace.processes).toEqual([]);
      await give(workspace, begin(workspace, pod, ['sleep', '1000']));
      await give(workspace, { kind: 'undo' });
      expect(workspace.processes).toEqual([]);
      expect(said).toEqual([{ kind: 'exit', code: 137 }]);
    });
  });
});
