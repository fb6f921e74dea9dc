import type { Lab, Verdict } from '../../labs';
import type { Workspace } from '../../workspace';
import { snapshotHash } from '../live/snapshot-bytes';
import { sandboxWorkspace } from '../portside/sandbox-workspace';

/** A lab's state at its start, for one seed. */
export const startOf = (lab: Lab): Promise<Workspace> =>
  sandboxWorkspace({ seed: lab.seed, nodes: 3, images: 'catalogue', lab });

/** What came of a script. */
export interface Played {
  readonly workspace: Workspace;
  /** Why it did not end well; undefined when it did. */
  readonly complaint: string | undefined;
}

/** Runs a script on a copy of a state, stopping at its first error. */
export async function play(start: Workspace, script: string): Promise<Played> {
  const workspace = start.fork();
  let shown = '';
  const take = (text: string) => {
    shown += text;
  };
  const status = await workspace.run(`set -e\n${script}\nset +e\n`, { out: take, err: take });
  const complaint = status === 0 ? undefined : `its script ended with ${status}:\n${shown.trimEnd()}`;
  return { workspace, complaint };
}

/** Grades a state, and proves by hash that grading left it alone. */
export async function gradeUntouched(
  workspace: Workspace,
  lab: Lab,
): Promise<{ readonly verdicts: readonly Verdict[]; readonly touched: boolean }> {
  const before = snapshotHash(workspace.snapshot());
  const verdicts = await workspace.grade(lab);
  return { verdicts, touched: snapshotHash(workspace.snapshot()) !== before };
}

/** The reason of a verdict, if it has one. */
export const reasonOf = (verdict: Verdict): string => (verdict.outcome === 'met' ? '' : verdict.reason);

/** "service/right-pods is not-met: …". */
export const describe = (verdict: Verdict): string =>
  `${verdict.task}/${verdict.check} is ${verdict.outcome}: ${reasonOf(verdict)}`;

/** The first verdict that is not met, where a learner would look. */
export const firstWrong = (verdicts: readonly Verdict[]): Verdict | undefined =>
  verdicts.find((each) => each.outcome !== 'met');
