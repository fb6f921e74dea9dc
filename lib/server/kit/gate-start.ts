import { type Lab, passed } from '../../labs';
import type { Workspace } from '../../workspace';
import { describe, gradeUntouched } from './play';

/** At the start nothing that should be earned is met, nothing is unjudgeable, and judging touches nothing. */
export async function gateStart(lab: Lab, start: Workspace): Promise<string[]> {
  const { verdicts, touched } = await gradeUntouched(start, lab);
  const early = lab.tasks
    .filter((task) => passed({ tasks: [task] }, verdicts))
    .map((task) => `task ${task.id} is met before anything was done`);
  const unjudged = verdicts
    .filter((verdict) => verdict.outcome === 'cannot-judge')
    .map((verdict) => `at the start ${describe(verdict)}`);
  return [...early, ...unjudged, ...(touched ? ["grading changes the learner's cluster"] : [])];
}
