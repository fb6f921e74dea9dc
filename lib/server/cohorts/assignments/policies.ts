import type { Lab } from '../../../labs';

/** Which of a lab's hints a cohort's learners see. */
export const HINT_POLICIES = ['all', 'called-for', 'none'] as const;
/** When a cohort's learners see solutions; 'lab' leaves it to the lab. */
export const SOLUTION_POLICIES = ['lab', 'passed', 'due', 'never'] as const;

export type HintPolicy = (typeof HINT_POLICIES)[number];
export type SolutionPolicy = (typeof SOLUTION_POLICIES)[number];

/** The lab as a cohort gives it: what its policies keep back is not in it. */
export function underPolicies(lab: Lab, hints: HintPolicy, solutions: SolutionPolicy): Lab {
  const kept = lab.hints.filter(
    ({ when }) => hints === 'all' || (hints === 'called-for' && when !== undefined),
  );
  if (solutions === 'lab') return { ...lab, hints: kept };
  if (solutions === 'never') return { ...lab, hints: kept, solutions: [], solutionsAfterAttempts: undefined };
  // Once due they may be seen by whoever has tried; before, a lock of its own says so.
  return { ...lab, hints: kept, solutionsAfterAttempts: solutions === 'due' ? 0 : undefined };
}

/** Why solutions cannot be seen yet, where the policy and not the lab says so. */
export function solutionLock(
  policy: SolutionPolicy,
  dueAt: number | undefined,
  now: number,
): string | undefined {
  if (policy === 'never') return 'This cohort works without the solutions.';
  if (policy !== 'due') return undefined;
  if (dueAt === undefined) return 'Solutions are shown once the deadline has passed, and none is set yet.';
  return now >= dueAt ? undefined : 'Solutions are shown once the deadline has passed.';
}
