import { type Hint, isTriggered, type Lab, type Mistake, type Verdict } from '../../labs';
import type { Workspace } from '../../workspace';
import { describe, firstWrong, gradeState, gradeToFirstWrong, gradeUntouched, play, reasonOf } from './play';

/** Fewer tell nothing of a grader. */
const LEAST_MISTAKES = 3;

/** Each known mistake stops at its named check with its message; each triggered hint is called for by one of them. */
export async function gateMistakes(lab: Lab, start: Workspace): Promise<string[]> {
  const failures: string[] = [];
  const states = [start];
  const seen: Verdict[] = [];
  if (lab.mistakes.length < LEAST_MISTAKES)
    failures.push(
      `there are ${lab.mistakes.length} mistakes under private/mistakes/; at least ${LEAST_MISTAKES} are needed`,
    );
  for (const mistake of lab.mistakes) {
    const { workspace, verdicts = [], wrong } = await stopsAt(lab, start, mistake);
    if (workspace) states.push(workspace);
    seen.push(...verdicts);
    if (wrong !== undefined) failures.push(`mistake "${mistake.name}" ${wrong}`);
  }
  for (const hint of lab.hints) {
    // Mostly a mistake that stops at the hint's own task calls for it, which costs no further grading.
    if (!hint.when || isTriggered(hint, seen) || (await isCalledFor(hint, lab, states))) continue;
    failures.push(
      `no mistake (nor the start) calls for the hint "${hint.text.slice(0, 40).trim()}…" of task ${hint.task} (when: ${JSON.stringify(hint.when)})`,
    );
  }
  return failures;
}

async function isCalledFor(hint: Hint, lab: Lab, states: readonly Workspace[]): Promise<boolean> {
  const tasks = withNeeds(lab.tasks, hint.task);
  for (const state of states) if (isTriggered(hint, await gradeState(state, { ...lab, tasks }))) return true;
  return false;
}

/** A task and those that must be met before it is judged. */
function withNeeds(tasks: Lab['tasks'], id: string): Lab['tasks'] {
  const wanted = new Set([id]);
  // What a task needs stands before it.
  for (const task of tasks.toReversed())
    if (wanted.has(task.id)) for (const need of task.needs) wanted.add(need);
  return tasks.filter((task) => wanted.has(task.id));
}

interface Stop {
  readonly workspace?: Workspace;
  /** What was judged, up to the first that is not met. */
  readonly verdicts?: readonly Verdict[];
  readonly wrong?: string;
}

async function stopsAt(lab: Lab, start: Workspace, mistake: Mistake): Promise<Stop> {
  const before =
    mistake.first === undefined
      ? { workspace: start, complaint: undefined }
      : await play(start, mistake.first);
  const { workspace, complaint = before.complaint } = await play(before.workspace, mistake.script);
  if (complaint !== undefined) return { wrong: complaint };
  const { verdicts, touched } = await gradeUntouched(workspace, lab, gradeToFirstWrong);
  if (touched)
    return { workspace, verdicts, wrong: "is graded by something that changes the learner's cluster" };
  const found = firstWrong(verdicts);
  if (!found) return { workspace, verdicts, wrong: 'passes' };
  const right =
    found.outcome === 'not-met' &&
    found.task === mistake.task &&
    found.check === mistake.check &&
    reasonOf(found).includes(mistake.says);
  if (right) return { workspace, verdicts };
  return {
    workspace,
    verdicts,
    wrong: `should fail at ${mistake.task}/${mistake.check} saying "${mistake.says}", but ${describe(found)}`,
  };
}
