import { assert } from '../base';
import { checkKinds } from './checks';
import type { Check, Evidence, Finding, Grade, Task, Verdict } from './seams';

/**
 * Judges every task: its checks in order, the first that is not met shown and the rest of that task not asked.
 * Each check gets a copy of its own, so none can disturb another or the learner's cluster.
 */
export const grade: Grade = async (lab, evidence) => {
  const verdicts: Verdict[] = [];
  for (const task of lab.tasks) verdicts.push(...(await judgeTask(task, evidence)));
  return verdicts;
};

async function judgeTask(task: Task, evidence: Evidence): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const check of task.checks) {
    const finding = await judge(check, evidence.fork());
    verdicts.push({ task: task.id, check: check.name, ...finding });
    if (finding.outcome !== 'met') break;
  }
  return verdicts;
}

async function judge(check: Check, evidence: Evidence): Promise<Finding> {
  const kind = checkKinds.find((each) => each.type === check.type);
  assert(kind, `no check of type ${check.type}: the reader should have refused it`);
  return kind.judge(check.fields, evidence);
}

/** Whether every check of every task is met. */
export function passed(lab: { readonly tasks: readonly Task[] }, verdicts: readonly Verdict[]): boolean {
  return lab.tasks.every((task) =>
    task.checks.every((check) =>
      verdicts.some((each) => each.task === task.id && each.check === check.name && each.outcome === 'met'),
    ),
  );
}
