import { earnedBy, isTriggered, type Lab, type Verdict } from '../../labs';
import { renderMarkdown } from '../markdown';
import type { AttemptView, SolutionView } from '../protocol';

/** What a stored attempt's verdicts were; the page's are the grader's. */
const verdictsOf = (attempt: AttemptView) => attempt.verdicts as readonly Verdict[];

/** An attempt as the page of its lab shows it: with the hints that it calls for and, passed, the debrief. */
export async function showAttempt(lab: Lab, attempt: AttemptView): Promise<AttemptView> {
  const verdicts = verdictsOf(attempt);
  const hints = lab.hints.flatMap((hint, index) => (isTriggered(hint, verdicts) ? [index] : []));
  const debrief = attempt.passed && lab.debrief !== undefined ? await renderMarkdown(lab.debrief) : undefined;
  return {
    ...attempt,
    ...(hints.length > 0 ? { hints } : {}),
    ...(debrief === undefined ? {} : { debrief }),
  };
}

/** Latching tasks that any of these attempts found met. */
export const earnedIn = (lab: Lab, attempts: readonly AttemptView[]): ReadonlySet<string> =>
  new Set(attempts.flatMap((attempt) => earnedBy(lab, verdictsOf(attempt))));

/** The solutions, once the lab's policy lets this learner see them; else why not. */
export async function unlockedSolutions(
  lab: Lab,
  attempts: readonly AttemptView[],
): Promise<readonly SolutionView[] | { readonly locked: string }> {
  const enough = lab.solutionsAfterAttempts;
  const unlocked =
    attempts.some(({ passed }) => passed) || (enough !== undefined && attempts.length >= enough);
  if (!unlocked) {
    const left = enough === undefined ? undefined : enough - attempts.length;
    const also = left === undefined ? '' : `, or after ${left} more ${left === 1 ? 'check' : 'checks'}`;
    return { locked: `Solutions are shown once the lab is passed${also}.` };
  }
  return Promise.all(
    lab.solutions.map(async ({ name, script }) => ({
      name,
      html: await renderMarkdown(`\`\`\`\`sh\n${script.trimEnd()}\n\`\`\`\``),
    })),
  );
}
