import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Proof } from '../kit';
import { findSource, labKey, listSources } from '../lab-library';
import { courseFailure, coursePages } from './course-pages';
import { type Found, type Piece, piecesOf } from './prove-pieces';
import { shareOut } from './share-out';
import { watchLab } from './watch-lab';

/** The flags of `portside lab check`. */
export interface CheckOptions {
  readonly seeds: number;
  /** One seed and no mutants: what an author wants while writing. */
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
  const how = { seeds: options.quick ? 1 : options.seeds, mutants: !options.quick, pages };
  const pieces = keys.map((key) => piecesOf(key, how));
  const found = new Map<Piece, Found>();
  const threads = options.threads ?? availableParallelism();
  // The gates of every lab first: they take longest, and a table is told lab by lab.
  const inOrder = [...pieces.flatMap((own) => own.slice(0, 1)), ...pieces.flatMap((own) => own.slice(1))];
  await shareOut(inOrder, threads, (piece, outcome) => found.set(piece, outcome));
  const results = pieces.map((own) => joined(own.map((piece) => found.get(piece))));
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

/** What the pieces of one lab found, as one proof. */
function joined(pieces: readonly (Found | undefined)[]): Result {
  let proof: Proof | undefined;
  for (const found of pieces) {
    if (found?.kind === 'broken') return { proof: undefined, failures: [found.message] };
    if (found?.kind === 'proof') ({ proof } = found);
    if (found?.kind === 'seeds' && proof)
      proof = {
        ...proof,
        ms: proof.ms + found.ms,
        failures: [...proof.failures, ...found.failures],
      };
  }
  return { proof, failures: proof?.failures ?? ['was not proved'] };
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
