import { startOf } from '../../server/kit';
import { findLab } from '../../server/lab-library';
import type { Workspace } from '../../workspace';

/** The largest lab at its start, and the script of its first solution. */
export async function capstone(): Promise<{ readonly start: Workspace; readonly solution: string }> {
  const lab = await findLab('capstone', 1);
  const [solution] = lab.solutions;
  if (solution === undefined) throw new Error('the capstone has no solution');
  return { start: await startOf(lab), solution: solution.script };
}
