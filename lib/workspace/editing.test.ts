import { afterEach, beforeAll, expect, it } from 'vitest';
import { createWorkspace, restoreWorkspace } from './create-workspace';
import type { StampedInput, Workspace, WorkspaceInput, WorkspaceOptions } from './seams';

const OPTIONS: WorkspaceOptions = { seed: 5, startAt: 1_767_603_600_000, nodes: 3, images: 'catalogue' };
const open: Workspace[] = [];
let start: Workspace;
beforeAll(async () => {
  start = await createWorkspace(OPTIONS);
}, 120_000);
afterEach(() => {
  for (const workspace of open.splice(0)) workspace.close();
});

async function give(workspace: Workspace, input: WorkspaceInput): Promise<StampedInput> {
  const stamped = workspace.stamp(input);
  await workspace.deliver(stamped);
  await workspace.settle();
  return stamped;
}

const line = (text: string): WorkspaceInput => ({
  kind: 'tty',
  terminal: 'main',
  input: { kind: 'line', text },
});

/** A workspace that keeps what it was given, to be given again. */
function desk() {
  const workspace = start.fork();
  open.push(workspace);
  const log: StampedInput[] = [];
  const edits: (string | undefined)[] = [];
  workspace.onEditing((path) => edits.push(path));
  const type = async (input: WorkspaceInput) => void log.push(await give(workspace, input));
  return { workspace, log, edits, type };
}

it('[W13] vi waits until its file is closed in the editor', async () => {
  const { workspace, edits, type } = desk();
  await type(line('vi notes.txt; echo went on $?'));
  expect(workspace.editing).toBe('/home/learner/notes.txt');
  expect(workspace.atRest).toBe(false);
  expect(workspace.scrollback.main).toContain(
    'editing /home/learner/notes.txt in the editor: save and close, or Ctrl-C',
  );
  await type({ kind: 'save', path: '/home/learner/notes.txt', text: 'hello\n' });
  await type({ kind: 'edited', path: '/home/learner/notes.txt', edited: true });
  expect(workspace.scrollback.main).toContain('went on 0');
  expect(workspace.files.read('/home/learner/notes.txt')).toBe('hello\n');
  expect(edits).toEqual(['/home/learner/notes.txt', undefined]);
  expect(workspace.atRest).toBe(true);
});

it('[W13] kubectl edit opens again with the mistake, and goes on when it is mended', async () => {
  const { workspace, type } = desk();
  await type(line('kubectl create configmap c --from-literal=a=1; kubectl edit configmap c'));
  const path = workspace.editing ?? '';
  expect(path).toMatch(/^\/tmp\/kubectl-edit-.+\.yaml$/);
  const offered = workspace.files.read(path);
  await type({ kind: 'save', path, text: offered.replace('a: "1"', 'a: [') });
  await type({ kind: 'edited', path, edited: true });
  const again = workspace.editing ?? '';
  expect(workspace.files.read(again)).toContain('# The edited file had a syntax error');
  await type({ kind: 'save', path: again, text: offered.replace('a: "1"', 'a: "2"') });
  await type({ kind: 'edited', path: again, edited: true });
  expect(workspace.editing).toBeUndefined();
  expect(workspace.scrollback.main).toContain('configmap/c edited');
});

it('[W13] Ctrl-C and undo leave nobody waiting', async () => {
  const { workspace, edits, type } = desk();
  await type(line('nano a.txt'));
  await type({ kind: 'tty', terminal: 'main', input: { kind: 'signal', signal: 'INT' } });
  expect([workspace.editing, workspace.atRest]).toEqual([undefined, true]);
  await type(line('nano b.txt'));
  await type({ kind: 'undo' });
  expect(workspace.editing).toBeUndefined();
  expect(edits).toEqual(['/home/learner/a.txt', undefined, '/home/learner/b.txt', undefined]);
});

it('[W13] without an editor the command says so, and EDITOR is used', async () => {
  const { workspace, type } = desk();
  await type(line('vi x'));
  await type({ kind: 'edited', path: '/home/learner/x', edited: false });
  expect(workspace.scrollback.main).toContain('there is no editor here');
  await type(line('kubectl create configmap c --from-literal=a=1'));
  await type(line(`EDITOR="sed -i 's/^  a:/  b:/'" kubectl edit cm c; kubectl get cm c -o jsonpath={.data}`));
  expect(workspace.scrollback.main).toContain('{"b":"1"}');
});

it('[W13] a reload in the middle finds the file waiting again', async () => {
  const { workspace, log, type } = desk();
  await type(line('echo x > f'));
  const snapshot = workspace.snapshot();
  const before = log.length;
  await type(line('vi f && cat f'));
  const later = restoreWorkspace(JSON.parse(JSON.stringify(snapshot)), OPTIONS);
  open.push(later);
  for (const stamped of log.slice(before)) await later.deliver(stamped);
  await later.settle();
  expect(later.editing).toBe('/home/learner/f');
  await give(later, { kind: 'edited', path: '/home/learner/f', edited: true });
  expect(later.atRest).toBe(true);
});
