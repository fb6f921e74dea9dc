import { isTriggered, type Lab, type Mistake, type Verdict } from '../../labs';
import type { Workspace } from '../../workspace';
import { describe, firstWrong, gradeUntouched, play, reasonOf } from './play';

/** Fewer tell nothing of a grader. */
const LEAST_MISTAKES = 3;

/** Each known mistake stops at its named check with its message; each triggered hint is called for by one of them. */
export async function gateMistakes(lab: Lab, start: Workspace): Promise<string[]> {
  const failures: string[] = [];
  const seen: (readonly Verdict[])[] = [(await gradeUntouched(start, lab)).verdicts];
  if (lab.mistakes.length < LEAST_MISTAKES)
    failures.push(
      `there are ${lab.mistakes.length} mistakes under private/mistakes/; at least ${LEAST_MISTAKES} are needed`,
    );
  for (const mistake of lab.mistakes) {
    const { verdicts, wrong } = await stopsAt(lab, start, mistake);
    seen.push(verdicts);
    if (wrong !== undefined) failures.push(`mistake "${mistake.name}" ${wrong}`);
  }
  for (const hint of lab.hints) {
    if (!hint.when || seen.some((verdicts) => isTriggered(hint, verdicts))) continue;
    failures.push(
      `no mistake (nor the start) calls for the hint "${hint.text.slice(0, 40).trim()}…" of task ${hint.task} (when: ${JSON.stringify(hint.when)})`,
    );
  }
  return failures;
}

async function stopsAt(
  lab: Lab,
  start: Workspace,
  mistake: Mistake,
): Promise<{ readonly verdicts: readonly Verdict[]; readonly wrong?: string }> {
  const { workspace, complaint } = await play(start, mistake.script);
  if (complaint) return { verdicts: [], wrong: complaint };
  const { verdicts, touched } = await gradeUntouched(workspace, lab);
  if (touched) return { verdicts, wrong: "is graded by something that changes the learner's cluster" };
  const found = firstWrong(verdicts);
  if (!found) return { verdicts, wrong: 'passes' };
  const right =
    found.outcome === 'not-met' &&
    found.task === mistake.task &&
    found.check === mistake.check &&
    reasonOf(found).includes(mistake.says);
  if (right) return { verdicts };
  return {
    verdicts,
    wrong: `should fail at ${mistake.task}/${mistake.check} saying "${mistake.says}", but ${describe(found)}`,
  };
}
