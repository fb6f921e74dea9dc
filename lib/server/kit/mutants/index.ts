import type { Check, Lab, Survivor, Task } from '../../../labs';
import type { Workspace } from '../../../workspace';
import { CHEAT, cheatsFor } from '../cheats';
import { judgeTask, play } from '../play';
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

/** One of several shares of a lab's mutants: every `of`-th, from the `index`-th on. */
export interface Share {
  readonly index: number;
  readonly of: number;
}

/** What became of one mutant or cheat. */
interface Fate {
  readonly name: string;
  readonly end: 'killed' | 'passes' | 'refused';
}

/** The fates of a share of the mutants, or why there are none. */
export type Fates = { readonly fates: readonly Fate[] } | { readonly complaint: string };

/** Spoils the first solution's state in every way there is, and grades each. */
export async function mutate(lab: Lab, start: Workspace): Promise<MutationReport> {
  return mutationReport(lab, [await fatesOf(lab, start, { index: 0, of: 1 })]);
}

/** Spoils the first solution's state in some of the ways there are, and grades each. */
export async function fatesOf(lab: Lab, start: Workspace, share: Share): Promise<Fates> {
  const [solution] = lab.solutions;
  if (!solution) return { complaint: 'there is no solution to spoil' };
  const { workspace: solved, complaint } = await play(start, solution.script);
  if (complaint) return { complaint: `solution ${solution.name}: ${complaint}` };
  const fates: Fate[] = [];
  for (const [index, mutant] of (await mutantsOf(lab, start, solved)).entries()) {
    if (index % share.of !== share.index) continue;
    const state = await mutant.state();
    const end = state === undefined ? 'refused' : (await isKilled(lab, state, mutant)) ? 'killed' : 'passes';
    fates.push({ name: mutant.name, end });
  }
  return { fates };
}

/** Holds the fates of all shares against what the folder says of survivors. */
export function mutationReport(lab: Lab, shares: readonly Fates[]): MutationReport {
  const fates: Fate[] = [];
  for (const share of shares) {
    if ('complaint' in share) return { ...NOTHING, complaint: share.complaint };
    fates.push(...share.fates);
  }
  const isCheat = ({ name }: Fate) => name.startsWith(CHEAT);
  const ended = (end: Fate['end'], cheats: boolean) =>
    fates.filter((fate) => fate.end === end && isCheat(fate) === cheats).map(({ name }) => name);
  const lists = { free: [] as string[], accepted: [] as string[] };
  const unexplained: string[] = [];
  const unpunished: string[] = [];
  const used = new Set<Survivor>();
  for (const fate of fates) {
    if (fate.end !== 'passes') continue;
    const known = lab.survivors.find((each) => nameMatches(each.mutant, fate.name));
    if (known) used.add(known);
    if (isCheat(fate) && known?.verdict !== 'free') unpunished.push(fate.name);
    else (known ? lists[known.verdict] : unexplained).push(fate.name);
  }
  const killed = ended('killed', false);
  const stale = lab.survivors.filter((each) => !used.has(each)).map(({ mutant }) => mutant);
  const counted = killed.length + lists.accepted.length + unexplained.length;
  return {
    ...lists,
    killed,
    unexplained,
    refused: [...ended('refused', false), ...ended('refused', true)],
    stale,
    score: counted === 0 ? 1 : killed.length / counted,
    cheats: ended('killed', true),
    unpunished,
  };
}

interface Candidate {
  readonly name: string;
  /** The object that is spoilt: checks that speak of it are likeliest to find the mutant out. */
  readonly about?: string | undefined;
  state(): Promise<Workspace | undefined>;
}

async function mutantsOf(lab: Lab, start: Workspace, solved: Workspace): Promise<Candidate[]> {
  const ofObjects = (await findMutants(lab, start, solved)).map((mutant: Mutant) => ({
    name: mutant.name,
    about: mutant.of.metadata.name,
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
const DEAREST = 2;

/**
 * Whether a check finds the mutant out. One that is not met is enough, so the cheap ones are asked first, and among
 * equals those of tasks that speak of the spoilt object; a task's checks keep their order, for the later ones rely on
 * the earlier. Each judges a copy, so one that was met is not asked again. What could not be judged kills nothing, and
 * ends its task.
 */
async function isKilled(lab: Lab, workspace: Workspace, { about }: Candidate): Promise<boolean> {
  const speaks = (task: Task) => about !== undefined && JSON.stringify(task.checks).includes(about);
  const tasks = [...lab.tasks.filter(speaks), ...lab.tasks.filter((task) => !speaks(task))];
  const left = new Map(tasks.map((task) => [task, task.checks]));
  for (let limit = 0; limit <= DEAREST; limit += 1) {
    for (const [task, all] of left) {
      const dearer = all.findIndex((check) => costOf(check) > limit);
      const checks = dearer === -1 ? all : all.slice(0, dearer);
      if (checks.length === 0) continue;
      const verdicts = await judgeTask(workspace, { ...task, checks });
      if (verdicts.some(({ outcome }) => outcome === 'not-met')) return true;
      const judged = verdicts.every(({ outcome }) => outcome === 'met');
      left.set(task, judged ? all.slice(checks.length) : []);
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
