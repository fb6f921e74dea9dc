import type { Check, Task } from './seams';

/** Checks that look at objects and files as they are: quick enough to be asked after every change. */
const LOOKING: ReadonlySet<string> = new Set(['object', 'workload', 'endpoints', 'dns', 'file', 'ran']);

/** The types of such checks, for whoever has to name them. */
export const lookingTypes: readonly string[] = [...LOOKING];

/** The checks of a task that are ticked while the learner works: those before the first that does more than look. */
export function liveChecks({ live, checks }: Pick<Task, 'live' | 'checks'>): readonly Check[] {
  if (!live) return [];
  const end = checks.findIndex(({ type }) => !LOOKING.has(type));
  return end < 0 ? checks : checks.slice(0, end);
}

/** What of a lab is judged again and again while the learner works. */
export function liveTasks({ tasks }: { readonly tasks: readonly Task[] }): readonly Task[] {
  return tasks.flatMap((task) => {
    const checks = liveChecks(task);
    return checks.length === 0 ? [] : [{ ...task, checks, needs: [] }];
  });
}
