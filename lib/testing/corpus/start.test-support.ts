import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWorkspace, restoreWorkspace, type Workspace, type WorkspaceOptions } from '../../workspace';

/** Old enough for ages to be told in whole hours, which do not change while the test runs. */
const AGE_MS = 10.5 * 3_600_000;
const REST_S = 60;

/** A cluster with a bit of everything, as it is on the clock of the wall, and `files` in the learner's home. */
export async function startState(files: string): Promise<Workspace> {
  const options: WorkspaceOptions = {
    seed: 1,
    startAt: Date.now() - REST_S * 1000,
    nodes: 3,
    images: 'any',
    lab: { objects: [], files: filesOf(files) },
  };
  const young = await createWorkspace(options);
  let shown = '';
  const take = (text: string) => {
    shown += text;
  };
  const status = await young.run(`kubectl apply -f base/ && sleep ${REST_S}`, { out: take, err: take });
  if (status !== 0) throw new Error(`the start could not be made:\n${shown}`);
  const snapshot = JSON.parse(older(JSON.stringify(young.snapshot()))) as ReturnType<Workspace['snapshot']>;
  return restoreWorkspace(snapshot, options);
}

/** All that objects say about when, longer ago. */
function older(text: string): string {
  return text.replace(/(?<=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z(?=")/g, (time) => {
    const shifted = new Date(Date.parse(time) - AGE_MS).toISOString().slice(0, 19);
    return `${shifted}${time.slice(shifted.length)}`;
  });
}

/** Every file below a folder, by its path from there. */
function filesOf(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  return Object.fromEntries(
    entries.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}
