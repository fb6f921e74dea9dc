import { watch } from 'node:fs';
import { type Course, LabError, type LabSource, readLab } from '../../labs';
import { type Proof, prove } from '../kit';
import { findCourse, findSource, labFolder, labKey, listSources } from '../lab-library';

/** The flags of `portside lab check`. */
export interface CheckOptions {
  readonly seeds: number;
  /** One seed and no mutants: what an author wants while writing. */
  readonly quick?: boolean;
  readonly watch?: boolean;
}

/** An editor writes a file in several steps. */
const QUIET_MS = 60;

/**
 * Proves labs (all when none is named) and prints a table. Status 1 when a gate of any of them is not passed. A lab that
 * cannot be read is told, and the others are still proved.
 */
export async function checkLabs(slugs: readonly string[], options: CheckOptions): Promise<number> {
  if (options.watch) return watchLab(slugs);
  const sources = slugs.length > 0 ? await Promise.all(slugs.map(findSource)) : await listSources();
  const proofs: Proof[] = [];
  let failed = 0;
  for (const source of sources) {
    const proof = await proveOrTell(source, options);
    if (proof === undefined || proof.failures.length > 0) failed += 1;
    if (proof) proofs.push(proof);
  }
  print(proofs);
  const course = slugs.length > 0 ? undefined : await courseFailure();
  if (course !== undefined) process.stdout.write(`✗ ${course}\n`);
  process.stdout.write(`${sources.length - failed} passed, ${failed} failed\n`);
  return failed === 0 && course === undefined ? 0 : 1;
}

async function proveOrTell(source: LabSource, { seeds, quick }: CheckOptions): Promise<Proof | undefined> {
  try {
    const pages = pagesOf(await courseOrNone());
    const proof = await prove(source, { seeds: quick ? 1 : seeds, mutants: !quick, pages });
    for (const failure of proof.failures) process.stdout.write(`✗ ${source.slug}: ${failure}\n`);
    return proof;
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    process.stdout.write(`✗ labs/${labKey(source)}/${error.message}\n`);
    return undefined;
  }
}

async function courseOrNone(): Promise<Course | undefined> {
  try {
    return await findCourse();
  } catch (error) {
    if (error instanceof LabError) return undefined;
    throw error;
  }
}

async function courseFailure(): Promise<string | undefined> {
  try {
    await findCourse();
    return undefined;
  } catch (error) {
    if (error instanceof LabError) return `labs/${error.message}`;
    throw error;
  }
}

/** Addresses that lessons may link to. */
function pagesOf(course: Course | undefined): ReadonlySet<string> {
  const chapters = course?.chapters ?? [];
  return new Set([
    '/',
    '/chapters',
    '/glossary',
    '/sandbox',
    ...chapters.map(({ id }) => `/chapters/${id}`),
    ...chapters.flatMap(({ labs }) => labs.map((key) => `/labs/${key}`)),
  ]);
}

/** Proves one lab quickly, and again each time one of its files is saved. */
async function watchLab(slugs: readonly string[]): Promise<number> {
  const [slug, more] = slugs;
  if (slug === undefined || more !== undefined) {
    process.stderr.write('portside: --watch follows one lab; name it\n');
    return 2;
  }
  const source = await findSource(slug);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let queue = Promise.resolve();
  const again = () => {
    queue = queue.then(() => quickLook(slug));
  };
  again();
  const watcher = watch(labFolder(source), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(again, QUIET_MS);
  });
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
  });
  watcher.close();
  await queue;
  return 0;
}

async function quickLook(slug: string): Promise<void> {
  const began = performance.now();
  try {
    const lab = readLab(await findSource(slug));
    const proof = await proveOrTell(await findSource(slug), { seeds: 1, quick: true });
    const well = proof !== undefined && proof.failures.length === 0;
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    process.stdout.write(`${well ? '✓' : '✗'} ${lab.slug} (${seconds} s)\n`);
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    process.stdout.write(`✗ ${slug}: ${error.message}\n`);
  }
}

const HEAD = ['LAB', 'TASKS', 'SOLUTIONS × SEEDS', 'MISTAKES', 'MUTANTS KILLED', 'SCORE', 'RESULT', 'MS'];

function print(proofs: readonly Proof[]): void {
  const rows = proofs.map(({ slug, tasks, solutions, seeds, mistakes, mutation, failures, ms }) => [
    slug,
    String(tasks),
    `${solutions} × ${seeds}`,
    String(mistakes),
    mutation
      ? `${mutation.killed.length} of ${mutation.killed.length + mutation.accepted.length + mutation.unexplained.length}`
      : '-',
    mutation ? `${(mutation.score * 100).toFixed(0)} %` : '-',
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
