import { StatusError } from '../api';
import { assert } from '../base';
import { checkKinds } from './checks';
import type { Check, Evidence, Finding, Grade, Hint, Task, Verdict } from './seams';

/**
 * Judges every task in order: its checks one after the other, the first that is not met shown and the rest of that task
 * not asked. A task whose needs are not met is not judged yet; one that latches stays met once it was.
 */
export const grade: Grade = async (lab, evidence, earned = new Set()) => {
  const verdicts: Verdict[] = [];
  for (const task of lab.tasks) {
    if (task.judged === 'latch' && earned.has(task.id)) {
      verdicts.push(
        ...task.checks.map((check): Verdict => ({ task: task.id, check: check.name, outcome: 'met' })),
      );
      continue;
    }
    const needed = lab.tasks.filter(({ id }) => task.needs.includes(id));
    if (needed.every((each) => passed({ tasks: [each] }, verdicts)))
      verdicts.push(...(await judgeTask(task, evidence)));
  }
  return verdicts;
};

async function judgeTask(task: Task, evidence: Evidence): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const check of task.checks) {
    const finding = await judge(check, evidence);
    verdicts.push({ task: task.id, check: check.name, ...finding });
    if (finding.outcome !== 'met') break;
  }
  return verdicts;
}

async function judge(check: Check, evidence: Evidence): Promise<Finding> {
  const kind = checkKinds.find((each) => each.type === check.type);
  assert(kind, `no check of type ${check.type}: the reader should have refused it`);
  try {
    return await kind.judge(check.fields, evidence);
  } catch (error) {
    // The API refused what the grader itself wanted to do on a copy: that is nobody's answer.
    if (!(error instanceof StatusError)) throw error;
    return { outcome: 'cannot-judge', reason: `The cluster refused what the check tried: ${error.message}` };
  }
}

/** Whether every check of every task is met. */
export function passed(lab: { readonly tasks: readonly Task[] }, verdicts: readonly Verdict[]): boolean {
  return lab.tasks.every((task) => taskMet(task, verdicts));
}

/** Whether every check of a task is met. */
export const taskMet = (task: Task, verdicts: readonly Verdict[]): boolean =>
  task.checks.every((check) =>
    verdicts.some((each) => each.task === task.id && each.check === check.name && each.outcome === 'met'),
  );

/** The latching tasks that these verdicts find met. */
export const earnedBy = (lab: { readonly tasks: readonly Task[] }, verdicts: readonly Verdict[]): string[] =>
  lab.tasks.filter((task) => task.judged === 'latch' && taskMet(task, verdicts)).map(({ id }) => id);

/** How much of a lab is done, by the weights of its tasks: 0 to 1. */
export function scoreOf(lab: { readonly tasks: readonly Task[] }, verdicts: readonly Verdict[]): number {
  const sum = (tasks: readonly Task[]) => tasks.reduce((total, { weight }) => total + weight, 0);
  return sum(lab.tasks.filter((task) => taskMet(task, verdicts))) / sum(lab.tasks);
}

/** Whether a hint with a trigger is called for by these verdicts. */
export function isTriggered({ task, when }: Hint, verdicts: readonly Verdict[]): boolean {
  if (!when) return false;
  return verdicts.some((verdict) => {
    if (verdict.task !== task || verdict.check !== when.check || verdict.outcome !== 'not-met') return false;
    const last = verdict.trace?.at(-1);
    const stop = last ? `${last.at}: ${last.effect} ${last.rule}` : '';
    return verdict.reason.includes(when.says ?? '') && stop.includes(when.stopsAt ?? '');
  });
}
