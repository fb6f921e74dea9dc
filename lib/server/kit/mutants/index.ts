import type { Check, Lab, Survivor } from '../../../labs';
import type { Workspace } from '../../../workspace';
import { CHEAT, cheatsFor } from '../cheats';
import { play } from '../play';
import { applyMutant } from './apply-mutant';
import { findMutants } from './find-mutants';
import type { Mutant } from './mutant';

/** At least so much of all mutants must be found out. */
export const LEAST_SCORE = 0.95;

/** How the mutants of a solution fared. */
export interface MutationReport {
  readonly killed: readonly string[];
  /** Passing, and explained in the folder: what the task leaves open … */
  readonly free: readonly string[];
  /** … or what the lab does not look for. */
  readonly accepted: readonly string[];
  /** Passing, and nobody has said why. */
  readonly unexplained: readonly string[];
  /** The API server refuses them. */
  readonly refused: readonly string[];
  /** Explanations that no mutant has. */
  readonly stale: readonly string[];
  /** Killed, of all mutants that are not free. */
  readonly score: number;
  /** What only looks right and was found out. */
  readonly cheats: readonly string[];
  /** Cheats that pass; explanations of mutants do not do for them unless the task leaves them free. */
  readonly unpunished: readonly string[];
  readonly complaint?: string | undefined;
}

const NOTHING: MutationReport = {
  killed: [],
  free: [],
  accepted: [],
  unexplained: [],
  refused: [],
  stale: [],
  score: 0,
  cheats: [],
  unpunished: [],
};

/** Spoils the first solution's state in every way there is, and grades each. */
export async function mutate(lab: Lab, start: Workspace): Promise<MutationReport> {
  const [solution] = lab.solutions;
  if (!solution) return { ...NOTHING, complaint: 'there is no solution to spoil' };
  const { workspace: solved, complaint } = await play(start, solution.script);
  if (complaint) return { ...NOTHING, complaint: `solution ${solution.name}: ${complaint}` };
  const lists = { killed: [] as string[], free: [] as string[], accepted: [] as string[] };
  const unexplained: string[] = [];
  const refused: string[] = [];
  const cheats: string[] = [];
  const unpunished: string[] = [];
  const used = new Set<Survivor>();
  for (const mutant of await mutantsOf(lab, start, solved)) {
    const state = await mutant.state();
    const isCheat = mutant.name.startsWith(CHEAT);
    if (state === undefined) refused.push(mutant.name);
    else if (await isKilled(lab, state)) (isCheat ? cheats : lists.killed).push(mutant.name);
    else {
      const known = lab.survivors.find((each) => nameMatches(each.mutant, mutant.name));
      if (known) used.add(known);
      if (isCheat && known?.verdict !== 'free') unpunished.push(mutant.name);
      else (known ? lists[known.verdict] : unexplained).push(mutant.name);
    }
  }
  const stale = lab.survivors.filter((each) => !used.has(each)).map(({ mutant }) => mutant);
  const counted = lists.killed.length + lists.accepted.length + unexplained.length;
  const score = counted === 0 ? 1 : lists.killed.length / counted;
  return { ...lists, unexplained, refused, stale, score, cheats, unpunished };
}

interface Candidate {
  readonly name: string;
  state(): Promise<Workspace | undefined>;
}

async function mutantsOf(lab: Lab, start: Workspace, solved: Workspace): Promise<Candidate[]> {
  const ofObjects = (await findMutants(lab, start, solved)).map((mutant: Mutant) => ({
    name: mutant.name,
    state: () => applyMutant(solved, mutant),
  }));
  const cheats = cheatsFor(lab, start, solved).map(({ name, script }) => ({
    name,
    state: () => afterCheat(solved, script),
  }));
  return [...ofObjects, ...answerMutants(lab, solved), ...cheats];
}

/** Answers to the lesson's questions: left out, and wrong. */
function answerMutants(lab: Lab, solved: Workspace): Candidate[] {
  const questions = lab.tasks
    .flatMap(({ checks }) => checks)
    .filter(({ type }) => type === 'quiz')
    .map(({ fields }) => (fields as { question: string }).question);
  return questions.flatMap((question) => [
    { name: `answers/${question}: left out`, state: () => after(solved, `rm -f answers/${question}.txt`) },
    { name: `answers/${question}: wrong`, state: () => after(solved, `echo none > answers/${question}.txt`) },
  ]);
}

/** A cheat that the cluster itself refuses needs no check. */
async function afterCheat(solved: Workspace, script: string): Promise<Workspace | undefined> {
  const { workspace, complaint } = await play(solved, script);
  return complaint === undefined ? workspace : undefined;
}

const after = async (solved: Workspace, script: string): Promise<Workspace> =>
  (await play(solved, script)).workspace;

/** What a check costs, roughly: looks at objects, then packets, then whole scenarios. */
const COSTS: Readonly<Record<string, number>> = { dns: 1, reach: 1, closed: 1, output: 1, scenario: 2 };
const costOf = ({ type }: Check): number => COSTS[type] ?? 0;

/**
 * Whether a check finds the mutant out. One that is not met is enough, so the cheap ones are asked first; a task's checks
 * keep their order, for the later ones rely on the earlier. What could not be judged kills nothing.
 */
async function isKilled(lab: Lab, workspace: Workspace): Promise<boolean> {
  for (let limit = 0; limit <= 2; limit += 1) {
    for (const task of lab.tasks) {
      const costs = task.checks.map(costOf);
      const end = costs.findIndex((cost) => cost > limit);
      const checks = task.checks.slice(0, end === -1 ? undefined : end);
      if (!checks.some((check) => costOf(check) === limit)) continue;
      const verdicts = await workspace.grade({ tasks: [{ ...task, needs: [], checks }] });
      if (verdicts.some(({ outcome }) => outcome === 'not-met')) return true;
    }
  }
  return false;
}

function nameMatches(pattern: string, name: string): boolean {
  const source = pattern
    .split('*')
    .map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`).test(name);
}

/** What of a report keeps a lab from being proved. */
export function mutationFailures(report: MutationReport): string[] {
  const percent = `${(report.score * 100).toFixed(1)} %`;
  return [
    ...(report.complaint ? [report.complaint] : []),
    ...report.unexplained.map(
      (name) => `mutant "${name}" passes: kill it by a check, or say in private/survivors.yaml why it may`,
    ),
    ...report.unpunished.map(
      (name) =>
        `"${name}" passes, though it only looks right: a check must find it out (or the task leaves it free)`,
    ),
    ...report.stale.map((name) => `private/survivors.yaml explains "${name}", which does not survive`),
    ...(!report.complaint && report.score < LEAST_SCORE
      ? [`the mutation score is ${percent}; at least ${LEAST_SCORE * 100} % of the mutants must be killed`]
      : []),
  ];
}
