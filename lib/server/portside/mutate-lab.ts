import { mutate, mutationFailures, startOf } from '../kit';
import { findLab } from '../lab-library';

/** Prints what became of every mutant of a lab's first solution; status 1 when the score is too low. */
export async function mutateLab(slug: string, { seed }: { readonly seed: number }): Promise<number> {
  const lab = await findLab(slug, seed);
  const report = await mutate(lab, await startOf(lab));
  const lists = [
    ['killed', [...report.killed, ...report.cheats]],
    ['free', report.free],
    ['accepted', report.accepted],
    ['PASSES', [...report.unexplained, ...report.unpunished]],
    ['refused', report.refused],
  ] as const;
  for (const [word, names] of lists)
    for (const name of names) process.stdout.write(`${word.padEnd(9)} ${name}\n`);
  const counted = report.killed.length + report.accepted.length + report.unexplained.length;
  process.stdout.write(
    `${report.killed.length} of ${counted} mutants killed: ${(report.score * 100).toFixed(1)} %; ${report.cheats.length} of ${report.cheats.length + report.unpunished.length} cheats found out\n`,
  );
  const failures = mutationFailures(report);
  for (const failure of failures) process.stdout.write(`✗ ${failure}\n`);
  return failures.length === 0 ? 0 : 1;
}
