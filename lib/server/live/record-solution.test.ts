import { expect, test } from 'vitest';
import { passed } from '../../labs';
import { findLab } from '../lab-library';
import { sandboxWorkspace } from '../portside/sandbox-workspace';
import { recordSolution } from './record-solution';

test('[V29] a solution is typed into a copy and solves the lab there; the workspace it was copied from knows nothing', async () => {
  const lab = await findLab('services/clusterip', 1);
  const workspace = await sandboxWorkspace({ seed: 1, nodes: 3, images: 'catalogue', lab });
  const [solution] = lab.solutions;
  if (solution === undefined) throw new Error('the lab has a solution');
  const before = JSON.stringify(workspace.snapshot());
  const copy = workspace.fork();
  let judged: ReturnType<typeof copy.grade> | undefined;
  const close = copy.close;
  Object.assign(copy, {
    close: () => {
      judged = copy.grade(lab);
      close();
    },
  });
  const { frames, marks, lengthMs } = await recordSolution(copy, solution.script);
  expect(JSON.stringify(workspace.snapshot())).toBe(before);
  expect(passed(lab, (await judged) ?? [])).toBe(true);
  const text = frames.map((frame) => frame.text).join('');
  expect(text).toContain('learner@admin');
  expect(text).toContain('created');
  expect(marks.length).toBeGreaterThan(0);
  // Letter by letter, and no longer than anybody would watch.
  expect(frames.length).toBeGreaterThan(100);
  expect(lengthMs).toBeLessThan(240_000);
  expect(frames.map(({ at }) => at)).toEqual(frames.map(({ at }) => at).toSorted((a, b) => a - b));
}, 60_000);
