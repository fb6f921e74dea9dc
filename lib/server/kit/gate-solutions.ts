import { isTriggered, type Lab, type LabSource, readLab, type Solution, type Verdict } from '../../labs';
import type { Workspace } from '../../workspace';
import { describe, firstWrong, gradeAnew, gradeState, gradeUntouched, play, startOf } from './play';
import { createMemory } from './remember';

/** At least two: what a task leaves open has to be shown to be open. */
const LEAST_SOLUTIONS = 2;

/** There are enough solutions. */
export function gateCount({ solutions }: Lab): string[] {
  if (solutions.length >= LEAST_SOLUTIONS) return [];
  return [
    `there are ${solutions.length} solutions under private/solutions/; at least ${LEAST_SOLUTIONS} differing ones (say, by commands and by manifest) show what is left open`,
  ];
}

/** Seeds, from the first to the last. */
export interface SeedRange {
  readonly from: number;
  readonly to: number;
}

/** Each solution passes with every seed, the first seed's first one twice alike; no triggered hint calls in a solved state. */
export async function gateSeeds(source: LabSource, { from, to }: SeedRange): Promise<string[]> {
  const failures: string[] = [];
  for (let seed = from; seed <= to && failures.length === 0; seed += 1) {
    const lab = readLab(source, seed);
    const start = await startOf(lab);
    for (const solution of lab.solutions) failures.push(...(await solves(lab, start, solution)));
  }
  return failures;
}

async function solves(lab: Lab, start: Workspace, { name, script }: Solution): Promise<string[]> {
  const where = `solution ${name}, seed ${lab.seed}`;
  const { workspace, complaint } = await play(start, script);
  if (complaint) return [`${where}: ${complaint}`];
  // Whether a check keeps its hands off is a question of the check, not of the seed.
  const { verdicts, touched } =
    lab.seed === 1
      ? await gradeUntouched(workspace, lab)
      : { verdicts: await gradeState(workspace, lab), touched: false };
  if (touched) return [`${where}: grading changes the learner's cluster`];
  const wrong = firstWrong(verdicts);
  if (wrong) return [`${where}: ${describe(wrong)}`];
  const hint = lab.hints.find((each) => isTriggered(each, verdicts));
  if (hint) return [`${where}: the hint "${hint.text.slice(0, 40)}" calls in a solved state`];
  const again = lab.seed === 1 && name === lab.solutions[0]?.name;
  if (!again || (await gradesAlike(lab, start, workspace, verdicts))) return [];
  return [`${where}: a second grading finds something else`];
}

const alike = createMemory<boolean>();

/**
 * Whether a second grading comes to the same. Grading draws chance on a copy, so only a check that leans on luck could
 * find otherwise: a question of the checks, which is not asked again while they and the start stand as they were.
 */
const gradesAlike = (lab: Lab, start: Workspace, solved: Workspace, first: readonly Verdict[]) =>
  alike(start, JSON.stringify(lab.tasks.map(({ checks }) => checks)), async () => {
    const second = await gradeAnew(solved, lab);
    return JSON.stringify(first) === JSON.stringify(second);
  });
