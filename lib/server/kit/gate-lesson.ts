import { type Lab, passed } from '../../labs';
import type { Workspace } from '../../workspace';
import { followLesson } from './follow-lesson';
import { describe, firstWrong, gradeUntouched } from './play';

/** The lesson's commands do what the prose says, and whoever follows it to the end has passed. */
export async function gateLesson(lab: Lab, start: Workspace): Promise<string[]> {
  const { workspace, failures } = await followLesson(lab, start);
  if (failures.length > 0) return [...failures];
  const { verdicts } = await gradeUntouched(workspace, lab);
  if (passed(lab, verdicts)) return [];
  const wrong = firstWrong(verdicts);
  return [
    `the lesson, followed to its end, does not pass: ${wrong ? describe(wrong) : 'a task was not judged'} (what a learner does on their own in a step goes into private/steps/STEP.sh)`,
  ];
}
