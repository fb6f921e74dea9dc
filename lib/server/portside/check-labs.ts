import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { type Lab, LabError, type LabSource, readLab } from '../../labs';
import { type EquivalentReport, type Fates, mutationReport, type Proof, proofOf } from '../kit';
import { findSource, labKey, listSources } from '../lab-library';
import { courseFailure, coursePages } from './course-pages';
import { type Found, type Piece, piecesOf } from './prove-pieces';
import { shareOut } from './share-out';
import { watchLab } from './watch-lab';

/** What a lab that is done is tried with. */
const SEEDS = 50;

/** The flags of `portside lab check`. */
export interface CheckOptions {
  /** How many seeds each solution is tried with. */
  readonly seeds?: number;
  /** One seed unless it is said otherwise, and no mutants: what an author wants while writing. */
  readonly quick?: boolean;
  readonly watch?: boolean;
  /** Where to write how many labs passed, as JSON. */
  readonly report?: string;
  readonly threads?: number;
}

/**
 * Proves labs (all when none is named) and prints a table. Status 1 when a gate of any of them is not passed. A lab that
 * cannot be read is told, and the others are still proved.
 */
export async function checkLabs(slugs: readonly string[], options: CheckOptions): Promise<number> {
  if (options.watch) return watchLab(slugs);
  const sources = slugs.length > 0 ? await Promise.all(slugs.map(findSource)) : await listSources();
  const keys = sources.map(labKey);
  const pages = [...(await coursePages())];
  const how = { seeds: options.seeds ?? (options.quick ? 1 : SEEDS), mutants: !options.quick, pages };
  const labs = sources.map(readOrComplain);
  const pieces = keys.map((key, index) => piecesOf(key, weightOf(labs[index]), how));
  const found = new Map<Piece, Found>();
  const threads = options.threads ?? availableParallelism();
  // Those of the largest labs first: what is left for the end is small, and no thread waits long for another.
  const inOrder = labs
    .map((lab, index) => ({ weight: weightOf(lab), own: pieces[index] ?? [] }))
    .toSorted((a, b) => b.weight - a.weight)
    .flatMap(({ own }) => own);
  await shareOut(inOrder, threads, (piece, outcome) => found.set(piece, outcome));
  const results = pieces.map((own, index) =>
    joined(
      labs[index],
      how.seeds,
      own.map((piece) => found.get(piece)),
    ),
  );
  for (const { failures, proof } of results)
    for (const failure of failures) process.stdout.write(`✗ ${proof ? `${proof.slug}: ` : ''}${failure}\n`);
  print(
    results.flatMap(({ proof }) => proof ?? []),
    how.seeds,
  );
  const course = slugs.length > 0 ? undefined : await courseFailure();
  if (course !== undefined) process.stdout.write(`✗ ${course}\n`);
  const failed = results.filter(({ failures }) => failures.length > 0).length + (course ? 1 : 0);
  const passed = results.filter(({ failures }) => failures.length === 0).length;
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  if (options.report !== undefined) await writeFile(options.report, JSON.stringify({ passed, failed }));
  return failed === 0 ? 0 : 1;
}

interface Result {
  readonly proof: Proof | undefined;
  readonly failures: readonly string[];
}

/** A lab, or what keeps it from being read. */
type Read = Lab | { readonly broken: string };

function readOrComplain(source: LabSource): Read {
  try {
    return readLab(source);
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return { broken: `labs/${labKey(source)}/${error.message}` };
  }
}

/** How much there is to prove of a lab, roughly: its checks. */
const weightOf = (lab: Read | undefined): number =>
  lab === undefined || 'broken' in lab ? 0 : lab.tasks.reduce((sum, { checks }) => sum + checks.length, 0);

/** What the pieces of one lab found, as one proof. */
function joined(lab: Read | undefined, seeds: number, pieces: readonly (Found | undefined)[]): Result {
  if (lab === undefined || 'broken' in lab)
    return { proof: undefined, failures: [lab?.broken ?? 'was not proved'] };
  const failures: string[] = [];
  const fates: Fates[] = [];
  let equivalents: EquivalentReport | undefined;
  let ms = 0;
  for (const found of pieces) {
    ms += found?.ms ?? 0;
    if (found === undefined) failures.push('a piece of it was not proved');
    else if (found.kind === 'broken') return { proof: undefined, failures: [found.message] };
    else if (found.kind === 'failures') failures.push(...found.failures);
    else if (found.kind === 'mutants') fates.push(found.fates);
    else equivalents = found.equivalents;
  }
  const mutation = fates.length === 0 ? undefined : mutationReport(lab, fates);
  const proof = proofOf(lab, seeds, { failures, equivalents, mutation, ms });
  return { proof, failures: proof.failures };
}

const HEAD = [
  'LAB',
  'TASKS',
  'SOLUTIONS × SEEDS',
  'REWRITTEN',
  'MISTAKES',
  'MUTANTS KILLED',
  'SCORE',
  'CHEATS',
  'RESULT',
  'MS',
];

function print(proofs: readonly Proof[], seeds: number): void {
  const rows = proofs.map(({ slug, tasks, solutions, mistakes, equivalents, mutation, failures, ms }) => [
    slug,
    String(tasks),
    `${solutions} × ${seeds}`,
    equivalents ? String(equivalents.passed.length) : '-',
    String(mistakes),
    mutation
      ? `${mutation.killed.length} of ${mutation.killed.length + mutation.accepted.length + mutation.unexplained.length}`
      : '-',
    mutation ? `${(mutation.score * 100).toFixed(0)} %` : '-',
    mutation ? String(mutation.cheats.length) : '-',
    failures.length === 0 ? 'proved' : `${failures.length} wrong`,
    `${Math.round(ms)}`,
  ]);
  printTable([HEAD, ...rows]);
}

/** Prints rows in columns. */
export function printTable(table: readonly (readonly string[])[]): void {
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of table) {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    process.stdout.write(`${cells.join('   ').trimEnd()}\n`);
  }
}
