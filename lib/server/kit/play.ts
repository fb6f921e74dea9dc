import { type Evidence, grade, type Lab, passed, type Task, type Verdict } from '../../labs';
import { createEvidence, type Workspace } from '../../workspace';
import { snapshotHash } from '../live/snapshot-bytes';
import { labParts, sandboxWorkspace } from '../portside/sandbox-workspace';
import { createMemory } from './remember';

/** Starts held: those of a few labs, or of a few seeds of one. */
const HELD_STARTS = 8;
const starts = new Map<string, Promise<Workspace>>();

/** A lab's state at its start, for its seed. */
export function startOf(lab: Lab): Promise<Workspace> {
  const key = JSON.stringify([lab.seed, lab.cluster, labParts(lab)]);
  const known = starts.get(key);
  if (known) return known;
  const made = sandboxWorkspace({ seed: lab.seed, nodes: 3, images: 'catalogue', lab });
  const [oldest] = starts.keys();
  if (starts.size >= HELD_STARTS && oldest !== undefined) starts.delete(oldest);
  starts.set(key, made);
  return made;
}

/** What came of a script. */
export interface Played {
  readonly workspace: Workspace;
  /** Why it did not end well; undefined when it did. */
  readonly complaint: string | undefined;
}

const played = createMemory<Played>();

/** Runs a script on a copy of a state, stopping at its first error. What it leaves is to be forked, not changed. */
export const play = (start: Workspace, script: string): Promise<Played> =>
  played(start, script, async () => {
    const workspace = start.fork();
    let shown = '';
    const take = (text: string) => {
      shown += text;
    };
    const status = await workspace.run(`set -e\n${script}\nset +e\n`, { out: take, err: take });
    const complaint = status === 0 ? undefined : `its script ended with ${status}:\n${shown.trimEnd()}`;
    return { workspace, complaint };
  });

/** A grading and what it remembers; a second one, on copies of its own, shows whether it comes to the same. */
type Reading = 'first' | 'second';
const judged = createMemory<readonly Verdict[]>();

/** Grades a state check by check; what was judged of it before is remembered. */
export async function gradeState(
  workspace: Workspace,
  lab: Lab,
  enough: (verdicts: readonly Verdict[]) => boolean = () => false,
  reading: Reading = 'first',
): Promise<readonly Verdict[]> {
  const all: Verdict[] = [];
  for (const task of lab.tasks) {
    const needed = lab.tasks.filter(({ id }) => task.needs.includes(id));
    if (passed({ tasks: needed }, all)) all.push(...(await gradeTask(workspace, task, reading)));
    if (enough(all)) break;
  }
  return all;
}

/** The same once more, beside what the first grading remembers. */
export const gradeAnew = (workspace: Workspace, lab: Lab): Promise<readonly Verdict[]> =>
  gradeState(workspace, lab, undefined, 'second');

/** Grades a state up to the first task that is not met: what comes after it is not told to a learner first. */
export const gradeToFirstWrong = (workspace: Workspace, lab: Lab): Promise<readonly Verdict[]> =>
  gradeState(workspace, lab, (verdicts) => firstWrong(verdicts) !== undefined);

/** Grades a state, and proves by hash that grading left it alone. */
export async function gradeUntouched(
  workspace: Workspace,
  lab: Lab,
  judge: (workspace: Workspace, lab: Lab) => Promise<readonly Verdict[]> = gradeState,
): Promise<{ readonly verdicts: readonly Verdict[]; readonly touched: boolean }> {
  const before = await hashOf(workspace, 'before', () => hash(workspace));
  const verdicts = await judge(workspace, lab);
  const key = JSON.stringify([verdicts.length, lab.tasks.map(({ checks }) => checks)]);
  return { verdicts, touched: (await hashOf(workspace, key, () => hash(workspace))) !== before };
}

const hashOf = createMemory<string>();
const hash = async (workspace: Workspace): Promise<string> => snapshotHash(workspace.snapshot());

/** A task's checks in order, up to the first that is not met; each is remembered by itself, so that a change of one asks it alone. */
async function gradeTask(workspace: Workspace, task: Task, reading: Reading): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const check of task.checks) {
    const found = await judged(workspace, JSON.stringify([reading, task.id, check]), () =>
      judgeTask(workspace, { ...task, checks: [check] }, reading),
    );
    verdicts.push(...found);
    if (found.some(({ outcome }) => outcome !== 'met')) break;
  }
  return verdicts;
}

const evidenceOf = createMemory<Evidence>();

/** Judges one task, its needs aside. All tasks of a state see one copy of it, so that the grader's own Pods are made once. */
export async function judgeTask(
  workspace: Workspace,
  task: Task,
  reading: Reading = 'first',
): Promise<readonly Verdict[]> {
  const evidence = await evidenceOf(workspace, reading, async () => createEvidence(workspace.fork()));
  return grade({ tasks: [{ ...task, needs: [] }] }, evidence);
}

/** The reason of a verdict, if it has one. */
export const reasonOf = (verdict: Verdict): string => (verdict.outcome === 'met' ? '' : verdict.reason);

/** "service/right-pods is not-met: …". */
export const describe = (verdict: Verdict): string =>
  `${verdict.task}/${verdict.check} is ${verdict.outcome}: ${reasonOf(verdict)}`;

/** The first verdict that is not met, where a learner would look. */
export const firstWrong = (verdicts: readonly Verdict[]): Verdict | undefined =>
  verdicts.find((each) => each.outcome !== 'met');
