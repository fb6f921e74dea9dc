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

/** Why the lab's policy does not let this learner see solutions yet; undefined when it does. */
export function solutionLock(lab: Lab, attempts: readonly AttemptView[]): string | undefined {
  const enough = lab.solutionsAfterAttempts;
  if (attempts.some(({ passed }) => passed) || (enough !== undefined && attempts.length >= enough))
    return undefined;
  const left = enough === undefined ? undefined : enough - attempts.length;
  const also = left === undefined ? '' : `, or after ${left} more ${left === 1 ? 'check' : 'checks'}`;
  return `Solutions are shown once the lab is passed${also}.`;
}

/** The solutions, for whoever may see them. */
export const shownSolutions = (lab: Lab): Promise<readonly SolutionView[]> =>
  Promise.all(
    lab.solutions.map(async ({ name, script }) => ({
      name,
      html: await renderMarkdown(`\`\`\`\`sh\n${script.trimEnd()}\n\`\`\`\``),
    })),
  );
