import type { Task } from '../labs';
import { createWorkspace } from './create-workspace';
import type { Workspace } from './seams';

/** For scripts whose words nobody looks at. */
export const SILENT = { out: () => {}, err: () => {} };

/** A cluster of two nodes with nothing in it. */
export const freshWorkspace = (): Promise<Workspace> =>
  createWorkspace({
    seed: 1,
    startAt: 1_767_603_600_000,
    nodes: 2,
    images: 'catalogue',
    lab: { objects: [], files: {} },
  });

/** What a check of namespace `default` says of a workspace. */
export async function judged(workspace: Workspace, type: string, fields: object) {
  const [verdict] = await workspace.grade({ tasks: [taskOf(type, fields)] });
  return verdict;
}

const taskOf = (type: string, fields: object): Task => ({
  id: 'task',
  title: '',
  text: '',
  judged: 'hold',
  live: false,
  needs: [],
  weight: 1,
  checks: [{ name: 'check', type, fields: { namespace: 'default', ...fields } }],
});
