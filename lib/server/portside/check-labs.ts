import { type Lab, type Mistake, passed, type Solution, type Verdict } from '../../labs';
import type { Workspace } from '../../workspace';
import { findLab, listLabs } from '../lab-library';
import { sandboxWorkspace } from './sandbox-workspace';

/** What proving one lab found. */
interface Proof {
  readonly lab: Lab;
  readonly failures: readonly string[];
  readonly ms: number;
}

/**
 * Proves labs (all when none is named) and prints a table: at the start no task passes; each solution passes with every
 * seed; each known mistake fails at its named check for its named reason. Status 1 when anything is otherwise.
 */
export async function checkLabs(slugs: readonly string[], seeds: number): Promise<number> {
  const labs = slugs.length > 0 ? await Promise.all(slugs.map(findLab)) : await listLabs();
  const proofs: Proof[] = [];
  for (const lab of labs) {
    const proof = await prove(lab, seeds);
    proofs.push(proof);
    for (const failure of proof.failures) process.stdout.write(`✗ ${lab.slug}: ${failure}\n`);
  }
  print(proofs, seeds);
  const failed = proofs.filter((proof) => proof.failures.length > 0).length;
  process.stdout.write(`${proofs.length - failed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

async function prove(lab: Lab, seeds: number): Promise<Proof> {
  const began = performance.now();
  const failures: string[] = [];
  const numbers = Array.from({ length: seeds }, (_, index) => index + 1);
  for (const seed of numbers) {
    const start = await sandboxWorkspace({ seed, nodes: 3, images: 'catalogue', lab });
    if (seed === 1) failures.push(...(await nothingPasses(lab, start)), ...(await mistakesFail(lab, start)));
    for (const solution of lab.solutions) failures.push(...(await solves(lab, start, solution, seed)));
  }
  if (lab.solutions.length === 0) failures.push('there is no solution under private/solutions/');
  return { lab, failures, ms: performance.now() - began };
}

async function nothingPasses(lab: Lab, start: Workspace): Promise<string[]> {
  const verdicts = await start.grade(lab);
  return lab.tasks
    .filter((task) => passed({ tasks: [task] }, verdicts))
    .map((task) => `task ${task.id} is met before anything was done`);
}

async function solves(lab: Lab, start: Workspace, solution: Solution, seed: number): Promise<string[]> {
  const { verdicts, complaint } = await play(lab, start, solution.script);
  if (complaint) return [`solution ${solution.name}, seed ${seed}: ${complaint}`];
  const wrong = verdicts.find((each) => each.outcome !== 'met');
  return wrong ? [`solution ${solution.name}, seed ${seed}: ${describe(wrong)}`] : [];
}

async function mistakesFail(lab: Lab, start: Workspace): Promise<string[]> {
  const failures: string[] = [];
  for (const mistake of lab.mistakes) failures.push(...(await fails(lab, start, mistake)));
  return failures;
}

async function fails(lab: Lab, start: Workspace, mistake: Mistake): Promise<string[]> {
  const { verdicts, complaint } = await play(lab, start, mistake.script);
  if (complaint) return [`mistake "${mistake.name}": ${complaint}`];
  const found = verdicts.find((each) => each.outcome !== 'met');
  if (!found) return [`mistake "${mistake.name}" passes`];
  if (found.task === mistake.task && found.check === mistake.check && reasonOf(found).includes(mistake.says))
    return [];
  return [
    `mistake "${mistake.name}" should fail at ${mistake.task}/${mistake.check} saying "${mistake.says}", but ${describe(found)}`,
  ];
}

/** Runs a script on a copy of the start and grades what came of it. */
async function play(
  lab: Lab,
  start: Workspace,
  script: string,
): Promise<{ verdicts: readonly Verdict[]; complaint?: string }> {
  const workspace = start.fork();
  let shown = '';
  const take = (text: string) => {
    shown += text;
  };
  const status = await workspace.run(`set -e\n${script}`, { out: take, err: take });
  if (status !== 0)
    return { verdicts: [], complaint: `its script ended with ${status}:\n${shown.trimEnd()}` };
  return { verdicts: await workspace.grade(lab) };
}

const reasonOf = (verdict: Verdict): string => (verdict.outcome === 'met' ? '' : verdict.reason);
const describe = (verdict: Verdict): string =>
  `${verdict.task}/${verdict.check} is ${verdict.outcome}: ${reasonOf(verdict)}`;

function print(proofs: readonly Proof[], seeds: number): void {
  const rows = proofs.map(({ lab, failures, ms }) => [
    lab.slug,
    String(lab.tasks.length),
    `${lab.solutions.length} × ${seeds}`,
    String(lab.mistakes.length),
    failures.length === 0 ? 'proved' : `${failures.length} wrong`,
    `${Math.round(ms)}`,
  ]);
  const table = [['LAB', 'TASKS', 'SOLUTIONS × SEEDS', 'MISTAKES', 'RESULT', 'MS'], ...rows];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of table)
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('   ')
        .trimEnd()}\n`,
    );
}
